"""Tracks joined with records: the events of the MMSI that a vessel has, or that sends its IMO number, as its fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from nkscreen.records import Vessel
from nkscreen.records.codes import imo, mmsi
from nkscreen.records.ship import AisGap, AisTrack, Encounter, Loitering
from nkscreen.vessels.events.draughts import with_draughts
from nkscreen.vessels.events.encounters import find_encounters
from nkscreen.vessels.events.gaps import find_gaps, in_order
from nkscreen.vessels.events.jumps import find_jumps, find_off_earth
from nkscreen.vessels.events.loitering import find_loitering
from nkscreen.vessels.events.segments import MOST_MESSAGES, find_shared, segmented
from nkscreen.vessels.finding import IdentityFinding, finding
from nkscreen.vessels.fleet import Seen
from nkscreen.vessels.track import Track

MOST = 200
"""Events of one kind that a record holds, the longest; `AisTrack` counts all of them."""

Row = Mapping[str, Any]


class Tracks:
    """The events of the tracks of AIS files, by MMSI.

    Args:
        track: what `read_track` gives.
        known: what registers say of ships, to name those that were met at sea.
        wanted: find the events of these MMSI alone (encounters with any other); those of all where it is None.
    """

    def __init__(self, track: Track, *, known: Iterable[Seen] = (), wanted: Iterable[int] | None = None) -> None:
        self._known = {int(seen.mmsi): seen for seen in known if seen.mmsi}
        self._sends = _senders(track.statements)
        self._stated: dict[int, list[str]] = defaultdict(list)
        for number, senders in self._sends.items():
            for sender in senders:
                self._stated[sender].append(number)
        frame = in_order(track.frame)
        ours = frame
        if wanted is not None:
            keep = {
                *wanted,
                *(number for numbers in self._sends.values() for number in numbers if number in set(wanted)),
            }
            ours = frame.filter(pl.col("mmsi").is_in(list(keep)))
        self._spans = _by_mmsi(
            ours.group_by("mmsi").agg(
                pl.col("time").min().alias("start"), pl.col("time").max().alias("end"), pl.len().alias("messages")
            )
        )
        jumps = find_jumps(ours)
        self._gaps = _by_mmsi(with_draughts(find_gaps(ours), ours).sort("hours", descending=True))
        self._jumps = _by_mmsi(jumps)
        self._off_earth = _by_mmsi(find_off_earth(ours))
        self._loitering = _by_mmsi(find_loitering(ours).sort("hours", descending=True))
        several = ours.filter(pl.col("mmsi").is_in(_doubtful(ours, jumps)))
        self._shared = _by_mmsi(find_shared(segmented(several)))
        self._cut = {*several["mmsi"].unique()}
        self._encounters: dict[int, list[Row]] = defaultdict(list)
        for row in find_encounters(frame).iter_rows(named=True):
            self._encounters[row["mmsi"]].append(row)
            self._encounters[row["other"]].append({**row, "other": row["mmsi"]})

    def numbers(self, vessel: Vessel | Seen) -> list[int]:
        """The MMSI whose tracks are this vessel's: its own, those it had, and those that send its IMO number."""
        own = [vessel.mmsi, *(vessel.other_mmsi if isinstance(vessel, Vessel) else ())]
        told = [int(digits) for text in own if text and (digits := mmsi.parse(text))]
        number = imo.parse(vessel.imo_number) if vessel.imo_number else None
        found = dict.fromkeys([*told, *self._sends.get(number or "", ())])
        return [digits for digits in found if digits in self._spans]

    def joined(self, vessel: Vessel) -> Vessel:
        """The vessel with its gaps, encounters, loitering and counts added; as it is where no track is its own."""
        numbers = self.numbers(vessel)
        if not numbers:
            return vessel
        gaps, met, slow = (
            [row for number in numbers for row in events.get(number, ())]
            for events in (self._gaps, self._encounters, self._loitering)
        )
        spans = [row for number in numbers for row in self._spans[number]]
        count = {
            "gaps": len(gaps),
            "encounters": len(met),
            "jumps": sum(len(self._jumps.get(number, ())) for number in numbers),
            "off_earth": sum(len(self._off_earth.get(number, ())) for number in numbers),
            "ships": self._ships(numbers),
        }
        track = AisTrack(
            start=min(row["start"] for row in spans).date(),
            end=max(row["end"] for row in spans).date(),
            messages=sum(row["messages"] for row in spans),
            **count,
        )
        return vessel.model_copy(
            update={
                "ais_gaps": (*vessel.ais_gaps, *map(_gap, gaps[:MOST])),
                "encounters": (*vessel.encounters, *map(self._encounter, met[:MOST])),
                "loitering": (*vessel.loitering, *map(_loitering, slow[:MOST])),
                "track": track,
            }
        )

    def _ships(self, numbers: list[int]) -> int | None:
        """How many ships send these MMSI at one time; None where the track was too long to be cut into ships."""
        if any(number in self._jumps and number not in self._cut for number in numbers):
            return None
        return max((row["ships"] for number in numbers for row in self._shared.get(number, ())), default=1)

    def findings(self, vessel: Vessel) -> Iterator[IdentityFinding]:
        """What the tracks show about the ship that sends them; gaps, encounters and loitering stand in its fields."""
        number = imo.parse(vessel.imo_number) if vessel.imo_number else None
        for sender in self.numbers(vessel):
            told = [(vessel, "mmsi")]
            for row in self._shared.get(sender, ()):
                span = f"{_when(row['start'])} to {_when(row['end'])}"
                detail = f"{row['ships']} ships send the MMSI {sender} at one time, {span}."
                yield finding("ais_shared", detail, told)
            if jumps := self._jumps.get(sender):
                worst = max(jumps, key=lambda row: float(row["km"]))
                detail = (
                    f"{len(jumps)} steps of MMSI {sender} that no ship makes; the longest is {worst['km']:,.0f} km "
                    f"from {_where(worst)} {_when(worst['start'])} to {_when(worst['end'])}."
                )
                yield finding("ais_jumps", detail, told)
            if lost := self._off_earth.get(sender):
                row = lost[0]
                first = f"{row['lat']:g}, {row['lon']:g} {_when(row['time'])}"
                detail = f"{len(lost)} positions of MMSI {sender} are no places, the first {first}."
                yield finding("ais_off_earth", detail, told)
            others = [other for other in self._stated.get(sender, ()) if other != number]
            if number and others and sender not in self._sends.get(number, ()):
                detail = f"MMSI {sender} sends IMO {', '.join(others[:5])}; the papers give IMO {number}."
                yield finding("ais_identity", detail, [(vessel, "imo_number"), (vessel, "mmsi")])

    def _encounter(self, row: Row) -> Encounter:
        other = self._known.get(row["other"])
        return Encounter(
            start=row["start"].date(),
            end=row["end"].date(),
            hours=round(row["hours"], 2),
            km=round(row["km"], 3),
            knots=None if row["knots"] is None else round(row["knots"], 2),
            lat=round(row["lat"], 4),
            lon=round(row["lon"], 4),
            mmsi=f"{row['other']:09}",
            name=other.name if other else None,
            imo_number=other.imo_number if other else None,
            flag=other.flag if other else None,
        )


