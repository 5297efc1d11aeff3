"""A row of a table into a record of its kind, by the plan that the header gives."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from nkscreen.formats.mapping import Mapping
from nkscreen.formats.model import Quarantined
from nkscreen.formats.tables import cells as read
from nkscreen.formats.tables import ships
from nkscreen.formats.tables.cells import CellError, Given
from nkscreen.formats.tables.columns import currency_path
from nkscreen.formats.tables.draft import TRANSSHIPMENT_PORT, Draft
from nkscreen.formats.tables.finish import finish
from nkscreen.formats.tables.header import Header
from nkscreen.formats.tables.lines import Row
from nkscreen.formats.tables.numbers import decimal_comma
from nkscreen.formats.tables.paths import WEIGHT_UNITS, Target, resolve
from nkscreen.records import KINDS, Record, Source
from nkscreen.records.model import validation_message

SAMPLE_ROWS = 1_000
"""How many rows decide the order of day and month, and the decimal mark, of a column."""

_UNIT_OF = {weight: unit for unit, weight in WEIGHT_UNITS.items()}
_DAY_AND_MONTH = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2\d{2,4}\b")


@dataclass(frozen=True, slots=True)
class _Slot:
    target: Target
    sources: tuple[read.Source, ...]


class RowPlan:
    """How the rows of one table become records; from its first rows, `sample`, dates and numbers are learnt."""

    def __init__(self, header: Header, sample: Sequence[Row], mapping: Mapping, *, file: str, sheet: str = "") -> None:
        self.header, self.file, self.sheet = header, file, sheet
        self._slots = _slots(header, sample, mapping)

    def read(self, row: Row) -> Record | Quarantined:
        """The record of a row, or the row with the reason why it is none."""
        problem = row.problem or self._problem(row.cells)
        if problem:
            return self._quarantined(row, problem)
        try:
            data = self._data(row)
        except CellError as error:
            return self._quarantined(row, error.reason, self.header.names[error.column])
        if not data:
            return self._quarantined(row, "no recognised column holds a value; map its columns, or remove the row")
        data.setdefault("id", f"row {row.number}")
        data["source"] = Source(file=self.file, sheet=self.sheet, row=row.number)
        try:
            return KINDS[self.header.kind].model_validate(data)
        except ValidationError as error:
            return self._quarantined(row, f"{validation_message(error)}; repair the row")

    def _problem(self, cells: tuple[str, ...]) -> str:
        width = len(self.header.cells)
        if any(cell.strip() for cell in cells[width:]):
            return f"the row has {len(cells)} cells and the header {width}; quote cells that hold the separator"
        if cells == self.header.cells:
            return "the row repeats the header; remove it if two files were joined"
        return ""

    def _quarantined(self, row: Row, reason: str, field: str = "") -> Quarantined:
        names = (*self.header.names, *(f"column {n + 1}" for n in range(len(self.header.names), len(row.cells))))
        raw = dict(zip(names, row.cells, strict=False)) if row.cells else row.text
        source = Source(file=self.file, sheet=self.sheet, row=row.number)
        return Quarantined(source=source, reason=reason, field=field, raw=raw)

    def _data(self, row: Row) -> dict[str, Any]:
        draft = Draft()
        units = {}
        for slot in self._slots:
            items = read.given(row.cells, slot.sources)
            if not items:
                continue
            if slot.target.path in WEIGHT_UNITS:
                units[slot.target.path] = items[0].text
            elif self.header.kind == "vessel" and ships.reads(slot.target):
                ships.put(draft, slot.target, items, self.header.names)
            else:
                _put(draft, slot.target, items, units.get(_UNIT_OF.get(slot.target.path, ""), ""))
        return finish(self.header.kind, draft)


def _put(draft: Draft, target: Target, items: list[Given], unit: str) -> None:  # noqa: PLR0912  # one branch a type
    value: Any
    match target.leaf:
        case "name":
            _put_names(draft, target, items)
            return
        case "text":
            value = read.text(target, items)
        case "code" if target.path == TRANSSHIPMENT_PORT:
            draft.add(target, read.texts(items))
            return
        case "code":
            value = read.code(target, items)
        case "day":
            value = read.day(items)
        case "partial_date":
            value = read.partial_date(items)
        case "integer":
            value = read.integer(items)
        case "boolean":
            value = read.boolean(items)
        case "list":
            draft.add(target, read.items_of(target, items))
            return
        case "number" if target.path in _UNIT_OF:
            value = read.weight(items, unit)
        case "number":
            found = read.number(items)
            value = found[0] if found else None
            if found and found[1]:
                _put_unit(draft, target, found[1], items[0])
    if value is not None:
        draft.set(target, value)


def _put_names(draft: Draft, target: Target, items: list[Given]) -> None:
    """The preferred name, the others as aliases."""
    names = read.names(items)
    draft.set(target, names[0])
    if len(names) > 1 and target.further_names:
        draft.add(target, names[1:], field=target.further_names)


def _put_unit(draft: Draft, target: Target, unit: str, item: Given) -> None:
    beside = currency_path(target.path)
    if beside:
        draft.set(target, unit.upper(), field=beside.rpartition(".")[2], keep=True)
    elif target.field == "quantity":
        draft.set(target, unit, field="unit", keep=True)
    elif not item.source.match.unit:
        raise CellError(item.source.column, f"{item.text[:60]!r} is not a plain number; write it as 1234.5")


def _slots(header: Header, sample: Sequence[Row], mapping: Mapping) -> tuple[_Slot, ...]:
    """The fields that the columns feed, units of weight first, each with its columns in order of preference."""
    targets = {index: resolve(header.kind, match.path) for index, match in enumerate(header.matches) if match}
    samples = {index: [row.cells[index] for row in sample if index < len(row.cells)] for index in targets}
    numbers = [index for index, target in targets.items() if target.leaf in {"number", "integer"}]
    days = [index for index, target in targets.items() if target.leaf in {"day", "partial_date"}]
    commas = _settled({index: decimal_comma(samples[index]) for index in numbers}, mapping.decimal_comma)
    orders = _settled({index: _day_first(samples[index]) for index in days}, mapping.day_first)
    by_path: dict[str, list[read.Source]] = defaultdict(list)
    for index, match in enumerate(header.matches):
        if match:
            by_path[match.path].append(read.Source(index, match, commas.get(index), orders.get(index)))
    slots = [
        _Slot(resolve(header.kind, path), tuple(sorted(sources, key=lambda source: (source.match.rank, source.column))))
        for path, sources in by_path.items()
    ]
    return tuple(sorted(slots, key=lambda slot: slot.target.path not in WEIGHT_UNITS))


def _settled(votes: dict[int, bool | None], told: bool | None) -> dict[int, bool | None]:
    """What the user says, else what the column shows, else what the other columns of the sheet agree on."""
    if told is not None:
        return dict.fromkeys(votes, told)
    known = {vote for vote in votes.values() if vote is not None}
    common = known.pop() if len(known) == 1 else None
    return {index: common if vote is None else vote for index, vote in votes.items()}


def _day_first(texts: Iterable[str]) -> bool | None:
    """The order that a part above twelve shows; where none does, that of dates with dots, which is the day first.

    None when the dates disagree, or have no dots.
    """
    found = [match for text in texts if (match := _DAY_AND_MONTH.match(text.strip()))]
    votes = {int(match[1]) > 12 for match in found if (int(match[1]) > 12) != (int(match[3]) > 12)}
    if not votes and found and all(match[2] == "." for match in found):
        return True
    return votes.pop() if len(votes) == 1 else None
