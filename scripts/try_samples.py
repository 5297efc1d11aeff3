"""Every sample file of ../shared/data/inputs: whether it reads, and why not where it does not, folder by folder.

python scripts/try_samples.py [FOLDER]
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from nkscreen.errors import InputError
from nkscreen.formats import Quarantined, open_input

SAMPLES = Path(__file__).resolve().parents[2] / "shared/data/inputs"


def outcome(file: Path) -> tuple[str, str]:
    """("read" | "quarantined" | "refused", format or reason)."""
    try:
        with open_input(file) as source:
            reasons = (item.reason for item in source if isinstance(item, Quarantined))
            why = next(reasons, "")
            for _ in reasons:  # all of it is read, so that the counts are those of the file
                pass
    except InputError as error:
        return "refused", error.message
    if source.quarantined:
        return "quarantined", f"{source.format}: {source.quarantined:,} of {source.read:,} rows, the first: {why}"
    return "read", f"{source.format}: {source.records:,} records"


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    if not folder.is_dir():
        sys.exit(f"{folder} is not there; name the folder of samples")
    for group in sorted(path for path in folder.iterdir() if path.is_dir()):
        outcomes = {file: outcome(file) for file in sorted(group.rglob("*")) if file.is_file()}
        counts = Counter(what for what, _ in outcomes.values())
        print(
            f"{group.name:16}" + "".join(f"{what} {counts[what]:5}   " for what in ("read", "quarantined", "refused"))
        )
        for file, (what, why) in outcomes.items():
            if what != "read":
                print(f"    {what:12} {file.name}: {why[:160]}")


if __name__ == "__main__":
    main()
