"""Tracks joined with records: the events of the MMSI that a vessel has, or that sends its IMO number, as its fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import polars as pl

from nkscreen.records import Vessel
from nkscreen.records.codes import imo, mmsi
from nkscreen.records.ship import AisGap, AisTrack, DprkWaters, Encounter, Loitering, NamePeriod, PortCall
from nkscreen.vessels.events.waters import LAND_CAVEAT
from nkscreen.vessels.finding import IdentityFinding, Told, finding
from nkscreen.vessels.fleet import Seen, plain
from nkscreen.vessels.geography import SIDES
from nkscreen.vessels.thresholds import threshold
from nkscreen.vessels.track import Track
from nkscreen.vessels.track_events import Row, Rows, events_of

MOST = 200
"""Events of one kind that a record holds, the longest; `AisTrack` counts all of them."""


class Tracks:
    """The events of the tracks of AIS files, by vessel.

    Args:
        track: what `read_track` gives.
        known: what registers say of ships; names those that were met at sea.
        ports: a row each with `port` (UN/LOCODE), `lat` and `lon`; see `events_of`.
        only_known: find the events of the known ships alone, and their encounters with any other.
    """

    def __init__(
        self,
        track: Track,
        *,
        known: Sequence[Seen] = (),
        ports: pl.DataFrame | None = None,
        only_known: bool = False,
    ) -> None:
        self._known = {int(seen.mmsi): seen for seen in known if seen.mmsi}
        self._sends = _senders(track.statements)
        self._stated: dict[int, list[str]] = defaultdict(list)
        for number, senders in self._sends.items():
            for sender in senders:
                self._stated[sender].append(number)
        own = {*self._known, *(sender for seen in known for sender in self._sends.get(seen.imo_number or "", ()))}
        self.events = events_of(track, ports=ports, wanted=own if only_known else None)
        met = {row["other"] for rows in self.events.encounters.values() for row in rows}
        said = track.statements.filter(pl.col("mmsi").is_in(pl.Series(list(met), dtype=pl.UInt32).implode()))
        self._said = {row["mmsi"]: row for row in said.sort("mmsi", "last").iter_rows(named=True)}

    def numbers(self, vessel: Vessel | Seen) -> list[int]:
        """The MMSI whose tracks are this vessel's: its own, those it had, and those that send its IMO number."""
        own = [vessel.mmsi, *(vessel.other_mmsi if isinstance(vessel, Vessel) else ())]
        told = [int(digits) for text in own if text and (digits := mmsi.parse(text))]
        number = imo.parse(vessel.imo_number) if vessel.imo_number else None
        found = dict.fromkeys([*told, *self._sends.get(number or "", ())])
        return [digits for digits in found if digits in self.events.spans]

    def named(self, mmsi: int) -> str:
        """What a register calls the ship of an MMSI, else what it called itself last on AIS, "" where neither does."""
        known = self._known.get(mmsi)
        if known and known.name:
            return known.name
        told = [row for row in self.events.statements.get(mmsi, ()) if row["name"]]
        last = max(told, key=lambda row: (row["last"] is not None, row["last"]), default=None)
        return str(last["name"]) if last else ""

    def called(self, name: str) -> list[int]:
        """The MMSI that send a name, letters and digits alone compared."""
        wanted = plain(name)
        return [
            sender
            for sender, rows in self.events.statements.items()
            if any(row["name"] and plain(row["name"]) == wanted for row in rows)
        ]

    def joined(self, vessel: Vessel) -> Vessel:
        """The vessel with its gaps, encounters, port calls, loitering and counts added; as it is where no track is its
        own."""
        numbers = self.numbers(vessel)
        if not numbers:
            return vessel

        def rows(events: Rows | None) -> list[Row]:
            return [row for number in numbers for row in (events or {}).get(number, ())]

        events = self.events
        gaps, met, visits = rows(events.gaps), rows(events.encounters), rows(events.visits)
        names = _names(vessel, rows(events.statements))
        return vessel.model_copy(
            update={
                "previous_names": (*vessel.previous_names, *dict.fromkeys(item.name for item in names if item.name)),
                "name_history": (*vessel.name_history, *names),
                "ais_gaps": (*vessel.ais_gaps, *map(_gap, gaps[:MOST])),
                "encounters": (*vessel.encounters, *map(self._encounter, met[:MOST])),
                "loitering": (*vessel.loitering, *(_loitering(row, met) for row in rows(events.loitering)[:MOST])),
                "dprk_waters": (*vessel.dprk_waters, *map(_stay, rows(events.stays)[-MOST:])),
                "port_calls": (*vessel.port_calls, *map(_port_call, visits[-MOST:])),
                "track": self._track(numbers, rows),
            }
        )

    def _track(self, numbers: list[int], rows: Callable[[Rows | None], list[Row]]) -> AisTrack:
        events = self.events
        spans, destinations = rows(events.spans), rows(events.destinations)
        # The last voyage that has ended: of a later one nobody knows yet where it goes.
        last = next((row for row in reversed(destinations) if row["reached"] is not None), None)
        ports = events.visits is not None
        return AisTrack(
            start=min(row["start"] for row in spans).date(),
            end=max(row["end"] for row in spans).date(),
            messages=sum(row["messages"] for row in spans),
            gaps=len(rows(events.gaps)),
            encounters=len(rows(events.encounters)),
            jumps=len(rows(events.jumps)),
            off_earth=len(rows(events.off_earth)),
            silent_since=self._silent(numbers),
            ships=None
            if not events.uncut.isdisjoint(numbers)
            else max((row["ships"] for row in rows(events.shared)), default=1),
            patterns=len(rows(events.patterns)),
            destination=last["port"] if last else None,
            reached=last["reached"] if last else None,
            draught_changes=sum(row["port"] is None for row in rows(events.draughts)) if ports else None,
            on_land=sum(row["messages"] for row in rows(events.on_land)),
            dprk_waters=len(rows(events.stays)),
            dprk_waters_hours=round(sum(row["hours"] for row in rows(events.stays)), 2),
        )

    def findings(self, vessel: Vessel) -> Iterator[IdentityFinding]:
        """What the tracks show about the ship that sends them; gaps, encounters and loitering stand in its fields."""
        number = imo.parse(vessel.imo_number) if vessel.imo_number else None
        if since := self._silent(self.numbers(vessel)):
            detail = f"It was last heard on {since}, and other ships for hours or days after it."
            yield finding("ais_silent", detail, [(vessel, "mmsi")])
        for sender in self.numbers(vessel):
            told: list[Told] = [(vessel, "mmsi")]
            for row in self.events.shared.get(sender, ()):
                span = f"{_when(row['start'])} to {_when(row['end'])}"
                detail = f"{row['ships']} ships send the MMSI {sender} at one time, {span}."
                yield finding("ais_shared", detail, told)
            if jumps := self.events.jumps.get(sender):
                worst = max(jumps, key=lambda row: float(row["km"]))
                detail = (
                    f"MMSI {sender} made steps that no ship makes, {_times(len(jumps))}, the longest of "
                    f"{worst['km']:,.0f} km from {_where(worst)} {_when(worst['start'])} to {_when(worst['end'])}."
                )
                yield finding("ais_jumps", detail, told)
            if lost := self.events.off_earth.get(sender):
                row = lost[0]
                first = f"{row['lat']:g}, {row['lon']:g} {_when(row['time'])}"
                detail = f"MMSI {sender} sent positions that are no places, {_times(len(lost))}, first {first}."
                yield finding("ais_off_earth", detail, told)
            yield from self._on_land(sender, told)
            for item in _names(vessel, self.events.statements.get(sender, []))[:1]:
                span = f"{item.since}" if item.since == item.until else f"{item.since} to {item.until}"
                papers = f"call the ship {vessel.name}" if vessel.name else "give no name"
                detail = f"MMSI {sender} sent the name {item.name}, {span}; the papers {papers}."
                yield finding("ais_name", detail, [(vessel, "name"), (vessel, "mmsi")])
            yield from self._shapes(sender, told)
            others = [other for other in self._stated.get(sender, ()) if other != number]
            if number and others and sender not in self._sends.get(number, ()):
                detail = f"MMSI {sender} sends IMO {', '.join(others[:5])}; the papers give IMO {number}."
                yield finding("ais_identity", detail, [(vessel, "imo_number"), (vessel, "mmsi")])

    def _on_land(self, sender: int, told: list[Told]) -> Iterator[IdentityFinding]:
        """Positions far inland, where they are more than a stray fix and the ship was heard at sea as well: what never
        leaves the land sails a lake or a river."""
        runs = self.events.on_land.get(sender, ())
        inland = sum(row["messages"] for row in runs)
        heard = self.events.spans[sender][0]["placed"]
        share = inland / heard if heard else 0.0
        if runs and threshold("land_share") <= share < 1:
            row = max(runs, key=lambda row: int(row["messages"]))
            detail = (
                f"{inland:,} of {heard:,} positions of MMSI {sender} lie {threshold('land_km'):.0f} km or more inland, "
                f"most at once around {_where(row)}, {_when(row['start'])} to {_when(row['end'])}; {LAND_CAVEAT}."
            )
            yield finding("ais_on_land", detail, told)

    def _silent(self, numbers: list[int]) -> date | None:
        """The day on which a ship was last heard that is silent on all its MMSI."""
        last = [row["start"].date() for number in numbers for row in self.events.silent.get(number, ())]
        return max(last) if len(last) == len(numbers) and last else None

    def _shapes(self, sender: int, told: list[Told]) -> Iterator[IdentityFinding]:
        for row in self.events.patterns.get(sender, [])[:MOST]:
            detail = (
                f"MMSI {sender} sends positions in a {row['shape']} of {row['km']:.1f} km around {_where(row)}, "
                f"{_when(row['start'])} to {_when(row['end'])}."
            )
            yield finding("ais_pattern", detail, told)
        if self.events.visits is not None and (
            at_sea := [row for row in self.events.draughts.get(sender, ()) if row["port"] is None]
        ):
            row = max(at_sea, key=lambda row: abs(float(row["after"]) - float(row["before"])))
            detail = (
                f"MMSI {sender} changed its draught away from the ports known, {_times(len(at_sea))}, most from "
                f"{row['before']:.1f} to {row['after']:.1f} m, {_when(row['start'])} to {_when(row['end'])}."
            )
            yield finding("ais_draught_at_sea", detail, told)
        for row in [row for row in (self.events.destinations or {}).get(sender, ()) if row["reached"] is False][-1:]:
            detail = (
                f"MMSI {sender} declared {row['destination']} ({row['port']}) {_when(row['declared'])} and was at "
                f"{row['visited']} {_when(row['arrival'])}."
            )
            yield finding("ais_destination", detail, told)

    def _encounter(self, row: Row) -> Encounter:
        other, said = self._known.get(row["other"]), self._said.get(row["other"], {})
        number = imo.parse(said.get("imo") or "")
        return Encounter(
            start=row["start"].date(),
            end=row["end"].date(),
            hours=round(row["hours"], 2),
            km=round(row["km"], 3),
            knots=None if row["knots"] is None else round(row["knots"], 2),
            lat=round(row["lat"], 4),
            lon=round(row["lon"], 4),
            area=row["area"],
            port=row["port"],
            mmsi=f"{row['other']:09}",
            name=other.name if other and other.name else said.get("name"),
            imo_number=other.imo_number if other and other.imo_number else number,
            flag=other.flag if other else None,
        )


