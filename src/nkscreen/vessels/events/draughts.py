"""Draughts around events: what a ship sent before one and after it. A ship that took cargo in meanwhile lies deeper."""

from __future__ import annotations

import polars as pl

from nkscreen.vessels.events.gaps import in_order
from nkscreen.vessels.thresholds import threshold

CAVEAT = "crews type the draught in, late or wrong; ballast water changes it too"


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


def find_draught_changes(frame: pl.DataFrame, visits: pl.DataFrame | None = None) -> pl.DataFrame:
    """Changes of the draught that an MMSI sends by `draught_change_m` metres or more.

    Columns: mmsi, start, end (the last message with the old draught and the first with the new), before, after (metres)
    and port: where it was visited from a day before the change to a day after (`draught_port_hours`), null where it
    changed away from the ports of `visits`. Cargo that comes or goes at sea is a ship-to-ship transfer; `CAVEAT` holds.

    Args:
        frame: messages, as `read_track` gives them.
        visits: what `find_visits` gives; None where no port is known, so that nothing is said of ports.
    """
    sent = in_order(frame.filter(pl.col("draught").is_not_null()).select("mmsi", "time", "draught", "row"))
    old = pl.col("draught").shift(1).over("mmsi")
    changes = sent.with_columns(before=old, start=pl.col("time").shift(1).over("mmsi")).filter(
        (pl.col("draught") - pl.col("before")).abs() >= threshold("draught_change_m") - 1e-6
    )
    changes = changes.select("mmsi", "start", end="time", before="before", after="draught").with_row_index("at")
    if visits is None:
        return changes.drop("at").with_columns(port=pl.lit(None, pl.String()))
    margin = pl.duration(hours=int(threshold("draught_port_hours")))
    near = changes.join(visits.select("mmsi", "port", arrival="start", departure="end"), on="mmsi").filter(
        (pl.col("arrival") - margin <= pl.col("end")) & (pl.col("departure") + margin >= pl.col("start"))
    )
    near = near.sort("at", "arrival").unique("at", keep="first", maintain_order=True).select("at", "port")
    return changes.join(near, on="at", how="left", maintain_order="left").drop("at")
