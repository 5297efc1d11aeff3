"""N1 to N4, NM1, PER and G61: parties, their addresses, the people to ask for, and how to reach them."""

from __future__ import annotations

from typing import Any

from nkscreen.formats.edi.draft import Draft, place
from nkscreen.formats.edi.segments import Segment
from nkscreen.formats.edi.text import NAME_WIDTH, continues, joined, named
from nkscreen.formats.x12.words import word

ROLES = {
    "SH": "shipper",
    "CN": "consignee",
    **dict.fromkeys(("N1", "N2", "NP", "NC"), "notify party"),
    "BK": "bank",
    "BN": "beneficial owner",
    "BO": "broker",
    "BS": "bill and ship to",
    "BT": "bill to",
    "BY": "buyer",
    "CA": "carrier",
    "CB": "customs broker",
    "EX": "exporter",
    "FW": "freight forwarder",
    "IM": "importer",
    "MA": "party for whom the goods are meant",
    "MF": "manufacturer",
    "PE": "payee",
    "PR": "payer",
    "SE": "seller",
    "SF": "ship from",
    "SO": "sold to",
    "ST": "ship to",
    "SU": "supplier",
    "UC": "ultimate consignee",
    "VN": "vendor",
    "WH": "warehouse",
}
"""Data element 98, the codes met in transport messages; others keep their code as role."""

PLACES = frozenset({"FS", "PD"})
"""Entities that are places: the final scheduled destination, a port of discharge."""


def n1(draft: Draft, segment: Segment) -> None:
    code, name = segment.get(1), word(segment, 2)
    if code in PLACES:
        details, doubt = place(segment.get(4) or name, name if segment.get(4) else "")
        draft.stop("place_of_delivery" if code == "FS" else "port_of_discharge", details)
        draft.text(f"N1*{code}", doubt)
        draft.close_party()
        return
    party = draft.open_party(ROLES.get(code, code or "party"), name)
    if identifier := segment.get(4):
        party["documents"] = [{"type": "party id", "number": identifier[:200]}]


def n2(draft: Draft, segment: Segment) -> None:
    """The name goes on."""
    party = draft.current_party()
    draft.name_lines += [line for line in (word(segment, 1), word(segment, 2)) if line]
    _name(draft, party)


def n3(draft: Draft, segment: Segment) -> None:
    """An address, or first the rest of a name that did not fit into N1."""
    party = draft.current_party()
    for index in range(1, len(segment.elements)):
        line = word(segment, index)
        lines = draft.name_lines
        if line and "address" not in party and lines and continues(joined(lines), line):
            lines.append(line)
            _name(draft, party)
        elif line:
            if "address" not in party and lines and len(lines[-1]) >= NAME_WIDTH:
                party.setdefault("aliases", []).append(joined([*lines, line]))
            _address(party, line)


def n4(draft: Draft, segment: Segment) -> None:
    party = draft.current_party()
    for index in (1, 2, 3, 6):
        if text := word(segment, index):
            _address(party, text)
    if land := segment.get(4):
        party["country"] = land[:200]


def nm1(draft: Draft, segment: Segment) -> None:
    """A person (`1`) by last, first and middle name, or an organisation."""
    code = segment.get(1)
    parts = [word(segment, index) for index in (4, 5, 3)] if segment.get(2) == "1" else [word(segment, 3)]
    name = " ".join(filter(None, parts))
    party = draft.open_party(ROLES.get(code, code or "party"), name)
    if segment.get(2) == "1":
        party["schema"] = "Person"
    if identifier := segment.get(9):
        party["documents"] = [{"type": "party id", "number": identifier[:200]}]


def contact(draft: Draft, segment: Segment) -> None:
    """PER and G61: a person to ask for, with numbers in pairs of kind and value."""
    name, role = word(segment, 2), draft.open["role"] if draft.open else ""
    reach: dict[str, Any] = {}
    for index in range(3, len(segment.elements) - 1, 2):
        kind, value = segment.get(index), word(segment, index + 1)
        field = "email" if kind == "EM" or "@" in value else "website" if kind == "UR" else "phone"
        if value and (kind in ("EM", "UR", "TE", "FX", "CP", "AP", "HP", "WP") or any(map(str.isdigit, value))):
            reach.setdefault(field, value)
        elif value:
            draft.text(segment.tag, value)
    if name and any(map(str.isalpha, name)):
        draft.party(f"contact of {role}"[:200] if role else "contact", {"name": name, **reach})
    elif reach:
        party = draft.current_party()
        for field, value in reach.items():
            party.setdefault(field, value)


def _name(draft: Draft, party: dict[str, Any]) -> None:
    for field in ("name", "aliases", "name_truncated"):
        party.pop(field, None)
    party |= named(draft.name_lines[0], draft.name_lines[1:]) if draft.name_lines else {}


def _address(party: dict[str, Any], text: str) -> None:
    party["address"] = ", ".join(filter(None, (party.get("address"), text)))
