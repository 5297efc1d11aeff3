"""Cells of AIS files to the one schema of messages, and to what ships say of themselves."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from nkscreen.vessels.ais.names import STATED

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

STATEMENTS: dict[str, pl.DataType] = {
    "mmsi": pl.UInt32(),
    **dict.fromkeys(STATED, pl.String()),
    "first": pl.Datetime("us", "UTC"),
    "last": pl.Datetime("us", "UTC"),
    "row": pl.UInt32(),
}
"""What one MMSI states of its ship: as given, null where it is empty; from when until when, and in which row first."""

_MISSING = {"lat": 91.0, "lon": 181.0, "speed": 102.3, "course": 360.0, "draught": 0.0}
"""What ITU-R M.1371-5 (tables 48, 52) sends for "not available". Draughts end at 25.5 metres, speeds at 102.2 knots."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes its cells: decimals with a comma, the month before the day, speeds in tenths of a knot."""

    comma: bool = False
    month_first: bool = False
    tenths: bool = False


PLAIN = Style()


def to_schema(cells: pl.DataFrame, style: Style = PLAIN) -> pl.DataFrame:
    """Cells of text, in columns named as in the schema with `row`, to values; what cannot be read becomes null."""
    columns: list[pl.Expr | pl.Series] = []
    if "date" in cells.columns:
        cells = cells.with_columns(time=pl.concat_str(pl.col("date", "time").str.strip_chars(), separator=" "))
    for field, kind in SCHEMA.items():
        if field == "row":
            columns.append(pl.col("row").cast(kind))
        elif field not in cells.columns:
            columns.append(pl.lit(None, kind).alias(field))
        elif field == "time":
            columns.append(_time(cells.get_column("time"), month_first=style.month_first))
        elif field == "mmsi":
            number = pl.col("mmsi").str.strip_chars().cast(pl.Int64, strict=False)
            columns.append(pl.when(number.is_between(1, 999_999_999)).then(number).cast(kind))
        else:
            text = pl.col(field).str.strip_chars()
            value = (text.str.replace(",", ".", literal=True) if style.comma else text).cast(pl.Float64, strict=False)
            if field in {"lat", "lon"} and _lettered(cells.get_column(field)):
                value = pl.coalesce(value, _degrees(text))
            if field == "speed" and style.tenths:
                value /= 10
            usable = value.is_finite() & (value != _MISSING[field])
            if field == "course":
                usable &= value.is_between(0, 360)
            elif field == "speed":
                usable &= value.is_between(0, 102.2)
            elif field == "draught":
                usable &= value.is_between(0, 25.5)
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


_LETTERED = r"(?i)^[NSEW]|[NSEW]$"
_DEGREES = (
    r"(?i)^([NSEW]?)\s*(\d{1,3})(?:[.,](\d+))?[°ºd:\s]*"
    r"(?:(\d{1,2}(?:[.,]\d+)?)['′m:\s]+)?(?:(\d{1,2}(?:[.,]\d+)?)[\"″s]*)?\s*([NSEW]?)$"
)


def _lettered(cells: pl.Series) -> bool:
    return bool(cells.str.contains(_LETTERED).any())


def _degrees(text: pl.Expr) -> pl.Expr:
    """Degrees with a letter for the side of the Earth: `38.72N`, `W 123.06`, `38°43'12"N`."""
    parts = text.str.extract_groups(_DEGREES)

    def number(group: str) -> pl.Expr:
        return parts.struct.field(group).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)

    whole = pl.concat_str(parts.struct.field("2"), pl.lit("."), parts.struct.field("3").fill_null("0"))
    value = whole.cast(pl.Float64, strict=False) + number("4").fill_null(0) / 60 + number("5").fill_null(0) / 3600
    side = (parts.struct.field("1").fill_null("") + parts.struct.field("6").fill_null("")).str.to_uppercase()
    return pl.when(side.is_in(["S", "W"])).then(-value).when(side.is_in(["N", "E"])).then(value)


_FORMATS = (
    "%Y-%m-%d %H:%M:%S%.f",
    "%d/%m/%Y %H:%M:%S%.f",
    "%Y-%m-%d %H:%M",
    "%d/%m/%Y %H:%M",
    "%Y%m%d %H%M%S",
    "%Y/%m/%d %H:%M:%S%.f",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d-%m-%Y %H:%M:%S%.f",
    "%d/%m/%Y %I:%M:%S %p",
    "%d/%m/%Y %I:%M %p",
    "%b %d %Y %H:%M:%S",
    "%b %d %Y %I:%M:%S %p",
    "%d-%b-%Y %H:%M:%S",
    "%d %b %Y %H:%M:%S",
)


def _time(text: pl.Series, *, month_first: bool = False) -> pl.Series:
    """Times as text, in UTC unless they name an offset, or seconds or milliseconds since 1970."""
    plain = text.str.strip_chars().str.replace(r"(?:\s*(?:UTC|GMT|Z|[+-]00:?00))+$", "")
    plain = plain.str.replace(r"^(\d{4}-\d\d-\d\d|\d{8})[T_](\d)", "$1 $2").str.replace_all(r",\s*", " ")
    result = pl.Series("time", [None], pl.Datetime("us")).new_from_index(0, len(text))
    for form in _FORMATS:
        if not (left := result.is_null() & plain.is_not_null()).any():
            break
        if month_first:
            form = form.replace("%d/%m", "%m/%d").replace("%d-%m-%Y", "%m-%d-%Y")  # noqa: PLW2901
        result = result.zip_with(~left, plain.str.to_datetime(form, time_unit="us", strict=False))
    if (result.is_null() & plain.is_not_null()).any():
        offset = plain.str.to_datetime("%Y-%m-%d %H:%M:%S%.f%#z", time_unit="us", strict=False).dt.replace_time_zone(
            None
        )
        number = plain.cast(pl.Float64, strict=False)
        seconds = pl.select(
            pl.when(number.abs() < 1e11)
            .then(number * 1e6)
            .when(number.abs() < 1e14)
            .then(number * 1e3)
            .when(number.abs() < 1e17)
            .then(number)
        ).to_series()
        epoch = seconds.cast(pl.Int64, strict=False).cast(pl.Datetime("us"))
        result = result.zip_with(result.is_not_null(), offset)
        result = result.zip_with(result.is_not_null(), epoch)
    return result.dt.replace_time_zone("UTC").alias("time")
