"""Column names of AIS files, and cells to the one schema of positions."""

from __future__ import annotations

import polars as pl

SCHEMA: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(),
    "time": pl.Datetime("us", "UTC"),
    "lat": pl.Float64(),
    "lon": pl.Float64(),
    "speed": pl.Float32(),
    "course": pl.Float32(),
    "draught": pl.Float32(),
    "row": pl.UInt32(),
}
"""A message: who, when (UTC), degrees north and east, knots, degrees from north, metres, and its row in the file.

A message without a position keeps its row, with `lat` and `lon` null: its ship was not silent."""

ALIASES: dict[str, tuple[str, ...]] = {
    "mmsi": ("mmsi", "ssvid", "vessel", "sourcemmsi", "vesselid", "mmsinumber"),
    "time": (
        "basedatetime",
        "timestamp",
        "time",
        "datetime",
        "datetimeutc",
        "timestamputc",
        "t",
        "dtposutc",
        "msgtime",
    ),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "longitude", "lng", "long", "x"),
    "speed": ("sog", "speed", "speedoverground", "speedknots"),
    "course": ("cog", "course", "courseoverground"),
    "draught": ("draught", "draft"),
}
"""Header words, letters and digits alone, in lower case, of MarineCadastre (NOAA), the Danish Maritime Authority,
Global Fishing Watch and common exports."""

STATED: dict[str, tuple[str, ...]] = {
    "imo": ("imo", "imonumber"),
    "name": ("vesselname", "shipname", "name"),
    "call_sign": ("callsign", "ircs"),
    "destination": ("destination", "reporteddestination"),
}
"""Header words of what a ship says of itself and of its voyage beside where it is."""

STATEMENTS: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(),
    **dict.fromkeys(STATED, pl.String()),
    "first": pl.Datetime("us", "UTC"),
    "last": pl.Datetime("us", "UTC"),
    "row": pl.UInt32(),
}
"""What one MMSI states of its ship: as given, null where it is empty; from when until when, and in which row first."""

REQUIRED = ("mmsi", "time", "lat", "lon")

_MISSING = {"lat": 91.0, "lon": 181.0, "speed": 102.3, "course": 360.0, "draught": 0.0}
"""What ITU-R M.1371-5, table 48 and 52, sends for "not available"."""


def recognise(headers: list[str]) -> dict[str, str]:
    """Field of the schema → header, the first that fits; a header that fits none is not read."""
    plain = {"".join(filter(str.isalnum, header.lower())): header for header in reversed(headers)}
    found = {}
    for field, names in {**ALIASES, **STATED}.items():
        match = next((plain[name] for name in names if name in plain), None)
        if match is not None:
            found[field] = match
    return found


def to_schema(cells: pl.DataFrame, *, comma: bool = False) -> pl.DataFrame:
    """Cells of text, in columns named as in the schema with `row`, to values; what cannot be read becomes null.

    `comma` says that decimals are written with a comma.
    """
    columns: list[pl.Expr | pl.Series] = []
    for field, kind in SCHEMA.items():
        if field == "row":
            columns.append(pl.col("row").cast(kind))
        elif field not in cells.columns:
            columns.append(pl.lit(None, kind).alias(field))
        elif field == "time":
            columns.append(_time(cells.get_column("time")))
        elif field == "mmsi":
            number = pl.col("mmsi").str.strip_chars().cast(pl.Int64, strict=False)
            columns.append(pl.when(number.is_between(1, 999_999_999)).then(number).cast(kind))
        else:
            text = pl.col(field).str.strip_chars()
            value = (text.str.replace(",", ".", literal=True) if comma else text).cast(pl.Float64, strict=False)
            usable = value.is_finite() & (value != _MISSING[field])
            if field == "course":
                usable &= value.is_between(0, 360)
            elif field == "speed":
                usable &= value.is_between(0, 102.2)
            columns.append(pl.when(usable).then(value).cast(kind).alias(field))
    frame = cells.select(columns)
    both = pl.col("lat").is_not_null() & pl.col("lon").is_not_null()
    return frame.with_columns(pl.when(both).then("lat").alias("lat"), pl.when(both).then("lon").alias("lon"))


def statements(cells: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame | None:
    """What the ships of a batch say of themselves, in the schema of `STATEMENTS`; None where no column has it.

    `frame` are the same rows in the schema of messages.
    """
    given = [field for field in STATED if field in cells.columns]
    if not given:
        return None
    texts = cells.select(pl.col(field).str.strip_chars().replace("", None).alias(field) for field in given)
    told = pl.concat([frame.select("mmsi", "time", "row"), texts], how="horizontal")
    told = told.filter(pl.col("mmsi").is_not_null() & ~pl.all_horizontal(pl.col(given).is_null()))
    return merged(
        told.group_by("mmsi", *given, maintain_order=True)
        .agg(pl.col("time").min().alias("first"), pl.col("time").max().alias("last"), pl.col("row").first())
        .with_columns(pl.lit(None, pl.String()).alias(field) for field in STATED if field not in given)
        .select(list(STATEMENTS))
    )


MOST_STATEMENTS = 50
"""Different statements of one MMSI that are kept; a ship on which more stand changes its name with every message."""


def merged(told: pl.DataFrame) -> pl.DataFrame:
    """Statements that say the same as one."""
    one = told.group_by("mmsi", *STATED, maintain_order=True).agg(
        pl.col("first").min(), pl.col("last").max(), pl.col("row").first()
    )
    return one.filter(pl.int_range(pl.len()).over("mmsi") < MOST_STATEMENTS).select(list(STATEMENTS))


_FORMATS = (
    "%Y-%m-%d %H:%M:%S%.f",
    "%d/%m/%Y %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%d/%m/%Y %H:%M",
    "%Y%m%d %H%M%S",
)


def _time(text: pl.Series) -> pl.Series:
    """Times as text, in UTC unless they name an offset, or seconds or milliseconds since 1970."""
    plain = text.str.strip_chars().str.replace(r"\s*(?:UTC|Z|[+-]00:?00)$", "").str.replace("T", " ", literal=True)
    result = pl.Series("time", [None], pl.Datetime("us")).new_from_index(0, len(text))
    for form in _FORMATS:
        if not (left := result.is_null() & plain.is_not_null()).any():
            break
        result = result.zip_with(~left, plain.str.to_datetime(form, time_unit="us", strict=False))
    if (result.is_null() & plain.is_not_null()).any():
        offset = plain.str.to_datetime("%Y-%m-%d %H:%M:%S%.f%z", time_unit="us", strict=False).dt.replace_time_zone(
            None
        )
        number = plain.cast(pl.Float64, strict=False)
        seconds = pl.select(
            pl.when(number.abs() < 1e11).then(number * 1e6).when(number.abs() < 1e14).then(number * 1e3)
        ).to_series()
        epoch = seconds.cast(pl.Int64, strict=False).cast(pl.Datetime("us"))
        result = result.zip_with(result.is_not_null(), offset)
        result = result.zip_with(result.is_not_null(), epoch)
    return result.dt.replace_time_zone("UTC").alias("time")
