"""A set of AMS tables as shipments.

The rows of all tables go to a temporary SQLite file and come back sorted by identifier, so that memory holds one bill
at a time, however large the tables are.
"""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO

from nkscreen.errors import InputError
from nkscreen.formats.ams.bill import Found, bare, shipment
from nkscreen.formats.ams.tables import KEY, TABLES, columns, table_of
from nkscreen.formats.mapping import Mapping
from nkscreen.formats.model import Input, Quarantined
from nkscreen.formats.tables.delimited import open_text
from nkscreen.formats.tables.encoding import SAMPLE_BYTES, Replayed
from nkscreen.formats.tables.lines import RowReader
from nkscreen.packed import GZIP, Member, unzipped
from nkscreen.records import Record, Source

MAX_ROWS = 20_000
"""Rows of one identifier. The largest bills have some thousands; what has more is no identifier of a bill."""

MAX_CHARACTERS = 32 * 1024 * 1024
"""Text of the rows of one identifier, which memory holds at once."""

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class TableSet:
    """The files of one extract, in any order; a table may be spread over several files (one a year)."""

    files: tuple[Path | Member, ...]

    def __str__(self) -> str:
        return f"{self.files[0]} and {len(self.files) - 1} more tables"


@dataclass(frozen=True, slots=True)
class _Table:
    file: Path | Member
    name: str
    columns: tuple[str, ...]
    rows: RowReader
    stream: IO[bytes]


def table_in(file: Path | Member) -> str:
    """Which AMS table a file holds, by its column names; "" for none.

    Raises:
        InputError, OSError: the file cannot be read.
    """
    table = _open(file)
    table.stream.close()
    return table.name


def read_ams(tables: TableSet) -> Input:
    """One shipment a row of the header table, with the rows of the other tables that carry its identifier.

    Rows that no header has, rows without an identifier and rows that cannot be cut into cells are quarantined.

    Raises:
        InputError: a file is none of the tables or cannot be opened; while iterating, where there is no room for the
            temporary file.
    """
    names = set()
    for file in tables.files:
        name = table_in(file)
        if not name:
            raise InputError("the file has not the columns of an AMS table", file=str(file))
        names.add(name)
    if "header" not in names:
        raise InputError("the tables have no header table; add the file with the column vessel_name", file=str(tables))
    shown = f"US AMS tables ({', '.join(name for name in TABLES if name in names)})"
    notes: list[str] = []
    return Input(_items(tables, notes), file=str(tables), format=shown, kind="shipment", notes=notes)


def _open(file: Path | Member) -> _Table:
    stream: IO[bytes] = file.open() if isinstance(file, Member) else file.open("rb")
    head = stream.read(SAMPLE_BYTES)
    if head.startswith(GZIP):
        stream.close()
        packed = file.open() if isinstance(file, Member) else file.open("rb")
        stream = unzipped(packed, str(file))
        head = stream.read(SAMPLE_BYTES)
    try:
        whole = io.BufferedReader(Replayed(head, stream))
        rows = open_text(whole, head, Mapping(), "shipment", seekable=False).rows
        first = next((row for row in rows if not row.blank), None)
        cells = first.cells if first is not None and not first.problem else ()
        if first is not None:
            rows.rewind(first.end)
        rows.width = len(cells)
        return _Table(file, table_of(cells), tuple(columns(cells)), rows, stream)
    except BaseException:
        stream.close()
        raise


def _items(tables: TableSet, notes: list[str]) -> Iterator[Record | Quarantined]:
    try:
        with tempfile.TemporaryDirectory(prefix="nkscreen-") as folder:
            store = sqlite3.connect(Path(folder) / "rows.sqlite")
            try:
                yield from _loaded(store, tables)
                yield from _joined(store, tables, notes)
            finally:
                store.close()
    except sqlite3.Error as error:
        raise InputError(
            f"the tables could not be joined in a temporary file ({error}); make room, or set TMPDIR to another disk",
            file=str(tables),
        ) from error


