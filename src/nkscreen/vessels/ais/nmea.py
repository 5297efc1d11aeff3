"""AIS as NMEA 0183 sentences, decoded by pyais (the extra `ais`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO

import polars as pl

from nkscreen.errors import InputError
from nkscreen.vessels.ais.columns import to_schema
from nkscreen.vessels.ais.model import Batch

ROWS = 65_536
MAX_LINE_BYTES = 4096

_POSITIONS = frozenset({1, 2, 3, 18, 19, 27})
"""Message types of ITU-R M.1371-5 by which ships send positions; each fits one sentence."""

_SENTENCE = re.compile(rb"![A-Z]{5},[^\s\\]{1,200}")
_TAG_TIME = re.compile(rb"[\\,]c:(\d{9,13})[,*]")
_GATEHOUSE = re.compile(rb"\$PGHP,1,(\d{4}),(\d{1,2}),(\d{1,2}),(\d{1,2}),(\d{1,2}),(\d{1,2})(?:,(\d{1,3}))?")


def read_nmea(stream: IO[bytes], *, file: str) -> Iterator[Batch]:  # noqa: PLR0912
    """Batches of messages, in file order. A row is a line with a sentence; other lines are not counted.

    The time of a message is that of its tag block (`c:`) or of the Gatehouse sentence before it.

    Raises:
        InputError: pyais is not installed.
    """
    try:
        import pyais  # noqa: PLC0415  the extra is needed here alone
    except ImportError as error:
        raise InputError("reading NMEA needs pyais; install it with pip install 'nkscreen[ais]'", file=file) from error
    columns: dict[str, list[str]] = {field: [] for field in ("mmsi", "time", "lat", "lon", "speed", "course")}
    rows: list[int] = []
    refused: dict[str, tuple[int, int]] = {}
    read, row, wrapped = 0, 0, ""
    while line := stream.readline(MAX_LINE_BYTES):
        row += 1
        if gatehouse := _GATEHOUSE.match(line):
            wrapped = _time_of(gatehouse)
            continue
        found = _SENTENCE.search(line)
        if not found:
            continue
        read += 1
        tag = _TAG_TIME.search(line)
        time, wrapped = (tag[1].decode() if tag else wrapped), ""
        parts = found[0].split(b",", 3)
        reason = "the message is in several sentences and has no position" if parts[1] != b"1" else ""
        if not reason:
            try:
                message = pyais.decode(found[0]).asdict()
            except Exception:  # noqa: BLE001  a broken sentence may raise anything; it is counted
                reason = "the sentence is broken"
            else:
                if message.get("msg_type") not in _POSITIONS:
                    reason = "the message is of a type without a position of a ship"
                elif not time:
                    reason = "the sentence has no time: no tag block and no Gatehouse sentence before it"
                else:
                    for field, cells in columns.items():
                        cells.append(time if field == "time" else str(message.get(field, "")))
                    rows.append(row)
        if reason:
            count, first = refused.get(reason, (0, row))
            refused[reason] = (count + 1, first)
        if read == ROWS:
            yield _batch(read, columns, rows, refused)
            columns, rows, refused, read = {field: [] for field in columns}, [], {}, 0
    if read:
        yield _batch(read, columns, rows, refused)


def _batch(read: int, columns: dict[str, list[str]], rows: list[int], refused: dict[str, tuple[int, int]]) -> Batch:
    schema: dict[str, pl.DataType] = {field: pl.String() for field in columns} | {"row": pl.UInt32()}
    return Batch(read, to_schema(pl.DataFrame({**columns, "row": rows}, schema=schema)), refused)


def _time_of(gatehouse: re.Match[bytes]) -> str:
    year, month, day, hour, minute, second, milli = (int(part or 0) for part in gatehouse.groups())
    try:
        return datetime(year, month, day, hour, minute, second, milli * 1000, UTC).isoformat(sep=" ")
    except ValueError:
        return ""
