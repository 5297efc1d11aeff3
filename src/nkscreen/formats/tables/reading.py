"""Tables into records: find the header, learn from the first rows, then one record a row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import IO

from nkscreen.errors import InputError
from nkscreen.formats.mapping import Mapping
from nkscreen.formats.model import ColumnMap, Input, Quarantined
from nkscreen.formats.tables import header as headers
from nkscreen.formats.tables.delimited import open_text
from nkscreen.formats.tables.header import Header
from nkscreen.formats.tables.lines import Row, RowReader
from nkscreen.formats.tables.rows import SAMPLE_ROWS, RowPlan
from nkscreen.formats.tables.sheets import open_workbook
from nkscreen.records import Record, Source

SAMPLE_CHARACTERS = 4 * 1024 * 1024
"""The sample ends here too, so that hostile rows of a megabyte each cannot fill the memory."""

_MAX_SHOWN = 40  # headers named in an error: enough to recognise the file by


def read_text(stream: IO[bytes], head: bytes, mapping: Mapping, kind: str, *, file: str, seekable: bool) -> Input:
    """The records of a delimited text.

    Raises:
        InputError: when nothing in it looks like the header of a table of records.
    """
    text = open_text(stream, head, mapping, kind, seekable=seekable)
    first = _until(text.rows, mapping)
    header = headers.find(first, kind, mapping)
    if header is None:
        raise _no_header(first, kind, file)
    _check_mapped([header], mapping, file)
    _rewind(text.rows, header)
    return Input(
        chain(_above(first, header, mapping, file=file), _records(text.rows, header, mapping, file=file)),
        file=file,
        format=text.format,
        kind=header.kind,
        columns={"": header.columns},
        close=stream.close,
    )


def read_workbook(stream: IO[bytes], mapping: Mapping, kind: str, *, file: str) -> Input:
    """The records of every visible sheet of a workbook that has something in it, sheet after sheet.

    A sheet without a header that can be recognised gives one `Quarantined` item, so that it is not lost silently.

    Raises:
        InputError: when the workbook cannot be opened, or no sheet of it has a header.
    """
    form, sheets = open_workbook(stream, file)
    items: list[Iterator[Record | Quarantined]] = []
    found: dict[str, Header] = {}
    notes = []
    unknown: list[Row] = []
    for sheet in sheets:
        if sheet.hidden:
            notes.append(f"sheet {sheet.name!r} is hidden and was not read; unhide it to have it screened")
            continue
        first = _until(sheet.rows, mapping)
        if not first:
            continue
        header = headers.find(first, kind, mapping)
        if header is None:
            unknown += first
            items.append(iter([_unread(file, sheet.name, first[0])]))
            continue
        found[sheet.name] = header
        rows = chain((row for row in first if row.number > header.end), sheet.rows)
        items.append(_above(first, header, mapping, file=file, sheet=sheet.name))
        items.append(_records(rows, header, mapping, file=file, sheet=sheet.name))
    if not found:
        raise _no_header(unknown, kind, file)
    _check_mapped(list(found.values()), mapping, file)
    kinds = {header.kind for header in found.values()}
    columns: dict[str, tuple[ColumnMap, ...]] = {name: header.columns for name, header in found.items()}
    return Input(
        chain.from_iterable(items),
        file=file,
        format=form,
        kind=kinds.pop() if len(kinds) == 1 else "mixed",
        columns=columns,
        notes=tuple(notes),
        close=stream.close,
    )


def _until(rows: Iterator[Row], mapping: Mapping) -> list[Row]:
    """The first rows that are not blank: enough to find the header, or to reach the row where the user says it is."""
    first: list[Row] = []
    for row in rows:
        if row.blank or (mapping.header_row is not None and row.number < mapping.header_row):
            continue
        first.append(row)
        if len(first) == headers.HEADER_ROWS:
            break
    return first


def _rewind(rows: RowReader, header: Header) -> None:
    """Cut the rows below the header anew, now that their width is known. A header cell may span several lines."""
    rows.rewind(header.end)
    rows.width = len(header.cells)


def _records(
    rows: Iterator[Row], header: Header, mapping: Mapping, *, file: str, sheet: str = ""
) -> Iterator[Record | Quarantined]:
    sample: list[Row] = []
    size = 0
    filled = (row for row in rows if not row.blank)
    for row in filled:
        sample.append(row)
        size += sum(map(len, row.cells)) + len(row.text)
        if len(sample) >= SAMPLE_ROWS or size > SAMPLE_CHARACTERS:
            break
    plan = RowPlan(header, sample, mapping, file=file, sheet=sheet)
    for row in chain(sample, filled):
        yield plan.read(row)


def _above(first: list[Row], header: Header, mapping: Mapping, *, file: str, sheet: str = "") -> Iterator[Quarantined]:
    """Rows above the header that are too full for titles, unless the user said where the header is."""
    columns = sum(1 for cell in header.cells if cell.strip())
    for row in first if mapping.header_row is None else ():
        filled = sum(1 for cell in row.cells if cell.strip())
        if row.number < header.start and (row.problem or filled > max(2, columns // 2)):
            reason = f"the row stands above the header in row {header.start}; if that is no header, write a map file"
            source = Source(file=file, sheet=sheet, row=row.number)
            yield Quarantined(source=source, reason=row.problem or reason, raw=" | ".join(row.cells) or row.text)


def _unread(file: str, sheet: str, row: Row) -> Quarantined:
    reason = "no column of this sheet was recognised; if it holds records, map its columns in a map file"
    return Quarantined(
        source=Source(file=file, sheet=sheet, row=row.number), reason=reason, raw=" | ".join(row.cells) or row.text
    )


def _no_header(rows: list[Row], kind: str, file: str) -> InputError:
    usable = [row for row in rows if not row.problem]
    if not usable:
        reason = rows[0].problem if rows else "the file is empty"
        return InputError(f"no table was found ({reason}); give a file with a header row", file=file)
    shown = max(usable[:10], key=lambda row: sum(1 for cell in row.cells if cell.strip()))
    seen = ", ".join(repr(cell.strip()[:60]) for cell in shown.cells[:_MAX_SHOWN] if cell.strip())
    what = "any kind of record" if kind == "auto" else f"a {kind}"
    advice = "write a map file with `kind: shipment` and `columns:` lines such as `SENDER NAME: shipper.name`"
    return InputError(f"no header names a field of {what}; seen: {seen}; {advice} and give it with --map", file=file)


def _check_mapped(found: list[Header], mapping: Mapping, file: str) -> None:
    present = {cell.strip() for header in found for cell in header.cells}
    missing = [name for name in mapping.columns if name not in present]
    if missing:
        seen = ", ".join(repr(name[:60]) for name in sorted(present - {""})[:_MAX_SHOWN])
        raise InputError(
            f"the map file names columns that are not there ({', '.join(missing)}); seen: {seen}", file=file
        )
