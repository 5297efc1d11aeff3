"""What a ship could have done while it was not heard: the ports that it could have called at in between."""

from __future__ import annotations

import numpy as np
import polars as pl

from nkscreen.vessels.sphere import KM_PER_NM, distance_km
from nkscreen.vessels.thresholds import threshold

SPEED_SHARE = 0.95
"""The speed that a ship makes is that which it exceeds in one message of twenty: above it are errors and currents."""


def with_reach(gaps: pl.DataFrame, frame: pl.DataFrame, ports: pl.DataFrame) -> pl.DataFrame:
    """The gaps with `in_reach`: whether from the place of the last message one of the ports could be reached, and from
    there the place of the first after it, at the speed that the ship makes elsewhere in its track.

    The speed is held between `reach_least_knots` and `reach_most_knots`. Ways are great circles, which cross land: the
    answer errs to the side of yes. It is null where a place is not known.

    Args:
        gaps: what `find_gaps` gives.
        frame: the messages that they were found in.
        ports: a row each with `lat` and `lon` in degrees.
    """
    made = (
        frame.filter(pl.col("mmsi").is_in(gaps["mmsi"].unique().implode()))
        .group_by("mmsi")
        .agg(pl.col("speed").cast(pl.Float64).quantile(SPEED_SHARE).alias("makes"))
    )
    least, most = threshold("reach_least_knots"), threshold("reach_most_knots")
    makes = gaps.select("mmsi").join(made, on="mmsi", how="left", maintain_order="left")["makes"]
    knots = makes.fill_null(least).clip(least, most).to_numpy()
    places = [gaps[name].fill_null(float("nan")).to_numpy() for name in ("lat", "lon", "end_lat", "end_lon")]
    way = np.full(gaps.height, np.inf)
    for lat, lon in ports.select("lat", "lon").iter_rows():
        there, here = np.full(gaps.height, lat), np.full(gaps.height, lon)
        way = np.fmin(
            way, distance_km(places[0], places[1], there, here) + distance_km(there, here, places[2], places[3])
        )
    known = ~np.isnan(np.stack(places)).any(axis=0)
    reached = pl.Series("in_reach", way / KM_PER_NM <= knots * gaps["hours"].to_numpy(), pl.Boolean)
    return gaps.with_columns(pl.when(pl.Series(known)).then(reached).alias("in_reach"))
