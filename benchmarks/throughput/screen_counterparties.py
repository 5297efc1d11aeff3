"""Screen 1,000 counterparties against the complete UN and OFAC lists, beside rapidfuzz brute force, in one run.

The peer is the plain recipe: `process.extract` with `token_sort_ratio` at 85 over every listed name, one core. It only
compares names; nkscreen also weighs evidence, applies rules and builds alerts. Lists and names are read from the data
beside the project; loading is timed apart. Run: `make bench`.
"""

from __future__ import annotations

import csv
import sys
import time
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process, utils

import nkscreen
from nkscreen.records import Counterparty

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
LISTS = [SHARED / "lists/un/UN_consolidated_2026-02.xml", SHARED / "lists/ofac/trio_2024-01"]
NAMES = SHARED / "bench/negatives_global.csv"
AS_OF = date(2026, 11, 21)


def counterparties(number: int) -> list[Counterparty]:
    """The first records of the benchmark's negatives: invented people of all countries, none of them listed."""
    with NAMES.open(encoding="utf-8", newline="") as stream:
        rows = [row for _, row in zip(range(number), csv.DictReader(stream), strict=False)]
    return [
        Counterparty.read(
            {
                "id": str(index),
                "schema": "Person",
                "name": row["full_name"],
                "birth_date": row["date_of_birth"],
                "gender": row["gender"],
                "nationality": row["nationality"],
            }
        )
        for index, row in enumerate(rows)
    ]


def main(number: int = 1_000) -> None:
    """Time both and print a line each."""
    missing = [path for path in (*LISTS, NAMES) if not path.exists()]
    if missing:
        sys.exit(f"the benchmark needs {missing[0].name} from the data beside the project")
    start = time.perf_counter()
    watchlist = nkscreen.load_watchlist(*LISTS)
    read = time.perf_counter()
    screener = nkscreen.Screener(watchlist, nkscreen.load_rulebook(), as_of=AS_OF)
    built = time.perf_counter()
    print(f"lists: {len(watchlist):,} entities, read in {read - start:.1f} s, index built in {built - read:.1f} s")
    records = counterparties(number)

    start = time.perf_counter()
    alerts = [result.alert for result in screener.screen_many(records) if result.alert]
    ours = time.perf_counter() - start

    listed = [utils.default_process(name.value) for _, entity in watchlist for name in entity.names]
    queries = [utils.default_process(record.name or "") for record in records]
    start = time.perf_counter()
    peers = sum(
        bool(process.extract(query, listed, scorer=fuzz.token_sort_ratio, score_cutoff=85, limit=1))
        for query in queries
    )
    theirs = time.perf_counter() - start
    print(f"nkscreen            {ours:8.2f} s  {1000 * ours / number:7.2f} ms a record  {len(alerts)} alerts")
    print(f"rapidfuzz brute     {theirs:8.2f} s  {1000 * theirs / number:7.2f} ms a record  {peers} with a name at 85")
    print(f"ratio               {theirs / ours:8.1f} x on {len(listed):,} listed names")


if __name__ == "__main__":
    main()