CUT = 500_000
"""Messages that are cut into ships, of the MMSI with the most impossible steps first: so many take half a minute."""


def _doubtful(frame: pl.DataFrame, jumps: pl.DataFrame) -> list[int]:
    """The MMSI that may be on several ships: where no step is impossible, one ship made them all."""
    steps = jumps.group_by("mmsi", maintain_order=True).len("steps").sort("steps", descending=True, maintain_order=True)
    counts = steps.join(frame.group_by("mmsi").len("messages"), on="mmsi", maintain_order="left")
    messages = pl.min_horizontal("messages", MOST_MESSAGES).cum_sum()
    return counts.filter(messages <= CUT)["mmsi"].to_list()


def _senders(statements: pl.DataFrame) -> dict[str, list[int]]:
    """IMO number → the MMSI that send it."""
    found: dict[str, list[int]] = defaultdict(list)
    for sender, given in statements.select("mmsi", "imo").drop_nulls().unique(maintain_order=True).iter_rows():
        if number := imo.parse(given):
            found[number].append(sender)
    return found


def _by_mmsi(events: pl.DataFrame) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in events.iter_rows(named=True):
        found[row["mmsi"]].append(row)
    return found


def _gap(row: Row) -> AisGap:
    return AisGap(
        start=row["start"].date(),
        end=row["end"].date(),
        hours=round(row["hours"], 2),
        draught_before=_tenth(row["draught_before"]),
        draught_after=_tenth(row["draught_after"]),
    )


def _loitering(row: Row) -> Loitering:
    return Loitering(
        start=row["start"].date(),
        end=row["end"].date(),
        hours=round(row["hours"], 2),
        knots=round(row["knots"], 2),
        km=round(row["km"], 2),
        lat=round(row["lat"], 4),
        lon=round(row["lon"], 4),
    )


def _tenth(metres: float | None) -> float | None:
    return None if metres is None else round(metres, 1)


def _when(time: Any) -> str:
    return f"{time:%Y-%m-%d %H:%M}"


def _where(row: Row) -> str:
    return f"{row['lat']:.3f}, {row['lon']:.3f}"
