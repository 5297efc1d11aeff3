"""Cells of ship registers: several names, numbers, flags and owners in one, words where a number should stand.

A cell that cannot be read as the measure or year that it should be costs the ship nothing: it is kept as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from nkscreen.formats.tables.cells import ABSENT, NO_VALUE, Given
from nkscreen.formats.tables.cells import names as read_names
from nkscreen.formats.tables.draft import Draft
from nkscreen.formats.tables.numbers import parse, split
from nkscreen.formats.tables.paths import Target
from nkscreen.formats.tables.periods import Held, held, years
from nkscreen.records.codes import call_sign, country, imo, mmsi

_UNITS = {
    "length": {"": 1.0, "m": 1.0, "mtr": 1.0, "mtrs": 1.0, "metre": 1.0, "metres": 1.0, "meter": 1.0, "meters": 1.0,
               "ft": 0.3048, "feet": 0.3048},
    "gross_tonnage": dict.fromkeys(("", "gt", "grt", "t", "tons", "tonnes", "mt"), 1.0),
    "deadweight_tonnage": dict.fromkeys(("", "dwt", "t", "tons", "tonnes", "mt"), 1.0),
}  # fmt: skip
_UNITS["beam"] = _UNITS["length"]
"""Metres (the international foot, 1959) and tons, by the unit written beside the number."""

_HOLDERS = frozenset({"owner.name", "operator.name", "manager.name"})
_BY = re.compile(r"\s*[x×*/]\s*", re.IGNORECASE)
_NAMES = re.compile(r"(?<!\b[Mm])(?<!\b[SsFf])(?<=[^\s/]{3})\s*/\s*(?=[^\s/]{3})")
_EX = re.compile(r"[(\[,\s]+(?:ex|formerly|f/?k/?a|aka|a\.k\.a\.?|now|renamed)[.:\s-]+", re.IGNORECASE)
_FALSE = re.compile(r"[\s(\[,-]*\b(?:false(?:ly)?|fake|fraudulent)\b(?:\s+(?:flag|registry))?[\s)\],-]*", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)\d{7}(?!\d)")
_STATION = re.compile(r"(?<!\d)\d{9}(?!\d)")
_SIGN = re.compile(r"(?:radio\s*)?call\s*-?sign\s*[:=]?\s*(\S+)", re.IGNORECASE)


def reads(target: Target) -> bool:
    """Whether a field of a vessel is read here and not as cells of other tables are."""
    return target.path in {*_UNITS, *_HOLDERS, "build_year"}


def put(draft: Draft, target: Target, items: list[Given], headers: tuple[str, ...]) -> None:
    """Put a measure or a year, in metres, tons or as it is; zero and words for nothing are none. Of owners in columns
    of their own (registered, beneficial) the first is the owner."""
    if target.path in _HOLDERS:
        first = items[0].source.match.phrase
        own = [item for item in items if item.source.match.rank[0] or item.source.match.phrase == first]
        names = read_names(own)
        draft.set(target, names[0])
        draft.add(target, names[1:], field="aliases")
        for item in items:
            if item not in own and item.text not in names:
                draft.keep_party(" ".join(item.source.match.phrase), item.text)
        return
    for item in items:
        if item.text.lower() in NO_VALUE:
            continue
        values = _year(item.text) if target.field == "build_year" else _measures(target.field, item)
        if values is None:
            draft.keep_text(headers[item.source.column][:500], item.text)
            continue
        for field, value in values.items():
            draft.set(target, value, field=field, keep=field != target.field)
        return


def _year(text: str) -> dict[str, int] | None:
    """The first of the years of a text: a ship is built before it is rebuilt."""
    found = min(years(text), default=None)
    if found is None:
        return {} if set(text) <= set("0.-/ ") else None
    return {"build_year": found}


def _measures(field: str, item: Given) -> dict[str, float] | None:
    """A measure, or length and breadth where a cell of the length has both ("183 x 32 m")."""
    parts = _BY.split(item.text) if field == "length" else [item.text]
    fields = ("length", "beam")[: len(parts)] if len(parts) in {1, 2} and field == "length" else (field,)
    if len(parts) != len(fields):
        return None
    unit = split(parts[-1])[1]
    values: dict[str, float] = {}
    for name, part in zip(fields, parts, strict=True):
        digits, own = split(part)
        value = parse(digits, comma=item.source.comma) if digits else None
        factor = _UNITS[name].get((own or unit or item.source.match.unit).lower().strip(" ."))
        if value is None or value < 0 or factor is None:
            return None
        if value:
            values[name] = round(value * factor, 6)
    return values


def settled(data: dict[str, Any]) -> dict[str, Any]:
    """The data of a vessel with its lists taken apart: names, numbers, flags, owners and their histories."""
    _names(data)
    _numbers(data)
    _flags(data)
    _parties(data)
    return data


def _names(data: dict[str, Any]) -> None:
    current = [name for part in _pieces(data.get("name")) for name in _variants(part.value)]
    told = [part for text in data.get("previous_names", ()) for part in held(text, commas=True)]
    mapped, texts = _mapped(data.pop("name_history", ()), "name")
    told += [part for text in texts for part in held(text, commas=True)]
    former = [(name, part) for part in told if not _nothing(part.value) for name in _variants(part.value)]
    if not current and former:
        last = next((name for name, part in reversed(former) if not part.past), None)
        current = [last] if last and any(part.time() for _, part in former) else []
    if current:
        data["name"] = current[0]
    others = [name for name in (*current[1:], *(name for name, _ in former)) if name != data.get("name")]
    _set(data, "previous_names", list(dict.fromkeys(others)))
    _set(data, "name_history", [*mapped, *({"name": name, **part.time()} for name, part in former if part.time())])


def _mapped(periods: Iterable[dict[str, Any]], field: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Periods whose value a map file took from a column of its own, and histories that one cell tells."""
    items = list(periods)
    return [item for item in items if item.get(field)], [
        item.get("period", "") for item in items if not item.get(field)
    ]


