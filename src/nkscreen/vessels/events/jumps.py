"""Jumps: two messages of one MMSI that no ship could have sent one after the other; and places off the Earth."""

from __future__ import annotations

import numpy as np
import polars as pl

from nkscreen.vessels.events.gaps import in_order
from nkscreen.vessels.sphere import KM_PER_NM, distance_km
from nkscreen.vessels.thresholds import threshold

ON_EARTH = pl.col("lat").is_between(-90, 90) & pl.col("lon").is_between(-180, 180)
"""True where a message has a place; null where it has none."""


def find_jumps(frame: pl.DataFrame, *, knots: float | None = None, km: float | None = None) -> pl.DataFrame:
    """Steps between messages of each MMSI that imply more than `knots` over more than `km` (thresholds `jump_knots`,
    `jump_km`): several ships on one MMSI, a false position, or a false clock.

    Columns: mmsi, start, end, lat, lon, end_lat, end_lon, km, knots (null where both have one time), row.
    """
    frame = in_order(frame.filter(ON_EARTH))
    lat, lon = frame["lat"].to_numpy(), frame["lon"].to_numpy()
    mmsi, time = frame["mmsi"].to_numpy(), frame["time"].to_physical().to_numpy()
    far = distance_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
    hours = np.diff(time) / 3.6e9
    fast = far > threshold("jump_knots", knots) * KM_PER_NM * hours
    at = np.flatnonzero(fast & (far > threshold("jump_km", km)) & (mmsi[1:] == mmsi[:-1]))
    before, after = frame[at], frame[at + 1]
    implied = np.divide(far[at] / KM_PER_NM, hours[at], out=np.full(len(at), np.nan), where=hours[at] > 0)
    return pl.DataFrame(
        {
            "mmsi": after["mmsi"],
            "start": before["time"],
            "end": after["time"],
            "lat": before["lat"],
            "lon": before["lon"],
            "end_lat": after["lat"],
            "end_lon": after["lon"],
            "km": far[at],
            "knots": pl.Series(implied, dtype=pl.Float64).fill_nan(None),
            "row": after["row"],
        }
    )


def find_off_earth(frame: pl.DataFrame) -> pl.DataFrame:
    """Messages with a latitude or longitude that is no place: mmsi, time, lat, lon, row."""
    return frame.filter(~ON_EARTH).select("mmsi", "time", "lat", "lon", "row")
