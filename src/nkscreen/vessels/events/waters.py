"""Where a ship was: in a sea area, near North Korea or in its waters, or on land, where no ship is."""

from __future__ import annotations

import numpy as np
import polars as pl

from nkscreen.vessels.events.gaps import in_order
from nkscreen.vessels.events.jumps import ON_EARTH
from nkscreen.vessels.geography import in_dprk_waters, on_land
from nkscreen.vessels.sea_areas import areas_at
from nkscreen.vessels.sphere import KM_PER_NM
from nkscreen.vessels.thresholds import threshold

LAND_CAVEAT = (
    "lakes and rivers are land on the coast lines used, so ships on inland waterways are found too; compare a chart"
)

AROUND = pl.col("lat").is_between(36.5, 43.5) & pl.col("lon").is_between(122.5, 132.5)
"""Degrees within which all waters of North Korea lie: what is outside need not be looked at."""


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


def with_areas(events: pl.DataFrame, *, lat: str = "lat", lon: str = "lon", to: str = "area") -> pl.DataFrame:
    """The events with the names of the sea areas of their place, the narrower first; null where none is known."""
    places = (events[name].cast(pl.Float64).fill_null(float("nan")).to_numpy() for name in (lat, lon))
    return events.with_columns(pl.Series(to, [str(name) or None for name in areas_at(*places)], pl.String))


def find_stays(frame: pl.DataFrame) -> pl.DataFrame:
    """Times in which an MMSI was heard in the approximate territorial sea of North Korea, on one side of it. A message
    from elsewhere ends one, and so does a gap (`gap_hours`).

    Columns: mmsi, side (a key of `nkscreen.vessels.geography.SIDES`), start, end, hours, lat, lon (of the first) and
    messages. `WATERS_CAVEAT` of that module holds of every one.
    """
    frame = in_order(frame.filter(ON_EARTH)).with_row_index("at").filter(AROUND)
    side = pl.Series("side", in_dprk_waters(frame["lat"].to_numpy(), frame["lon"].to_numpy()).astype(str), pl.String)
    heard = frame.with_columns(side).filter(pl.col("side") != "")
    apart = (
        (pl.col("at") != pl.col("at").shift(1) + 1)
        | (pl.struct("mmsi", "side") != pl.struct("mmsi", "side").shift(1))
        | ((pl.col("time") - pl.col("time").shift(1)).dt.total_seconds() > threshold("gap_hours") * 3600)
    )
    return (
        heard.with_columns(apart.fill_null(value=True).cum_sum().alias("stay"))
        .group_by("stay", maintain_order=True)
        .agg(
            pl.col("mmsi").first(),
            pl.col("side").first(),
            pl.col("time").first().alias("start"),
            pl.col("time").last().alias("end"),
            ((pl.col("time").last() - pl.col("time").first()).dt.total_microseconds() / 3.6e9).alias("hours"),
            pl.col("lat").first(),
            pl.col("lon").first(),
            pl.len().alias("messages"),
        )
        .drop("stay")
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
