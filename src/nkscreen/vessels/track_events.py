"""All events of the tracks of AIS files, found in one go and kept by MMSI."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from nkscreen.records.codes import port
from nkscreen.vessels.events.destinations import find_destinations
from nkscreen.vessels.events.draughts import find_draught_changes, with_draughts
from nkscreen.vessels.events.encounters import find_encounters
from nkscreen.vessels.events.gaps import find_gaps, find_open_gaps, in_order
from nkscreen.vessels.events.jumps import ON_EARTH, find_jumps, find_off_earth
from nkscreen.vessels.events.loitering import find_loitering
from nkscreen.vessels.events.patterns import find_patterns
from nkscreen.vessels.events.reach import with_reach
from nkscreen.vessels.events.segments import MOST_MESSAGES, find_shared, segmented
from nkscreen.vessels.events.visits import find_visits, with_port
from nkscreen.vessels.events.waters import find_on_land, find_stays, with_areas, with_waters
from nkscreen.vessels.thresholds import threshold
from nkscreen.vessels.track import Track

CUT = 500_000
"""Messages that are cut into ships, of the MMSI with the most impossible steps first: so many take half a minute."""

Row = Mapping[str, Any]
Rows = Mapping[int, list[Row]]


@dataclass(frozen=True)
class Events:
    """Rows of events by MMSI, in the columns of the function that finds them; gaps and loitering the longest first.

    `visits` and `destinations` are None where no port was given, `stays` are those in North Korea's waters. An
    encounter stands under both MMSI, the other ship in `other`. `silent` are MMSI not heard to the end of the files,
    `statements` what they say of themselves, `uncut` MMSI with impossible steps whose messages were too many to be cut
    into ships.
    """

    spans: Rows
    gaps: Rows
    jumps: Rows
    off_earth: Rows
    loitering: Rows
    shared: Rows
    encounters: Rows
    draughts: Rows
    patterns: Rows
    stays: Rows
    on_land: Rows
    silent: Rows
    statements: Rows
    visits: Rows | None
    destinations: Rows | None
    uncut: frozenset[int]


def events_of(track: Track, *, ports: pl.DataFrame | None = None, wanted: Collection[int] | None = None) -> Events:
    """The events of a track.

    Args:
        track: what `read_track` gives.
        ports: a row each with `port` (UN/LOCODE), `lat` and `lon`. Without them nothing is said of visits, of
            destinations reached, or of what was within reach in a gap.
        wanted: the MMSI whose events are found (encounters with any other); those of all where it is None.
    """
    frame = in_order(track.frame)
    last = frame["time"].max()
    ours = frame
    if wanted is not None:
        ours = frame.filter(pl.col("mmsi").is_in(pl.Series(list(wanted), dtype=pl.UInt32).implode()))
    visits = None if ports is None else find_visits(ours, ports)
    gaps = with_areas(with_waters(with_draughts(find_gaps(ours), ours)))
    gaps = with_areas(gaps, lat="end_lat", lon="end_lon", to="end_area")
    gaps = (
        gaps.with_columns(in_reach=pl.lit(None, pl.Boolean)) if ports is None else with_reach(gaps, ours, _dprk(ports))
    )
    jumps = find_jumps(ours)
    cut = _doubtful(ours, jumps)
    met: dict[int, list[Row]] = defaultdict(list)
    found = find_encounters(frame)
    found = with_areas(_near_port(found, ports))
    slow = with_areas(_near_port(with_draughts(find_loitering(ours), ours), ports))
    for row in found.iter_rows(named=True):
        met[row["mmsi"]].append(row)
        met[row["other"]].append({**row, "other": row["mmsi"]})
    spans = ours.group_by("mmsi").agg(
        pl.col("time").min().alias("start"),
        pl.col("time").max().alias("end"),
        pl.len().alias("messages"),
        ON_EARTH.sum().alias("placed"),
    )
    return Events(
        spans=_by_mmsi(spans),
        gaps=_by_mmsi(gaps.sort("hours", descending=True)),
        jumps=_by_mmsi(jumps),
        off_earth=_by_mmsi(find_off_earth(ours)),
        loitering=_by_mmsi(slow.sort("hours", descending=True)),
        shared=_by_mmsi(find_shared(segmented(ours.filter(pl.col("mmsi").is_in(cut))))),
        encounters=met,
        draughts=_by_mmsi(find_draught_changes(ours, visits)),
        patterns=_by_mmsi(find_patterns(ours)),
        stays=_by_mmsi(find_stays(ours)),
        on_land=_by_mmsi(find_on_land(ours)),
        silent=_by_mmsi(find_open_gaps(ours, until=last)) if isinstance(last, datetime) else {},
        statements=_by_mmsi(track.statements.filter(pl.col("mmsi").is_in(ours["mmsi"].unique().implode()))),
        visits=None if visits is None else _by_mmsi(visits),
        destinations=None if visits is None else _by_mmsi(find_destinations(track.statements, visits)),
        uncut=frozenset(jumps["mmsi"].unique()) - frozenset(cut),
    )


def _dprk(ports: pl.DataFrame) -> pl.DataFrame:
    codes = [code for code in ports["port"].unique() if port.country_of(code) == "KP"]
    return ports.filter(pl.col("port").is_in(pl.Series(codes, dtype=pl.String).implode()))


def _near_port(events: pl.DataFrame, ports: pl.DataFrame | None) -> pl.DataFrame:
    if ports is None:
        return events.with_columns(port=pl.lit(None, pl.String))
    return with_port(events, ports, km=threshold("encounter_port_km"))


def _doubtful(frame: pl.DataFrame, jumps: pl.DataFrame) -> list[int]:
    """The MMSI that may be on several ships: where no step is impossible, one ship made them all."""
    steps = jumps.group_by("mmsi", maintain_order=True).len("steps").sort("steps", descending=True, maintain_order=True)
    counts = steps.join(frame.group_by("mmsi").len("messages"), on="mmsi", maintain_order="left")
    messages = pl.min_horizontal("messages", MOST_MESSAGES).cum_sum()
    return counts.filter(messages <= CUT)["mmsi"].to_list()


def _by_mmsi(events: pl.DataFrame) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in events.iter_rows(named=True):
        found[row["mmsi"]].append(row)
    return found