def _names(vessel: Vessel, statements: list[Row]) -> list[NamePeriod]:
    """Names that the AIS gives and the papers do not, each with the days on which it was sent."""
    known = {plain(name) for name in (vessel.name, *vessel.previous_names) if name}
    found: dict[str, NamePeriod] = {}
    for row in statements:
        if not row["name"] or not (key := plain(row["name"])) or key in known:
            continue
        since, until = (row[edge].date() if row[edge] else None for edge in ("first", "last"))
        old = found.get(key)
        if old:
            since = min(filter(None, (since, old.since)), default=None)
            until = max(filter(None, (until, old.until)), default=None)
        found[key] = NamePeriod(name=row["name"], since=since, until=until)
    return list(found.values())


def _senders(statements: pl.DataFrame) -> dict[str, list[int]]:
    """IMO number → the MMSI that send it."""
    found: dict[str, list[int]] = defaultdict(list)
    for sender, given in statements.select("mmsi", "imo").drop_nulls().unique(maintain_order=True).iter_rows():
        if number := imo.parse(given):
            found[number].append(sender)
    return found


def _gap(row: Row) -> AisGap:
    return AisGap(
        start=row["start"].date(),
        end=row["end"].date(),
        hours=round(row["hours"], 2),
        area=row["area"],
        end_area=row["end_area"],
        began_near=SIDES.get(row["began_near"]),
        ended_near=SIDES.get(row["ended_near"]),
        dprk_in_reach=row["in_reach"],
        draught_before=_tenth(row["draught_before"]),
        draught_after=_tenth(row["draught_after"]),
    )


