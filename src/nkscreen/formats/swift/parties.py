"""Parties in the options of SWIFT's party fields: A (BIC), D, K and none (name and address), F (numbered lines)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, Final

from nkscreen.formats.edi.text import NAME_WIDTH, continues, named
from nkscreen.formats.swift.messages import Field
from nkscreen.records.codes import bic

_NUMBERED: Final = re.compile(r"([1-8])/(.*)")
_BIC: Final = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_COUNTRY: Final = re.compile(r"([A-Z]{2})(?:/(.*))?")

Party = dict[str, Any]


def party(field: Field) -> Party | None:
    """The party of a field as values of a record's party; None where it names nobody (a clearing code, an account)."""
    lines = list(field.lines)
    found: Party = {}
    if lines and lines[0].startswith("/"):
        found["account"] = lines.pop(0).lstrip("/")
    if field.option == "F" or (lines and _NUMBERED.fullmatch(lines[0])):
        found |= _numbered(lines)
    elif field.option in {"A", "G"} or (len(lines) == 1 and _is_bic(lines[0])):
        _with_bic(found, lines)
    elif lines:
        found |= _named(lines)
    return found if found.keys() & {"name", "swift_bic"} else _account_alone(found)


def _account_alone(found: Party) -> Party | None:
    """An account line may hold a name where a bank wrote it there: `:52A:/NAGODA BRANCH`."""
    account = found.get("account", "")
    letters = sum(letter.isalpha() for letter in account)
    return {"name": account} if letters > 5 and " " in account else None


def _is_bic(line: str) -> bool:
    return bool(_BIC.fullmatch(line)) and bic.parse(line) is not None


def _with_bic(found: Party, lines: list[str]) -> None:
    for number, line in enumerate(lines):
        if _BIC.fullmatch(line):
            found["swift_bic"] = line
            rest = lines[:number] + lines[number + 1 :]
            if rest:
                found["name"] = " ".join(rest)
            return
    if lines:
        found |= _named(lines)


def _named(lines: list[str]) -> Party:
    first, *rest = lines
    further = 1 if rest and continues(first, rest[0]) else 0
    found: Party = named(first, rest[:further])
    if rest and not further and len(first) >= NAME_WIDTH:
        found["aliases"] = (first + rest[0],)
    if rest[further:]:
        found["address"] = ", ".join(rest[further:])
    return found


def _numbered(lines: list[str]) -> Party:
    """`1/` name, `2/` street, `3/` country and town, `4/` birth date, `5/` birth place, `6/` and `7/` numbers."""
    parts: dict[str, list[str]] = {}
    found: Party = {}
    last = ""
    for line in lines:
        numbered = _NUMBERED.fullmatch(line)
        if numbered:
            last = numbered[1]
            parts.setdefault(last, []).append(numbered[2])
        elif last:
            parts[last][-1] += f" {line}"
        else:
            found.setdefault("documents", []).append({"number": line.rpartition("/")[2] or line, "type": line})
    if names := parts.get("1"):
        found["name"] = _joined(names)
    address = list(parts.get("2", ()))
    for number, key in (("3", "country"), ("5", "birth_place")):
        for place in parts.get(number, ()):
            country = _COUNTRY.fullmatch(place)
            if country and number == "3":
                found.setdefault(key, country[1])
                address += [country[2]] if country[2] else []
            elif number == "3":
                address.append(place)
            else:
                found[key] = (country[2] or country[1]) if country else place
    if born := parts.get("4"):
        found["birth_date"] = born[0]
    found.setdefault("documents", []).extend(
        {"number": number.rpartition("/")[2], "type": number} for key in ("6", "7") for number in parts.get(key, ())
    )
    if address:
        found["address"] = ", ".join(filter(None, address))
    return {key: value for key, value in found.items() if value}


def _joined(names: list[str]) -> str:
    """A name over several lines; one that fills its line goes on without a space."""
    text = names[0]
    for before, name in pairwise(names):
        text += name if len(before) >= NAME_WIDTH - len("1/") else f" {name}"
    return text
