"""Vessel identities of Global Fishing Watch's API (v3, JSON): registry entries and what ships said of themselves on AIS
over the years, as one vessel with its history of names, flags, MMSI and owners.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nkscreen.errors import InputError
from nkscreen.formats.detect import Format, Given
from nkscreen.formats.documents.leaves import json_document, whole
from nkscreen.formats.model import Input, Quarantined
from nkscreen.records import Record, Source, Vessel
from nkscreen.records.codes import country

_KEYS = frozenset({"selfReportedInfo", "registryInfo"})
_FROM, _TO = "transmissionDateFrom", "transmissionDateTo"


def _known(given: Given) -> str | None:
    found = sorted(_KEYS & given.keys)
    return f"it is JSON with Global Fishing Watch's {', '.join(found)}" if found else None


def read_gfw(given: Given) -> Input:
    """The vessels of an answer of the API: one, a list, or `entries`.

    Raises:
        InputError: the text is no JSON, or too large.
    """
    content = json_document(whole(given.rewound(), given.file), given.file)
    if isinstance(content, dict) and isinstance(content.get("entries"), list):
        content = content["entries"]
    items = content if isinstance(content, list) else [content]
    return Input(
        _records(given, items), file=given.file, format="Global Fishing Watch vessel identities, JSON", kind="vessel"
    )


def _records(given: Given, items: list[Any]) -> Iterator[Record | Quarantined]:
    for number, item in enumerate(items, 1):
        source = Source(file=given.file, path=f"[{number}]" if len(items) > 1 else "")
        try:
            if not isinstance(item, dict):
                raise InputError("the entry is no object")
            yield Vessel.read({"id": f"vessel {number}", **_vessel(item), "source": source})
        except InputError as error:
            yield Quarantined(source=source, reason=f"{error.message}; repair the entry", raw=str(item)[:2000])


def _vessel(item: dict[str, Any]) -> dict[str, Any]:
    told = [*_objects(item, "registryInfo"), *_objects(item, "selfReportedInfo")]
    if not told:
        raise InputError("the entry has neither registryInfo nor selfReportedInfo")
    told.sort(key=lambda entry: str(entry.get(_TO) or ""))
    numbers = list(dict.fromkeys(_text(entry.get("ssvid")) for entry in reversed(told) if entry.get("ssvid")))
    imos = list(dict.fromkeys(_text(entry.get("imo")) for entry in reversed(told) if entry.get("imo")))
    names = _periods(told, "shipname")
    flags = _periods(told, "flag")
    last = _last(told)
    data: dict[str, Any] = {
        "name": last("shipname"),
        "previous_names": [name for name in dict.fromkeys(name for name, _ in names) if name != last("shipname")],
        "name_history": [{"name": name, **time} for name, time in names],
        "imo_number": imos[0] if imos else None,
        "other_imo_numbers": imos[1:],
        "mmsi": numbers[0] if numbers else None,
        "other_mmsi": numbers[1:],
        "call_sign": last("callsign"),
        "flag": last("flag"),
        "flag_history": [{"flag": flag, **time} for flag, time in flags],
        "type": ", ".join(map(str, last("geartypes") or ())) or None,
        "length": last("lengthM"),
        "gross_tonnage": last("tonnageGt"),
        "build_year": next((extra["builtYear"] for extra in _extras(told) if extra.get("builtYear")), None),
        "other_parties": [_owner(owner) for owner in _objects(item, "registryOwners")],
    }
    return {field: value for field, value in data.items() if value}


def _last(told: list[dict[str, Any]]) -> Any:
    """What the latest entry that has a field says in it."""
    return lambda field: next((entry[field] for entry in reversed(told) if entry.get(field)), None)


def _periods(told: list[dict[str, Any]], field: str) -> list[tuple[str, dict[str, str]]]:
    """The values of a field by the time in which they were sent; times of one value that overlap are one."""
    spans: list[tuple[str, str, str]] = []
    dated = [entry for entry in told if entry.get(field) and entry.get(_FROM) and entry.get(_TO)]
    for entry in sorted(dated, key=lambda entry: str(entry[_FROM])):
        value, since, until = str(entry[field]), str(entry[_FROM])[:10], str(entry[_TO])[:10]
        value = country.parse(value) or value if field == "flag" else value
        same = next((at for at, (known, _, end) in enumerate(spans) if known == value and since <= end), None)
        if same is None:
            spans.append((value, since, until))
        else:
            spans[same] = (value, spans[same][1], max(until, spans[same][2]))
    return [(value, {"since": since, "until": until}) for value, since, until in spans]


def _owner(owner: dict[str, Any]) -> dict[str, Any]:
    data = {"name": owner.get("name"), "role": "owner", "country": owner.get("flag")}
    times = {"since": owner.get("dateFrom"), "until": owner.get("dateTo")}
    return {**data, **{field: str(day)[:10] for field, day in times.items() if day}}


def _extras(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [extra for entry in reversed(told) for extra in _objects(entry, "extraFields")]


def _objects(item: dict[str, Any], field: str) -> list[dict[str, Any]]:
    found = item.get(field)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _text(value: Any) -> str:
    return str(value)


IDENTITIES = Format("Global Fishing Watch vessel identities", _known, read_gfw)
