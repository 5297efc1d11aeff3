"""Where a ship was when something happened: near North Korea, or on land, where no ship is."""

from __future__ import annotations

import numpy as np
import polars as pl

from nkscreen.vessels.events.gaps import in_order
from nkscreen.vessels.events.jumps import ON_EARTH
from nkscreen.vessels.geography import in_dprk_waters, on_land
from nkscreen.vessels.sphere import KM_PER_NM
from nkscreen.vessels.thresholds import threshold

LAND_CAVEAT = (
    "lakes and rivers are land on the coast lines used, so ships on inland waterways are found too; compare a chart"
)


def with_waters(gaps: pl.DataFrame) -> pl.DataFrame:
    """The gaps with `began_near` and `ended_near`: a key of `nkscreen.vessels.geography.SIDES` where the last message
    before or the first after was sent within 50 nautical miles of North Korea's coast, null elsewhere.

    `WATERS_CAVEAT` of that module holds.

    Args:
        gaps: what `find_gaps` gives.
    """
    sides = {
        name: in_dprk_waters(
            *(gaps[column].cast(pl.Float64).fill_null(float("nan")).to_numpy() for column in columns), near=True
        )
        for name, columns in (("began_near", ("lat", "lon")), ("ended_near", ("end_lat", "end_lon")))
    }
    return gaps.with_columns(
        pl.Series(name, [str(side) or None for side in found], pl.String) for name, found in sides.items()
    )


def find_on_land(frame: pl.DataFrame, *, km: float | None = None) -> pl.DataFrame:
    """Runs of messages of each MMSI sent from land, at least `km` (threshold `land_km`) from the coast on every side.

    Columns: mmsi, start, end, lat, lon (of the first), messages and row. `LAND_CAVEAT` holds of every one.
    """
    frame = in_order(frame.filter(ON_EARTH))
    lat, lon = frame["lat"].to_numpy(), frame["lon"].to_numpy()
    inside = on_land(lat, lon)
    at = np.flatnonzero(inside)
    north = threshold("land_km", km) / (60 * KM_PER_NM)
    for angle in np.arange(8) * np.pi / 4:
        there = np.clip(lat[at] + north * np.cos(angle), -90, 90)
        east = north * np.sin(angle) / np.maximum(np.cos(np.radians(lat[at])), 1e-3)
        at = at[on_land(there, lon[at] + east)]
    marked = np.zeros(len(lat), bool)
    marked[at] = True
    runs = frame.with_columns(pl.Series("marked", marked)).with_columns(
        pl.struct("mmsi", "marked").rle_id().alias("run")
    )
    return (
        runs.filter("marked")
        .group_by("run", maintain_order=True)
        .agg(
            pl.col("mmsi").first(),
            pl.col("time").first().alias("start"),
            pl.col("time").last().alias("end"),
            pl.col("lat").first(),
            pl.col("lon").first(),
            pl.len().alias("messages"),
            pl.col("row").first(),
        )
        .drop("run")
    )
