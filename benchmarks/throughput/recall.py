"""What the index and its mask lose or add against exhaustive comparison, on the complete UN and OFAC lists.

Two counts. Exhaustive: each of some queries is compared with every listed name, and `search`, `can_hit` and comparison
must agree. By `search`: of many more queries the mask may deny none that `search` finds. Half of the queries are listed
names with slips, half are names of people that are not listed. Run: `make bench-recall`.
"""

from __future__ import annotations

import csv
import random
import sys
import time
from pathlib import Path

import nkscreen
from nkscreen.matching import DEFAULT_THRESHOLD, Index
from nkscreen.matching.groups import GROUPS
from nkscreen.matching.names.analyse import analyse
from nkscreen.matching.names.compare import compare
from nkscreen.records import Schema

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
LISTS = [SHARED / "lists/un/UN_consolidated_2026-02.xml", SHARED / "lists/ofac/trio_2024-01"]
NAMES = SHARED / "bench/negatives_global.csv"
SCHEMATA: tuple[Schema, ...] = ("Person", "LegalEntity")


def spoilt(chance: random.Random, text: str) -> str:
    """A name after up to three slips."""
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(text) + 1)
        put = chance.choice(["", "", " ", "a", "n", "k", "."])
        text = text[:at] + put + text[at + chance.randrange(2) :]
    return text


def main(compared: int = 200, searched: int = 20_000) -> None:
    """Count and print both; any loss ends with status 1."""
    missing = [path for path in (*LISTS, NAMES) if not path.exists()]
    if missing:
        sys.exit(f"the benchmark needs {missing[0].name} from the data beside the project")
    listed = [
        (name.value, entity.schema_)
        for _, entity in nkscreen.load_watchlist(*LISTS)
        for name in entity.names
        if GROUPS[entity.schema_] == "party"
    ]
    index = Index((n, *name) for n, name in enumerate(listed))
    with NAMES.open(encoding="utf-8", newline="") as stream:
        others = [row["full_name"] for row in csv.DictReader(stream)]
    chance = random.Random(1)
    pool = [spoilt(chance, chance.choice(listed)[0]) if n % 2 else chance.choice(others) for n in range(searched)]
    lost = extra = denied = 0
    start = time.perf_counter()
    analysed = [analyse(*name) for name in listed]
    for schema in SCHEMATA:
        may = index.can_hit(pool[:compared], schema)
        for row, text in enumerate(pool[:compared]):
            query = analyse(text, schema)
            wanted = {n for n, name in enumerate(analysed) if compare(query, name).score >= DEFAULT_THRESHOLD}
            found = {item.key for item in index.search(text, schema)}
            lost, extra = lost + len(wanted - found), extra + len(found - wanted)
            denied += bool(wanted) and not may[row]
    pairs = len(SCHEMATA) * compared * len(listed)
    seconds = time.perf_counter() - start
    print(
        f"exhaustive: {pairs:,} pairs in {seconds:.0f} s: {lost} lost, {extra} extra, {denied} names denied by the mask"
    )
    for schema in SCHEMATA:
        may = index.can_hit(pool, schema)
        wrong = [text for text, hit in zip(pool, may, strict=True) if not hit and index.search(text, schema)]
        denied += len(wrong)
        print(f"by search:  {len(pool) * len(listed):,} pairs as {schema}: {len(wrong)} names denied {wrong[:5]}")
    sys.exit(1 if lost or extra or denied else 0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
