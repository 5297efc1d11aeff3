"""Draughts around events: what a ship sent before one and after it. A ship that took cargo in meanwhile lies deeper."""

from __future__ import annotations

import polars as pl


def with_draughts(events: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """The events with `draught_before` and `draught_after`: the last draught of the MMSI sent by the start, and the
    first sent from the end on; metres, null where none was.

    Crews type the draught in, so a change may be late or missing.

    Args:
        events: `mmsi`, `start` and `end`.
        frame: messages, as `read_track` gives them.
    """
    sent = frame.filter(pl.col("draught").is_not_null()).select("mmsi", "time", "draught").sort("time")
    order = events.with_row_index("at")
    before = order.select("at", "mmsi", "start").sort("start")
    before = before.join_asof(sent, left_on="start", right_on="time", by="mmsi", check_sortedness=False)
    after = order.select("at", "mmsi", "end").sort("end")
    after = after.join_asof(sent, left_on="end", right_on="time", by="mmsi", strategy="forward", check_sortedness=False)
    return (
        order.join(before.select("at", draught_before="draught"), on="at", how="left", maintain_order="left")
        .join(after.select("at", draught_after="draught"), on="at", how="left", maintain_order="left")
        .drop("at")
    )
