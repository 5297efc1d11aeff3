"""What reading a file gives: records, rows that could not become records, and how the file was understood."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

from pydantic import field_validator

from nkscreen.errors import InputError
from nkscreen.records import Record, Source
from nkscreen.records.model import Model

MAX_RAW_CHARACTERS = 2_000
"""How much of an unreadable row is kept: enough to find it in its file, too little to fill a disk."""


class Quarantined(Model):
    """A row that could not become a record. `reason` is one sentence that says what to do; `field` the column, if one.

    `raw` is the row as column → cell, or the line itself when it could not be cut into cells, at most 2,000 characters.
    """

    source: Source
    reason: str
    field: str = ""
    raw: dict[str, str] | str = ""

    @field_validator("raw")
    @classmethod
    def _cut(cls, raw: dict[str, str] | str) -> dict[str, str] | str:
        if isinstance(raw, str):
            return raw[:MAX_RAW_CHARACTERS]
        left = MAX_RAW_CHARACTERS
        kept = {}
        for column, cell in raw.items():
            if left <= 0:
                break
            name = column[:left]
            kept[name] = cell[: left - len(name)]
            left -= len(name) + len(kept[name])
        return kept


class ColumnMap(Model):
    """One column of a table: its header, the record field it goes to (None: not read) and how that was decided.

    `column` counts from 1. `how` is "recognised", "map file" or, for `path` None, "not recognised" or "left out".
    `unit` is a unit or currency that the header itself states (`GROSS WEIGHT (KG)`).
    """

    column: int
    header: str
    path: str | None = None
    how: str = "recognised"
    unit: str = ""


class Input(Iterator[Record | Quarantined]):
    """The records of one file, in file order, read as they are asked for. Iterate once.

    Raises InputError while iterating when the file breaks off, unless `quarantine_break` is set.

    Attributes:
        file: the name as given ("-" for standard input).
        format: what the file is, e.g. "CSV, cp1251, semicolon".
        why: how that was known, e.g. "its root element is Declaration".
        kind: the kind of record; "mixed" when sheets or lines differ.
        columns: for tables, per sheet ("" for CSV), what each column was taken for.
        notes: what the user should know about the reading (a hidden sheet that was not read, a wrong count); what is
            seen on the way is there when the file has been read.
        quarantine_break: when the file breaks off, a quarantined item says so and ends it, and nothing is raised.
        broken: why the file could not be read to its end; "" where it could.
        read: rows taken from the file so far; always `records + quarantined`. Blank rows and rows above the header
            are not counted.
    """

    def __init__(
        self,
        items: Iterator[Record | Quarantined],
        *,
        file: str,
        format: str,  # noqa: A002
        kind: str,
        columns: Mapping[str, tuple[ColumnMap, ...]] | None = None,
        notes: Sequence[str] = (),
        close: Callable[[], None] | None = None,
    ) -> None:
        self.file, self.format, self.kind, self._notes = file, format, kind, notes
        self.why = ""
        self.columns: Mapping[str, tuple[ColumnMap, ...]] = columns or {}
        self.records = self.quarantined = 0
        self.quarantine_break, self.broken = False, ""
        self._items, self._close = items, close

    @classmethod
    def unread(cls, file: str, error: InputError) -> Self:
        """A file that could not even be opened: reading it is the error, or with `quarantine_break` its one item."""

        def items() -> Iterator[Record | Quarantined]:
            raise error
            yield

        return cls(items(), file=file, format="not read", kind="")

    @property
    def read(self) -> int:
        return self.records + self.quarantined

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(self._notes)

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Headers of columns that go to no field of a record, in file order, each once."""
        return tuple(dict.fromkeys(c.header for columns in self.columns.values() for c in columns if c.path is None))

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Record | Quarantined:
        try:
            item = next(self._items)
        except OSError as error:
            self.close()
            broke = InputError(f"the file broke off while it was read ({error}); read it again", file=self.file)
            if not self.quarantine_break:
                raise broke from error
            item = self._break(broke)
        except InputError as error:
            self.close()
            if not self.quarantine_break:
                raise
            item = self._break(error)
        except BaseException:
            self.close()
            raise
        if isinstance(item, Quarantined):
            self.quarantined += 1
        else:
            self.records += 1
        return item

    def _break(self, error: InputError) -> Quarantined:
        self.broken = str(error)
        self._items = iter(())
        return Quarantined(source=Source(file=self.file), reason=self.broken.removeprefix(f"{self.file}: "))

    def close(self) -> None:
        """Close the file; done by itself at the end of reading."""
        if self._close is not None:
            self._close()
            self._close = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
