"""The stops of a shipment, in sailing order, from what the columns say of each."""

from __future__ import annotations

import re
from typing import Any

from nkscreen.formats.tables.paths import STOPS
from nkscreen.records.codes import country, port

_SEVERAL = re.compile(r"\s*[;|\n]\s*|\s+/\s+")
_LISTED = re.compile(r"\s*[,/&+]\s*|\s+-\s+")


def legs(record: dict[str, Any], stops: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The legs of a shipment, place of receipt to place of delivery; the same port twice in a row is one stop.

    A place that is not a port but a country ("NORTH KOREA") becomes a stop in that country, and the country of
    destination where it is the place of delivery and none is given.
    """
    found: list[dict[str, Any]] = []
    for stop in STOPS:
        details = dict(stops.get(stop, {}))
        if stop == "transshipment":
            # Country, dates and vessel are given once, for the first port.
            several = [part for text in details.pop("port", ()) for part in _places(text)]
            for leg in (
                [{**details, "port": several[0]}, *({"port": text} for text in several[1:])] if several else [details]
            ):
                _append(found, {**_read(leg), "transshipment": True})
            continue
        if record.get(stop):
            details["port"] = record[stop]
        for field, date in _DATES.get(stop, {}).items():
            if details and record.get(date) is not None:
                details.setdefault(field, record[date])
        leg = _read(details)
        if stop in record and leg.get("port"):
            record[stop] = leg["port"]
        if stop == "place_of_delivery" and not leg.get("port") and country.parse(leg.get("country") or ""):
            record.setdefault("destination_country", leg["country"])
        _append(found, leg)
    return found


_DATES = {"port_of_loading": {"departure": "departure_date"}, "port_of_discharge": {"arrival": "arrival_date"}}


def _places(text: str) -> list[str]:
    parts = [part for part in _SEVERAL.split(text) if part]
    if len(parts) > 1 and any(map(port.parse, parts)):
        return parts
    # "Busan, Dalian" are two ports, "Dalian, China" is one.
    listed = [part for part in _LISTED.split(text) if part]
    return listed if not port.parse(text) and len(listed) > 1 and all(map(port.parse, listed)) else [text]


def _read(details: dict[str, Any]) -> dict[str, Any]:
    """Read a port by its name, else with its country beside it ("Dalian" in "China"), else as a country."""
    text, land = details.get("port"), details.get("country")
    if not text or port.parse(text):
        return details
    code = port.parse(f"{text}, {land}") if land else None
    if code:
        return {**details, "port": code}
    if country.parse(text):
        rest = {key: value for key, value in details.items() if key != "port"}
        return {**rest, "country": land or text}
    return details


def _append(found: list[dict[str, Any]], leg: dict[str, Any]) -> None:
    if not leg.get("port") and not leg.get("country"):
        return
    last = found[-1] if found else {}
    here, there = (port.parse(item.get("port") or "") or item.get("port") for item in (leg, last))
    if here and here == there:
        found[-1] = {**leg, **last}
    else:
        found.append(leg)
