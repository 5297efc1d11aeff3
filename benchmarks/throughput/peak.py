"""The most memory that this process has had."""

from __future__ import annotations

import resource
from pathlib import Path


def most_memory() -> float:
    """Megabytes. The kernel's own count since the program began: that of `getrusage` includes what called it."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
