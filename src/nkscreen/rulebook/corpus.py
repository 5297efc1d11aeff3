"""Records of one kind as a table, for back-testing: made once, kept as Parquet, asked many times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from nkscreen.alerts.model import Hit
from nkscreen.errors import InputError
from nkscreen.records import KINDS, Record
from nkscreen.rulebook.language import ListOf, Node, Object, Type
from nkscreen.rulebook.language.columns import Columns, polars_type
from nkscreen.rulebook.vocabulary import RuleHit, record_type, view

_Given: TypeAlias = Record | tuple[Record, Sequence[Hit | RuleHit]]

_PART: Final = 5_000
"""Records whose views are held until they become a part of the table: some 50 MB."""
_KIND: Final = "nkscreen.kind"
"""Under this key of a Parquet file's metadata stands the kind of its records."""


class Corpus:
    """Records of one kind (`shipment`, ...) and the hits on them, as rules see them.

    `frame` has one row a record, its columns typed by the vocabulary: text and codes as String, numbers
    as Int64 and Float64, days as Date, parts as Struct, lists as List. A field that no record gives may be left out.
    """

    def __init__(self, kind: str, frame: pl.DataFrame) -> None:
        """Wrap a frame.

        Raises:
            InputError: for a kind that does not exist, and for a column that is not as the vocabulary has it.
        """
        if kind not in KINDS:
            raise InputError(f"there is no kind of record {kind!r}; write one of {', '.join(KINDS)}")
        self.kind, self.frame = kind, frame
        self._days: dict[tuple[tuple[str, ...], date], npt.NDArray[np.datetime64]] = {}
        fields = record_type(KINDS[kind]).fields
        if "id" not in frame.columns:
            raise InputError("a corpus needs the column id")
        for name, found in frame.schema.items():
            problem = _mismatch(found, fields[name], name) if name in fields else f"{name}: a {kind} has no such field"
            if problem:
                raise InputError(problem)

    def __len__(self) -> int:
        return self.frame.height

    @classmethod
    def of(cls, records: Iterable[_Given]) -> Self:
        """A corpus of records, each alone or with the hits on it.

        Raises:
            InputError: for records of different kinds, and for none.
        """
        builder = None
        for given in records:
            record, hits = given if isinstance(given, tuple) else (given, ())
            builder = builder or CorpusBuilder(record.kind)
            builder.add(record, hits)
        if builder is None:
            raise InputError("a corpus holds records of one kind, not of none")
        return cls(builder.kind, builder.frame())

    @classmethod
    def read_parquet(cls, path: Path | str) -> Self:
        """Read what `write_parquet` wrote.

        Raises:
            InputError: the file is no corpus.
        """
        try:
            kind = pl.read_parquet_metadata(path).get(_KIND, "")
            frame = pl.read_parquet(path)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise InputError(f"{path} cannot be read as Parquet: {error}") from error
        if not kind:
            raise InputError(f"{path} does not say what kind of records it holds; write it with Corpus.write_parquet")
        return cls(kind, frame)

    def write_parquet(self, path: Path | str) -> None:
        """Write the frame, and in its metadata the kind of the records."""
        self.frame.write_parquet(path, metadata={_KIND: self.kind})

    @cached_property
    def columns(self) -> Columns:
        """The columns that were read so far, to be asked again by the next set of rules."""
        return Columns(self.frame, record_type(KINDS[self.kind]))

    def days(self, clock: tuple[str, ...], as_of: date) -> npt.NDArray[np.datetime64]:
        """A date of every record, `as_of` where it has none."""
        if (clock, as_of) not in self._days:
            self._days[clock, as_of] = self.columns.root.column(clock).fill_null(as_of).to_numpy()
        return self._days[clock, as_of]

    def view(self, row: int) -> dict[str, Any]:
        """One record as `vocabulary.view` shows it, hits included; rows are counted from 0."""
        shown: dict[str, Any] = _shown(record_type(KINDS[self.kind]), self.frame.row(row, named=True))
        return shown

    def outcomes(self, conditions: Mapping[str, Node]) -> pl.DataFrame:
        """Checked trees over this kind of record, asked of all: a Boolean column each, null for unknown."""
        return self.columns.outcomes(conditions)


