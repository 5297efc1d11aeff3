"""Positions laid on a grid of times, so that those of two ships can be compared at the same moment."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nkscreen.vessels.sphere import Floats, turn


def laid_on_grid(frame: pl.DataFrame, *, step: int, longest: int) -> pl.DataFrame:
    """Positions at every multiple of `step` seconds, on the line between the messages around it.

    Nothing is laid where the two are `longest` seconds or more apart. Longitudes are taken the short way round,
    over the dateline too. Columns: mmsi, tick (multiples of `step` since 1970), lat, lon; by mmsi and tick.

    Args:
        frame: messages with positions, by `mmsi` and `time`.
    """
    frame = frame.select("mmsi", "time", "lat", "lon")
    again = (pl.col("mmsi") == pl.col("mmsi").shift(1)) & (pl.col("time") == pl.col("time").shift(1))
    frame = frame.filter(~again.fill_null(value=False))
    mmsi, time = frame["mmsi"].to_numpy(), frame["time"].to_physical().to_numpy() / 1e6
    lat, lon = frame["lat"].to_numpy(), frame["lon"].to_numpy()
    joined = (mmsi[1:] == mmsi[:-1]) & (np.diff(time) < longest)
    first = np.ceil(time / step).astype(np.int64)
    # Each interval has the ticks from its start up to, and without, its end; a message on a tick that ends one has it.
    counts = np.where(joined, first[1:] - first[:-1], 0)
    alone = (time / step == first) & ~np.append(joined, False)
    source = np.concatenate([np.repeat(np.arange(len(counts)), counts), np.flatnonzero(alone)])
    starts = np.cumsum(counts) - counts
    within = np.arange(counts.sum()) - np.repeat(starts, counts)
    tick = first[source] + np.concatenate([within, np.zeros(alone.sum(), np.int64)])
    del first, counts, alone, starts, within, joined
    after = np.minimum(source + 1, len(time) - 1)
    span = np.where(time[after] > time[source], time[after] - time[source], 1.0)
    mix = np.clip((tick * step - time[source]) / span, 0.0, 1.0)
    north = lat[source] + (lat[after] - lat[source]) * mix
    east = turn(lon[source] + turn(lon[after] - lon[source]) * mix)
    polar = np.flatnonzero(np.maximum(np.abs(lat[source]), np.abs(lat[after])) > POLAR)
    north[polar], east[polar] = _chord(lat, lon, source[polar], after[polar], mix[polar])
    return pl.DataFrame({"mmsi": mmsi[source], "tick": tick, "lat": north, "lon": east}).sort("mmsi", "tick")


POLAR = 80.0
"""Degrees beyond which meridians lie so close that a line in degrees is no way that a ship sails."""


def _chord(
    lat: Floats, lon: Floats, source: NDArray[np.int64], after: NDArray[np.int64], mix: Floats
) -> tuple[Floats, Floats]:
    """Places on the straight line through the Earth between two messages, and so on the great circle above it."""
    ends = []
    for at in (source, after):
        phi, theta = np.radians(lat[at]), np.radians(lon[at])
        ends.append(np.stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)]))
    x, y, z = ends[0] + (ends[1] - ends[0]) * mix
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))