def _loaded(store: sqlite3.Connection, tables: TableSet) -> Iterator[Quarantined]:
    store.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
        "CREATE TABLE rows (identifier TEXT, kind INTEGER, file INTEGER, line INTEGER, cells TEXT);"
    )
    batch: list[tuple[str, int, int, int, str]] = []
    for number, file in enumerate(tables.files):
        table = _open(file)
        kind, key = TABLES.index(table.name), table.columns.index(KEY)
        with table.stream:
            for row in table.rows:
                if row.blank:
                    continue
                cells = dict(zip(table.columns, row.cells, strict=False))
                identifier = bare(row.cells[key]) if key < len(row.cells) else ""
                wrong = row.problem or _objection(identifier, row.cells, len(table.columns))
                if wrong:
                    source = Source(file=str(file), row=row.number)
                    yield Quarantined(source=source, reason=wrong, raw=row.text or cells)
                    continue
                given = {name: cell.strip() for name, cell in cells.items() if cell.strip()}
                batch.append((identifier, kind, number, row.number, json.dumps(given, ensure_ascii=False)))
                if len(batch) >= _BATCH:
                    _put(store, batch)
    _put(store, batch)


def _objection(identifier: str, cells: tuple[str, ...], width: int) -> str:
    if len(cells) != width and any(cell.strip() for cell in cells[width:]):
        return f"the row has {len(cells)} cells under {width} columns; quote the cell that holds a separator"
    return "" if identifier else "the row has no identifier, so no bill is known that it belongs to; add it"


def _put(store: sqlite3.Connection, batch: list[tuple[str, int, int, int, str]]) -> None:
    store.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?)", batch)
    batch.clear()


def _joined(store: sqlite3.Connection, tables: TableSet, notes: list[str]) -> Iterator[Record | Quarantined]:
    found = store.execute("SELECT * FROM rows ORDER BY identifier, kind, file, line")
    bills = total = 0
    for identifier, group in groupby(found, key=lambda row: str(row[0])):
        rows: list[Found] = []
        count = size = 0
        for _, kind, file, line, cells in group:
            count, size = count + 1, size + len(cells)
            if not rows or (count <= MAX_ROWS and size <= MAX_CHARACTERS):
                rows.append(Found(TABLES[kind], str(tables.files[file]), line, json.loads(cells)))
        total += count
        if count > len(rows):
            first = rows[0]
            reason = (
                f"{count:,} rows of {size:,} characters carry this identifier, and a bill has at most {MAX_ROWS:,} rows"
                f" and {MAX_CHARACTERS:,} characters; none of them was read: correct the identifier"
            )
            source = Source(file=first.file, row=first.line, path=f"identifier {identifier}"[:500])
            yield Quarantined(source=source, reason=reason, field=KEY, raw=first.cells)
            continue
        for item in _bills(identifier, rows):
            bills += isinstance(item, Record)
            yield item
    notes.append(f"{total:,} rows of {len(tables.files)} files make {bills:,} bills")


def _bills(identifier: str, rows: list[Found]) -> Iterator[Record | Quarantined]:
    headers = [row for row in rows if row.table == "header"]
    for row in rows if not headers else ():
        reason = "no row of the header table has this identifier; add the header's file, or correct the identifier"
        source = Source(file=row.file, row=row.line, path=f"identifier {identifier}"[:500])
        yield Quarantined(source=source, reason=reason, field=KEY, raw=row.cells)
    parts = [row for row in rows if row.table != "header"]
    for header in headers:
        source = Source(file=header.file, row=header.line, path=f"identifier {identifier}"[:500])
        try:
            yield shipment(identifier, header, parts, source)
        except InputError as error:
            reason = f"{error.message}; correct the row, or the rows of other tables with its identifier"
            yield Quarantined(source=source, reason=reason, raw=header.cells)
