"""AIS as JSON: one object a line, or one list of objects, as Global Fishing Watch publishes both."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

import polars as pl

from nkscreen.errors import InputError
from nkscreen.vessels.ais.columns import statements, to_schema
from nkscreen.vessels.ais.model import Batch
from nkscreen.vessels.ais.names import STATED, recognise

ROWS = 65_536
MAX_LINE_BYTES = 1024 * 1024
MAX_DEPTH = 4
"""Levels of objects in objects that are looked through."""

MAX_LIST_BYTES = 256 * 1024 * 1024
"""A list is read as a whole; larger files should have one object a line."""


def read_json(stream: IO[bytes], *, file: str) -> Iterator[Batch]:
    """Batches of messages, in file order. Rows count lines, or the objects of the list, from 1.

    A list may stand within an object (GeoJSON, answers of an API), and a message within others: its fields are found by
    their names, the outer first, and a place also as `coordinates`, east before north.

    Raises:
        InputError: a list that is no JSON or too large.
    """
    first = stream.read(1)
    while first in {b"\xef", b"\xbb", b"\xbf", b" ", b"\n", b"\r", b"\t"}:
        first = stream.read(1)
    items = enumerate(_whole(stream, file), 1) if first == b"[" else _objects(stream, first)
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


def _objects(stream: IO[bytes], first: bytes) -> Iterator[tuple[int, Any]]:
    """The objects of lines, or of the longest list within the one object that the file is."""
    text = first + stream.readline(MAX_LINE_BYTES)
    following = stream.readline(MAX_LINE_BYTES)
    if not _is_object(text) or (not following.strip() and len(text) < MAX_LINE_BYTES):
        text += following + stream.read(MAX_LIST_BYTES)
        following = b""
        try:
            whole = json.loads(text)
        except (ValueError, RecursionError):
            whole = None
        items = _longest_list(whole)
        if items:
            yield from enumerate(items, 1)
            return
    yield from _lines(_Ahead(text + following, stream), b"")


class _Ahead:
    """Lines of bytes read before, then those of the stream."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head, self._stream = io.BytesIO(head), stream

    def readline(self, size: int) -> bytes:
        line = self._head.readline(size)
        if line.endswith(b"\n") or len(line) == size:
            return line
        return line + self._stream.readline(size - len(line))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _longest_list(value: Any, depth: int = 0) -> list[Any]:
    if isinstance(value, list):
        return value if any(isinstance(item, dict) for item in value) else []
    if not isinstance(value, dict) or depth == MAX_DEPTH:
        return []
    return max((_longest_list(item, depth + 1) for item in value.values()), key=len, default=[])


def _flat(item: dict[str, Any]) -> dict[str, Any]:
    """The fields of an object and of those within it, the outer first."""
    level, flat = [item], dict(item)
    for _ in range(MAX_DEPTH):
        level = [value for outer in level for value in outer.values() if isinstance(value, dict)]
        for inner in level:
            flat = {**inner, **flat}
    place = flat.get("coordinates")
    if isinstance(place, list) and len(place) > 1 and "lat" not in flat:
        flat |= {"lon": place[0], "lat": place[1]}
    return flat


def _lines(stream: IO[bytes] | _Ahead, first: bytes) -> Iterator[tuple[int, Any]]:
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
        if any(isinstance(value, dict) for value in item.values()):
            item = _flat(item)  # noqa: PLW2901
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
