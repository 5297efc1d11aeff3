"""Loitering: a ship that stays slow for a time, as one does that waits for another. After Global Fishing Watch."""

from __future__ import annotations

import polars as pl

from nkscreen.vessels.events.gaps import in_order
from nkscreen.vessels.events.jumps import ON_EARTH
from nkscreen.vessels.sphere import KM_PER_NM, distance_km
from nkscreen.vessels.thresholds import threshold

CAVEAT = "ships at anchor and in port are slow too; how far from shore it was is not tested"


def find_loitering(frame: pl.DataFrame, *, hours: float | None = None, knots: float | None = None) -> pl.DataFrame:
    """Runs of messages of each MMSI sent below `knots` (threshold `loitering_knots`), for `hours` (`loitering_hours`).

    A message without a speed has that made good since the one before. A gap (`gap_hours`) ends a run. `CAVEAT` holds of
    every one.

    Columns: mmsi, start, end, hours, lat, lon, end_lat, end_lon (where it began and ended), km (between the two), knots
    (the mean of the messages) and messages.
    """
    frame = in_order(frame.filter(ON_EARTH))
    places = [frame[name].to_numpy() for name in ("lat", "lon")]
    before = [frame[name].shift(1).fill_null(float("nan")).to_numpy() for name in ("lat", "lon")]
    made = pl.Series(distance_km(*before, *places), dtype=pl.Float64) / KM_PER_NM
    passed = (pl.col("time") - pl.col("time").shift(1)).dt.total_microseconds() / 3.6e9
    same = pl.col("mmsi") == pl.col("mmsi").shift(1)
    runs = frame.with_columns(made.alias("made"), passed.alias("passed"), same.fill_null(value=False).alias("same"))
    good = pl.when(pl.col("same") & (pl.col("passed") > 0)).then(pl.col("made") / pl.col("passed"))
    runs = runs.with_columns(pl.coalesce(pl.col("speed").cast(pl.Float64), good).alias("now"))
    slow = (pl.col("now") < threshold("loitering_knots", knots)).fill_null(value=False)
    broken = ~pl.col("same") | (pl.col("passed") > threshold("gap_hours")) | (slow != slow.shift(1))
    runs = runs.with_columns(slow.alias("slow"), broken.fill_null(value=True).cum_sum().alias("run")).filter("slow")
    found = runs.group_by("run", maintain_order=True).agg(
        pl.col("mmsi").first(),
        pl.col("time").first().alias("start"),
        pl.col("time").last().alias("end"),
        pl.col("lat").first(),
        pl.col("lon").first(),
        pl.col("lat").last().alias("end_lat"),
        pl.col("lon").last().alias("end_lon"),
        pl.col("now").mean().alias("knots"),
        pl.len().alias("messages"),
    )
    found = found.with_columns(
        ((pl.col("end") - pl.col("start")).dt.total_microseconds() / 3.6e9).alias("hours"),
        pl.Series(
            "km", distance_km(*(found[name].to_numpy() for name in ("lat", "lon", "end_lat", "end_lon"))), pl.Float64
        ),
    ).filter(pl.col("hours") >= threshold("loitering_hours", hours))
    return found.select("mmsi", "start", "end", "hours", "lat", "lon", "end_lat", "end_lon", "km", "knots", "messages")
