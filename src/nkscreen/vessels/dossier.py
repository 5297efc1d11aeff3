"""A dossier of one vessel: where it sailed, and all that happened to it in order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from nkscreen.records import Vessel
from nkscreen.records.codes import country, port
from nkscreen.vessels.changes import flag_changes, name_changes, party_changes
from nkscreen.vessels.concern import concern
from nkscreen.vessels.geography import SIDES
from nkscreen.vessels.sphere import Floats

if TYPE_CHECKING:
    import polars as pl

    from nkscreen.vessels.track_events import Row, Rows
    from nkscreen.vessels.tracks import Tracks

Way = Literal["sailed", "gap", "jump"]
Kind = Literal["gap", "encounter", "visit", "loitering", "pattern", "jump", "waters", "papers"]

MOST = 500
"""Events of one kind in a dossier, the longest; what is left out is counted."""


MARKED = frozenset({"gap", "encounter", "visit", "pattern", "loitering"})
MARKS = 60
"""Events that are marked on the map, so that it can be read."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a track: places in order (degrees) under one MMSI. A gap or a jump has two, its ends."""

    mmsi: int
    way: Way
    lat: Floats
    lon: Floats
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened, with its place in degrees where that is known; `number` is its mark on the map."""

    kind: Kind
    start: datetime | date | None
    end: datetime | date | None
    title: str
    detail: str
    lat: float | None = None
    lon: float | None = None
    hours: float = 0.0
    number: int | None = None


@dataclass(frozen=True)
class Dossier:
    """What is known of a vessel beside its screening. `left` counts events by kind that `timeline` leaves out."""

    vessel: Vessel
    timeline: tuple[Entry, ...]
    stretches: tuple[Stretch, ...] = ()
    left: tuple[tuple[Kind, int], ...] = ()

    @property
    def places(self) -> tuple[Floats, Floats]:
        """Latitudes and longitudes of the whole track."""
        if not self.stretches:
            return np.zeros(0), np.zeros(0)
        return np.concatenate([s.lat for s in self.stretches]), np.concatenate([s.lon for s in self.stretches])


def dossier_of(vessel: Vessel, *, tracks: Tracks | None = None, frame: pl.DataFrame | None = None) -> Dossier:
    """The dossier of a vessel.

    Args:
        vessel: with what its papers, tracks, other records and lists show, as `Sea.seen` gives it.
        tracks: the events of the tracks, and `frame` the messages that they were found in; both or none.
    """
    papers = list(_papers(vessel))
    if tracks is None or frame is None:
        return Dossier(vessel, tuple(_ordered(papers)))
    numbers = tracks.numbers(vessel)
    events: list[Entry] = []
    left: list[tuple[Kind, int]] = []
    for kind, found in _events(tracks, numbers):
        found.sort(key=lambda entry: -entry.hours)
        events += found[:MOST]
        left += [(kind, len(found) - MOST)] if len(found) > MOST else []
    timeline = _numbered(_ordered([*papers, *events]))
    return Dossier(vessel, tuple(timeline), tuple(_stretches(frame, numbers)), tuple(left))


def _stretches(frame: pl.DataFrame, numbers: list[int]) -> Iterator[Stretch]:
    """The track of every MMSI, cut where the ship was not heard and where it cannot have sailed."""
    import polars as pl  # noqa: PLC0415  loaded where there is a track

    from nkscreen.vessels.events.gaps import in_order  # noqa: PLC0415
    from nkscreen.vessels.events.jumps import ON_EARTH, find_jumps  # noqa: PLC0415
    from nkscreen.vessels.thresholds import threshold  # noqa: PLC0415

    for number in numbers:
        own = in_order(frame.filter((pl.col("mmsi") == number) & ON_EARTH))
        if own.is_empty():
            continue
        lat, lon = own["lat"].to_numpy(), own["lon"].to_numpy()
        passed = np.diff(own["time"].to_physical().to_numpy()) / 3.6e9
        jumped = np.isin(own["row"].to_numpy()[1:], find_jumps(own)["row"].to_numpy())
        dark = (passed > threshold("gap_hours")) & ~jumped
        edges = [0, *(np.flatnonzero(dark | jumped) + 1).tolist(), len(lat)]
        for first, last in pairwise(edges):
            if first:
                way: Way = "jump" if jumped[first - 1] else "gap"
                ends = slice(first - 1, first + 1)
                yield Stretch(number, way, lat[ends], lon[ends], own["time"][first - 1], own["time"][first])
            part = slice(first, last)
            yield Stretch(number, "sailed", lat[part], lon[part], own["time"][first], own["time"][last - 1])


def _events(tracks: Tracks, numbers: list[int]) -> Iterator[tuple[Kind, list[Entry]]]:
    events = tracks.events

    def rows(found: Rows | None) -> list[Row]:
        return [row for number in numbers for row in (found or {}).get(number, ())]

    yield "gap", [_gap(row) for row in rows(events.gaps)]
    yield "encounter", [_encounter(row, tracks.named(row["other"])) for row in rows(events.encounters)]
    yield "visit", [_visit(row) for row in rows(events.visits)]
    yield "loitering", [_loitering(row) for row in rows(events.loitering)]
    yield "pattern", [_pattern(row) for row in rows(events.patterns)]
    yield "jump", [_jump(row) for row in rows(events.jumps)]
    yield "waters", [_stay(row) for row in rows(events.stays)]


def _gap(row: Row) -> Entry:
    far = "" if row["km"] is None else f"; {row['km']:,.0f} km between its ends, {row['knots']:.1f} kn made good"
    thin = "; reception was thin before it" if row["sparse"] else ""
    reach = {True: "; a DPRK port was within reach", False: "; no DPRK port was within reach"}.get(row["in_reach"], "")
    near = "".join(
        f"; {edge} within 50 nm of North Korea, {SIDES[side]} (approximation)"
        for edge, side in (("began", row["began_near"]), ("ended", row["ended_near"]))
        if side
    )
    area = f"; last heard: {row['area']}" if row["area"] else ""
    detail = f"{_hours(row['hours'])} without a message{far}{area}{near}{thin}{reach}"
    return _entry("gap", row, "Silence on AIS", detail)


def _encounter(row: Row, name: str) -> Entry:
    met = f"{name} (MMSI {row['other']:09})" if name else f"MMSI {row['other']:09}"
    made = "" if row["knots"] is None else f" at {row['knots']:.1f} kn"
    near = f"; near {_port(row['port'])}" if row["port"] else ""
    detail = f"{_hours(row['hours'])} within {row['km'] * 1000:,.0f} m (median){made}{near}{_area(row)}"
    return _entry("encounter", row, f"Close to {met}", detail)


def _visit(row: Row) -> Entry:
    inward, outward = row["draught_in"], row["draught_out"]
    draught = f"; draught {inward:.1f} m in, {outward:.1f} m out" if inward and outward else ""
    detail = f"{_hours(row['hours'])}, {'stopped' if row['stopped'] else 'silent'} within {row['km']:.1f} km{draught}"
    named = concern(row["port"])
    context = f"; context only: {named.why}" if named else ""
    return _entry("visit", row, f"Visit to {_port(row['port'])}", f"{detail}{context}")


def _loitering(row: Row) -> Entry:
    near = f"; near {_port(row['port'])}" if row["port"] else ""
    detail = f"{_hours(row['hours'])} at {row['knots']:.1f} kn on average{near}{_area(row)}"
    return _entry("loitering", row, "Slow for hours", detail)


def _stay(row: Row) -> Entry:
    detail = f"{_hours(row['hours'])} within 12 nm of its coast (approximation), {SIDES[row['side']]}"
    return _entry("waters", row, "In the waters of North Korea", detail)


def _pattern(row: Row) -> Entry:
    return _entry("pattern", row, f"Positions in a {row['shape']}", f"{row['km']:.1f} km around one point")


def _jump(row: Row) -> Entry:
    made = "at one time" if row["knots"] is None else f"{row['knots']:,.0f} kn implied"
    return _entry("jump", row, "A step that no ship makes", f"{row['km']:,.0f} km, {made}")


def _entry(kind: Kind, row: Row, title: str, detail: str) -> Entry:
    lat, lon = row.get("lat"), row.get("lon")
    return Entry(kind, row["start"], row["end"], title, detail, lat, lon, row.get("hours") or 0.0)


def _papers(vessel: Vessel) -> Iterator[Entry]:
    if vessel.build_year:
        yield Entry("papers", date(vessel.build_year, 1, 1), None, "Built", f"in {vessel.build_year}")
    for what, changes in (
        ("Flag", flag_changes(vessel)),
        ("Name", name_changes(vessel)),
        ("Owner", party_changes(vessel, "owner")),
        ("Manager", party_changes(vessel, "manager")),
    ):
        for change in changes:
            before, after = (_flag(value) if what == "Flag" else value for value in (change.before, change.after))
            detail = f"{before} to {after}, {change.when}"
            yield Entry("papers", change.earliest, change.latest, f"{what} changed", detail)
    for call in vessel.port_calls:
        if not vessel.track and (call.arrival or call.departure):
            yield Entry("papers", call.arrival, call.departure, "Port call by the papers", _port(call.port or "?"))
    for transfer in vessel.sts_transfers:
        other = transfer.name or transfer.imo_number or transfer.mmsi or "a ship not named"
        where = f" in {transfer.area}" if transfer.area else ""
        yield Entry("papers", transfer.date, None, "Ship-to-ship transfer by the papers", f"with {other}{where}")


def _ordered(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (_moment(entry.start or entry.end), entry.kind, entry.title))


def _numbered(entries: list[Entry]) -> list[Entry]:
    """The entries with the marks of the map: gaps, encounters, visits and patterns first, the longest of each."""
    placed = [at for at, entry in enumerate(entries) if entry.kind in MARKED and entry.lat is not None]
    placed.sort(key=lambda at: (entries[at].kind == "loitering", -entries[at].hours))
    numbers = {at: number for number, at in enumerate(sorted(placed[:MARKS]), start=1)}
    return [replace(entry, number=numbers.get(at)) for at, entry in enumerate(entries)]


def _moment(when: datetime | date | None) -> datetime:
    if when is None:
        return datetime.min.replace(tzinfo=UTC)
    return when if isinstance(when, datetime) else datetime.combine(when, time.min, UTC)


def _flag(code: str) -> str:
    return country.name(code) if country.is_code(code) else code


def _port(code: str) -> str:
    name = port.name(code)
    return f"{name} ({code})" if name else code


def _area(row: Row) -> str:
    return f"; sea area: {row['area']}" if row["area"] else ""


def _hours(hours: float) -> str:
    return f"{hours / 24:,.1f} days" if hours >= 48 else f"{hours:.1f} hours"
