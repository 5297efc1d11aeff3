"""What several leaves of a document tell together: a place by code, name and use, a ship by its number and the type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nkscreen.formats.documents.leaves import Leaf


@dataclass(frozen=True)
class PlaceWords:
    """What the names of a standard mean for places.

    `parts`: name of a leaf → "code", "name", "country" or "use". `inside` are names between a place and its leaves.
    `named` are the names of places, `aside` those of places where nothing goes, and `code` the form of a code where its
    leaf may hold something else. `fields`: name of a place, or its use, → field of the shipment; places in no field are
    stops of the route, in `transshipment` those where goods change ships.
    """

    parts: Mapping[str, str]
    inside: frozenset[str] = frozenset()
    named: re.Pattern[str] = re.compile(".*")
    aside: frozenset[str] = frozenset()
    code: re.Pattern[str] = re.compile(".*")
    fields: Mapping[str, str] = field(default_factory=dict)
    transshipment: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MeansWords:
    """How means of transport are identified: the names of their elements, of the leaves with identifier and type, and
    of each type the field of the shipment. Other types are of wagons, vehicles and aircraft."""

    named: frozenset[str]
    identifier: str
    type: str
    fields: Mapping[str, str]


@dataclass
class Places:
    """The places of one document in its order, each by the leaves that tell of it."""

    words: PlaceWords
    found: dict[tuple[str, ...], dict[str, Leaf]] = field(default_factory=dict)

    def take(self, leaf: Leaf) -> bool:
        """Whether a leaf tells of a place; what goes nowhere in the end comes back from `put`."""
        part = self.words.parts.get(leaf.keys[-1]) if leaf.keys else None
        level = len(leaf.keys) - 2
        while level >= 0 and leaf.keys[level] in self.words.inside:
            level -= 1
        if not part or level < 0 or leaf.keys[level] in self.words.aside:
            return False
        if not self.words.named.fullmatch(leaf.keys[level]) or (part == "code" and not self._is_code(leaf)):
            return False
        return self.found.setdefault(leaf.places[: level + 1], {}).setdefault(part, leaf).text == leaf.text

    def _is_code(self, leaf: Leaf) -> bool:
        return bool(self.words.code.fullmatch(leaf.text))

    def put(self, data: dict[str, Any]) -> list[Leaf]:
        """Put the places into a shipment's data: what has a field and finds it free there, all others among the legs.
        The leaves that went nowhere are given back."""
        left: list[Leaf] = []
        legs: list[dict[str, Any]] = []
        for place, parts in self.found.items():
            where = parts.get("code") or parts.get("name")
            left += [leaf for part, leaf in parts.items() if part in ("name", "use") and leaf is not where]
            name = place[-1].partition("[")[0]
            use = parts["use"].text if "use" in parts else ""
            target = self.words.fields.get(use) or self.words.fields.get(name)
            if where and target and data.setdefault(target, where.text) == where.text:
                continue
            stop: dict[str, Any] = {
                key: leaf.text for key, leaf in (("port", where), ("country", parts.get("country"))) if leaf
            }
            if name in self.words.transshipment:
                stop["transshipment"] = True
            if stop and (not legs or legs[-1] != stop):  # one leg arrives where the next departs
                legs.append(stop)
        if legs:
            data.setdefault("legs", []).extend(legs)
        return left


@dataclass
class Means:
    """The means of transport of one document, each by its identifier and the type of it."""

    words: MeansWords
    found: dict[tuple[str, ...], dict[str, Leaf]] = field(default_factory=dict)

    def take(self, leaf: Leaf) -> bool:
        """Whether a leaf identifies a means of transport; what goes nowhere in the end comes back from `left`."""
        if len(leaf.keys) < 2 or leaf.keys[-2] not in self.words.named:
            return False
        if leaf.keys[-1] not in (self.words.identifier, self.words.type):
            return False
        return self.found.setdefault(leaf.places[:-1], {}).setdefault(leaf.keys[-1], leaf) is leaf

    def fields(self) -> tuple[list[tuple[str, Leaf]], list[Leaf]]:
        """Field and leaf of each identifier of a ship, and the leaves that are of none."""
        of_ships, left = [], []
        for parts in self.found.values():
            target = self.words.fields.get(parts[self.words.type].text) if self.words.type in parts else None
            identifier = parts.get(self.words.identifier)
            if identifier and target:
                of_ships.append((target, identifier))
            else:
                left += list(parts.values())
        return of_ships, left
