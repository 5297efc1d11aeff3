"""Delimited text (CSV, TSV, exports with semicolons or bars): what separates the cells, and a reader of its rows."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from typing import IO

from nkscreen.formats.mapping import Mapping
from nkscreen.formats.tables import encoding as encodings
from nkscreen.formats.tables import header as headers
from nkscreen.formats.tables.lines import RowReader

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}

_SAMPLE_ROWS = 100


@dataclass(frozen=True, slots=True)
class Delimited:
    """A delimited text ready to be read, and how it was understood ("CSV, cp1251, semicolon")."""

    format: str
    rows: RowReader


def open_text(stream: IO[bytes], head: bytes, mapping: Mapping, kind: str, *, seekable: bool) -> Delimited:
    """A reader over a stream that stands at its beginning; `head` are its first bytes."""
    encoding = mapping.encoding or encodings.detect(head, stream if seekable else None)
    plain = head.replace(b"\x00", b"")
    carriage_returns = b"\r" in plain and b"\n" not in plain
    delimiter = mapping.delimiter or _delimiter(head, encoding, kind, mapping, carriage_returns=carriage_returns)
    lines, line_encoding = encodings.as_lines(stream, encoding, carriage_returns=carriage_returns)
    shown = f"CSV, {encodings.display_name(encoding)}, {DELIMITERS.get(delimiter, repr(delimiter))}"
    return Delimited(shown, RowReader(lines, line_encoding, delimiter))


def _delimiter(head: bytes, encoding: str, kind: str, mapping: Mapping, *, carriage_returns: bool) -> str:
    """The delimiter under which most headers are recognised; in a tie, under which most rows have the same width."""
    best, best_score = ",", (0, 0.0, 0)
    for delimiter in DELIMITERS:
        lines, line_encoding = encodings.as_lines(io.BytesIO(head), encoding, carriage_returns=carriage_returns)
        reader = RowReader(lines, line_encoding, delimiter)
        rows = [row for _, row in zip(range(_SAMPLE_ROWS), reader, strict=False)]
        usable = [row for row in rows if not row.blank and not row.problem]
        if not usable:
            continue
        width, count = Counter(len(row.cells) for row in usable).most_common(1)[0]
        if width < 2:
            continue
        found = headers.find(rows[: headers.HEADER_ROWS], kind, mapping, lenient=True)
        score = (sum(1 for match in found.matches if match) if found else 0, count / len(usable), width)
        if score > best_score:
            best, best_score = delimiter, score
    return best
