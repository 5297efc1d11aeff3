"""Frames in, frames out: every row of a polars or pandas frame or of Arrow record batches is answered.

The answers are those of `Screener.screen` row by row, and so are the alerts, byte by byte. Rows of counterparties that
certainly meet nothing are told apart first (`sieve`); only the others are screened one by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from nkscreen.errors import InputError
from nkscreen.records import KINDS, Counterparty, Source
from nkscreen.screening.account import why_not
from nkscreen.screening.screener import Screener
from nkscreen.screening.sieve import rows_to_screen

CHUNK = 100_000
"""Rows of a frame that are screened at a time, their names and values each asked once: some 100 MB."""

SCHEMA = pl.Schema(
    {
        "row": pl.Int64(),
        "id": pl.String(),
        "status": pl.String(),
        "reason": pl.String(),
        "score": pl.Float64(),
        "severity": pl.String(),
        "alert_id": pl.String(),
        "alert": pl.String(),
    }
)
"""The columns of the answers. `row` counts from 1; `status` is `alert`, `undecided`, `exempted`, `clear`, `incomplete`
(a list is too old) or `quarantined` (the row is no record), `reason` says why; `alert` is the alert as JSON."""


def screen_frame(
    frame: Any,
    *,
    columns: Mapping[str, str] | None = None,
    kind: str = "counterparty",
    screener: Screener | None = None,
    file: str = "",
) -> pl.DataFrame:
    """Screen every row of a frame and give one row for each, in order (`SCHEMA`).

    Args:
        frame: a polars or pandas frame, or anything else that shows itself as an Arrow stream.
        columns: which field of the record is in which column, `{"name": "CUSTOMER", "country": "CTRY"}`; parts are
            written with a dot (`shipper.name`). Without it the columns must be named as the fields.
        kind: the kind of record that a row is.
        screener: lists, rules and policy; without it those that come with the library.
        file: where the rows are from, to be named in alerts.

    Raises:
        InputError: a column is not there, or is no field of the record.
        TypeError: what is given is no frame.
    """
    batches = screen_batches([frame], columns=columns, kind=kind, screener=screener, file=file)
    return pl.concat([pl.DataFrame(schema=SCHEMA), *batches])


def screen_batches(
    batches: Iterable[Any],
    *,
    columns: Mapping[str, str] | None = None,
    kind: str = "counterparty",
    screener: Screener | None = None,
    file: str = "",
) -> Iterator[pl.DataFrame]:
    """Like `screen_frame` for a stream of record batches or frames, of any length in bounded memory.

    Rows are counted through all batches. What comes out shows itself through Arrow's interface; `.to_arrow()` makes a
    table of pyarrow of it.
    """
    if kind not in KINDS:
        raise InputError(f"there is no kind of record {kind!r}; write one of {', '.join(KINDS)}")
    screener = screener or Screener.default()
    first = 1
    for batch in batches:
        frame = _fields(_polars(batch), columns, kind)
        for start in range(0, frame.height, CHUNK):
            yield _answers(screener, frame.slice(start, CHUNK), kind, file, first + start)
        first += frame.height


def _polars(batch: Any) -> pl.DataFrame:
    if isinstance(batch, pl.DataFrame):
        return batch
    if not (hasattr(batch, "__arrow_c_stream__") or hasattr(batch, "__arrow_c_array__")):
        raise TypeError(f"a frame or a record batch is wanted, not {type(batch).__name__}")
    return pl.DataFrame(batch)


def _fields(frame: pl.DataFrame, columns: Mapping[str, str] | None, kind: str) -> pl.DataFrame:
    """The columns of the frame under the names of the fields they hold."""
    if columns is None:
        columns = {name: name for name in frame.columns}
        advice = 'say which field is in which column: columns={"name": "CUSTOMER"}'
    else:
        advice = "see the fields of the record"
    missing = [column for column in columns.values() if column not in frame.columns]
    if missing:
        raise InputError(f"there is no column {missing[0]!r}; there are {', '.join(frame.columns)[:500]}")
    model = KINDS[kind]
    spelt = {info.alias: name for name, info in model.model_fields.items() if info.alias}
    known: dict[str, str] = {}
    for path, column in columns.items():
        head, dot, rest = path.partition(".")
        name = spelt.get(head, head)
        if name not in model.model_fields or name == "source":
            raise InputError(f"{path!r} is no field of a {kind}; {advice}")
        if name + dot + rest in known:
            raise InputError(f"{path!r} is named twice; give each field one column")
        known[name + dot + rest] = column
    return frame.select(pl.col(column).alias(field) for field, column in known.items())


def _answers(screener: Screener, frame: pl.DataFrame, kind: str, file: str, first: int) -> pl.DataFrame:
    outdated = "; ".join(screener.provenance().outdated)
    if kind == Counterparty.kind:
        todo = pl.Series("todo", rows_to_screen(screener, frame))
    else:
        todo = pl.Series("todo", [True]).new_from_index(0, frame.height)
    rows = pl.int_range(first, first + frame.height, dtype=pl.Int64, eager=True).alias("row")
    ids = frame["id"].cast(pl.String) if "id" in frame.columns else None
    quiet = pl.DataFrame({"row": rows, "id": pl.select(pl.format("row {}", rows)).to_series() if ids is None else ids})
    quiet = quiet.filter(~todo).select(
        "row",
        "id",
        pl.lit("incomplete" if outdated else "clear").alias("status"),
        pl.lit(outdated).alias("reason"),
        *(pl.lit(None, dtype=SCHEMA[name]).alias(name) for name in ("score", "severity", "alert_id", "alert")),
    )
    places = todo.arg_true().to_list()
    open_rows = frame.filter(todo).iter_rows(named=True)
    full = [_answer(screener, row, kind, file, first + place) for place, row in zip(places, open_rows, strict=True)]
    return pl.concat([quiet, pl.DataFrame(full, schema=SCHEMA, orient="row")]).sort("row")


def _answer(screener: Screener, row: Mapping[str, Any], kind: str, file: str, number: int) -> tuple[Any, ...]:
    given = record_data(row, file, number)
    try:
        result = screener.screen(KINDS[kind].read(given))
    except Exception as error:  # noqa: BLE001  one row must not end a night's run; it is set aside, loudly
        return number, str(given["id"]), "quarantined", why_not(error), None, None, None, None
    alert = result.alert
    if alert is None:
        reason = "; ".join(result.outdated)
        return number, result.record.id, result.status, reason, None, None, None, None
    text = json.dumps(alert.to_dict(), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return number, alert.record_id, result.status, alert.headline, alert.score, alert.severity.value, alert.id, text


def record_data(row: Mapping[str, Any], file: str, number: int) -> dict[str, Any]:
    """A row as `Record.read` takes it: parts nested, the number of the row for an id where there is none."""
    data: dict[str, Any] = {}
    for path, value in row.items():
        *parts, last = path.split(".")
        place = data
        for part in parts:
            place = place.setdefault(part, {})
        if value is not None:
            place[last] = value
    given = {name: value for name, value in data.items() if value != {}}
    given.setdefault("id", f"row {number}")
    return given | ({"source": Source(file=file, row=number)} if file else {})
