"""Read UN, OFAC, EU and UK lists and make them ready for matching, on one core; then screen a book after a change.

The lists are those beside the project; EU is the DPRK annexes, UK the short table. Run: `make bench-lists`.
"""

from __future__ import annotations

import csv
import itertools
import os
import resource
import sys
import time
from datetime import date
from pathlib import Path

from nkscreen import Counterparty, Screener, Watchlist, load_rulebook
from nkscreen.screening import Rescreener
from nkscreen.watchlist import Snapshot, load_snapshot
from nkscreen.watchlist.load import joined

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
LISTS = (
    "lists/un/UN_consolidated_2026-02.xml",
    "lists/ofac/trio_2024-01",
    "lists/eu/eu_journal_32017R1509_DPRK_2026-08-14.csv",
    "lists/uk/FCDO_SL_2025-08-11.csv",
)
NAMES = SHARED / "bench/negatives_global.csv"
CHANGED = 100
AS_OF = date(2026, 11, 27)


def peak() -> float:
    """Largest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def people(number: int) -> list[Counterparty]:
    """Invented people of all countries; the names repeat from some 60,000 on, as in a book of customers."""
    with NAMES.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        Counterparty.read(
            {
                "id": str(index),
                "schema": "Person",
                "name": row["full_name"],
                "birth_date": row["date_of_birth"],
                "nationality": row["nationality"],
            }
        )
        for index, row in enumerate(itertools.islice(itertools.cycle(rows), number))
    ]


def without(snapshot: Snapshot, entries: int) -> Snapshot:
    """The list as if its last entries had not been added yet."""
    return Snapshot(
        publisher=snapshot.publisher,
        title=snapshot.title,
        list_date=snapshot.list_date,
        entities=snapshot.entities[:-entries],
    )


def main(number: int) -> None:
    """Print what reading and making ready cost, and what part of a full run a change costs."""
    missing = [path for path in (*(SHARED / name for name in LISTS), NAMES) if not path.exists()]
    if missing:
        sys.exit(f"the benchmark needs {missing[0].name} from the data beside the project")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    start = time.perf_counter()
    snapshots = [load_snapshot(SHARED / name) for name in LISTS]
    watchlist = joined(snapshots)
    read = time.perf_counter() - start
    print(f"read        {read:6.1f} s   {len(watchlist):,} entries of {len(snapshots)} lists, peak {peak():.0f} MB")
    rulebook = load_rulebook()
    start = time.perf_counter()
    full = Screener(watchlist, rulebook, as_of=AS_OF)
    built = time.perf_counter() - start
    print(f"index       {built:6.1f} s   together {read + built:.1f} s, peak {peak():.0f} MB")

    earlier = Watchlist(without(snapshots[0], CHANGED), *snapshots[1:])
    start = time.perf_counter()
    rescreener = Rescreener(earlier, watchlist, rulebook, as_of=AS_OF)
    ready = time.perf_counter() - start
    print(f"change      {ready:6.1f} s   {len(rescreener.touched)} entries found and made ready")
    book = people(2 * number)
    start = time.perf_counter()
    changed = sum(1 for _ in rescreener.rescreen_many(book[:number]))
    part = time.perf_counter() - start
    start = time.perf_counter()
    alerts = sum(1 for result in full.screen_many(book[number:]) if result.alert)
    whole = time.perf_counter() - start
    print(f"rescreen    {part:6.1f} s   {number:,} persons, {1e6 * part / number:.0f} us each, {changed} changed")
    print(f"full run    {whole:6.1f} s   {number:,} others, {1e6 * whole / number:.0f} us each, {alerts} alerts")
    print(f"share       {part / whole:6.1%}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
