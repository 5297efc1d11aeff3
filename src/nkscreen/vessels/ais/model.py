"""What a reader of AIS gives at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages in the schema of `columns.SCHEMA`, from `read` rows; `refused` is reason → rows and the first of them.

    `read` is the height of the frame and the refused rows together. `statements` are what the ships say of themselves.
    """

    read: int
    frame: pl.DataFrame
    refused: dict[str, tuple[int, int]] = field(default_factory=dict)
    statements: pl.DataFrame | None = None
