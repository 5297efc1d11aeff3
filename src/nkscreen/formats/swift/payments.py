"""What a message says as payments: one a message, one a transaction of an MT101, one an entry of a statement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from nkscreen.formats.edi.text import looks_like_text
from nkscreen.formats.swift.messages import Field, Message
from nkscreen.formats.swift.parties import party
from nkscreen.formats.swift.statements import entry, told

_CUSTOMER: Final = {
    "50": "debtor",
    "51": "instructing_agent",
    "52": "debtor_agent",
    "53": "intermediary_agents",
    "54": "intermediary_agents",
    "55": "intermediary_agents",
    "56": "intermediary_agents",
    "57": "creditor_agent",
    "58": "creditor",
    "59": "creditor",
}
"""Roles of the party fields in a transfer for a customer (MT103, MT101)."""

_BANKS: Final = _CUSTOMER | {"52": "debtor", "50": "ultimate_debtor", "59": "ultimate_creditor"}
"""The same between banks (MT202, MT205): the ordering and the beneficiary institution pay and are paid; the customer
behind a cover payment stands in sequence B."""

_MANY: Final = frozenset({"intermediary_agents", "other_parties"})
_NO_TEXT: Final = frozenset(
    ["11", "12", "13", "19", "20", "21", "23", "25", "26", "27", "28", "30", "32", "33", "34", "36", "37", "60"]
    + ["61", "62", "64", "65", "71", "90"]
)
"""References, dates, amounts and codes: what names nobody."""

_STATEMENTS: Final = frozenset({"940", "941", "942", "950"})
_AMOUNT: Final = re.compile(r"(?:(\d{6}))?([A-Z]{3})(\d[\d,]*)")
_BALANCE: Final = re.compile(r"(?:[CD]\d{6})?([A-Z]{3})[CD]?\d")
_CODE: Final = re.compile(r"/[A-Z0-9]{2,8}/")

Values = dict[str, Any]


def payments(message: Message) -> Iterator[Values]:
    """The values of each payment record; the texts that go to no field are in `unmapped_text`."""
    if message.type in _STATEMENTS:
        yield from _statement(message)
    elif message.type == "101":
        first = next((at for at, field in enumerate(message.fields) if field.tag == "21"), len(message.fields))
        common, rest = message.fields[:first], message.fields[first:]
        starts = [at for at, field in enumerate(rest) if field.tag == "21"]
        for at, end in pairwise([*starts, len(rest)]):
            yield _payment(message, (*common, *rest[at:end]))
        if not starts:
            yield _payment(message, common)
    else:
        yield _payment(message, message.fields)


def _payment(message: Message, fields: Sequence[Field]) -> Values:
    between_banks = message.type.startswith("2") or (not message.type and any(f.number == "58" for f in fields))
    roles = _BANKS if between_banks else _CUSTOMER
    found: Values = {"unmapped_text": []}
    if message.uetr:
        found["uetr"] = message.uetr
    for key, code in (("instructing_agent", message.sender), ("instructed_agent", message.receiver)):
        if code:
            found[key] = {"swift_bic": code}
    covered = False
    for field in fields:
        covered = covered or (between_banks and field.number == "50")
        role = roles.get(field.number)
        if field.tag in {"50C", "50L"}:
            role = "initiating_party"
        if role and covered and field.number not in {"50", "59"}:
            role = "other_parties"
        if role:
            _add_party(found, role, field)
        else:
            _add_text(found, field)
    return found


def _add_party(found: Values, role: str, field: Field) -> None:
    who = party(field)
    if who is None:
        _unmapped(found, field, " ".join(field.lines))
    elif role in _MANY:
        found.setdefault(role, []).append(who)
    elif role in found and role != "instructing_agent":
        found.setdefault("other_parties", []).append({**who, "role": role})
    else:
        found[role] = who


def _add_text(found: Values, field: Field) -> None:
    text = " ".join(field.lines)
    if field.tag in {"20", "21"} and "id" not in found:
        found["id"] = text[:500] or "no reference"
    elif field.number in {"32", "33"} and (stated := _AMOUNT.fullmatch(text)) and "amount" not in found:
        found["currency"], found["amount"] = stated[2], _number(stated[3])
        if stated[1]:
            found["date"] = _day(stated[1])
    elif field.tag == "30" and re.fullmatch(r"\d{6}", text):
        found["date"] = _day(text)
    elif field.number in {"70", "79", "86"}:
        before = found.get("remittance_information")
        found["remittance_information"] = f"{before} {text}" if before else text
    elif field.number not in _NO_TEXT or (field.number != "61" and looks_like_text(text)):
        for piece in _pieces(field.lines):
            _unmapped(found, field, piece)


def _pieces(lines: Sequence[str]) -> Iterator[str]:
    """The statements of a field with code words: `/INS/` begins one, `//` continues it."""
    piece = ""
    for line in lines:
        if line.startswith("//"):
            piece += f" {line[2:]}"
        elif (code := _CODE.match(line)) or not piece:
            if piece.strip():
                yield piece.strip()
            piece = line[code.end() :] if code else line
        else:
            piece += f" {line}"
    if piece.strip():
        yield piece.strip()


def _unmapped(found: Values, field: Field, text: str) -> None:
    if any(letter.isalpha() for letter in text):
        found["unmapped_text"].append({"place": f"field {field.tag}", "text": text})


def _statement(message: Message) -> Iterator[Values]:
    """Each entry (`:61:`) with what is told of it (`:86:`); texts that stand before the first entry go with it."""
    entries: list[list[Field]] = []
    before: list[Field] = []
    reference = next((" ".join(field.lines) for field in message.fields if field.tag == "20"), "statement")
    for field in message.fields:
        if field.tag == "61":
            entries.append([*before, field])
            before = []
        elif entries and field.number not in {"60", "62", "64", "65"}:
            entries[-1].append(field)
        else:
            before.append(field)
    for number, fields in enumerate(entries or [before], start=1):
        found = _payment(message, [field for field in fields if field.number not in {"32", "33", "86"}])
        line = next((field for field in fields if field.tag == "61"), None)
        credit = True
        if currency := next(filter(None, map(_currency, message.fields)), ""):
            found["currency"] = currency
        if line and (one := entry(line)):
            found["date"], found["amount"], credit = _day(one.day), _number(one.amount), one.credit
            for text in one.words:
                _unmapped(found, line, text)
        elif line:
            _unmapped(found, line, " ".join(line.lines))
        for field in fields:
            if field.number == "86":
                _add_told(found, field, credit)
        found["id"] = f"{reference}/{number}"
        yield found


def _currency(field: Field) -> str:
    """The currency of a balance, which is that of the statement."""
    found = _BALANCE.match(field.lines[0]) if field.number in {"60", "62", "34"} and field.lines else None
    return found[1] if found else ""


def _add_told(found: Values, field: Field, credit: bool) -> None:
    """Who is on the other side pays what comes in, and is paid what goes out."""
    who, text = told(field.lines)
    role = "debtor" if credit else "creditor"
    if bank := who.pop("bank", ""):
        found.setdefault(f"{role}_agent", {"swift_bic": bank})
    if who and role not in found:
        found[role] = who
    elif who:
        found.setdefault("other_parties", []).append({**who, "role": role})
    if text:
        before = found.get("remittance_information")
        found["remittance_information"] = f"{before} {text}" if before else text


def _number(text: str) -> float:
    return float(text.replace(",", ".").rstrip(".") or 0) if text.count(",") <= 1 else 0.0


def _day(text: str) -> str:
    """YYMMDD; SWIFT's years 80 to 99 are of the last century."""
    return f"{'19' if text[:2] >= '80' else '20'}{text[:2]}-{text[2:4]}-{text[4:6]}"
