"""Destinations that ships declare on AIS, and where they went instead."""

from __future__ import annotations

import numpy as np
import polars as pl

from nkscreen.records.codes import port
from nkscreen.vessels.sphere import distance_km
from nkscreen.vessels.thresholds import threshold

CAVEAT = (
    "orders change at sea, and crews forget the field or write what they like; ask before it is held against a ship"
)


def find_destinations(statements: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """Every destination that an MMSI declared and that can be read as a port, with the first visit afterwards.

    Columns: mmsi, destination (as sent), port (UN/LOCODE), declared, until (first and last time sent), visited (the
    port of the first visit that began after it was first declared, null where there is none yet), arrival (when),
    reached (whether that is the declared one or lies within `port_same_km` of it; null without a visit) and row (in
    which it was declared first). `CAVEAT` holds of every one.

    Args:
        statements: in the schema of `nkscreen.vessels.ais.columns.STATEMENTS`.
        visits: what `find_visits` gives, of ports by their UN/LOCODE.
    """
    told = (
        statements.filter(pl.col("destination").is_not_null())
        .group_by("mmsi", "destination", maintain_order=True)
        .agg(pl.col("first").min(), pl.col("last").max(), pl.col("row").first())
    )
    # "CNSHA>KRPUS" is from and to in the form that IMO's circular SN/Circ.244 asks for.
    codes = [port.parse(text.rpartition(">")[2].strip()) for text in told["destination"]]
    told = told.with_columns(pl.Series("port", codes, pl.String())).filter(pl.col("port").is_not_null())
    stays = visits.select("mmsi", arrival="start", visited="port").sort("arrival")
    return (
        told.rename({"first": "declared", "last": "until"})
        .sort("declared")
        .join_asof(
            stays,
            left_on="declared",
            right_on="arrival",
            by="mmsi",
            strategy="forward",
            allow_exact_matches=False,
            check_sortedness=False,
        )
        .with_columns(pl.struct("port", "visited").map_elements(_one_port, return_dtype=pl.Boolean).alias("reached"))
        .select("mmsi", "destination", "port", "declared", "until", "visited", "arrival", "reached", "row")
        .sort("mmsi", "declared", "row")
    )


def _one_port(pair: dict[str, str | None]) -> bool | None:
    declared, visited = pair["port"], pair["visited"]
    if declared is None or visited is None:
        return None
    here, there = port.position(declared), port.position(visited)
    if declared == visited or not here or not there:
        return declared == visited
    far = distance_km(*(np.array([degrees]) for degrees in (*here, *there)))
    return bool(far[0] <= threshold("port_same_km"))
