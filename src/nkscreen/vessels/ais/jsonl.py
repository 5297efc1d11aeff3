"""AIS as JSON: one object a line, or one list of objects, as Global Fishing Watch publishes both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

import polars as pl

from nkscreen.errors import InputError
from nkscreen.vessels.ais.columns import STATED, recognise, statements, to_schema
from nkscreen.vessels.ais.model import Batch

ROWS = 65_536
MAX_LINE_BYTES = 1024 * 1024
MAX_LIST_BYTES = 256 * 1024 * 1024
"""A list is read as a whole; larger files should have one object a line."""


def read_json(stream: IO[bytes], *, file: str) -> Iterator[Batch]:
    """Batches of messages, in file order. Rows count lines, or the objects of the list, from 1.

    Raises:
        InputError: a list that is no JSON or too large.
    """
    first = stream.read(1)
    while first in {b"\xef", b"\xbb", b"\xbf", b" ", b"\n", b"\r", b"\t"}:
        first = stream.read(1)
    items = enumerate(_whole(stream, file), 1) if first == b"[" else _lines(stream, first)
    rows: list[tuple[int, Any]] = []
    for item in items:
        rows.append(item)
        if len(rows) == ROWS:
            yield _batch(rows)
            rows = []
    if rows:
        yield _batch(rows)


def _whole(stream: IO[bytes], file: str) -> Iterable[Any]:
    text = b"[" + stream.read(MAX_LIST_BYTES)
    if len(text) > MAX_LIST_BYTES:
        raise InputError("the list is larger than 256 MiB; save it with one object a line", file=file)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"the list is no JSON ({error}); export it again", file=file) from error
    assert isinstance(value, list)
    return value


def _lines(stream: IO[bytes], first: bytes) -> Iterator[tuple[int, Any]]:
    row = 0
    while line := first + stream.readline(MAX_LINE_BYTES):
        first, row = b"", row + 1
        if not line.strip():
            continue
        try:
            yield row, json.loads(line)
        except (ValueError, RecursionError):
            yield row, None


def _batch(items: list[tuple[int, Any]]) -> Batch:
    columns: dict[str, list[str | None]] = {}
    rows: list[int] = []
    refused: dict[str, tuple[int, int]] = {}
    names: dict[tuple[str, ...], dict[str, str]] = {}
    wanted = ("mmsi", "time", "lat", "lon", "speed", "course", "draught", *STATED)
    columns = {field: [] for field in wanted}
    for row, item in items:
        if not isinstance(item, dict):
            reason = "the line is no JSON object"
            count, at = refused.get(reason, (0, row))
            refused[reason] = (count + 1, at)
            continue
        keys = tuple(item)
        if keys not in names and len(names) < 1000:
            names[keys] = recognise(list(keys))
        fields = names.get(keys) or recognise(list(keys))
        for field in wanted:
            value = item.get(fields[field]) if field in fields else None
            columns[field].append(str(value) if isinstance(value, str | int | float) else None)
        rows.append(row)
    cells = pl.DataFrame({**columns, "row": rows}, schema={**dict.fromkeys(wanted, pl.String()), "row": pl.UInt32()})
    frame = to_schema(cells)
    return Batch(len(items), frame, refused, statements(cells, frame))
