"""The first table of an OpenDocument spreadsheet as publishers write it, indented XML included.

The spreadsheet library that reads users' files refuses white space between cells, which the UK Sanctions List has.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from nkscreen.errors import ListError
from nkscreen.markup import Elements, MarkupError
from nkscreen.watchlist.sources.common import archive, clean

MAX_COLUMNS: Final = 200
"""Cells of a row that are read: empty ones are given as "repeated 16,376 times"."""

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def first_table(path: Path) -> list[list[str]]:
    """Its rows, cells as text. Rows and columns that are only there as repeated blanks are left out.

    Raises:
        ListError: damaged, or see `archive`.
    """
    with archive(path) as opened:
        content = opened.read("content.xml")
    return list(_rows(content, path))


def _rows(content: bytes, path: Path) -> Iterator[list[str]]:
    rows = Elements(BytesIO(content), f"{_TABLE}table", f"{_TABLE}table-row")
    try:
        for element in rows:
            if element.tag == f"{_TABLE}table":
                return
            cells: list[str] = []
            for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                text = clean(" ".join("".join(map(str, line.itertext())) for line in cell.iterchildren(f"{_TEXT}p")))
                times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
                cells += [text] * min(times, MAX_COLUMNS - len(cells))
            while cells and not cells[-1]:
                cells.pop()
            yield cells
            element.clear()
    except (MarkupError, ValueError) as error:
        raise ListError(f"is damaged ({error}); download it again", file=str(path)) from error
