"""The rows of one bill as a shipment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from nkscreen.formats.edi.draft import Draft, number, place, ship_number
from nkscreen.formats.edi.text import NAME_WIDTH, continues, joined, named
from nkscreen.formats.tables.numbers import KILOGRAMS
from nkscreen.records import Shipment, Source
from nkscreen.records.codes import imo

ROLES = {"shipper": ("shipper", "shipper_party"), "consignee": ("consignee",) * 2}
ROLES["notifyparty"] = ("notify party", "notify_party")
"""Table → the party's role, and how the columns of its name and address begin."""

NOT_WORDS = frozenset(
    {
        "identifier", "container_number", "bill_type_code", "conveyance_id_qualifier", "in_bond_entry_type",
        "mode_of_transportation", "manifest_unit", "weight_unit", "measurement_unit", "harmonized_weight_unit",
        "foreign_port_of_lading_qualifier", "foreign_port_of_destination_qualifier", "comm_number_qualifier",
        "equipment_description_code", "container_type", "load_status", "type_of_service", "hazmat_code_qualifier",
        "hazmat_flash_point_temperature_unit", "trade_update_date", "run_date", "manifest_number",
    }
)  # fmt: skip
"""Columns of codes and of words from a fixed list; what no field takes of the others is text."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row: its table, where it stands, and its cells that hold something."""

    table: str
    file: str
    line: int
    cells: dict[str, str]


class _Row:
    """Cells that are taken one by one; what is left over is kept as text."""

    def __init__(self, row: Found) -> None:
        self.table, self._left = row.table, dict(row.cells)

    def take(self, *names: str) -> str:
        """The first of the cells that holds something; all of them count as taken."""
        return next(filter(None, [self._left.pop(name, "") for name in names]), "")

    def left(self) -> Iterator[tuple[str, str]]:
        for name, text in self._left.items():
            if name not in NOT_WORDS and any(map(str.isalpha, text)):
                yield f"{self.table}.{name}", text


def shipment(identifier: str, header: Found, parts: Sequence[Found], source: Source) -> Shipment:
    """The shipment of one header row; rows that are repeated as they are count once.

    Raises:
        InputError: a value cannot be one of a shipment, or there are too many.
    """
    draft = Draft()
    draft.key = identifier
    _header(draft, _Row(header))
    distinct = {(row.table, *sorted(row.cells.items())): row for row in parts}.values()
    for row in distinct:
        draft.container(_container(row.cells.get("container_number", "")))
        if row.table in ROLES:
            _party(draft, _Row(row))
        elif row.table not in ("cargodesc", "tariff"):
            _OTHERS[row.table](draft, _Row(row))
    _goods(draft, distinct)
    return draft.shipment(identifier, source)


def _header(draft: Draft, row: _Row) -> None:
    qualifier = row.take("conveyance_id_qualifier").lower()
    conveyance = bare(row.take("conveyance_id"))
    stated = "imo" in qualifier or "lloyd" in qualifier or bool(imo.parse(conveyance))
    identity = ship_number(conveyance, stated=stated)
    draft.ship(name=row.take("vessel_name"), flag=row.take("vessel_country_code"), **identity)
    if conveyance and not identity:
        draft.text("header.conveyance_id", conveyance)
    if code := row.take("carrier_code"):
        draft.party("carrier", {"documents": [{"type": "SCAC", "number": code[:200]}]})
    for stop, column in _STOPS:
        if text := row.take(column).rstrip(" -"):
            details, doubt = place("", text)
            draft.stop(stop, details)
            draft.text(f"header.{column}", doubt)
    if arrival := row.take("actual_arrival_date", "estimated_arrival_date"):
        draft.record["arrival_date"] = _day(arrival)
    if status := row.take("record_status_indicator"):
        draft.record["remarks"] = f"record status: {status}"
    if (count := number(row.take("manifest_quantity"))) is not None:
        draft.record["package_count"] = count
    weight, unit = row.take("weight"), row.take("weight_unit")
    if (kilos := _kilograms(weight, unit)) is not None:
        draft.record["gross_weight_kg"] = kilos
    elif weight:
        draft.text("header.weight", f"{weight} {unit}")
    for index in range(1, 11):
        if name := row.take(f"secondary_notify_party_{index}"):
            draft.party("notify party", named(name, []))
    _rest(draft, row)


_STOPS = (
    ("place_of_receipt", "place_of_receipt"),
    ("port_of_loading", "foreign_port_of_lading"),
    ("port_of_discharge", "port_of_unlading"),
    ("place_of_delivery", "foreign_port_of_destination"),
    ("place_of_delivery", "port_of_destination"),
)


