"""One MMSI on several ships: a track cut into the ships that sent it. After gpsdio-segment of Global Fishing Watch."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import sqrt

import polars as pl

from nkscreen.vessels.events.discrepancy import PENALTY_KNOTS, VERY_SLOW_KNOTS, Heard, metric
from nkscreen.vessels.events.gaps import in_order
from nkscreen.vessels.events.jumps import ON_EARTH
from nkscreen.vessels.thresholds import threshold

MOST_MESSAGES = 50_000
"""Messages of one MMSI that are segmented; later ones stay without a segment, so that a hostile file does not hang."""

_LOOKBACK_FACTOR = 2


@dataclass(slots=True)
class _Segment:
    number: int
    last: list[tuple[Heard, float, int]] = field(default_factory=list)  # message, how well it fitted, its place
    count: int = 0


def segmented(frame: pl.DataFrame) -> pl.DataFrame:
    """The messages by MMSI and time with a column `segment`: 0, 1, ... within an MMSI, each the track of one ship.

    It is null where a message has no place, was found to be noise, moves without a course, or comes after the first
    `MOST_MESSAGES` of its MMSI. Segments end after a silence (`segment_hours`). Where a message fits several
    the best has it; gpsdio-segment ends them all instead, which would cut one ship into many where noise comes near it.
    """
    frame = in_order(frame).with_row_index("at")
    numbers: list[int | None] = [None] * frame.height
    for part in (
        frame.filter(ON_EARTH).select("at", "mmsi", "time", "lat", "lon", "speed", "course").partition_by("mmsi")
    ):
        _cut(part.head(MOST_MESSAGES), numbers)
    return frame.drop("at").with_columns(pl.Series("segment", numbers, pl.UInt32))


def find_shared(frame: pl.DataFrame, *, messages: int | None = None) -> pl.DataFrame:
    """MMSI whose segments of at least `messages` (threshold `ship_messages`) overlap in time: several ships send it.

    Columns: mmsi, ships (the most at one time), segments, start, end (of the times in which more than one sent). A ship
    with two transponders or a bad clock may look the same.

    Args:
        frame: what `segmented` gives.
    """
    least = threshold("ship_messages", messages)
    spans = (
        frame.filter(pl.col("segment").is_not_null())
        .group_by("mmsi", "segment")
        .agg(pl.col("time").min().alias("start"), pl.col("time").max().alias("end"), pl.len().alias("messages"))
        .filter(pl.col("messages") >= least)
    )
    # At one time a segment that ends counts until those that begin have been added.
    edges = pl.concat(
        [
            spans.select("mmsi", pl.col("start").alias("time"), pl.lit(1, pl.Int32).alias("step")),
            spans.select("mmsi", pl.col("end").alias("time"), pl.lit(-1, pl.Int32).alias("step")),
        ]
    ).sort("mmsi", "time", "step", descending=[False, False, True])
    edges = edges.with_columns(pl.col("step").cum_sum().over("mmsi").alias("ships"))
    several = pl.col("ships") > 1
    return (
        edges.group_by("mmsi", maintain_order=True)
        .agg(
            pl.col("ships").max(),
            (pl.col("step") > 0).sum().alias("segments"),
            pl.col("time").filter(several).first().alias("start"),
            pl.col("time").filter(several.shift(1, fill_value=False)).last().alias("end"),
        )
        .filter(several)
    )


def _cut(part: pl.DataFrame, numbers: list[int | None]) -> None:
    hours, knots = threshold("segment_hours"), threshold("segment_knots")
    penalty = PENALTY_KNOTS
    lookback, most = int(threshold("segment_lookback")), int(threshold("segments_open"))
    opened: list[_Segment] = []
    made = 0
    # A course that never changes while ships move was filled in and not sent: nothing tells where a ship should be
    # next, and any speed that a ship can make is as good.
    if part["course"].drop_nulls().n_unique() <= 1 and part.height > 1:
        penalty = knots
        part = part.with_columns(speed=pl.lit(0.0), course=pl.lit(None, pl.Float32))
    times = (part["time"].dt.timestamp("us") / 3.6e9).to_list()
    for at, hour, lat, lon, speed, course in zip(
        part["at"], times, part["lat"], part["lon"], part["speed"], part["course"], strict=True
    ):
        if course is None and (speed or 0) > VERY_SLOW_KNOTS:
            continue
        heard = Heard(hour, lat, lon, speed or 0.0, course)
        opened = [segment for segment in opened if hour - segment.last[-1][0].hour <= hours]
        fits = [(fit, segment) for segment in opened if (fit := _fit(segment, heard, hours, knots, penalty, lookback))]
        # A short segment may be noise: what fits it counts for less.
        best = max(fits, key=lambda item: _weight(item[1].count) * item[0][0], default=None)
        if best:
            (value, dropped), segment = best
            for _ in range(dropped):
                numbers[segment.last.pop()[2]] = None
        else:
            if len(opened) >= most:
                opened.remove(min(opened, key=lambda segment: segment.last[-1][0].hour))
            segment, value = _Segment(made), 0.0
            made += 1
            opened.append(segment)
        segment.last.append((heard, value, at))
        del segment.last[: -lookback - 1]
        segment.count += 1
        numbers[at] = segment.number


def _weight(count: int) -> float:
    share = count / threshold("ship_messages")
    return share / sqrt(1 + share * share)


def _fit(  # noqa: PLR0917
    segment: _Segment, heard: Heard, hours: float, knots: float, penalty: float, lookback: int
) -> tuple[float, int] | None:
    """How well a message fits a segment, and how many of its last messages to drop for it as noise; None if not."""
    best, found, before = 0.0, None, 0.0
    for back, (message, value, _) in enumerate(reversed(segment.last[-lookback:])):
        passed = heard.hour - message.hour
        if passed > hours:
            break
        fit = metric(message, heard, passed, knots, penalty)
        weighed = fit / max(1, back * _LOOKBACK_FACTOR)
        if fit > 0 and weighed > before and weighed > best:
            best, found = weighed, (fit, back)
        before = value
    return found