class CorpusBuilder:
    """A corpus that grows record by record. Memory holds the table and the views of a few thousand records."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._views: list[dict[str, Any]] = []
        self._parts: list[tuple[Type, pl.DataFrame]] = []

    def add(self, record: Record, hits: Sequence[Hit | RuleHit] = ()) -> None:
        """Take in a record and the hits on it.

        Raises:
            InputError: for a record of another kind.
        """
        if record.kind != self.kind:
            kinds = ", ".join(sorted((record.kind, self.kind)))
            raise InputError(f"a corpus holds records of one kind, not of {kinds}")
        self._views.append(view(record, hits))
        if len(self._views) >= _PART:
            self._flush()

    def _flush(self) -> None:
        kind = record_type(KINDS[self.kind])
        used = _used(kind, self._views) or kind
        self._parts.append((used, _frame(self._views, used)))
        self._views = []

    def frame(self) -> pl.DataFrame:
        """All of it as a frame, without the fields that no record gives.

        Raises:
            InputError: there is no record.
        """
        if self._views:
            self._flush()
        if not self._parts:
            raise InputError(f"a corpus needs a record; no {self.kind} was read")
        whole = _schema(_joined([used for used, _ in self._parts]))
        return pl.concat([_widened(frame, whole) for _, frame in self._parts], rechunk=True)


def frame_of(views: Sequence[Mapping[str, Any]], kind: Object) -> pl.DataFrame:
    """Views of records (`vocabulary.view`) as a frame, without the fields that none of them gives."""
    return _frame(views, _used(kind, views) or kind)


def _frame(views: Sequence[Mapping[str, Any]], kind: Type) -> pl.DataFrame:
    return pl.DataFrame(views, schema=_schema(kind), strict=True)


def _schema(kind: Type) -> dict[str, pl.DataType]:
    assert isinstance(kind, Object), "a record has fields"
    return {name: polars_type(field) for name, field in kind.fields.items()}


def _widened(frame: pl.DataFrame, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """The frame with the columns that other parts have, and the fields in them."""
    absent = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in schema.items() if name not in frame.columns]
    return frame.with_columns(absent).select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def _joined(kinds: Sequence[Type]) -> Type:
    """The type that has the fields of all."""
    first = kinds[0]
    if isinstance(first, Object):
        objects = [kind for kind in kinds if isinstance(kind, Object)]
        names = dict.fromkeys(name for kind in objects for name in kind.fields)
        fields = {name: _joined([kind.fields[name] for kind in objects if name in kind.fields]) for name in names}
        return Object(first.name, fields)
    if isinstance(first, ListOf):
        items = [kind.item for kind in kinds if isinstance(kind, ListOf) and kind.item is not None]
        return ListOf(_joined(items)) if items else first
    return first


def _shown(kind: Type, value: Any) -> Any:
    """A value of a frame with the fields that the frame leaves out, every one of them missing."""
    if value is None:
        return None
    if isinstance(kind, Object):
        return {name: _shown(field, value.get(name)) for name, field in kind.fields.items()}
    if isinstance(kind, ListOf) and kind.item is not None:
        return [_shown(kind.item, item) for item in value]
    return value


def _used(kind: Type, values: Sequence[Any]) -> Type | None:
    """The type without the fields of which every value is missing; None when nothing is given at all."""
    given = [value for value in values if value is not None]
    if not given:
        return None
    if isinstance(kind, ListOf):
        items = _used(kind.item, [item for value in given for item in value]) if kind.item is not None else None
        return ListOf(items or kind.item)
    if isinstance(kind, Object):
        fields = {name: _used(field, [value[name] for value in given]) for name, field in kind.fields.items()}
        found = {name: field for name, field in fields.items() if field is not None}
        return Object(kind.name, found) if found else kind
    return kind


def _mismatch(found: pl.DataType, wanted: Type, path: str) -> str | None:
    """What is wrong with a column, or None."""
    if isinstance(wanted, Object) and isinstance(found, pl.Struct):
        for field in found.fields:
            here = f"{path}.{field.name}"
            if field.name not in wanted.fields:
                return f"{here}: there is no such field"
            problem = _mismatch(pl.Series([], dtype=field.dtype).dtype, wanted.fields[field.name], here)
            if problem:
                return problem
        return None
    if isinstance(wanted, ListOf) and isinstance(found, pl.List) and wanted.item is not None:
        return _mismatch(pl.Series([], dtype=found.inner).dtype, wanted.item, f"{path}[]")
    return None if found == polars_type(wanted) else f"{path} must be {polars_type(wanted)}, not {found}"
