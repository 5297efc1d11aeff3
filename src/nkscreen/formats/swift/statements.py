"""Entries of statements (MT940, 941, 942, 950): the line of the entry, and what banks tell of it in field 86.

Field 86 is free text. Many banks put fields of their own into it: two digits behind a mark (`?20`, `>20`, German and
Polish banks and others), or words between slashes (`/NAME/`, `/IBAN/`, Dutch banks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from nkscreen.formats.swift.messages import Field

_ENTRY: Final = re.compile(
    r"(?P<day>\d{6})(?:\d{4})?(?P<mark>R?[CD]|E[CD])[A-Z]?(?P<amount>\d[\d,]*)(?:[A-Z][A-Z0-9]{3})?(?P<rest>.*)"
)
_MARKED: Final = re.compile(r"\d{0,3}([?>+~@^$])\d\d")
_SLASHED: Final = re.compile(
    r"/(NAME|IBAN|BIC|REMI|EREF|BENM|ORDP|ADDR|TRTP|CSID|MARF|TRCD|PREF|RTYP|ULTD|ULTC|PURP|ISDT)/"
)
_WIDTH: Final = 27
"""Characters of a marked field; what fills it goes on in the next without a space."""

_NAMES: Final = ("32", "33")
_BIC: Final = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_NOTHING: Final = frozenset({"NONREF", "NOTPROVIDED"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its day (YYMMDD), whether money came in, its amount as written, and the words of its own line."""

    day: str
    credit: bool
    amount: str
    words: tuple[str, ...]


def entry(field: Field) -> Entry | None:
    """The entry in a field 61, None where its first line is none. A reversal turns credit and debit round."""
    found = _ENTRY.fullmatch(field.lines[0]) if field.lines else None
    if found is None:
        return None
    mark = found["mark"]
    credit = mark.endswith("C") != mark.startswith("R")
    pieces = re.split(r"//|\s{2,}", found["rest"])
    words = [text for piece in (*pieces, *field.lines[1:]) if _names_somebody(text := piece.strip())]
    return Entry(found["day"], credit, found["amount"], tuple(words))


def _names_somebody(text: str) -> bool:
    """Whether a piece of the entry's line is more than a reference: it is letters alone, or has several words."""
    letters = sum(map(str.isalpha, text))
    return text not in _NOTHING and letters > 2 and (" " in text or letters == len(text))


def told(lines: Sequence[str]) -> tuple[dict[str, Any], str]:
    """Who stands on the other side of an entry, by field 86, and the text that is left."""
    if _MARKED.match("".join(lines)[:8]):
        return _marked("".join(lines))
    text = " ".join(lines)
    return _slashed(text) if _SLASHED.search(text) else ({}, text)


def _marked(text: str) -> tuple[dict[str, Any], str]:
    mark = _MARKED.match(text)
    assert mark, "asked before"
    fields: dict[str, str] = {}
    for piece in re.split(rf"{re.escape(mark[1])}(?=\d\d)", text)[1:]:
        number = piece[:2]
        fields[number] = fields.get(number, "") + piece[2:]
    who: dict[str, Any] = {}
    if name := _joined([fields.pop(number, "") for number in _NAMES]):
        who["name"] = name
    bank, account = fields.pop("30", "").strip(), fields.pop("31", "").strip()
    if account:
        who["account"] = account
    if _BIC.fullmatch(bank):
        who["bank"] = bank
    rest = [fields[number] for number in fields if number not in {"00", "10", "34"}]
    return who, " ".join(filter(None, (fields.get("00", "").strip(), _joined(rest))))


def _joined(lines: Sequence[str]) -> str:
    text = ""
    for before, line in zip(("", *lines), lines, strict=False):
        text += line if len(before) >= _WIDTH else f" {line}"
    return " ".join(text.split())


def _slashed(text: str) -> tuple[dict[str, Any], str]:
    who: dict[str, Any] = {}
    rest = []
    for key, value in _pieces(text):
        value = value.strip("/ ")  # noqa: PLW2901
        if key == "NAME" and value and "name" not in who:
            who["name"] = value
        elif key == "IBAN" and value and "account" not in who:
            who["account"] = value
        elif key == "BIC" and _BIC.fullmatch(value):
            who["bank"] = value
        elif value:
            rest.append(value)
    return who, " ".join(rest)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    starts = list(_SLASHED.finditer(text))
    yield "", text[: starts[0].start()]
    for start, end in zip(starts, [*(found.start() for found in starts[1:]), len(text)], strict=True):
        yield start[1], text[start.end() : end]
