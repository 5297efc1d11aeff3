"""Vessels as their AIS describes them, for files of positions that no register came with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from nkscreen.records import Source, Vessel
from nkscreen.records.codes import imo
from nkscreen.records.ship import NamePeriod
from nkscreen.vessels.fleet import plain
from nkscreen.vessels.track import Track
from nkscreen.vessels.track_events import Row

MOST_NAMES = 50
"""Names that a record keeps of one MMSI."""


class Sent:
    """What every MMSI of a track says of its ship."""

    def __init__(self, track: Track) -> None:
        self._rows: dict[int, list[Row]] = defaultdict(list)
        for row in track.statements.sort("mmsi", "last", "row", nulls_last=False).iter_rows(named=True):
            self._rows[row["mmsi"]].append(row)

    def vessel(self, mmsi: int, source: Source) -> Vessel:
        """One MMSI as a record: what it said last of name, number and call sign, with what it said before.

        Of IMO numbers a valid one goes before one that is none, and zero ("not available") is kept where no other was
        sent. The record has no date, so that lists are asked as they stand on the day of the run.
        """
        rows = self._rows.get(mmsi, [])
        numbers = list(dict.fromkeys(row["imo"] for row in reversed(rows) if row["imo"]))
        numbers.sort(key=lambda given: (imo.parse(given) is None, imo.not_available(given)))
        names = _names(rows)
        record: dict[str, Any] = {
            "id": f"MMSI {mmsi:09}",
            "source": source,
            "mmsi": f"{mmsi:09}",
            "imo_number": next(iter(numbers), None),
            "other_imo_numbers": tuple(given for given in numbers[1:] if imo.parse(given)),
            "call_sign": next((row["call_sign"] for row in reversed(rows) if row["call_sign"]), None),
            "name": names[0].name if names else None,
            "previous_names": tuple(item.name for item in names[1:] if item.name),
            "name_history": tuple(names) if len(names) > 1 else (),
        }
        return Vessel.read({name: value for name, value in record.items() if value is not None})


def first_rows(track: Track) -> Iterator[tuple[int, int]]:
    """Every MMSI of a file, as `messages_of` gives it, with the first row that it stands in, in the order of rows."""
    yield from track.frame.group_by("mmsi").agg(pl.col("row").min()).sort("row", "mmsi").iter_rows()


def _names(rows: Iterable[Row]) -> list[NamePeriod]:
    """The names that were sent, the last first, with the days of the first and the last message."""
    found: dict[str, NamePeriod] = {}
    for row in rows:
        if not row["name"]:
            continue
        key = plain(row["name"]) or row["name"]
        since, until = (row[edge].date() if row[edge] else None for edge in ("first", "last"))
        if old := found.pop(key, None):
            since = min(filter(None, (since, old.since)), default=None)
        found[key] = NamePeriod(name=row["name"], since=since, until=until)
    return list(reversed(found.values()))[:MOST_NAMES]
