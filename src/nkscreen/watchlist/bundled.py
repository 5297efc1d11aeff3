"""The list that comes with the package: DPRK-related designations of the UN and of OFAC, as of the dates it carries."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files

from nkscreen.errors import ListError
from nkscreen.watchlist.model import Snapshot, Watchlist
from nkscreen.watchlist.snapshot import parse_snapshot

BUNDLED = ("ofac.jsonl", "un.jsonl", "un_vessels.jsonl")

STALE_AFTER_DAYS = 30
"""Between August 2021 and May 2024 OFAC's DPRK entries changed on 19 days, once in 52 days on average: a list 30 days
old has missed a change with a chance of about four in nine (1 - exp(-30/52))."""


@lru_cache(maxsize=1)
def bundled_watchlist() -> Watchlist:
    """The bundled snapshots. They are as old as their `list_date`; see `staleness`.

    Raises:
        ListError: the installation is damaged.
    """
    return Watchlist(*(_load(name) for name in BUNDLED))


def _load(name: str) -> Snapshot:
    try:
        data = files("nkscreen.watchlist").joinpath("data", name).read_bytes()
    except OSError as error:
        raise ListError("is missing from the installation; install nkscreen again", file=name) from error
    return parse_snapshot(data, name)


def staleness(snapshot: Snapshot, as_of: date) -> str | None:
    """A warning once a list is older than `STALE_AFTER_DAYS` on the day `as_of`, or carries no date; else None.

    The age counts from the day on which the list was last known to be the newest (`Snapshot.newest_on`).
    """
    if snapshot.newest_on is None:
        return f"{snapshot.title} carries no date: check that it is the newest before relying on it."
    age = (as_of - snapshot.newest_on).days
    if age <= STALE_AFTER_DAYS:
        return None
    kind = "bundled with this version" if snapshot.bundled else "in use"
    return (
        f"{snapshot.title} {kind} is {age} days old ({snapshot.newest_on.isoformat()}): "
        "designations made since are missing; load a current list."
    )


def outdated(snapshot: Snapshot, as_of: date, days: int) -> str | None:
    """Why nothing may be called clear by a list that is older than so many days on the day `as_of`; else None.

    The age counts as for `staleness`. A list without a date is warned of, never called outdated: nobody knows.
    """
    day = snapshot.newest_on
    if day is None or (as_of - day).days <= days:
        return None
    age = (as_of - day).days
    return f"{snapshot.title or snapshot.publisher} of {day} is {age} days old, more than {days}"
