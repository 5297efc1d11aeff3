"""A Fedwire message as the values of a payment. Text that goes to no field is unmapped text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from nkscreen.formats.edi.text import looks_like_text
from nkscreen.formats.fedwire.messages import PARTIES, Tag
from nkscreen.formats.swift.messages import Field
from nkscreen.formats.swift.parties import party as swift_party

Values = dict[str, Any]

_ROLES: Final = {
    "4100": "creditor_agent",
    "4200": "creditor",
    "5000": "debtor",
    "5010": "debtor",
    "5100": "debtor_agent",
}
_OTHERS: Final = {"4400": "account debited in drawdown", "5200": "instructing institution"}
_COVERED: Final = {"7050": "ultimate_debtor", "7059": "ultimate_creditor"}
_COVERED_BANKS: Final = frozenset(["7052", "7056", "7057"])
_DOCUMENTS: Final = {
    "1": "passport",
    "2": "tax id",
    "3": "driver's licence",
    "4": "alien registration",
    "5": "corporate id",
    "9": "other",
    "F": "Fed routing number",
    "U": "CHIPS identifier",
    "C": "CHIPS participant",
}
"""Kinds of identifier (element of {4000} to {5200}); `B` and `T` are BICs, `D` an account."""

_BIC: Final = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_NUMBERS: Final = frozenset(["1100", "1110", "1120", "1500", "1510", "3500", "3600", "3610", "3700", "3710", "3720"])
"""Codes, times and references: what names nobody."""


def payment(tags: Iterable[Tag]) -> Values:
    """The values of a payment record."""
    found: Values = {"unmapped_text": []}
    for tag in tags:
        if tag.number in PARTIES or tag.number == "5010":
            _add_party(found, tag)
        elif tag.number in _COVERED or tag.number in _COVERED_BANKS:
            _add_covered(found, tag)
        elif not _add_value(found, tag) and tag.number not in _NUMBERS:
            _add_text(found, tag)
    return found


def _add_text(found: Values, tag: Tag) -> None:
    text = " ".join(part for part in tag.parts if any(map(str.isalpha, part)))
    if sum(map(str.isalpha, text)) > 3:
        found["unmapped_text"].append({"place": tag.number, "text": text})


def _add_party(found: Values, tag: Tag) -> None:
    who = _numbered(tag) if tag.number == "5010" else _party(tag)
    role = _ROLES.get(tag.number, "")
    if not who:
        return
    if tag.number == "4000":
        found.setdefault("intermediary_agents", []).append(who)
    elif role and role not in found:
        found[role] = who
    else:
        found.setdefault("other_parties", []).append({**who, "role": _OTHERS.get(tag.number, role)})


def _party(tag: Tag) -> Values:
    code, identifier, name = tag.get(0)[:1], tag.get(0)[1:].strip(), tag.get(1)
    found: Values = {"name": name} if name else {}
    if identifier and code in {"B", "T"} and _BIC.fullmatch(identifier[:11].rstrip()):
        found["swift_bic"] = identifier[:11].rstrip()
    elif identifier and code == "D":
        found["account"] = identifier
    elif identifier:
        found["documents"] = [{"type": _DOCUMENTS.get(code, "party id"), "number": identifier}]
    if address := ", ".join(filter(None, tag.parts[2:])):
        found["address"] = address
    return found


def _numbered(tag: Tag) -> Values:
    """Option F of the originator: an identifier, then lines that begin with their number, as in SWIFT's field 50F."""
    return swift_party(Field("50F", tuple(filter(None, tag.parts)))) or {}


def _add_covered(found: Values, tag: Tag) -> None:
    """A party of the customer transfer behind a cover payment: SWIFT's field tag, then the lines of that field."""
    field, *lines = filter(None, tag.parts)
    option = field[2:3] if re.fullmatch(r"\d\d[A-Z]?", field) else ""
    who = swift_party(Field(tag.number[2:] + option, tuple(lines if option or field.isdigit() else (field, *lines))))
    role = _COVERED.get(tag.number, "")
    if who and role and role not in found:
        found[role] = who
    elif who:
        found.setdefault("other_parties", []).append({**who, "role": "bank of the transfer covered"})
    else:
        _add_text(found, tag)


def _add_value(found: Values, tag: Tag) -> bool:
    """Take a tag that has a field of its own."""
    text = tag.get(0)
    if tag.number == "2000":
        if text.isascii() and text.isdigit():
            found["amount"], found["currency"] = int(text) / 100, "USD"
    elif tag.number == "1520":
        found["date"] = f"{text[:4]}-{text[4:6]}-{text[6:8]}"
        found.setdefault("id", text)
    elif tag.number in {"3100", "3400"}:
        role = "instructing_agent" if tag.number == "3100" else "instructed_agent"
        documents = [{"type": "ABA routing number", "number": text[:9]}]
        found[role] = {"name": text[9:].strip() or None, "documents": documents}
    elif tag.number == "3320":
        found["end_to_end_id"] = text[:100]
        return not looks_like_text(text)
    elif tag.number == "6000":
        before = found.get("remittance_information")
        found["remittance_information"] = " ".join(filter(None, (before, *tag.parts)))
    else:
        return False
    return True
