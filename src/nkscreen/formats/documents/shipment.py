"""Leaves of a document into a shipment, by a vocabulary of the document's standard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nkscreen.formats.documents.leaves import Leaf
from nkscreen.formats.documents.places import Means, MeansWords, Places, PlaceWords
from nkscreen.records import Shipment, Source

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LEI = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_NO_NAME = re.compile(r"[\W\d_]*|true|false|\d{4}-\d\d-\d\dT?[\d:.]*(?:[+-][\d:]+|\w*)|[!-~]{1,3}", re.I)
"""Text that can be nobody's name: without a letter, dates and times, up to three letters of ASCII (codes, units)."""

_ONE = ("shipper", "consignee")


@dataclass(frozen=True)
class Words:
    """What the names of a standard mean. Names of leaves are given alone or with the name above ("Address/Line").

    `roles`: name of a party → field of the shipment or a role. `parties` says of a name in no table whether it is one.
    `party`: name of a leaf below a party → field of a party, "contact" or "document". `shipment`: name of a leaf →
    field, with dots ("vessel.name", "legs.country"). `goods`: name of a leaf → field of a line of goods; `lines` are
    the names that begin a new line. `functions`: code of the function of a party in a list → field or role. `places`
    and `means` of transport are told by several leaves each.
    """

    roles: Mapping[str, str]
    party: Mapping[str, str]
    shipment: Mapping[str, str]
    goods: Mapping[str, str]
    lines: frozenset[str]
    ends_in: str = ""
    functions: Mapping[str, str] = field(default_factory=dict)
    places: PlaceWords = field(default_factory=lambda: PlaceWords({}))
    means: MeansWords = field(default_factory=lambda: MeansWords(frozenset(), "", "", {}))


@dataclass
class _Draft:
    places: Places
    means: Means
    data: dict[str, Any] = field(default_factory=dict)
    parties: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict)
    goods: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict)
    unmapped: list[dict[str, str]] = field(default_factory=list)


def read_shipment(leaves: Iterable[Leaf], words: Words, *, id: str, source: Source) -> Shipment:  # noqa: A002
    """The shipment that the leaves tell of. Every text that goes to no field, or to one that is taken, is kept as
    unmapped text with its place, unless it can be nobody's name.

    Raises:
        InputError: a value is wrong, or there is more of something than a record holds.
    """
    draft = _Draft(Places(words.places), Means(words.means))
    left = [leaf for leaf in leaves if not _take(leaf, words, draft)] + draft.places.put(draft.data)
    of_ships, others = draft.means.fields()
    left += others + [leaf for target, leaf in of_ships if not _field(draft.data, target, leaf.text)]
    draft.unmapped += [
        {"place": leaf.place[-500:], "text": leaf.text} for leaf in left if not _NO_NAME.fullmatch(leaf.text)
    ]
    data: dict[str, Any] = {**draft.data, "id": draft.data.get("bill_of_lading") or draft.data.get("booking") or id}
    for party in draft.parties.values():
        _place(data, party)
    data["goods"] = list(draft.goods.values())
    data["container_numbers"] = list(data.get("container_numbers", ()))
    data["unmapped_text"] = draft.unmapped
    return Shipment.read({**data, "source": source})


def _take(leaf: Leaf, words: Words, draft: _Draft) -> bool:
    level = next((n for n in range(len(leaf.keys) - 1, -1, -1) if _role(leaf.keys[n], words)), None)
    if level is not None:
        target = _meaning(leaf, words.party)
        party = draft.parties.setdefault(leaf.places[: level + 1], {"role": _role(leaf.keys[level], words)})
        if target == "function":
            party["role"] = words.functions.get(leaf.text, party["role"])
            return leaf.text in words.functions
        if target:
            return _party(party, target, leaf.text)
    line = next((n for n in range(len(leaf.keys) - 1, -1, -1) if leaf.keys[n] in words.lines), None)
    if (target := _meaning(leaf, words.goods)) and level is None:
        goods = draft.goods.setdefault(leaf.places[: line + 1] if line is not None else (), {})
        return _once(goods, target, leaf.text)
    if level is not None:
        return False
    if target := _meaning(leaf, words.shipment):
        return _field(draft.data, target, leaf.text)
    return draft.means.take(leaf) or draft.places.take(leaf)


def _role(key: str, words: Words) -> str:
    if key in words.roles:
        return words.roles[key]
    if words.ends_in and key.endswith(words.ends_in) and key != words.ends_in:
        return _CAMEL.sub(" ", key.removesuffix(words.ends_in)).lower()
    return ""


def _meaning(leaf: Leaf, table: Mapping[str, str]) -> str | None:
    return table.get("/".join(leaf.keys[-2:])) or table.get(leaf.keys[-1]) if leaf.keys else None


def _party(party: dict[str, Any], target: str, text: str) -> bool:
    if target == "address":
        party["address"] = f"{party['address']}, {text}" if "address" in party else text
        return True
    if target == "alias":
        party.setdefault("aliases", []).append(text)
        return True
    if target == "contact":
        party.setdefault("contacts", []).append(text)
        return True
    if target == "document":
        if _LEI.fullmatch(text) and "lei_code" not in party:
            party["lei_code"] = text
        else:
            party.setdefault("documents", []).append({"number": text[:200]})
        return True
    if target == "name" and "name" in party and party["name"] != text:
        party.setdefault("aliases", []).append(text)
        return True
    return _once(party, target, text)


def _field(data: dict[str, Any], target: str, text: str) -> bool:
    if target == "legs.country":
        data.setdefault("legs", []).append({"country": text})
        return True
    if target == "container_numbers":
        data.setdefault(target, {})[text] = None
        return True
    if target in ("marks", "remarks"):
        data[target] = f"{data[target]}; {text}" if target in data else text
        return True
    above, _, name = target.rpartition(".")
    return _once(data.setdefault(above, {}) if above else data, name, text)


def _once(data: dict[str, Any], name: str, text: str) -> bool:
    if name == "description" and name in data:
        data[name] = f"{data[name]}; {text}"
        return True
    return bool(data.setdefault(name, text) == text)


def _place(data: dict[str, Any], party: dict[str, Any]) -> None:
    """The party in its field; a second shipper is another party by its role, as is every contact person."""
    role = party["role"]
    contacts = party.pop("contacts", ())
    data.setdefault("other_parties", []).extend(
        {"name": name, "role": f"contact of {role}", "schema": "Person"} for name in dict.fromkeys(contacts)
    )
    if len(party) == 1:
        return
    if role in _ONE and role not in data:
        data[role] = party
    elif role == "notify party":
        data.setdefault("notify_parties", []).append(party)
    else:
        data["other_parties"].append(party)
