"""What follows from the columns of a row together: keys, the stops of a voyage, a worker's nationality."""

from __future__ import annotations

from typing import Any

from nkscreen.formats.tables.draft import Draft
from nkscreen.formats.tables.ships import settled
from nkscreen.formats.tables.voyage import legs
from nkscreen.records.codes import hs


def finish(kind: str, draft: Draft) -> dict[str, Any]:
    """The data of a record of this kind; empty when no column but its key held a value."""
    data = draft.built()
    if not data.keys() - {"id"}:
        return {}
    if kind == "shipment":
        _shipment(data)
    elif kind == "employment":
        _employment(data)
    elif kind == "vessel":
        settled(data)
    key = next((data[name] for name in ("id", *_KEYS.get(kind, ())) if data.get(name)), None)
    return {**data, "id": key[:500]} if key else data


_KEYS = {"shipment": ("bill_of_lading",), "payment": ("end_to_end_id", "uetr")}
"""Fields that name a record where the table has no column for its key."""


def _shipment(data: dict[str, Any]) -> None:
    data["legs"] = legs(data, data.pop("legs", {}))
    if not data.get("goods"):
        return
    if data.get("origin_country"):
        # One row is one line of goods, so that the origin of the row is the origin of the line.
        data["goods"][0].setdefault("origin_country", data["origin_country"])
    data["goods"] = [line for given in data["goods"] for line in _goods(given)]


_OF_EVERY_CODE = ("description", "origin_country")
"""What a row says of all its codes; its quantity and value are said once, and counted once."""


def _goods(line: dict[str, Any]) -> list[dict[str, Any]]:
    """The line, or one line for each HS code where its cell lists several."""
    codes = hs.several(line.get("hs_code") or "")
    if not codes:
        return [line]
    shared = {name: line[name] for name in _OF_EVERY_CODE if line.get(name)}
    return [{**line, "hs_code": codes[0]}, *({**shared, "hs_code": code} for code in codes[1:])]


def _employment(data: dict[str, Any]) -> None:
    worker = data.get("worker")
    if worker:
        worker["schema"] = "Person"
        if data.get("worker_nationality"):
            worker.setdefault("nationality", data["worker_nationality"])
