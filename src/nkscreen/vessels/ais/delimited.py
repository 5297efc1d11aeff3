"""AIS tables as text: MarineCadastre, Danish Maritime Authority and others, told by their header."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import IO

import polars as pl

from nkscreen.errors import InputError
from nkscreen.vessels.ais.columns import Style, statements, to_schema
from nkscreen.vessels.ais.model import Batch
from nkscreen.vessels.ais.names import REQUIRED, recognise

BLOCK_BYTES = 8 * 1024 * 1024
"""A file is read in blocks of whole lines, so memory does not grow with it."""

MAX_LINE_BYTES = 1024 * 1024


def read_delimited(stream: IO[bytes], *, file: str) -> Iterator[Batch]:
    """Batches of messages, in file order. Lines that do not have the cells of the header are counted with their reason.

    Raises:
        InputError: the header names no MMSI, time, latitude or longitude.
    """
    first = stream.readline(MAX_LINE_BYTES).removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").strip("\r\n# ")
    separator = max(",;\t|", key=first.count)
    headers = [header.strip() for header in next(csv.reader([first], delimiter=separator), [])]
    fields = recognise(headers)
    if missing := [field for field in REQUIRED if field not in fields]:
        raise InputError(
            f"no column for {', '.join(missing)} among {', '.join(headers)[:200] or 'no headers at all'}; "
            "give the file a header line with MMSI, timestamp, latitude and longitude",
            file=file,
            row=1,
        )
    places = {field: headers.index(header) for field, header in fields.items()}
    style = _style(stream, places, separator, marinetraffic="SHIP_ID" in headers)
    row, rest = 1, b""
    while True:
        block = stream.read(BLOCK_BYTES)
        whole, newline, tail = (rest + block).rpartition(b"\n") if block else (rest, b"", b"")
        if block and not newline:
            rest = tail
            if len(rest) > 4 * BLOCK_BYTES:
                raise InputError("a line is longer than 32 MiB; this is no table of positions", file=file, row=row + 1)
            continue
        rest = tail
        if whole.strip():
            yield _batch(whole, places, len(headers), separator, row, style)
        row += whole.count(b"\n") + (1 if whole else 0)
        if not block:
            return


def _batch(  # noqa: PLR0917
    block: bytes, places: dict[str, int], width: int, separator: str, row: int, style: Style
) -> Batch:
    """The lines that are plain all at once, the others one by one."""
    plain, numbers, odd = [], [], []
    mark = separator.encode()
    for number, line in enumerate(block.removesuffix(b"\n").split(b"\n"), row + 1):
        if line.count(mark) == width - 1 and b"\0" not in line and (b'"' not in line or _edged(line, mark)):
            plain.append(line)
            numbers.append(number)
        elif line.strip(b"\r\0 \t"):
            odd.append((number, line))
    quick = _at_once(plain, numbers, places, width, separator)
    slow, refused = _line_by_line(odd, places, width, separator)
    cells = pl.concat([quick, slow]).sort("row") if slow.height else quick
    frame = to_schema(cells, style)
    return Batch(len(plain) + len(odd), frame, refused, statements(cells, frame))


def _edged(line: bytes, mark: bytes) -> bool:
    """Whether quotation marks stand at the edges of cells alone, so that a line with as many separators as the header
    has none of them in quotes."""
    line = line.rstrip(b"\r")
    edges = line.count(mark + b'"') + line.count(b'"' + mark) + line.startswith(b'"') + line.endswith(b'"')
    marks = line.count(b'"')
    return marks == edges and marks % 2 == 0


def _at_once(
    lines: list[bytes], numbers: list[int], places: dict[str, int], width: int, separator: str
) -> pl.DataFrame:
    if not lines:
        return pl.DataFrame(schema={**dict.fromkeys(places, pl.String()), "row": pl.UInt32()})
    cells = pl.read_csv(
        io.BytesIO(b"\n".join(lines)),
        has_header=False,
        separator=separator,
        quote_char=None,
        new_columns=[f"column {place}" for place in range(width)],
        infer_schema=False,
        encoding="utf8-lossy",
    )
    cells = cells.select(
        pl.col(f"column {place}").str.strip_chars('"\r').alias(field) for field, place in places.items()
    )
    return cells.with_columns(pl.Series("row", numbers, pl.UInt32))


SAMPLES, SAMPLE_BYTES = 16, 64 * 1024
"""Pieces of the file, evenly spread, in which its way of writing is looked for: files are sorted by time, and a month
shows only when it has passed the twelfth."""

_SLASHED = re.compile(r"\s*(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b")


def _style(stream: IO[bytes], places: dict[str, int], separator: str, *, marinetraffic: bool) -> Style:
    """How the file writes its cells; the stream is where it was afterwards.

    The month stands first where a second number above twelve shows it. Speeds are tenths of a knot where MarineTraffic
    wrote the file, all are whole and one exceeds what AIS can send (102.2 knots).
    """
    start = stream.tell()
    try:
        end = stream.seek(0, 2)
    except ValueError:  # gzip knows its end only when it is there
        end = start
    first_day = second_day = whole_speeds = fast = 0
    for piece in range(SAMPLES if end > start else 1):
        stream.seek(start + (end - start) * piece // SAMPLES)
        block = stream.read(SAMPLE_BYTES)
        lines = block.split(b"\n")[0 if piece == 0 else 1 : -1] or [block]
        for line in lines:
            cells = line.decode("utf-8", "replace").split(separator)
            if len(cells) <= max(places.values()):
                continue
            if day := _SLASHED.match(cells[places.get("date", places["time"])].strip('"')):
                first_day += int(day[1]) > 12
                second_day += int(day[2]) > 12
            if marinetraffic and "speed" in places and (speed := cells[places["speed"]].strip().strip('"')):
                whole_speeds += speed.isdecimal() or -(10**9)
                fast += speed.isdecimal() and int(speed) > 102
    stream.seek(start)
    return Style(separator == ";", month_first=second_day > first_day, tenths=whole_speeds > 0 and fast > 0)


def _line_by_line(
    lines: list[tuple[int, bytes]], places: dict[str, int], width: int, separator: str
) -> tuple[pl.DataFrame, dict[str, tuple[int, int]]]:
    """Each line on its own, so that an open quotation mark costs one line and not the rest of the file."""
    columns: dict[str, list[str]] = {field: [] for field in places}
    rows: list[int] = []
    refused: dict[str, tuple[int, int]] = {}
    for number, raw in lines:
        line = raw.decode("utf-8", "replace").strip("\r\0")
        try:
            cells = next(csv.reader([line], delimiter=separator))
        except csv.Error:
            cells = []
        if len(cells) != width:
            reason = "the line does not have as many cells as the header"
            count, first = refused.get(reason, (0, number))
            refused[reason] = (count + 1, first)
            continue
        for field, place in places.items():
            columns[field].append(cells[place])
        rows.append(number)
    schema = {**dict.fromkeys(places, pl.String()), "row": pl.UInt32()}
    return pl.DataFrame({**columns, "row": rows}, schema=schema), refused
