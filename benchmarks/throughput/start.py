"""What a fresh process costs until its first answer: `import nkscreen`, the bundled list and rules, one record.

Beside it what the libraries alone cost that it stands on. Every figure is the median of fresh processes, the first of
which is not counted: it leaves the compiled modules and the index behind. Run: `make bench-start`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys

LIBRARIES = "import pydantic, rapidfuzz, numpy"
CLOCK = """
import resource
import time

def clock():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime, time.perf_counter()

at = [clock()]
"""
STEPS = {
    "import nkscreen": "import nkscreen",
    "Screener.default()": "screener = nkscreen.Screener.default()",
    "first answer": "record = nkscreen.Counterparty.read({'id': '1', 'name': 'Korea Mining Development Trading Corp'});"
    " assert screener.screen(record).alert",
}
PRINT = """
for (_, before), (_, after) in zip(at, at[1:]):
    print(after - before)
print(at[-1][0])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def run(*steps: str) -> list[float]:
    """Seconds of each step by the wall, seconds of CPU of the whole process, and its peak of memory in MB."""
    code = CLOCK + "".join(f"{step}\nat.append(clock())\n" for step in steps) + PRINT
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return [float(line) for line in done.stdout.splitlines()]


def main(processes: int) -> None:
    """Print the medians."""
    run(*STEPS.values())
    both = [(run(LIBRARIES), run(*STEPS.values())) for _ in range(processes)]
    libraries, ours = (
        [statistics.median(seen) for seen in zip(*rows, strict=True)] for rows in zip(*both, strict=True)
    )
    print(f"{'the libraries alone':22}{libraries[0]:6.2f} s   {whole(libraries)}")
    for name, seconds in zip(STEPS, ours, strict=False):
        print(f"{name:22}{seconds:6.2f} s")
    print(f"{'together':22}{sum(ours[:-2]):6.2f} s   {whole(ours)}")


def whole(figures: list[float]) -> str:
    """What the process cost in all."""
    return f"CPU of the process {figures[-2]:.2f} s, {figures[-1]:.0f} MB"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
