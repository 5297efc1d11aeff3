"""AIS as NMEA 0183 sentences, decoded by pyais (the extra `ais`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import IO, Any

import polars as pl

from nkscreen.errors import InputError
from nkscreen.vessels.ais.columns import statements, to_schema
from nkscreen.vessels.ais.model import Batch
from nkscreen.vessels.ais.names import STATED

ROWS = 65_536
MAX_LINE_BYTES = 4096

MOST_PARTS = 1_000
"""Messages in several sentences that wait for the rest at one time; the oldest is given up for a newer one."""

_POSITIONS = frozenset({1, 2, 3, 18, 19, 27})
"""Message types of ITU-R M.1371-5 by which ships send positions."""

_STATIC = frozenset({5, 24})
"""Those by which they say who they are and where they go."""

_SENTENCE = re.compile(rb"![A-Z]{5},[^\s\\!]{1,200}")
_TAG_TIME = re.compile(rb"[\\,]c:(\d{9,13})[,*]")
_GATEHOUSE = re.compile(rb"\$PGHP,1,(\d{4}),(\d{1,2}),(\d{1,2}),(\d{1,2}),(\d{1,2}),(\d{1,2})(?:,(\d{1,3}))?")
_BEFORE = re.compile(rb"^\s*(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|\d{10,13})(?:\.\d+)?(?:Z|\+00:?00)?[\s,;|]")
_BEHIND = re.compile(rb"\*[0-9A-Fa-f]{2}[\s,;|]+(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d|\d{10,13})(?!\d)")

_FIELDS = {"speed": "speed", "course": "course", "lat": "lat", "lon": "lon", "draught": "draught", "imo": "imo"} | {
    "name": "shipname",
    "call_sign": "callsign",
    "destination": "destination",
}
"""Columns here, and what pyais calls them."""

NO_POSITION = "the message is of a type without a position of a ship"
CONTINUED = "the sentence is a part of a message that other sentences begin or complete"


class _Rows:
    """Messages and refused sentences of one batch."""

    def __init__(self) -> None:
        self.columns: dict[str, list[str]] = {field: [] for field in ("mmsi", "time", *_FIELDS)}
        self.rows: list[int] = []
        self.refused: dict[str, tuple[int, int]] = {}
        self.read = 0

    def refuse(self, reason: str, row: int) -> None:
        count, first = self.refused.get(reason, (0, row))
        self.refused[reason] = (count + 1, first)

    def add(self, message: dict[str, Any], time: str, row: int) -> None:
        self.columns["mmsi"].append(str(message.get("mmsi", "")))
        self.columns["time"].append(time)
        for field, name in _FIELDS.items():
            value = message.get(name)
            self.columns[field].append("" if value is None else str(value))
        self.rows.append(row)

    def batch(self) -> Batch:
        schema: dict[str, pl.DataType] = {field: pl.String() for field in self.columns} | {"row": pl.UInt32()}
        cells = pl.DataFrame({**self.columns, "row": self.rows}, schema=schema)
        frame = to_schema(cells.drop(*STATED))
        return Batch(self.read, frame, self.refused, statements(cells, frame))


def read_nmea(stream: IO[bytes], *, file: str) -> Iterator[Batch]:
    """Batches of messages, in file order. A row is a line; what is read are sentences, of which it may have several.

    The time of a message is that of its tag block (`c:`), that written before or behind the sentence, or that of the
    Gatehouse sentence before it. Messages 5 and 24 have no position and are kept for what they say of ship and voyage.

    Raises:
        InputError: pyais is not installed.
    """
    try:
        from pyais import decode  # noqa: PLC0415  the extra is needed here alone
    except ImportError as error:
        raise InputError("reading NMEA needs pyais; install it with pip install 'nkscreen[ais]'", file=file) from error
    held: dict[bytes, tuple[list[bytes], str, int]] = {}
    rows, row, wrapped = _Rows(), 0, ""
    while line := stream.readline(MAX_LINE_BYTES):
        row += 1
        if gatehouse := _GATEHOUSE.match(line):
            wrapped = _time_of(gatehouse)
            continue
        found = _SENTENCE.findall(line)
        if not found:
            continue
        told = _TAG_TIME.search(line) or _BEFORE.match(line) or _BEHIND.search(line)
        time, wrapped = (told[1].decode() if told else wrapped), ""
        for sentence in found:
            rows.read += 1
            whole = _whole(held, sentence, time, row, rows)
            if whole:
                _decoded(decode, *whole, rows)
        if rows.read >= ROWS:
            yield rows.batch()
            rows = _Rows()
    for _, _, at in held.values():
        rows.refuse("the rest of the message is missing", at)
    if rows.read or held:
        yield rows.batch()


def _whole(
    held: dict[bytes, tuple[list[bytes], str, int]], sentence: bytes, time: str, row: int, rows: _Rows
) -> tuple[list[bytes], str, int] | None:
    """The sentences of a message once they are all there. The others are counted as parts of it."""
    parts = sentence.split(b",", 5)
    if len(parts) < 6 or parts[1] == b"1":
        return [sentence], time, row
    total, number, sequence = parts[1:4]
    key = b",".join((parts[0], total, sequence, parts[4]))
    if number == b"1":
        if old := held.pop(key, None):
            rows.refuse("the rest of the message is missing", old[2])
        if len(held) >= MOST_PARTS:
            rows.refuse("the rest of the message is missing", held.pop(next(iter(held)))[2])
        held[key] = ([sentence], time, row)
        return None
    if key not in held:
        key = next((other for other in held if other.split(b",")[1:3] == [total, sequence]), b"")
    if key not in held:
        rows.refuse("the beginning of the message is missing", row)
        return None
    begun, first_time, at = held[key]
    begun.append(sentence)
    rows.refuse(CONTINUED, row)
    if number != total:
        return None
    del held[key]
    return begun, first_time or time, at


def _decoded(decode: Callable[..., Any], sentences: list[bytes], time: str, row: int, rows: _Rows) -> None:
    try:
        message = decode(*sentences).asdict()
    except Exception:  # noqa: BLE001  a broken sentence may raise anything; it is counted
        rows.refuse("the sentence is broken", row)
        return
    if message.get("msg_type") not in _POSITIONS | _STATIC:
        rows.refuse(NO_POSITION, row)
    elif not time:
        rows.refuse("the sentence has no time: no tag block and no Gatehouse sentence before it", row)
    else:
        rows.add(message, time, row)


def _time_of(gatehouse: re.Match[bytes]) -> str:
    year, month, day, hour, minute, second, milli = (int(part or 0) for part in gatehouse.groups())
    try:
        return datetime(year, month, day, hour, minute, second, milli * 1000, UTC).isoformat(sep=" ")
    except ValueError:
        return ""
