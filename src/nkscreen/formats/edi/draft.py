"""A consignment while its segments come in, and the records it becomes."""

from __future__ import annotations

from datetime import date
from typing import Any

from nkscreen.formats.edi.text import named
from nkscreen.formats.tables.voyage import legs
from nkscreen.records import Shipment, Source, Vessel
from nkscreen.records.codes import country, imo, port

MAX_LINES = 2_000
"""Most goods, texts and containers kept of one consignment: those of `records.model.MAX_LIST`, plus one that tells."""

SINGLE = {"shipper": "shipper", "consignee": "consignee"}


class Draft:
    """What is known of one consignment so far. `fork` begins the next one with what holds for all."""

    def __init__(self) -> None:
        self.record: dict[str, Any] = {}
        self.vessel: dict[str, Any] = {}
        self.parties: list[dict[str, Any]] = []
        self.stops: dict[str, dict[str, Any]] = {}
        self.others: list[dict[str, Any]] = []
        self.goods: list[dict[str, Any]] = []
        self.containers: dict[str, None] = {}
        self.texts: list[dict[str, str]] = []
        self.calls: list[dict[str, Any]] = []
        self.place: dict[str, Any] | None = None
        self.key = ""
        self.own = 0
        self.open: dict[str, Any] | None = None
        self.name_lines: list[str] = []
        self.goods_lines: list[str] = []

    def fork(self) -> Draft:
        """A draft that begins with the same, and counts from now on what is its own."""
        made = Draft()
        made.record, made.vessel, made.key = dict(self.record), dict(self.vessel), self.key
        made.parties = [dict(party) for party in self.parties]
        made.stops = {name: _own(stop) for name, stop in self.stops.items()}
        made.others, made.goods, made.texts = list(self.others), [dict(line) for line in self.goods], list(self.texts)
        made.containers, made.calls, made.goods_lines = dict(self.containers), list(self.calls), list(self.goods_lines)
        return made

    def empty(self) -> bool:
        """Whether nothing was said that could be screened."""
        held = (self.vessel, self.parties, self.stops, self.others, self.goods, self.containers, self.texts)
        return not any(held) and not self.calls

    def party(self, role: str, data: dict[str, Any]) -> dict[str, Any] | None:
        """A party in a role; one that has nothing but a role is none."""
        if not data:
            return None
        party = {**data, "role": role}
        self._grow(self.parties, party)
        return party

    def open_party(self, role: str, name: str = "") -> dict[str, Any]:
        """Begin a party whose address and further lines of name follow in segments of their own."""
        self.name_lines = [name] if name else []
        self.open = {**named(name, ()), "role": role}
        self._grow(self.parties, self.open)
        return self.open

    def close_party(self) -> None:
        """What follows belongs to no party."""
        self.open, self.name_lines = None, []

    def current_party(self) -> dict[str, Any]:
        """The party that is open; a new one, of no known role, where none is."""
        return self.open_party("party") if self.open is None else self.open

    def stop(self, name: str, details: dict[str, Any]) -> None:
        """A stop of the voyage, the first given; further transshipment ports are a list; other names are elsewhere."""
        self.own += 1
        self.place = details
        if name == "transshipment":
            known = self.stops.setdefault(name, {"port": []})
            known["port"].append(details.get("port") or details.get("country") or "")
        elif name and name not in self.stops:
            self.stops[name] = details
        else:
            self._grow(self.others, details)

    def line(self, *, new: bool = False) -> dict[str, Any]:
        """The line of goods at hand, or a new one."""
        if new or not self.goods:
            self._grow(self.goods, {})
        return self.goods[-1]

    def describe(self, text: str) -> None:
        """Add to the description of the goods at hand; what it says already is not repeated."""
        line = self.line()
        before = line.get("description", "")
        if text and text not in before:
            line["description"] = f"{before} {text}".strip()

    def container(self, number: str) -> None:
        bare = "".join(number.split()).upper()
        if bare and len(self.containers) <= MAX_LINES:
            self.own += 1
            self.containers[bare[:50]] = None

    def text(self, place: str, text: str) -> None:
        """Text that no field takes."""
        if text.strip():
            self._grow(self.texts, {"place": place, "text": text.strip()[:100_000]})

    def ship(self, *, name: str = "", number: str = "", call_sign: str = "", flag: str = "") -> None:
        """The carrying vessel, what was given first kept. A number that is none of the IMO's is kept for the report."""
        self.own += 1
        given = {"name": name, "imo_number": number, "call_sign": call_sign, "flag": flag}
        for field, value in given.items():
            if value:
                self.vessel.setdefault(field, value)

    def _grow(self, items: list[dict[str, Any]], item: dict[str, Any]) -> None:
        self.own += 1
        if len(items) <= MAX_LINES:
            items.append(item)

    def shipment(self, number: str, source: Source) -> Shipment:
        """The consignment as a record; `number` names it where no bill of lading, booking or container does.

        Raises:
            InputError: it holds more, or longer, values than a record may.
        """
        record = dict(self.record)
        record["legs"] = self._legs(record)
        notify, other = [], []
        for party in self.parties:
            role = party["role"]
            if len(party) == 1:
                continue  # nothing but a role
            if role in SINGLE and role not in record:
                record[role] = {name: value for name, value in party.items() if name != "role"}
            elif role == "notify party":
                notify.append(party)
            else:
                other.append(party)
        record |= {"notify_parties": notify, "other_parties": other, "goods": [line for line in self.goods if line]}
        if self.vessel:
            record["vessel"] = self.vessel
        record["container_numbers"] = list(self.containers)
        record["unmapped_text"] = self.texts
        containers = next(iter(self.containers), "")
        name = self.record.get("bill_of_lading") or self.key or self.record.get("booking") or containers or number
        return Shipment.read({**record, "id": str(name)[:500], "source": source})

    def vessel_record(self, number: str, source: Source) -> Vessel:
        """The ship as a record of its own, with the ports it calls at.

        Raises:
            InputError: as `shipment`.
        """
        name = self.vessel.get("name") or self.vessel.get("imo_number") or self.vessel.get("call_sign") or number
        calls = [call for call in (*self.calls, *self.stops.values()) if isinstance(call.get("port"), str)]
        own = {"id": str(name)[:500], "source": source, "date": self.record.get("date")}
        return Vessel.read({**self.vessel, "port_calls": calls, **own})

    def _legs(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        for stop in ("port_of_loading", "port_of_discharge", "place_of_delivery"):
            given = self.stops.get(stop, {})
            if given.get("port"):
                record[stop] = given["port"]
        for stop, field, date_ in _DATES:
            if day := self.stops.get(stop, {}).get(field):
                record.setdefault(date_, day)
        found = legs(record, self.stops)
        known = {leg.get("port") for leg in found}
        between = [place for place in self.others if place.get("vessel") or place.get("port") not in known]
        last = {place for stop in ("port_of_discharge", "place_of_delivery") if (place := record.get(stop))}
        at = next((index for index, leg in enumerate(found) if leg.get("port") in last), len(found))
        return [*found[:at], *between, *found[at:]]


def _own(stop: dict[str, Any]) -> dict[str, Any]:
    """A copy of a stop, of which the ports may be several."""
    return {field: list(value) if isinstance(value, list) else value for field, value in stop.items()}


_DATES = (("port_of_loading", "departure", "departure_date"), ("port_of_discharge", "arrival", "arrival_date"))


def place(code: str, name: str = "", land: str = "") -> tuple[dict[str, Any], str]:
    """A place from its code, name and country, and what of it could not be read or may say something else."""
    by_code, by_name = port.parse(code) if code else None, port.parse(name) if name else None
    land = land if country.parse(land) else ""
    with_land = port.parse(f"{name}, {land}") if name and land and not by_name else None
    found = by_code or by_name or with_land
    doubt = name if by_code and by_code != by_name else ""
    if found:
        return ({"port": found, "country": land} if land and not port.country_of(found) else {"port": found}), doubt
    text = name or code
    if country.parse(text):
        return {"country": text}, ""
    details = {"port": text[:200]} if text else {}
    return details | ({"country": land} if land else {}), f"{code} {name}".strip() if code and name else ""


def day(text: str) -> str | None:
    """The day of `CCYYMMDD…` or `YYMMDD…` (years from 69 are of the 1900s), or None."""
    digits = text.partition("-")[0].strip()
    if not digits.isascii() or not digits.isdigit():
        return None
    if len(digits) in (6, 10):
        digits = ("19" if digits >= "69" else "20") + digits
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat() if len(digits) >= 8 else None
    except ValueError:
        return None


def ship_number(text: str, *, stated: bool = True) -> dict[str, str]:
    """What identifies a ship: an IMO number where it is one or is stated as one in digits, else a call sign."""
    if imo.parse(text) or (stated and text.isdigit()):
        return {"number": text}
    return {"call_sign": text} if 3 <= len(text) <= 8 and text.isalnum() and not text.isdigit() else {}


_KILOGRAMS = {"KGM": 1.0, "KG": 1.0, "K": 1.0, "TNE": 1000.0, "TON": 1000.0, "E": 1000.0, "LBR": 0.45359237}
_KILOGRAMS |= {"LB": 0.45359237, "L": 0.45359237, "GRM": 0.001, "GR": 0.001}


def number(text: str) -> float | None:
    """A plain number, with a point or a comma before its decimals; None where it is none or is negative."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value < 1e15 else None


def kilograms(text: str, unit: str) -> float | None:
    """A weight in kilograms, or None where the unit or the number cannot be read."""
    factor, value = _KILOGRAMS.get(unit.upper()), number(text)
    return round(value * factor, 6) if factor is not None and value is not None else None