def _variants(text: str) -> list[str]:
    """The names in one text: parted by a bar between words ("SEA STAR/ASTRA", not "M/V ASTRA"), or by "ex"."""
    parts = [part for piece in _NAMES.split(text) for part in _EX.split(piece)] if len(text) < 500 else [text]
    if len(parts) == 1:
        return [text]
    return [part for part in (piece.strip(" ,;()[]") for piece in parts) if part]


def _numbers(data: dict[str, Any]) -> None:
    for field in ("imo_number", "mmsi", "call_sign"):
        if _nothing(data.get(field) or ""):
            data.pop(field, None)
    given = data.get("imo_number")
    if given and imo.fault(given) == "several":
        _several(data, "imo_number", "other_imo_numbers", _NUMBER.findall(given))
    given = data.get("mmsi")
    if not given or mmsi.parse(given):
        return
    _several(data, "mmsi", "other_mmsi", _STATION.findall(given))
    sign = _SIGN.search(given)
    if sign and call_sign.parse(sign[1]) and not data.get("call_sign"):
        data["call_sign"] = sign[1]


def _several(data: dict[str, Any], field: str, others: str, found: list[str]) -> None:
    numbers = list(dict.fromkeys(found))
    if numbers:
        data[field] = numbers[0]
        _set(data, others, numbers[1:])


def _flags(data: dict[str, Any]) -> None:
    given = data.get("flag")
    if given and _FALSE.search(given) and (rest := _FALSE.sub(" ", given).strip()):
        data["flag"], data["flag_confirmed"] = rest, False
    past = [part for text in data.get("past_flags", ()) for part in _states(text)]
    mapped, texts = _mapped(data.pop("flag_history", ()), "flag")
    told = [part for text in texts for part in _states(text)]
    given = data.get("flag")
    if given and not country.parse(given):
        parts = _states(given)
        if len(parts) > 1 and all(country.parse(part.value) for part in parts):
            data["flag"], past = parts[0].value, [*parts[1:], *past]
        elif len(parts) == 1 and parts[0].time():
            data["flag"], told = parts[0].value, [*told, *parts]
    if not data.get("flag") and told and not told[-1].past:
        data["flag"] = told[-1].value
    timed = [{"flag": part.value, **part.time()} for part in (*told, *past) if part.time()]
    _set(data, "flag_history", [*mapped, *timed])
    if not timed:
        past += told
    _set(data, "past_flags", list(dict.fromkeys(part.value for part in past)))


def _states(text: str) -> list[Held]:
    """Countries of a cell; commas part them only where the whole is no country ("Korea, Republic of")."""
    plain = [part for part in held(text, bare=True) if not _nothing(part.value)]
    return [
        inner
        for part in plain
        for inner in (
            [part]
            if "," not in part.value or country.parse(part.value) or part.time()
            else held(part.value, commas=True, bare=True)
        )
    ]


def _parties(data: dict[str, Any]) -> None:
    others: list[dict[str, Any]] = []
    for field in ("other_parties", "further_parties"):
        for party in data.pop(field, ()):
            others += _named(party)
    for role in ("owner", "operator", "manager"):
        party = data.get(role)
        parts = _pieces(party.get("name")) if party else []
        if not party or not parts:
            continue
        now = next((part for part in parts if not part.past), parts[0])
        data[role] = {**party, "name": now.value}
        others += [{"name": part.value, "role": role, **part.time()} for part in parts if part is not now]
        if now.time():
            others.append({"name": now.value, "role": role, **now.time()})
    _set(data, "other_parties", others)


def _named(party: dict[str, Any]) -> list[dict[str, Any]]:
    parts = _pieces(party.get("name"))
    return [{**party, "name": part.value, **part.time()} for part in parts] or [party]


def _pieces(text: str | None) -> list[Held]:
    return [part for part in held(text or "") if not _nothing(part.value)] or ([Held(text)] if text else [])


def _nothing(text: str) -> bool:
    return text in ABSENT or text.lower() in NO_VALUE


def _set(data: dict[str, Any], field: str, values: list[Any]) -> None:
    data.pop(field, None)
    if values:
        data[field] = values
