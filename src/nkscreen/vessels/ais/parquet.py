"""AIS tables as Parquet, a part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from nkscreen.errors import InputError
from nkscreen.vessels.ais.columns import statements, to_schema
from nkscreen.vessels.ais.model import Batch
from nkscreen.vessels.ais.names import REQUIRED, recognise

ROWS = 262_144


def read_parquet(path: Path) -> Iterator[Batch]:
    """Batches of messages, in file order; rows count from 1.

    Raises:
        InputError: the file is no Parquet that can be read, or names no MMSI, time, latitude or longitude.
    """
    try:
        table = pl.scan_parquet(path)
        headers = table.collect_schema().names()
        height = int(table.select(pl.len()).collect().item())
    except pl.exceptions.PolarsError as error:
        raise InputError(f"the Parquet file cannot be read ({error}); write it again", file=str(path)) from error
    fields = recognise(headers)
    if missing := [field for field in REQUIRED if field not in fields]:
        raise InputError(
            f"no column for {', '.join(missing)} among {', '.join(headers)[:200]}; "
            "name the columns MMSI, timestamp, latitude and longitude",
            file=str(path),
        )
    for at in range(0, height, ROWS):
        try:
            part = (
                table.slice(at, ROWS).select(pl.col(header).alias(field) for field, header in fields.items()).collect()
            )
        except pl.exceptions.PolarsError as error:
            reason = f"the Parquet file breaks off ({error}); write it again"
            raise InputError(reason, file=str(path), row=at + 1) from error
        cells = part.with_columns(pl.all().cast(pl.String, strict=False)).with_columns(
            row=pl.int_range(at + 1, at + 1 + pl.len(), dtype=pl.UInt32)
        )
        frame = to_schema(cells)
        yield Batch(part.height, frame, statements=statements(cells, frame))
