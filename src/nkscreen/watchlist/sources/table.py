"""Lists that come as tables: the rows of a CSV file by the names of its columns, each with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from nkscreen.errors import ListError
from nkscreen.watchlist.sources.common import Reading, clean, load_bytes, tidy

MAX_CELL: Final = 1_000_000
"""Characters of one cell; the longest of a published list (addresses of one party) has some ten thousand."""

_LISTED: Final = re.compile(r"\s*;\s*(?:and\s+)?")


def text_of(path: Path) -> str:
    """The file as text: UTF-8, or Windows-1252 where it is none (as older British lists are).

    Raises:
        ListError: see `load_bytes`.
    """
    data = load_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def rows(
    reading: Reading, wanted: Collection[str], *, skip: int = 0, names: Collection[str] = (), delimiter: str = ","
) -> Iterator[tuple[int, dict[str, str]]]:
    """Every row with its line, cells cleaned (tidied in the columns of `names`);
    the first `skip` lines stand above the header.

    A row with more or fewer cells than the header is given all the same and reported: what is missing is empty.

    Raises:
        ListError: one of the wanted columns is not there, the quotes do not close, or the last row lacks cells.
    """
    csv.field_size_limit(MAX_CELL)
    stream = io.StringIO(text_of(reading.path), newline="")
    for _ in range(skip):
        stream.readline()
    table = csv.reader(stream, delimiter=delimiter, strict=True)
    try:
        header = [clean(cell) for cell in next(table, [])]
        if absent := [name for name in wanted if name not in header]:
            raise ListError(f"lacks the columns {', '.join(absent)}; download the list again", file=str(reading.path))
        line = table.line_num + skip + 1
        short = False
        for cells in table:
            if any(cell.strip() for cell in cells) and [clean(cell) for cell in cells] != header:
                short = len(cells) < len(header)
                if len(cells) != len(header):
                    reading.problem(f"{len(cells)} cells under {len(header)} columns", line=line)
                padded = [*cells, *[""] * len(header)]
                pairs = zip(header, padded, strict=False)
                yield line, {name: tidy(cell) if name in names else clean(cell) for name, cell in pairs}
            line = table.line_num + skip + 1
        if short:
            raise ListError("was cut: its last row lacks cells; download the list again", file=str(reading.path))
    except csv.Error as error:
        raise ListError(
            f"is damaged ({error}); download the list again", file=str(reading.path), row=table.line_num + skip
        ) from None


def several(cell: str, separator: re.Pattern[str] = _LISTED) -> tuple[str, ...]:
    """The values of a cell that holds several, each once, without the quotes and points that stray around them."""
    parts = (part.strip().strip('"“”').rstrip(".,").strip() for part in separator.split(cell.strip('"“” ')))
    return tuple(dict.fromkeys(part for part in parts if part))
