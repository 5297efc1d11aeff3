"""When what a vessel is called, flies or belongs to changed, as exactly as its papers say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from nkscreen.records import Vessel
from nkscreen.records.ship import FlagPeriod, NamePeriod, ShipParty

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_ENDS = re.compile(r"^\s*(?:until|till|to|up to|before)\b", re.IGNORECASE)


MOST = 200
"""Changes that are compared with each other, the latest: no ship had as many."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value after another. It happened no earlier than `earliest` and no later than `latest`, where known."""

    before: str
    after: str
    earliest: date | None
    latest: date | None
    path: str

    @property
    def when(self) -> str:
        """The day, or the time within which it lies."""
        if self.earliest == self.latest:
            return f"on {self.latest}" if self.latest else "at a time not told"
        if self.earliest and self.latest:
            return f"between {self.earliest} and {self.latest}"
        return f"by {self.latest}" if self.latest else f"after {self.earliest}"


@dataclass(frozen=True, slots=True)
class _Held:
    value: str
    path: str
    begins: tuple[date | None, date | None]
    ends: tuple[date | None, date | None]


def flag_changes(vessel: Vessel) -> list[Change]:
    """Changes of flag, in order of time; without times those that the order of the papers shows are left out."""
    told = [
        _held(item.flag, f"flag_history[{at}].flag", item) for at, item in enumerate(vessel.flag_history) if item.flag
    ]
    return _changes(told)


def name_changes(vessel: Vessel) -> list[Change]:
    """Changes of name, in order of time."""
    told = [
        _held(item.name, f"name_history[{at}].name", item) for at, item in enumerate(vessel.name_history) if item.name
    ]
    if (
        vessel.name
        and told
        and all(vessel.name != item.value for item in told)
        and all(any(item.ends) for item in told)
    ):
        last = max((end for item in told for end in item.ends if end), default=None)
        told.append(_Held(vessel.name, "name", (last, last), (None, None)))
    return _changes(told)


def party_changes(vessel: Vessel, word: str) -> list[Change]:
    """Changes of those whose role holds a word ("owner"), in order of time."""
    told = [
        _held(item.name, f"other_parties[{at}].name", item)
        for at, item in enumerate(vessel.other_parties)
        if item.name and word in (item.role or "")
    ]
    return _changes(told)


def within(changes: Iterable[Change], days: int) -> list[Change]:
    """The most changes that lie within so many days of each other for certain, the latest such."""
    dated = sorted((c for c in changes if c.earliest and c.latest), key=lambda c: c.earliest or date.min)[-MOST:]
    best: list[Change] = []
    for first in dated:
        start = first.earliest
        run = [
            c
            for c in dated
            if start and c.earliest and c.latest and c.earliest >= start and (c.latest - start).days <= days
        ]
        if len(run) >= len(best):
            best = run
    return best


def _held(value: str | None, path: str, item: FlagPeriod | NamePeriod | ShipParty) -> _Held:
    years = sorted(int(year) for year in _YEAR.findall(item.period or ""))
    spans: list[tuple[date | None, date | None]] = [(date(year, 1, 1), date(year, 12, 31)) for year in years]
    none: tuple[date | None, date | None] = (None, None)
    ends_only = bool(_ENDS.match(item.period or ""))
    begins = spans[0] if spans and not ends_only else none
    ends = spans[-1] if spans and (ends_only or len(spans) > 1) else none
    if item.since:
        begins = (item.since, item.since)
    if item.until:
        ends = (item.until, item.until)
    return _Held(value or "", path, begins, ends)


def _changes(told: Sequence[_Held]) -> list[Change]:
    """Between each value and the next: no earlier than both bounds allow, no later than the first of them."""
    known = [item for item in told if any(item.begins) or any(item.ends)]
    known.sort(key=lambda item: (item.begins[0] or item.ends[0] or date.min, item.ends[0] or date.max))
    found = []
    for before, after in pairwise(known):
        if before.value == after.value:
            continue
        begins = after.begins if any(after.begins) else before.ends
        earliest = begins[0] or before.ends[0]
        latest = begins[1] or before.ends[1]
        found.append(Change(before.value, after.value, earliest, latest, after.path))
    return found
