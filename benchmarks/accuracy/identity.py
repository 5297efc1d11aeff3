"""Persons screened against the complete UN and OFAC lists: right entity found, false alerts, calibration.

Positives are UN entries as a customer file might hold them (treated: with typing errors); the right entity is the one
that bears the untreated name. Negatives are invented people of all countries. Run: `make bench-identity`.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from nkscreen import Screener, load_rulebook, load_watchlist
from nkscreen.alerts import Hit
from nkscreen.matching.names.normalise import words
from nkscreen.records import Counterparty
from nkscreen.records.codes.dates import parse_partial

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
LISTS = (SHARED / "lists/un/UN_consolidated_2026-02.xml", SHARED / "lists/ofac/trio_2024-01")
AS_OF = date(2026, 11, 21)
BINS = (0.0, 0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 1.01)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one bench file."""
    with (SHARED / "bench" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def person(row: dict[str, str], *, details: bool) -> Counterparty:
    """A row as a counterparty: the name alone, or with birth date, country and gender."""
    data = {"id": row.get("row", "x"), "schema": "Person", "name": row["full_name"]}
    if details:
        data |= {
            "birth_date": parse_partial(row["date_of_birth"]) or "",
            "gender": row["gender"],
            "nationality": row["nationality"],
        }
    return Counterparty.read({key: value for key, value in data.items() if value})


def hits(screener: Screener, record: Counterparty) -> list[Hit]:
    """Every candidate, whatever its probability."""
    return [hit for mention in record.mentions() for hit in screener.match(mention, as_of=AS_OF, threshold=0.0)]


def positives(screener: Screener, treated: bool) -> Iterator[tuple[dict[str, str], set[str]]]:
    """Each positive with the UN entities that bear its untreated name."""
    bearers: dict[tuple[str, ...], set[str]] = {}
    for snapshot, entity in screener.watchlist:
        if snapshot.publisher == "UN":
            for name in entity.names:
                bearers.setdefault(tuple(sorted(words(name.value))), set()).add(entity.id)
    plain = {row["row"]: row["full_name"] for row in rows("positives_un_untreated_dev.csv")}
    for row in rows(f"positives_un_{'treated' if treated else 'untreated'}_dev.csv"):
        right = bearers.get(tuple(sorted(words(plain.get(row["row"], row["full_name"])))), set())
        if right:
            yield row, right


class Calibration:
    """Candidates by probability, and how many of them are right."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[int, bool]] = Counter()

    def add(self, hit: Hit, *, right: bool) -> None:
        """Count one candidate."""
        self._counts[next(number for number, edge in enumerate(BINS[1:]) if hit.score < edge), right] += 1

    def show(self) -> None:
        """A line a bin: its bounds, how many candidates, which share of them is right."""
        for number, (low, high) in enumerate(pairwise(BINS)):
            right, wrong = self._counts[number, True], self._counts[number, False]
            if right + wrong:
                share = right / (right + wrong)
                bar = "#" * round(40 * share)
                print(f"  {low:4.2f}-{min(high, 1):4.2f}  {right:5} of {right + wrong:5}  {share:6.3f}  {bar}")


def measure_positives(screener: Screener, calibration: Calibration, *, treated: bool, details: bool) -> None:
    """How many positives alert on the right entity."""
    threshold = screener.policy.alert_threshold.value
    found = by_name = total = 0
    missed = []
    for row, right in positives(screener, treated):
        candidates = hits(screener, person(row, details=details))
        total += 1
        by_name += any(hit.entity_id in right for hit in candidates)
        good = any(hit.entity_id in right and hit.score >= threshold for hit in candidates)
        found += good
        if not good:
            missed.append(f"{row['full_name']} ({row['date_of_birth']}, {row['nationality']})")
        for hit in candidates:
            if details and treated and hit.publisher == "UN":
                calibration.add(hit, right=hit.entity_id in right)
    what = f"{'treated' if treated else 'untreated'}, {'with birth date and country' if details else 'name only'}"
    print(f"UN positives {what}: {found}/{total} alert on the right entity, {by_name} reach it by name")
    for text in missed[:8]:
        print(f"    missed: {text}")


def measure_negatives(screener: Screener, calibration: Calibration, number: int, *, details: bool) -> None:
    """How many invented people alert."""
    threshold = screener.policy.alert_threshold.value
    alerts = names = 0
    for row in rows("negatives_global.csv")[:number]:
        candidates = hits(screener, person(row, details=details))
        alerts += any(hit.score >= threshold for hit in candidates)
        names += bool(candidates)
        for hit in candidates:
            if details:
                calibration.add(hit, right=False)
    what = "with birth date and country" if details else "name only"
    print(f"negatives {what}: {alerts}/{number} alert ({100 * alerts / number:.2f} %), {names} by name")


def main(negatives: int = 5_000) -> None:
    """Print recall, false alerts and the calibration curve."""
    if not SHARED.exists():
        sys.exit("the benchmark needs the data beside the project")
    screener = Screener(load_watchlist(*LISTS), load_rulebook(), as_of=AS_OF)
    calibration = Calibration()
    for treated in (False, True):
        for details in (False, True):
            measure_positives(screener, calibration, treated=treated, details=details)
    for details in (False, True):
        measure_negatives(screener, calibration, negatives, details=details)
    print("calibration (candidates of treated positives with details, and of the negatives): probability, share right")
    calibration.show()


if __name__ == "__main__":
    main()
