"""Cells of one field into its value. What is given and cannot be read is an error with its column, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nkscreen.formats.tables.columns import RAW_RANK, Match
from nkscreen.formats.tables.numbers import kilograms, parse, split
from nkscreen.formats.tables.paths import Target
from nkscreen.records.codes import dates, nameless

ABSENT = frozenset({"", "NULL", "(NULL)", "-0-", "\\N", "<NA>", "NaN", "nan", "#N/A"})
"""Cells in which databases and spreadsheets write that there is nothing (5,341 NULL in 46,397 real trade rows)."""

NO_VALUE = frozenset(
    {
        "n/a",
        "na",
        "n.a.",
        "n.a",
        "-",
        "--",
        "?",
        "nil",
        "none",
        "unknown",
        "not available",
        "0000-00-00",
        "00/00/0000",
        "00.00.0000",
        "00000000",
    }
)
"""What people write for no date or number, in lower case."""

_JOINED = frozenset({"address", "description", "marks", "remarks", "remittance_information", "purpose"})
_NAME_PARTS = {
    **dict.fromkeys(("first", "given", "forename"), 0),
    **dict.fromkeys(("middle", "patronymic"), 1),
    **dict.fromkeys(("last", "family", "surname"), 2),
}
_BOOLEANS = {
    **dict.fromkeys(("true", "yes", "y", "1", "да", "si", "oui"), True),
    **dict.fromkeys(("false", "no", "n", "0", "нет", "non"), False),
}
_LIST = re.compile(r"[;|\n]|\s/\s")
_CODES = re.compile(r"[,;|/\s]+")  # container numbers hold no spaces


class CellError(Exception):
    """A given value that cannot be read: the column it stands in and one sentence for the analyst."""

    def __init__(self, column: int, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


@dataclass(frozen=True, slots=True)
class Source:
    """A column that feeds a field. `comma` and `day_first` are how its sheet writes numbers and dates."""

    column: int
    match: Match
    comma: bool | None = None
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A cell that is not empty, and the column it is from."""

    text: str
    source: Source


def given(cells: tuple[str, ...], sources: Iterable[Source]) -> list[Given]:
    """The cells of these columns that hold something, in order of preference."""
    found = []
    for source in sources:
        text = cells[source.column].strip() if source.column < len(cells) else ""
        if text not in ABSENT:
            found.append(Given(text, source))
    return found


def texts(items: list[Given]) -> list[str]:
    """The texts without repeats; columns marked RAW only where there are no others."""
    clean = [item for item in items if item.source.match.rank[0] < RAW_RANK] or items
    return list(dict.fromkeys(item.text for item in clean))


def text(target: Target, items: list[Given]) -> str | None:
    """Free text: addresses and descriptions spread over columns are joined, of others the preferred one is taken.

    A description of the tariff heading stands in only where the goods themselves are not described.
    """
    if target.field not in _JOINED:
        return items[0].text
    if target.field == "description":
        # A column ITEM may hold the goods, or their running number.
        items = [item for item in items if any(map(str.isalpha, item.text))] or items[:0]
    own = [item for item in items if not {"hs"} & set(item.source.match.phrase)] or items
    return (", " if target.field == "address" else " ").join(texts(own)) or None


def names(items: list[Given]) -> list[str]:
    """The names in order of preference; a name that is spread over columns (FIRST NAME, LAST NAME) is put together.

    "TO THE ORDER OF ACME BANK" stays, since it says that the paper is negotiable, and is followed by ACME BANK.
    """
    parts = sorted((order, item.text) for item in items if (order := _part_of_name(item)) is not None)
    whole = [item.text for item in items if _part_of_name(item) is None]
    whole += [" ".join(text for _, text in parts)] if parts else []
    banks = [party for text in whole if (party := nameless.order_party(text))]
    return list(dict.fromkeys([*whole, *banks]))


def _part_of_name(item: Given) -> int | None:
    return next((_NAME_PARTS[word] for word in item.source.match.phrase if word in _NAME_PARTS), None)


def code(target: Target, items: list[Given]) -> str:
    """The first text that can be read as the code, else the first as given (the record then reports it)."""
    assert target.code is not None
    parsed = target.code.parse
    return next((item.text for item in items if parsed(item.text)), items[0].text)


def day(items: list[Given]) -> object:
    """A date, or None for 0000-00-00 and the like."""
    item = items[0]
    if item.text.lower() in NO_VALUE:
        return day(items[1:]) if len(items) > 1 else None
    found = dates.parse_day(item.text, day_first=item.source.day_first)
    if found is None:
        readable = dates.parse_day(item.text, day_first=True) is not None
        settle = " A map file with `day_first: true` (or false) settles the whole table." if readable else ""
        raise CellError(item.source.column, dates.why(item.text) + settle)
    return found


def partial_date(items: list[Given]) -> str:
    """A birth or founding date as a text that the record reads; day and month in the order of its column."""
    item = items[0]
    return dates.parse_partial(item.text, day_first=item.source.day_first) or item.text


def number(items: list[Given]) -> tuple[float, str] | None:
    """A number and the unit or currency that stands beside it in the cell, or None for "n/a" and the like."""
    item = items[0]
    if item.text.lower() in NO_VALUE:
        return number(items[1:]) if len(items) > 1 else None
    lead = re.match(r"[A-Za-z$€£¥₩]{1,3}\s*(?=[\d.,+-])", item.text)
    digits, unit = split(item.text[lead.end() :] if lead else item.text)
    value = parse(digits, comma=item.source.comma) if digits else None
    if value is None or len(unit) > 20:
        raise CellError(item.source.column, f"{item.text[:60]!r} is not a number; write it as 1234.5")
    return value, unit or (lead[0].strip() if lead else "") or item.source.match.unit


def integer(items: list[Given]) -> int | None:
    """A whole number, or None for "n/a" and the like."""
    found = number(items)
    if found is None:
        return None
    value, unit = found
    if value != int(value) or unit:
        raise CellError(items[0].source.column, f"{items[0].text[:60]!r} is not a whole number; write it as 12")
    return int(value)


def boolean(items: list[Given]) -> bool | None:
    """Yes or no, or None for "unknown" and the like."""
    item = items[0]
    value = _BOOLEANS.get(item.text.lower())
    if value is None and item.text.lower() not in NO_VALUE:
        raise CellError(item.source.column, f"{item.text[:60]!r} is neither yes nor no; write yes or no")
    return value


def items_of(target: Target, items: list[Given]) -> list[str]:
    """The items of a cell that holds a list: codes split at any separator, names at semicolon, bar, line or " / "."""
    splitter = _CODES if target.field == "container_numbers" else _LIST
    return list(dict.fromkeys(part.strip() for item in items for part in splitter.split(item.text) if part.strip()))


def weight(items: list[Given], unit: str) -> float | None:
    """A weight in kilograms. `unit` is that of a unit column; one in the cell or in the header comes first."""
    found, item = number(items), items[0]
    if found is None:
        return None
    value, own = found
    factor = kilograms(own or unit or "kg")
    if factor is None:
        raise CellError(
            item.source.column, f"{f'{item.text} {unit}'.strip()[:60]!r} has no known unit of weight; write kg, t or lb"
        )
    return value * factor
