"""Parties and agents of ISO 20022: who it is, where, and by which numbers it is known."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from lxml import etree

Values = dict[str, Any]

_ADDRESS: Final = [
    "Dept",
    "SubDept",
    "StrtNm",
    "BldgNb",
    "BldgNm",
    "Flr",
    "UnitNb",
    "PstBx",
    "Room",
    "PstCd",
    "TwnNm",
    "TwnLctnNm",
] + ["DstrctNm", "CtrySubDvsn", "AdrLine", "CareOf"]
_FIELDS: Final = {
    "BICFI": "swift_bic",
    "BIC": "swift_bic",
    "AnyBIC": "swift_bic",
    "BICOrBEI": "swift_bic",
    "BEI": "swift_bic",
    "LEI": "lei_code",
    "BirthDt": "birth_date",
    "CityOfBirth": "birth_place",
    "EmailAdr": "email",
    "URLAdr": "website",
    "PhneNb": "phone",
    "MobNb": "phone",
}


def name_of(element: etree._Element) -> str:
    """The local name of an element."""
    return _local(element.tag)


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def words(element: etree._Element) -> str:
    """The text of an element on one line."""
    return " ".join((element.text or "").split())


def is_party(element: etree._Element) -> bool:
    """Whether an element names a party or an agent: it has a name, an identification or a financial institution."""
    inside = {_local(child.tag) for child in element}
    return not inside.isdisjoint(_AGENTS) or (not inside.isdisjoint(_NAMES) and _local(element.tag) not in _NO_PARTIES)


_AGENTS: Final = frozenset(["FinInstnId", "Pty", "Agt", "BrnchId"])
_NAMES: Final = frozenset(["Nm", "PstlAdr", "CtryOfRes"])


_NO_PARTIES: Final = frozenset(
    ["FinInstnId", "BrnchId", "Pty", "CtctDtls", "Acct", "DbtrAcct", "CdtrAcct", "SchmeNm", "PstlAdr", "Svcr", "Tp"]
)
_INSIDE: Final = frozenset(["FinInstnId", "BrnchId", "Pty", "CtctDtls", "PstlAdr", "Id", "OrgId", "PrvtId", "Agt"])


def read_party(element: etree._Element, claimed: set[etree._Element]) -> Values | None:
    """The values of a party; elements that went into it are added to `claimed`. None where it says nothing of use."""
    found: Values = {}
    address: list[str] = []
    for leaf in _leaves(element):
        name, text = name_of(leaf), words(leaf)
        if not text:
            continue
        above = name_of(parent) if (parent := leaf.getparent()) is not None else ""
        if name == "Nm":
            _add_name(found, text)
        elif name in _FIELDS:
            if _FIELDS[name] in found:
                continue
            found[_FIELDS[name]] = text
        elif name in _ADDRESS:
            address.append(text)
        elif name in {"Ctry", "CtryOfRes"} and "country" not in found:
            found["country"] = text
        elif name == "Ctry" and found["country"] == text:
            pass
        elif name in {"Id", "MmbId"} and above in {"Othr", "ClrSysMmbId", "BrnchId", "PrtryId"}:
            found.setdefault("documents", []).append({"number": text[:200]})
        else:
            continue
        claimed.add(leaf)
    if any(name_of(one) == "PrvtId" for one in element.iter(etree.Element)):
        found["schema"] = "Person"
    if address:
        found["address"] = ", ".join(address)
    return found if found.keys() - {"schema"} else None


def _add_name(found: Values, text: str) -> None:
    """The first name is the party's; others (of a branch, of a contact) are names it goes by as well."""
    if "name" not in found:
        found["name"] = text
    elif text != found["name"]:
        found["aliases"] = (*found.get("aliases", ()), text)


def _leaves(element: etree._Element) -> Iterator[etree._Element]:
    """Elements without children that belong to this party and to no other one inside it."""
    for child in element:
        if len(child) == 0:
            yield child
        elif name_of(child) in _INSIDE or not is_party(child):
            yield from _leaves(child)


def account(element: etree._Element, claimed: set[etree._Element]) -> str:
    """The number of an account."""
    for leaf in element.iter(etree.Element):
        if name_of(leaf) in {"IBAN", "Id"} and len(leaf) == 0 and words(leaf):
            claimed.add(leaf)
            return words(leaf)
    return ""
