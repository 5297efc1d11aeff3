"""Encounters: two ships that stay together. After pipe-encounters of Global Fishing Watch (transforms/)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nkscreen.vessels.events.gaps import in_order
from nkscreen.vessels.events.grid import laid_on_grid
from nkscreen.vessels.events.jumps import ON_EARTH
from nkscreen.vessels.sphere import EARTH_RADIUS_KM, KM_PER_NM, distance_km, turn
from nkscreen.vessels.thresholds import threshold

CAVEAT = "ships moored side by side or towed meet the same definition; one a port or a tug explains is no transfer"

PAIRS_AT_ONCE = 2_000_000
"""Pairs held at a time, so that a crowded anchorage costs time and not memory."""


def find_encounters(frame: pl.DataFrame, *, km: float | None = None, minutes: float | None = None) -> pl.DataFrame:
    """Pairs of MMSI within `km` of each other for at least `minutes` (thresholds `encounter_km`, `encounter_minutes`).

    Positions are laid on a grid of times; a run of near positions ends where one of the two was heard and the other was
    not near. Runs long enough are joined over pauses below `encounter_merge_hours`. What the two ships see may differ,
    since one may be heard when the other is not: an encounter spans both views.

    Columns: mmsi, other (the smaller first), start, end, hours, lat, lon (the mean place), km, knots (medians, of
    distance and of the speed made good) and positions (heard or in between, of both). `CAVEAT` holds of every one.
    """
    reach, least = threshold("encounter_km", km), threshold("encounter_minutes", minutes)
    step = int(threshold("encounter_step_minutes") * 60)
    laid = laid_on_grid(
        in_order(frame.select("mmsi", "time", "lat", "lon", "row").filter(ON_EARTH)),
        step=step,
        longest=int(threshold("encounter_max_gap_minutes") * 60),
    )
    runs = _runs(laid, _near(laid, reach), step)
    runs = runs.filter((pl.col("end") - pl.col("start")) >= least * 60)
    pause = threshold("encounter_merge_hours") * 3600
    return (
        runs.sort("mmsi", "other", "start", "end")
        .with_columns(pl.col("end").cum_max().over("mmsi", "other").alias("until"))
        .with_columns(
            (pl.col("start") - pl.col("until").shift(1).over("mmsi", "other") > pause)
            .fill_null(value=False)
            .cum_sum()
            .over("mmsi", "other")
            .alias("meeting")
        )
        .group_by("mmsi", "other", "meeting", maintain_order=True)
        .agg(
            pl.col("start").min(),
            pl.col("end").max(),
            pl.col("lat").mean(),
            (pl.col("lon").first() + (pl.col("turned")).mean()).alias("lon"),
            pl.col("km").mean(),
            pl.col("knots").mean(),
            pl.col("positions").sum(),
        )
        .select(
            "mmsi",
            "other",
            pl.from_epoch("start", "s").dt.replace_time_zone("UTC"),
            pl.from_epoch("end", "s").dt.replace_time_zone("UTC"),
            ((pl.col("end") - pl.col("start")) / 3600).alias("hours"),
            "lat",
            ((pl.col("lon") + 180) % 360 - 180).alias("lon"),
            "km",
            "knots",
            "positions",
        )
        .sort("hours", "mmsi", "other", descending=[True, False, False])
    )


ROWS_AT_ONCE = 1_000_000
"""Places compared at a time: only those of one tick can be near, so a long track costs time and not memory."""


def _near(laid: pl.DataFrame, reach: float) -> pl.DataFrame:
    """Pairs of rows of the grid within reach at one time: `a`, `b` (rows, the smaller MMSI first) and `km`."""
    ticks = laid["tick"].sort()
    edges = sorted({*ticks.gather_every(ROWS_AT_ONCE).to_list(), (ticks[-1] + 1) if len(ticks) else 0})
    found = [pl.DataFrame(schema={"a": pl.UInt32, "b": pl.UInt32, "km": pl.Float64})]
    del ticks
    for begin, end in pairwise(edges):
        part = laid.with_row_index("at").filter(pl.col("tick").is_between(begin, end, closed="left"))
        pairs = _near_at_once(part, reach)
        at = part["at"]
        found.append(pairs.with_columns(at.gather(pairs["a"]).alias("a"), at.gather(pairs["b"]).alias("b")))
    return pl.concat(found)


def _near_at_once(laid: pl.DataFrame, reach: float) -> pl.DataFrame:
    """Pairs of rows within reach at one tick: `a`, `b` (places in the frame, the smaller MMSI first) and `km`.

    Places are points of a ball cut into cubes as wide as the reach, so that neighbours are in the 27 cubes around a
    point wherever it is on Earth; half of them suffice, since each pair is wanted once.
    """
    lat, lon = np.radians(laid["lat"].to_numpy()), np.radians(laid["lon"].to_numpy())
    xyz = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]) * EARTH_RADIUS_KM
    cube = np.floor(xyz / max(reach, 0.001)).astype(np.int64)
    cubes = pl.DataFrame({"tick": laid["tick"], "x": cube[0], "y": cube[1], "z": cube[2]}).with_row_index("a")
    degrees = laid["lat"].to_numpy(), laid["lon"].to_numpy()
    mmsi = laid["mmsi"].to_numpy()
    half = [(x, y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1) if (x, y, z) >= (0, 0, 0)]
    found = [pl.DataFrame(schema={"a": pl.UInt32, "b": pl.UInt32, "km": pl.Float64})]
    crowd = cubes.group_by("tick", "x", "y", "z").len()
    slices = max(1, int((crowd["len"].cast(pl.Int64) ** 2).sum() or 0) // PAIRS_AT_ONCE)
    for x, y, z in half:
        moved = cubes.select(pl.col("a").alias("b"), "tick", pl.col("x") - x, pl.col("y") - y, pl.col("z") - z)
        for part in range(slices):
            left = cubes.filter(pl.col("a") % slices == part) if slices > 1 else cubes
            pairs = left.join(moved, on=["tick", "x", "y", "z"]).select("a", "b")
            a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
            keep = mmsi[a] != mmsi[b] if (x, y, z) != (0, 0, 0) else mmsi[a] < mmsi[b]
            a, b = a[keep], b[keep]
            far = distance_km(degrees[0][a], degrees[1][a], degrees[0][b], degrees[1][b])
            close = far <= reach
            a, b = a[close], b[close]
            swap = mmsi[a] > mmsi[b]
            found.append(
                pl.DataFrame({"a": np.where(swap, b, a), "b": np.where(swap, a, b), "km": far[close]}).cast(
                    {"a": pl.UInt32, "b": pl.UInt32}
                )
            )
    return pl.concat(found)


def _runs(laid: pl.DataFrame, near: pl.DataFrame, step: int) -> pl.DataFrame:
    """Runs of nearness as each of the two ships sees them: times that follow each other in its own track."""
    mmsi, tick = laid["mmsi"].to_numpy(), laid["tick"].to_numpy()
    lat, lon = laid["lat"].to_numpy(), laid["lon"].to_numpy()
    views = [_view(near, "a", "b", mmsi), _view(near, "b", "a", mmsi)]
    view = pl.concat(views).sort("own", "far", "at")
    at = view["at"].to_numpy()
    same = (view["own"] == view["own"].shift(1)) & (view["far"] == view["far"].shift(1))
    follows = np.zeros(len(at), bool)
    follows[1:] = same.to_numpy()[1:] & (np.diff(at.astype(np.int64)) == 1) if len(at) > 1 else False
    knots: NDArray[np.float64] = np.full(len(at), np.nan)
    to, back = at[follows], at[np.flatnonzero(follows) - 1]
    seconds = (tick[to] - tick[back]) * step
    knots[follows] = distance_km(lat[back], lon[back], lat[to], lon[to]) / KM_PER_NM / seconds * 3600
    run = np.cumsum(~follows)
    heads = at[~follows] if len(at) else at
    turned = turn(lon[at] - lon[heads[run - 1]]) if len(at) else np.empty(0)
    return (
        view.with_columns(
            pl.Series("run", run),
            pl.Series("second", tick[at] * step),
            pl.Series("knots", knots).fill_nan(None),
            pl.Series("lat", lat[at]),
            pl.Series("lon", lon[at]),
            pl.Series("turned", turned),
        )
        .group_by("run", maintain_order=True)
        .agg(
            pl.min_horizontal("own", "far").first().alias("mmsi"),
            pl.max_horizontal("own", "far").first().alias("other"),
            pl.col("second").first().alias("start"),
            pl.col("second").last().alias("end"),
            pl.col("lat").mean(),
            pl.col("lon").first(),
            pl.col("turned").mean(),
            pl.col("km").median(),
            pl.col("knots").median(),
            pl.len().alias("positions"),
        )
    )


def _view(near: pl.DataFrame, own: str, far: str, mmsi: NDArray[np.uint32]) -> pl.DataFrame:
    return near.select(
        pl.Series("own", mmsi[near[own].to_numpy()]),
        pl.Series("far", mmsi[near[far].to_numpy()]),
        pl.col(own).alias("at"),
        "km",
    )
