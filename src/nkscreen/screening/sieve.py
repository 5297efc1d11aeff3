"""Which rows of a frame of counterparties must be screened one by one: all but those that certainly meet nothing.

A row meets nothing when its name can hit no listed name, nothing else in it finds an entry or is a defect, and no rule
may find anything. Names are asked together, rules column by column; everything else is asked once for each different
value: of a column on its own where nothing else reads it, of the remaining columns taken together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nkscreen.errors import InputError
from nkscreen.matching.names.normalise import words
from nkscreen.records import Counterparty, Record
from nkscreen.records.codes.nameless import is_nameless, order_party
from nkscreen.records.fields import clean_text
from nkscreen.rulebook.corpus import frame_of
from nkscreen.rulebook.vocabulary import record_type, rule_name, view
from nkscreen.screening.defects import defects, screenable
from nkscreen.screening.screener import Screener

ALONE = frozenset(
    {
        "account",
        "account_count",
        "address",
        "birth_date",
        "birth_place",
        "country",
        "gender",
        "incorporation_date",
        "nationality",
        "phone",
        "sector",
        "staff_nationality",
    }
)
"""Fields that mean the same whatever stands beside them: by themselves they find no entry, and nothing is derived from
them together with another field."""

LONGEST_NAME = 1_000
"""Letters from which a name is left to single screening."""

_NAMELESS = {"DATA-NAME", "DATA-EMPTY"}

Rows = NDArray[np.bool_]


def rows_to_screen(screener: Screener, frame: pl.DataFrame) -> Rows:
    """Of each row whether it must be screened in full. The columns are named as the fields of a counterparty."""
    if frame.schema.get("name") != pl.String or not frame.height:
        return np.ones(frame.height, dtype=bool)
    together = [name for name in frame.columns if name not in ALONE | {"id", "name"}]
    groups = [_Group.of(screener, frame, [name]) for name in frame.columns if name in ALONE]
    groups.append(_Group.of(screener, frame, together))
    doubtful: Rows = ~_usable_ids(frame)
    for group in groups:
        doubtful |= group.doubtful
    rows, numbers = _different(frame, ["name"])
    names = frame["name"].gather(rows).to_list()
    doubtful |= np.array([_doubtful_name(screener, name) for name in names], dtype=bool)[numbers]
    open_rows = np.flatnonzero(~doubtful)
    doubtful[open_rows] = _can_hit(screener, names, numbers[open_rows], groups[-1].schemas[open_rows])
    open_rows = np.flatnonzero(~doubtful)
    if len(open_rows):
        columns = [frame["name"].gather(open_rows)]
        for group in groups:
            columns += group.columns(open_rows)
        doubtful[open_rows] = screener.rulebook.may_find(Counterparty.kind, pl.DataFrame(columns))
    return doubtful


@dataclass(frozen=True)
class _Group:
    """Columns that are asked together: of each row the number of its values, and what is so of these."""

    numbers: NDArray[np.intp]
    shown: pl.DataFrame
    doubtful: Rows
    schemas: NDArray[np.object_]

    @classmethod
    def of(cls, screener: Screener, frame: pl.DataFrame, fields: list[str]) -> _Group:
        rows, numbers = _different(frame, fields)
        records = [_record(frame.row(row, named=True), fields) for row in rows.tolist()]
        views = [view(record or Counterparty(id="x")) for record in records]
        shown = frame_of(views, record_type(Counterparty))
        if fields and fields[0] in ALONE:
            shown = shown.select(name for name in map(rule_name, fields) if name in shown.columns)
            found = [record is None or bool(record.uncertainties()) or any(record.texts()) for record in records]
        else:
            shown = shown.drop({"name", *map(rule_name, ALONE)}, strict=False)
            found = [record is None or _meets_something(screener, record) for record in records]
        doubtful = np.array(found, dtype=bool)
        schemas = np.array([record.schema_ if record else "LegalEntity" for record in records], dtype=object)
        return cls(numbers, shown, doubtful[numbers], schemas[numbers])

    def columns(self, rows: NDArray[np.intp]) -> Iterable[pl.Series]:
        return self.shown[self.numbers[rows]].get_columns() if self.shown.width else ()


def _record(row: Mapping[str, Any], fields: list[str]) -> Counterparty | None:
    try:
        return Counterparty.read({"id": "x", **{name: row[name] for name in fields}})
    except InputError:
        return None


def _meets_something(screener: Screener, record: Record) -> bool:
    """Whether a record without its name has hits, ties or defects."""
    mentions = tuple(record.mentions())
    found = {item.rule_id for item in defects(record, mentions, record.uncertainties(), screener.policy)}
    return (
        bool(found - _NAMELESS)
        or any(record.texts())
        or any(mention.path and not screenable(mention) for mention in mentions)
        or any(screener.tied(name) for mention in mentions for _, name in mention.names)
        or bool(screener.hits(record))
    )


def _doubtful_name(screener: Screener, name: str | None) -> bool:
    """Whether a name is none, or is read in another way than letter by letter."""
    return (
        not name
        or len(name) > LONGEST_NAME
        or clean_text(name) != name
        or not words(name)
        or is_nameless(name)
        or order_party(name) is not None
        or screener.tied(name)
    )


def _usable_ids(frame: pl.DataFrame) -> Rows:
    """Whether the id of a row is a text that is taken as it is."""
    if "id" not in frame.columns:
        return np.ones(frame.height, dtype=bool)
    ids = frame["id"]
    if ids.dtype.is_integer():
        return ids.is_not_null().to_numpy()
    if ids.dtype != pl.String:
        return np.zeros(frame.height, dtype=bool)
    return ids.str.len_chars().is_between(1, 500).fill_null(False).to_numpy()


def _different(frame: pl.DataFrame, columns: list[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The first row of each combination of values in these columns, and of each row the number of its combination."""
    if not columns:
        return np.arange(min(1, frame.height)), np.zeros(frame.height, dtype=np.intp)
    numbered = frame.select(columns).with_row_index("row number")
    firsts = numbered.select(pl.col("row number").first().over(columns)).to_series().to_numpy()
    rows, numbers = np.unique(firsts, return_inverse=True)
    return rows.astype(np.intp), numbers.astype(np.intp)


def _can_hit(
    screener: Screener, names: list[str | None], numbers: NDArray[np.intp], schemas: NDArray[np.object_]
) -> Rows:
    """Of each row whether its name may find an entry; a name is asked once."""
    found = np.zeros(len(numbers), dtype=bool)
    for schema in dict.fromkeys(schemas.tolist()):
        rows = np.flatnonzero(schemas == schema)
        different, where = np.unique(numbers[rows], return_inverse=True)
        found[rows] = screener.can_hit([names[number] for number in different.tolist()], schema)[where]
    return found
