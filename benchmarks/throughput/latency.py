"""One record at a time through lists, identity and every rule of the pack: time for an answer, start and memory.

Records are people on no list, each a name not seen before, and among them one in twenty with a listed name that has a
slip. Prints JSON; `run.py` calls it, each part in a process of its own.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import time
from datetime import date
from typing import Any

from peak import most_memory

START = time.perf_counter()


def answers(number: int = 4_000, first: int = 500) -> dict[str, Any]:
    """Milliseconds of processor time for one record, the first ones not counted: a service has been warmed."""
    import names_made

    import nkscreen
    from nkscreen.records import Counterparty

    watchlist = nkscreen.load_watchlist(*names_made.LISTS)
    screener = nkscreen.Screener(watchlist, nkscreen.load_rulebook(tests=False), as_of=date(2026, 11, 21))
    chance, listed = random.Random(4), names_made.real()
    records = []
    with names_made.PEOPLE.open(encoding="utf-8", newline="") as stream:
        for row, person in zip(range(number), csv.DictReader(stream), strict=False):
            told = {"name": person["full_name"], "birth_date": person["date_of_birth"], "gender": person["gender"]}
            told |= {"schema": "Person", "nationality": person["nationality"]}
            if row % 20 == 19:
                name, schema = chance.choice(listed)
                told = {"name": names_made.slipped(chance, name), "schema": schema}
            records.append(Counterparty.read({"id": str(row), **told}))
    taken, alerts = [], 0
    for record in records:
        before = time.thread_time()
        alerts += screener.screen(record).alert is not None
        taken.append(1e3 * (time.thread_time() - before))
    counted = sorted(taken[first:])
    shares = {f"p{share}": counted[int(len(counted) * share / 100)] for share in (50, 90, 99)}
    rules = sum(rule.file.subject == "counterparty" for rule in screener.rulebook.rules)
    return shares | {"alerts": alerts, "records": len(records), "rules": len(screener.rulebook.rules), "asked": rules}


def first_answer() -> dict[str, Any]:
    """Seconds from the start of Python's imports to the first answer, with the bundled list."""
    import nkscreen

    found = nkscreen.Screener.default().screen(nkscreen.Counterparty(id="1", name="Korea Mining Development"))
    return {"seconds": time.perf_counter() - START, "alert": found.alert is not None}


def memory() -> dict[str, Any]:
    """Megabytes with UN and OFAC loaded from the file that `pack` wrote."""
    import nkscreen
    from nkscreen.screening.worker import unpack

    screener = unpack(sys.argv[2])
    screener.screen(nkscreen.Counterparty(id="1", name="Korea Mining Development"))
    return {"memory": most_memory(), "entities": len(screener.watchlist)}


def packed() -> dict[str, Any]:
    """Write UN and OFAC to that file."""
    import names_made

    import nkscreen
    from nkscreen.screening.worker import pack

    screener = nkscreen.Screener(nkscreen.load_watchlist(*names_made.LISTS), nkscreen.load_rulebook(tests=False))
    before = time.process_time()
    return {"sha256": pack(screener, sys.argv[2]), "seconds": time.process_time() - before}


if __name__ == "__main__":
    json.dump(
        {"answers": answers, "first": first_answer, "memory": memory, "packed": packed}[sys.argv[1]](), sys.stdout
    )