def _loitering(row: Row, met: Sequence[Row]) -> Loitering:
    return Loitering(
        start=row["start"].date(),
        end=row["end"].date(),
        hours=round(row["hours"], 2),
        knots=round(row["knots"], 2),
        km=round(row["km"], 2),
        lat=round(row["lat"], 4),
        lon=round(row["lon"], 4),
        area=row["area"],
        port=row["port"],
        met=any(other["start"] <= row["end"] and row["start"] <= other["end"] for other in met),
        draught_before=_tenth(row["draught_before"]),
        draught_after=_tenth(row["draught_after"]),
    )


def _stay(row: Row) -> DprkWaters:
    return DprkWaters(
        start=row["start"].date(),
        end=row["end"].date(),
        hours=round(row["hours"], 2),
        side=SIDES[row["side"]],
        lat=round(row["lat"], 4),
        lon=round(row["lon"], 4),
    )


def _port_call(row: Row) -> PortCall:
    return PortCall(port=row["port"], arrival=row["start"].date(), departure=row["end"].date())


def _tenth(metres: float | None) -> float | None:
    return None if metres is None else round(metres, 1)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _when(time: Any) -> str:
    return f"{time:%Y-%m-%d %H:%M}"


def _where(row: Row) -> str:
    return f"{row['lat']:.3f}, {row['lon']:.3f}"
