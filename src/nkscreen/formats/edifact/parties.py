"""NAD, CTA and COM: parties, the people to ask for, and how to reach them."""

from __future__ import annotations

from typing import Any

from nkscreen.formats.edi.draft import Draft
from nkscreen.formats.edi.segments import Segment
from nkscreen.formats.edi.text import continues, joined, named

ROLES = {
    "CZ": "shipper",
    "CN": "consignee",
    **dict.fromkeys(("N1", "N2", "NI", "NC"), "notify party"),
    "EX": "exporter",
    "IM": "importer",
    "SU": "supplier",
    "OS": "original shipper",
    "UC": "ultimate consignee",
    "FW": "freight forwarder",
    "CA": "carrier",
    "MS": "message sender",
    "MR": "message recipient",
    "AG": "agent",
    "BY": "buyer",
    "SE": "seller",
    "HI": "requestor",
    "DP": "delivery party",
    "CF": "container operator",
    "FL": "passenger",
    "FM": "crew member",
    "ST": "ship to",
    "PW": "despatch party",
    "FP": "freight payer",
}
"""Code list 3035 of the UN/EDIFACT directories, the codes met in transport messages; others keep their code as role."""

_PERSONS = frozenset({"FL", "FM", "MI"})


def nad(draft: Draft, segment: Segment) -> None:
    code = segment.get(1)
    role = ROLES.get(code, code or "party")
    free = [part for part in segment.parts(3) if part.strip()]
    names = [part for part in segment.parts(4)[:5] if part.strip()]
    address = [part.strip() for part in segment.parts(5) if part.strip()]
    party: dict[str, Any] = {}
    if names:
        party = named(names[0], names[1:])
        address = [*map(str.strip, free), *address]
    elif free:
        overflow = 1 if len(free) > 1 and continues(free[0], free[1]) else 0
        party = named(free[0], free[1 : 1 + overflow])
        if not overflow and len(free) > 1 and len(free[0]) >= 35:
            party["aliases"] = [joined(free[:2])]
        address = [*map(str.strip, free[1 + overflow :]), *address]
    address += [value for value in map(segment.get, (6, 7, 8)) if value]
    if address:
        party["address"] = ", ".join(address)
    if segment.get(9):
        party["country"] = segment.get(9)[:200]
    if identifier := segment.get(2):
        party["documents"] = [{"type": "party id", "number": identifier[:200]}]
    if code in _PERSONS and party:
        party["schema"] = "Person"
    draft.open = draft.party(role, party)


def cta(draft: Draft, segment: Segment) -> None:
    if name := segment.get(2, 1):
        role = f"contact of {draft.open['role']}"[:200] if draft.open else "contact"
        draft.open = draft.party(role, {"name": name})


def com(draft: Draft, segment: Segment) -> None:
    last = draft.open
    for index in range(1, min(len(segment.elements), 4)):
        value, kind = segment.get(index), segment.get(index, 1)
        field = "email" if kind == "EM" or "@" in value else "phone"
        if value and last is not None:
            last.setdefault(field, value)
        elif value:
            draft.text("COM", value)
