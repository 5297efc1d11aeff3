"""Positions laid on a grid of times, so that those of two ships can be compared at the same moment."""

from __future__ import annotations

import numpy as np
import polars as pl

from nkscreen.vessels.sphere import turn


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
    return pl.DataFrame(
        {
            "mmsi": mmsi[source],
            "tick": tick,
            "lat": lat[source] + (lat[after] - lat[source]) * mix,
            "lon": turn(lon[source] + turn(lon[after] - lon[source]) * mix),
        }
    ).sort("mmsi", "tick")
