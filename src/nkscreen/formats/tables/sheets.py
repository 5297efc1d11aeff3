"""Workbooks (XLSX, XLS, ODS) as rows of cells. A workbook that would fill the memory is refused before it is opened."""

from __future__ import annotations

import datetime as dt
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from nkscreen.errors import InputError
from nkscreen.formats.tables.lines import Row
from nkscreen.markup import Elements, MarkupError

MAX_UNPACKED_BYTES = 1024 * 1024 * 1024
"""A million rows of 30 columns unpack to about this much."""

MAX_RATIO = 250
"""Real workbooks pack 5 to 100 times; a deflate bomb about 1,000 times."""

MAX_CELLS = 50_000_000
"""Cells of the rectangle that a sheet covers, filled or not: what the reader allocates, about 1.5 GB at this size."""

MAX_COLUMNS = 16_384

_CHUNK = 1024 * 1024
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook; `hidden` ones are not read."""

    name: str
    hidden: bool
    rows: Iterator[Row]


def open_workbook(stream: IO[bytes], file: str) -> tuple[str, list[Sheet]]:
    """The format ("XLSX", "XLS", "ODS") and the worksheets of a workbook.

    Raises:
        InputError: for a workbook that is damaged, locked by a password or would not fit into memory.
    """
    head = stream.read(4)
    stream.seek(0)
    form = _check_zip(stream, file) if head == b"PK\x03\x04" else "XLS"
    stream.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(stream)
        sheets = [
            Sheet(meta.name, meta.visible != SheetVisibleEnum.Visible, _rows(book.get_sheet_by_name(meta.name)))
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise InputError("the workbook is locked by a password; save it without one", file=file) from error
    except Exception as error:
        raise InputError(f"the workbook is damaged ({_first_line(error)}); save it anew as XLSX", file=file) from error
    except BaseException as error:
        # A panic inside the reader is a BaseException of its own; nothing else than a damaged file causes it.
        if type(error).__name__ != "PanicException":
            raise
        raise InputError("the workbook is damaged; save it anew as XLSX", file=file) from error
    return form, sheets


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield Row(number, tuple(_text(cell) for cell in cells))


def _text(cell: Any) -> str:
    """A cell as text: whole numbers without ".0", dates as ISO 8601, a date at midnight without its time."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _check_zip(stream: IO[bytes], file: str) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            unpacked = sum(part.file_size for part in parts)
            packed = sum(part.compress_size for part in parts)
            if unpacked > MAX_UNPACKED_BYTES or unpacked > max(packed, 4096) * MAX_RATIO:
                raise InputError(f"the workbook unpacks to {unpacked:,} bytes; save its data as CSV", file=file)
            if "xl/workbook.bin" in names:
                raise InputError("binary workbooks (XLSB) are not read; save it as XLSX or CSV", file=file)
            if "xl/workbook.xml" not in names and "content.xml" not in names:
                raise InputError("this ZIP file is no workbook; unpack it and give the files in it", file=file)
            # Reading a part to its end also proves that it is not larger than the directory says.
            for part in parts:
                with archive.open(part) as content:
                    _check_part(part.filename, content, file)
            return "XLSX" if "xl/workbook.xml" in names else "ODS"
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
        zlib.error,
        lzma.LZMAError,
    ) as error:
        raise InputError(f"the workbook is damaged ({_first_line(error)}); save it anew as XLSX", file=file) from error
    except MarkupError as error:
        raise InputError(f"the workbook is damaged ({_first_line(error)}); save it anew as XLSX", file=file) from error


def _check_part(name: str, content: IO[bytes], file: str) -> None:
    cells = _ods_cells(content) if name == "content.xml" else _xlsx_cells(content)
    if cells > MAX_CELLS:
        reason = f"{name} covers {cells:,} cells; delete what stands far outside the table, or save it as CSV"
        raise InputError(reason, file=file)


def _xlsx_cells(content: IO[bytes]) -> int:
    """The area of the rectangle from A1 to the last cell of a sheet; about 1 for parts that are no sheets.

    Every part is looked at, since a workbook may call its sheets anything.
    """
    row = widest = deepest = named = cells = 0
    rest = b""
    while chunk := content.read(_CHUNK):
        data = rest + chunk
        cut = data.rfind(b">") + 1
        data, rest = data[:cut], data[cut:][-_CHUNK:]
        cells += len(_CELL.findall(data))
        found = _REFERENCE.findall(data)
        named += sum(1 for letters, _ in found if letters)
        for letters, digits in set(found):
            row = max(row, int(digits))
            if letters:
                deepest, widest = max(deepest, int(digits)), max(widest, _column(letters))
    # Cells without a reference stand one after the other, in the worst case all in the last row.
    unnamed = cells - named
    return row * max(widest, min(MAX_COLUMNS, unnamed)) if unnamed > 0 else deepest * widest


def _column(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - 64
    return value


def _ods_cells(content: IO[bytes]) -> int:
    """The area that the filled cells of all tables cover, repeated rows and columns counted."""
    area = rows = filled = widest = column = last = 0
    tags = tuple(_TABLE + name for name in ("table", "table-row", "table-cell", "covered-table-cell"))
    for element in Elements(content, *tags):
        name = str(element.tag).removeprefix(_TABLE)
        if name.endswith("table-cell"):
            column += _repeated(element, "columns")
            last = column if len(element) or len(element.attrib) > 1 else last
        elif name == "table-row":
            rows += _repeated(element, "rows")
            if last:
                filled, widest = rows, max(widest, last)
            column = last = 0
        else:
            area += filled * widest
            rows = filled = widest = 0
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:  # else the emptied ones pile up under it
            del parent[0]
    return area


def _repeated(element: Any, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(text) if text.isdecimal() and len(text) < 10 else MAX_CELLS
