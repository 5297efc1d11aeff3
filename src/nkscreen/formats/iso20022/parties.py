"""Parties and agents of ISO 20022: who it is, where, and by which numbers it is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from operator import itemgetter
from typing import Any, Final

from pydantic import ValidationError

from nkscreen.formats.iso20022.nodes import Node
from nkscreen.records.party import Party

Values = dict[str, Any]

_ADDRESS: Final = frozenset(
    ["Dept", "SubDept", "StrtNm", "BldgNb", "BldgNm", "Flr", "UnitNb", "PstBx", "Room", "PstCd", "TwnNm", "TwnLctnNm"]
    + ["DstrctNm", "CtrySubDvsn", "AdrLine", "CareOf"]
)
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
_AGENTS: Final = frozenset(["FinInstnId", "Pty", "Agt", "BrnchId"])
_NAMES: Final = frozenset(["Nm", "PstlAdr", "CtryOfRes"])
_NO_PARTIES: Final = frozenset(
    ["FinInstnId", "BrnchId", "Pty", "CtctDtls", "Acct", "DbtrAcct", "CdtrAcct", "SchmeNm", "PstlAdr", "Svcr", "Tp"]
)
_INSIDE: Final = frozenset(["FinInstnId", "BrnchId", "Pty", "CtctDtls", "PstlAdr", "Id", "OrgId", "PrvtId", "Agt"])

_KEPT: Final = 5_000
"""Parties remembered at a time: banks and large customers come again and again."""

_ACCOUNTS: Final = 100
"""Forms of one party remembered: it may have many accounts."""


class Named:
    """A party as a message tells of it. Equal parties of a file are one object, and are checked once."""

    __slots__ = ("_made", "values")

    def __init__(self, values: Values) -> None:
        self.values = values
        self._made: dict[tuple[str | None, str | None], Party | Values] = {}

    def party(self, account: str | None = None, role: str | None = None) -> Party | Values:
        """The party with an account or a role of its own; its bare values where they are wrong, for whoever makes the
        record to say so."""
        found = self._made.get((account, role))
        if found is None:
            if len(self._made) >= _ACCOUNTS:
                self._made.clear()
            found = dict(self.values)
            if account:
                found["account"] = account
            if role:
                found["role"] = role
            with suppress(ValidationError):
                found = Party.model_validate(found)
            self._made[account, role] = found
        return found


class Parties:
    """The parties met in a file."""

    def __init__(self) -> None:
        self._known: dict[tuple[PartyPlan, Any], Named] = {}

    def named(self, plan: PartyPlan, texts: Sequence[str]) -> Named:
        """The party that the texts of an element make."""
        key = plan, plan.chosen(texts)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[key] = Named(plan.values(texts))
        return found


class PartyPlan:
    """Which texts of an element are the name, the address and the numbers of a party. `numbers` are those of the texts,
    which `chosen` takes out of all; `repeats` are further countries, each with the one that it may repeat.

    Empty (false) where the element says nothing of use.
    """

    __slots__ = ("_fields", "_person", "chosen", "numbers", "repeats")

    def __init__(self, element: Node) -> None:
        fields: list[tuple[str, int]] = []
        self.repeats: dict[int, int] = {}
        for leaf in _leaves(element):
            if leaf.text is None:
                continue
            if field := _field(leaf, fields):
                fields.append((field, leaf.text))
            elif leaf.name == "Ctry":
                self.repeats[leaf.text] = next(number for field, number in fields if field == "country")
        self._fields = tuple(fields)
        self._person = any(one.name == "PrvtId" for one in element.all())
        self.numbers = tuple(number for _, number in fields)
        self.chosen = itemgetter(*self.numbers) if fields else _nothing

    def __bool__(self) -> bool:
        return bool(self._fields)

    def values(self, texts: Sequence[str]) -> Values:
        """The values of a party record."""
        found: Values = {}
        address: list[str] = []
        for field, number in self._fields:
            text = texts[number]
            if field == "address":
                address.append(text)
            elif field == "document":
                found.setdefault("documents", []).append({"number": text[:200]})
            elif field == "name" and "name" in found:
                # the first name is the party's; others (of a branch, of a contact) are names it goes by as well
                if text != found["name"]:
                    found["aliases"] = (*found.get("aliases", ()), text)
            else:
                found[field] = text
        if self._person:
            found["schema"] = "Person"
        if address:
            found["address"] = ", ".join(address)
        return found


def _nothing(_texts: Sequence[str]) -> tuple[()]:
    return ()


def _field(leaf: Node, taken: Sequence[tuple[str, int]]) -> str:
    """What of a party a text tells; "" where it is none of it, or the field is taken."""
    name, above = leaf.name, leaf.above.name if leaf.above else ""
    if name == "Nm":
        return "name"
    field = _FIELDS.get(name) or ("country" if name in {"Ctry", "CtryOfRes"} else "")
    if field:
        return "" if any(known == field for known, _ in taken) else field
    if name in _ADDRESS:
        return "address"
    return "document" if name in {"Id", "MmbId"} and above in {"Othr", "ClrSysMmbId", "BrnchId", "PrtryId"} else ""


def is_party(element: Node) -> bool:
    """Whether an element names a party or an agent: it has a name, an identification or a financial institution."""
    inside = {child.name for child in element.below}
    return not inside.isdisjoint(_AGENTS) or (not inside.isdisjoint(_NAMES) and element.name not in _NO_PARTIES)


def _leaves(element: Node) -> Iterator[Node]:
    """Elements without children that belong to this party and to no other one inside it."""
    for child in element.below:
        if not child.below:
            yield child
        elif child.name in _INSIDE or not is_party(child):
            yield from _leaves(child)


def account(element: Node) -> int | None:
    """The text that is the number of an account."""
    return next((leaf.text for leaf in element.all() if leaf.name in {"IBAN", "Id"} and leaf.text is not None), None)
