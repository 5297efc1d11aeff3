"""The values of one row while its record is being put together."""

from __future__ import annotations

from typing import Any

from nkscreen.formats.tables.paths import Target

TRANSSHIPMENT_PORT = "legs[transshipment].port"
"""The one stop that may be several: its ports are a list here."""


class _Items(dict[str | int, Any]):
    """A list under construction, by selector."""


class Draft:
    """Values by path; lists are kept by selector (an index, a role, a stop) until `built`."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def set(self, target: Target, value: Any, *, field: str = "", keep: bool = False) -> None:
        """Put a value at a path, or at another `field` beside it; `keep` leaves one that is there."""
        node, name = self._node(target), field or target.field
        if not (keep and node.get(name)):
            node[name] = value

    def add(self, target: Target, values: list[str], *, field: str = "") -> None:
        """Append to the list at a path, or at another `field` beside it, what is not in it."""
        node, name = self._node(target), field or target.field
        node[name] = list(dict.fromkeys([*node.get(name, ()), *values]))

    def keep_text(self, place: str, text: str) -> None:
        """Keep a cell that goes to no field, to be screened as a name of anybody."""
        self._root.setdefault("unmapped_text", []).append({"place": place, "text": text})

    def keep_party(self, role: str, name: str) -> None:
        """Keep a party beside the one that its field holds."""
        self._root.setdefault("further_parties", []).append({"role": role, "name": name})

    def _node(self, target: Target) -> dict[str, Any]:
        node = self._root
        for name, selector in target.parent:
            if selector is None:
                node = node.setdefault(name, {})
                continue
            node = node.setdefault(name, _Items()).setdefault(selector, {})
            if name == "other_parties" and isinstance(selector, str):
                node["role"] = selector
        return node

    def built(self) -> dict[str, Any]:
        """The values as a record takes them, except that `legs` are still a dict by stop."""
        legs = dict(self._root.get("legs", {}))
        rest = {name: _built(value) for name, value in self._root.items() if name != "legs"}
        return {**rest, "legs": legs} if legs else rest


def _built(value: Any) -> Any:
    if isinstance(value, _Items):
        indexed = all(isinstance(key, int) for key in value)
        return [_built(value[key]) for key in (sorted(value) if indexed else value)]
    return {name: _built(item) for name, item in value.items()} if isinstance(value, dict) else value
