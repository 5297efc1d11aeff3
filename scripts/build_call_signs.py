"""Derives the table of call-sign series that nkscreen ships.

    python scripts/build_call_signs.py SERIES

SERIES is `hamkit/itu/_itu.py` of hamkit-itu 0.0.1 (MIT), which repeats the Table of International Call Sign Series
(Appendix 42 to the ITU Radio Regulations) as prefixes with their country. Prefixes of a country's amateurs alone, which
have four characters or a digit in the third place, are left out: ships do not use them.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

OUTPUT = Path(__file__).resolve().parents[1] / "src/nkscreen/records/codes/data/call_signs.tsv"
AMATEUR = {"HBL"}  # Appendix 42 allocates HBA to HBZ to Switzerland

_ROW = re.compile(r'ItuPrefix\("([A-Z0-9]{1,3})", "[^"]*", "([A-Z]{2})"\)')


def main(source: Path) -> None:
    series = defaultdict(set)
    for prefix, country in _ROW.findall(source.read_text("utf-8")):
        if not (len(prefix) == 3 and prefix[2].isdigit()) and prefix not in AMATEUR:
            series[country].add(prefix)
    lines = ["# Written by scripts/build_call_signs.py: alpha-2, beginnings of its call signs"]
    lines += [f"{country}\t{' '.join(sorted(series[country]))}" for country in sorted(series)]
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(series)} countries, {sum(map(len, series.values()))} series")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
