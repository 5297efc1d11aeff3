"""Positions that are drawn and not sailed: circles and boxes, as jammed and forged receivers give them.

SkyTruth and Global Fishing Watch describe rings of false positions at Chinese oil terminals (2019) and tracks circling
far from the ship at a constant speed (2020). They publish no definition by numbers; the thresholds here are our own.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from nkscreen.vessels.events.gaps import in_order
from nkscreen.vessels.events.jumps import ON_EARTH
from nkscreen.vessels.sphere import EARTH_RADIUS_KM, Floats, turn
from nkscreen.vessels.thresholds import threshold

CAVEAT = "ships circle while they wait, survey or search; and where satellite navigation is jammed it is nobody's doing"

STRIDES = (1, 2, 4, 8, 16, 32)
"""A ring is looked for in every message, every second, and so on, and in runs of two lengths of these: whatever the
interval between messages, one length is close to a turn."""

WINDOWS_AT_ONCE = 50_000

Windows = tuple[Floats, Floats, NDArray[np.int64], NDArray[np.int64]]


def find_patterns(frame: pl.DataFrame) -> pl.DataFrame:
    """Times in which all positions of an MMSI lie on one circle or on the sides of one box, all around it.

    Columns: mmsi, start, end, shape ("circle" or "box"), lat, lon (the centre), km (the radius, or half the shorter
    side). Overlapping finds of one shape are one. `CAVEAT` holds of every one.
    """
    frame = in_order(frame.select("mmsi", "time", "lat", "lon", "row").filter(ON_EARTH))
    found = [pl.DataFrame(schema=_SCHEMA)]
    least = int(threshold("pattern_messages"))
    for stride in STRIDES:
        part = frame.filter(pl.int_range(pl.len()).over("mmsi") % stride == 0) if stride > 1 else frame
        for size in (least, least * 4 // 3):
            found += [shape for windows in _windows(part, size) for shape in _shapes(part, *windows)]
    return _merged(pl.concat(found))


_SCHEMA = {
    "mmsi": pl.UInt32(),
    "start": pl.Datetime("us", "UTC"),
    "end": pl.Datetime("us", "UTC"),
    "shape": pl.String(),
    "lat": pl.Float64(),
    "lon": pl.Float64(),
    "km": pl.Float64(),
}


def _windows(frame: pl.DataFrame, size: int) -> Iterator[Windows]:
    """Kilometres east and north of the first of each run of messages of one ship in one day, and where it begins and
    ends."""
    if frame.height < size:
        return
    starts = np.arange(0, frame.height - size + 1, size // 4)
    ends = starts + size - 1
    mmsi, time = frame["mmsi"].to_numpy(), frame["time"].to_physical().to_numpy()
    kept = (mmsi[starts] == mmsi[ends]) & (time[ends] - time[starts] <= threshold("pattern_hours") * 3.6e9)
    starts, ends = starts[kept], ends[kept]
    lats, lons = sliding_window_view(frame["lat"].to_numpy(), size), sliding_window_view(frame["lon"].to_numpy(), size)
    for at in range(0, len(starts), WINDOWS_AT_ONCE):
        begin, end = starts[at : at + WINDOWS_AT_ONCE], ends[at : at + WINDOWS_AT_ONCE]
        lat, lon = lats[begin], lons[begin]
        degree = EARTH_RADIUS_KM * np.pi / 180
        east = turn(lon - lon[:, :1]) * np.cos(np.radians(lat[:, :1])) * degree
        north = (lat - lat[:, :1]) * degree
        wide = np.minimum(np.ptp(east, axis=1), np.ptp(north, axis=1))
        most = 2 * threshold("pattern_most_km")
        usable = (wide >= threshold("pattern_km")) & (np.ptp(east, axis=1) <= most) & (np.ptp(north, axis=1) <= most)
        yield east[usable], north[usable], begin[usable], end[usable]


def _shapes(
    frame: pl.DataFrame, east: Floats, north: Floats, begin: NDArray[np.int64], end: NDArray[np.int64]
) -> Iterator[pl.DataFrame]:
    for shape, fit in (("circle", _circles), ("box", _boxes)):
        holds, x, y, km = fit(east, north)
        first, last = frame[begin[holds]], frame[end[holds]]
        degree = EARTH_RADIUS_KM * np.pi / 180
        lat = first["lat"].to_numpy()
        yield pl.DataFrame(
            {
                "mmsi": first["mmsi"],
                "start": first["time"],
                "end": last["time"],
                "shape": [shape] * len(first),
                "lat": lat + y[holds] / degree,
                "lon": turn(first["lon"].to_numpy() + x[holds] / degree / np.cos(np.radians(lat))),
                "km": km[holds],
            },
            schema=_SCHEMA,
        )


def _circles(east: Floats, north: Floats) -> tuple[NDArray[np.bool_], Floats, Floats, Floats]:
    """Which windows lie on a circle, its centre and its radius: the least squares of Kåsa (1976)."""
    u, v = east - east.mean(axis=1, keepdims=True), north - north.mean(axis=1, keepdims=True)
    uu, vv, uv = (u * u).sum(axis=1), (v * v).sum(axis=1), (u * v).sum(axis=1)
    right_u = ((u * u + v * v) * u).sum(axis=1) / 2
    right_v = ((u * u + v * v) * v).sum(axis=1) / 2
    det = uu * vv - uv * uv
    with np.errstate(divide="ignore", invalid="ignore"):
        x, y = (right_u * vv - right_v * uv) / det, (right_v * uu - right_u * uv) / det
        radius = np.sqrt(x * x + y * y + (uu + vv) / u.shape[1])
        off = np.abs(np.hypot(u - x[:, None], v - y[:, None]) - radius[:, None]).max(axis=1)
        holds = (off <= threshold("pattern_fit") * radius) & _usual(radius)
    holds &= _around(u - x[:, None], v - y[:, None])
    return holds, x + east.mean(axis=1), y + north.mean(axis=1), radius


def _boxes(east: Floats, north: Floats) -> tuple[NDArray[np.bool_], Floats, Floats, Floats]:
    """Which windows lie on the sides of a rectangle, its centre and half its shorter side; it may be turned."""
    steps = np.arctan2(np.diff(north, axis=1), np.diff(east, axis=1))
    # The sides of a box point in four directions a right angle apart; taken four times they are one.
    tilt = np.angle(np.exp(4j * steps).mean(axis=1)) / 4
    along = east * np.cos(tilt)[:, None] + north * np.sin(tilt)[:, None]
    across = north * np.cos(tilt)[:, None] - east * np.sin(tilt)[:, None]
    left, right, low, high = along.min(axis=1), along.max(axis=1), across.min(axis=1), across.max(axis=1)
    half = np.minimum(right - left, high - low) / 2
    sides = np.stack(
        [along - left[:, None], right[:, None] - along, across - low[:, None], high[:, None] - across], axis=0
    )
    near = sides <= threshold("pattern_fit") * 2 * half[None, :, None]
    holds = near.any(axis=0).all(axis=1) & (near.sum(axis=2) >= 2).all(axis=0) & _usual(half)
    middle, height = (left + right) / 2, (low + high) / 2
    holds &= _around(along - middle[:, None], across - height[:, None])
    x = middle * np.cos(tilt) - height * np.sin(tilt)
    y = middle * np.sin(tilt) + height * np.cos(tilt)
    return holds, x, y, half


def _usual(km: Floats) -> NDArray[np.bool_]:
    return np.asarray((km >= threshold("pattern_km")) & (km <= threshold("pattern_most_km")))


def _around(x: Floats, y: Floats) -> NDArray[np.bool_]:
    """Whether positions stand in most of the twelve sectors around the centre."""
    sector = np.floor(np.arctan2(y, x) / np.pi * 6).astype(np.int64) % 12
    held = np.zeros((len(sector), 12), bool)
    held[np.arange(len(sector))[:, None], sector] = True
    return np.asarray(held.sum(axis=1) >= threshold("pattern_sectors"))


def _merged(found: pl.DataFrame) -> pl.DataFrame:
    """Finds of one shape that overlap in time as one; a circle is not a box as well."""
    order = found.sort("mmsi", "shape", "start", "end", descending=[False, True, False, False])
    until = pl.col("end").cum_max().over("mmsi", "shape")
    order = order.with_columns(until.shift(1).over("mmsi", "shape").alias("until"))
    apart = (pl.col("start") > pl.col("until")).fill_null(value=False)
    return (
        order.with_columns(apart.cum_sum().over("mmsi", "shape").alias("one"))
        .group_by("mmsi", "shape", "one", maintain_order=True)
        .agg(
            pl.col("start").min(),
            pl.col("end").max(),
            pl.col("lat").median(),
            pl.col("lon").median(),
            pl.col("km").median(),
        )
        .select("mmsi", "start", "end", "shape", "lat", "lon", "km")
        .sort("mmsi", "start", "shape")
    )
