"""Destinations that ships declare on AIS, and where they went instead."""

from __future__ import annotations

import polars as pl

from nkscreen.records.codes import port

CAVEAT = (
    "orders change at sea, and crews forget the field or write what they like; ask before it is held against a ship"
)


def find_destinations(statements: pl.DataFrame, visits: pl.DataFrame) -> pl.DataFrame:
    """Every destination that an MMSI declared and that can be read as a port, with the first visit afterwards.

    Columns: mmsi, destination (as sent), port (UN/LOCODE), declared, until (first and last time sent), visited (the
    port of the first visit that began after it was first declared, null where there is none yet), arrival (when),
    reached (whether that is the declared one; null without a visit) and row (in which it was declared first).
    `CAVEAT` holds of every one.

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
        .with_columns((pl.col("visited") == pl.col("port")).alias("reached"))
        .select("mmsi", "destination", "port", "declared", "until", "visited", "arrival", "reached", "row")
        .sort("mmsi", "declared", "row")
    )