def _billgen(draft: Draft, row: _Row) -> None:
    bills = [row.take(f"{kind}bol_number") for kind in ("sub_house_", "house_", "master_")]
    for bill in filter(None, bills):
        if draft.record.setdefault("bill_of_lading", bill) != bill:
            draft.text("billgen.bol_number", bill)
    if voyage := row.take("voyage_number"):
        draft.record.setdefault("voyage", voyage)
    _rest(draft, row)


def _party(draft: Draft, row: _Row) -> None:
    role, begins = ROLES[row.table]
    name = row.take(f"{begins}_name")
    lines = [row.take(f"{begins}_address_{index}", f"address_{index}") for index in range(1, 5)]
    lines = [row.take(f"{begins}_address"), *lines]
    lines = [line for line in lines if line]
    party: dict[str, Any] = named(name, [])
    if name and lines and continues(name, lines[0]):
        party = named(name, [lines.pop(0)])
    elif len(name) >= NAME_WIDTH and lines:
        party["aliases"] = [joined([name, lines[0]])]
    lines += [text for column in ("city", "state_province", "zip_code") if (text := row.take(column))]
    if lines:
        party["address"] = ", ".join(lines)
    if land := row.take("country_code"):
        party["country"] = land[:200]
    reach, kind = row.take("comm_number"), row.take("comm_number_qualifier").lower()
    if reach:
        party["email" if "@" in reach or "mail" in kind else "phone"] = reach
    draft.party(role, party)
    if contact := row.take("contact_name"):
        draft.party(f"contact of {role}", named(contact, []))
    _rest(draft, row)


def _marks(draft: Draft, row: _Row) -> None:
    lines = [row.take(f"marks_and_numbers_{index}") for index in range(1, 9)]
    if text := joined(lines):
        draft.record["marks"] = f"{draft.record.get('marks', '')} {text}".strip()
    _rest(draft, row)


def _hazmat(draft: Draft, row: _Row) -> None:
    if contact := row.take("hazmat_contact"):
        draft.party("contact for dangerous goods", named(contact, []))
    draft.text("hazmat", " ".join(filter(None, (row.take("hazmat_code"), row.take("hazmat_description")))))
    _rest(draft, row)


def _goods(draft: Draft, rows: Iterable[Found]) -> None:
    """A line of goods a container: its description over all rows in their order, with each tariff number it has."""
    held = [row for row in rows if row.table in ("cargodesc", "tariff")]
    held.sort(key=lambda row: (row.cells.get("container_number", ""), row.table, _sequence(row)))
    lines: dict[tuple[tuple[str, Any], ...], None] = {}
    for _, group in groupby(held, key=lambda row: row.cells.get("container_number", "")):
        taken = list(group)
        described = [_Row(row) for row in taken if row.table == "cargodesc"]
        tariffs = [_Row(row) for row in taken if row.table == "tariff"]
        line: dict[str, Any] = {}
        if text := joined([row.take("description_text", "description") for row in described]):
            line["description"] = text
        pieces = [count for row in described if (count := number(row.take("piece_count"))) is not None]
        if pieces:
            line |= {"quantity": sum(pieces), "unit": "packages"}
        for tariff in [_tariff(row) for row in tariffs] or [{}]:
            lines[tuple((line | tariff).items())] = None
        for row in (*described, *tariffs):
            _rest(draft, row)
    for items in lines:
        if items:
            draft.line(new=True).update(items)


def _tariff(row: _Row) -> dict[str, Any]:
    line: dict[str, Any] = {}
    if code := bare(row.take("harmonized_number")):
        line["hs_code"] = f"0{code}"[:200] if code.isdigit() and len(code) % 2 else code[:200]
    if (value := number(row.take("harmonized_value"))) is not None:
        line["value"] = value
    weight = _kilograms(row.take("harmonized_weight"), row.take("harmonized_weight_unit"))
    return line | ({"gross_weight_kg": weight} if weight is not None else {})


def _rest(draft: Draft, row: _Row) -> None:
    for where, text in row.left():
        draft.text(where, text)


_OTHERS = {"billgen": _billgen, "marks": _marks, "hazmat": _hazmat, "hazmatclass": _rest, "container": _rest}


def _sequence(row: Found) -> float:
    return number(row.cells.get("description_sequence_number", "")) or 0


def _container(text: str) -> str:
    return text if any(map(str.isdigit, text)) else ""  # `NC` and the like say that there is none


def bare(text: str) -> str:
    """A number as its digits: data frames write identifiers and codes as `8451.0`."""
    text = text.strip()
    return text.removesuffix(".0") if text[:-2].isdigit() else text


def _day(text: str) -> str:
    return text.replace("T", " ").partition(" ")[0] if text[:4].isdigit() else text


def _kilograms(text: str, unit: str) -> float | None:
    value, factor = number(text), KILOGRAMS.get("".join(unit.lower().replace(".", "").split()))
    return round(value * factor, 6) if value is not None and factor is not None else None
