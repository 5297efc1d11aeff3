"""Places of a document that are told by several leaves: a code, a name, a country, and what the place is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nkscreen.formats.documents.leaves import Leaf


@dataclass(frozen=True)
class PlaceWords:
    """What the names of a standard mean for places.

    `parts`: name of a leaf → "code", "name", "country" or "use". `inside` are names between a place and its leaves.
    `fields`: name of a place, or its use, → field of the shipment; places in no field are stops of the route, save
    those in `aside`, where nothing goes.
    """

    parts: Mapping[str, str]
    inside: frozenset[str]
    fields: Mapping[str, str]
    aside: frozenset[str]


NO_PLACES = PlaceWords({}, frozenset(), {}, frozenset())
"""For standards whose places are told by one leaf each."""


@dataclass
class Places:
    """The places of one document in its order, each by the leaves that tell of it."""

    words: PlaceWords
    found: dict[tuple[str, ...], dict[str, Leaf]] = field(default_factory=dict)

    def take(self, leaf: Leaf) -> bool:
        """Whether a leaf tells of a place; what goes to no field in the end is among `left`."""
        part = self.words.parts.get(leaf.keys[-1]) if leaf.keys else None
        level = len(leaf.keys) - 2
        while level >= 0 and leaf.keys[level] in self.words.inside:
            level -= 1
        if not part or level < 0 or leaf.keys[level] in self.words.aside:
            return False
        return self.found.setdefault(leaf.places[: level + 1], {}).setdefault(part, leaf).text == leaf.text

    def put(self, data: dict[str, Any]) -> list[Leaf]:
        """Put the places into a shipment's data: what has a field and finds it free there, all others among the legs.
        The leaves that went nowhere are given back."""
        left: list[Leaf] = []
        legs: list[dict[str, str]] = []
        for place, parts in self.found.items():
            where = parts.get("code") or parts.get("name")
            left += [leaf for part, leaf in parts.items() if part in ("name", "use") and leaf is not where]
            use = parts["use"].text if "use" in parts else ""
            target = self.words.fields.get(use) or self.words.fields.get(_key(place))
            if where and target and data.setdefault(target, where.text) == where.text:
                continue
            stop = {key: leaf.text for key, leaf in (("port", where), ("country", parts.get("country"))) if leaf}
            if stop and (not legs or legs[-1] != stop):  # one leg arrives where the next departs
                legs.append(stop)
        if legs:
            data.setdefault("legs", []).extend(legs)
        return left


def _key(place: tuple[str, ...]) -> str:
    return place[-1].partition("[")[0]
