"""Gaps: times in which a ship was not heard. After pipe-gaps of Global Fishing Watch (core/gap_detector.py)."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from nkscreen.vessels.sphere import KM_PER_NM, distance_km
from nkscreen.vessels.thresholds import threshold

CAVEAT = "a gap may be thin reception and not a transmitter turned off; compare what other ships nearby sent meanwhile"


def find_gaps(frame: pl.DataFrame, *, hours: float | None = None) -> pl.DataFrame:
    """Gaps in messages of each MMSI, longer than `hours` (threshold `gap_hours`), in order.

    Columns: mmsi, start, end (the last message before and the first after), lat, lon, end_lat, end_lon, hours, km
    (great circle), knots (what the distance implies), messages_before (in the `gap_hours_before` up to the start),
    sparse (there were so few that thin reception explains the gap) and row (of the message that ends it). Positions and
    what follows from them are null where a message had none. `CAVEAT` holds of every gap.

    Args:
        frame: messages by `mmsi` and `time`, as `read_track` gives them; of any order.
    """
    least = pl.duration(microseconds=int(threshold("gap_hours", hours) * 3.6e9))
    before = pl.duration(microseconds=int(threshold("gap_hours_before") * 3.6e9))
    frame = in_order(frame)
    ends = (
        frame.lazy()
        .with_row_index("at")
        .filter((pl.col("mmsi") == pl.col("mmsi").shift(1)) & (pl.col("time") - pl.col("time").shift(1) > least))
        .select("at")
        .collect()
        .to_series()
    )
    on, off = frame[ends], frame[(ends - 1).cast(pl.UInt32)] if len(ends) else frame.clear()
    gaps = pl.DataFrame(
        {
            "mmsi": on["mmsi"],
            "start": off["time"],
            "end": on["time"],
            "lat": off["lat"],
            "lon": off["lon"],
            "end_lat": on["lat"],
            "end_lon": on["lon"],
            "row": on["row"],
        }
    )
    places = [gaps[name].fill_null(float("nan")).to_numpy() for name in ("lat", "lon", "end_lat", "end_lon")]
    hours_dark = (pl.col("end") - pl.col("start")).dt.total_microseconds() / 3.6e9
    gaps = gaps.with_columns(
        hours_dark.alias("hours"), pl.Series("km", distance_km(*places), pl.Float64).fill_nan(None)
    ).with_columns((pl.col("km") / KM_PER_NM / pl.col("hours")).alias("knots"))
    counts = _heard(frame, gaps, before)
    return gaps.with_columns(counts, (counts < threshold("gap_sparse_messages")).alias("sparse"))


def find_open_gaps(frame: pl.DataFrame, *, until: datetime, hours: float | None = None) -> pl.DataFrame:
    """Silences that no message has ended: MMSI last heard more than `hours` (threshold `gap_hours`) before `until`.

    Columns: mmsi, start, lat, lon (of the last message, null where it had no position), hours (so far), row; by mmsi.

    Args:
        frame: messages, as `read_track` gives them; of any order.
        until: when the receivers still heard others, with its time zone.
    """
    last = in_order(frame).group_by("mmsi", maintain_order=True).last()
    silent = (pl.lit(until) - pl.col("time")).dt.total_microseconds() / 3.6e9
    found = last.select("mmsi", "lat", "lon", "row", start="time", hours=silent)
    return found.filter(pl.col("hours") > threshold("gap_hours", hours)).select(
        "mmsi", "start", "lat", "lon", "hours", "row"
    )


def in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """The messages by MMSI and time; at no cost where they are so already."""
    same = pl.col("mmsi") == pl.col("mmsi").shift(1)
    wrong = (pl.col("mmsi") < pl.col("mmsi").shift(1)) | (same & (pl.col("time") < pl.col("time").shift(1)))
    return frame.sort("mmsi", "time", "row") if frame.select(wrong.any()).item() else frame


def _heard(frame: pl.DataFrame, gaps: pl.DataFrame, before: pl.Expr) -> pl.Series:
    """How many messages there were before each gap: two searches in the times of the ship."""
    if gaps.is_empty():
        return pl.Series("messages_before", [], pl.UInt32)
    dark = frame.filter(pl.col("mmsi").is_in(gaps["mmsi"].unique().implode())).select("mmsi", "time")
    dark = dark.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("at"))
    edges = gaps.select("mmsi", "start", (pl.col("start") - before).alias("since")).with_row_index("gap")
    last = edges.sort("start").join_asof(
        dark.sort("time"), left_on="start", right_on="time", by="mmsi", check_sortedness=False
    )
    first = edges.sort("since").join_asof(
        dark.sort("time"), left_on="since", right_on="time", by="mmsi", strategy="forward", check_sortedness=False
    )
    both = last.select("gap", pl.col("at").alias("last")).join(first.select("gap", "at"), on="gap").sort("gap")
    return (both["last"] - both["at"] + 1).cast(pl.UInt32).alias("messages_before")
