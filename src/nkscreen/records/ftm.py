"""Counterparties and vessels as FollowTheMoney entities and back.

The shape is FollowTheMoney's JSON: `{"id", "schema", "properties": {name: [values]}}`, countries in lower case
(https://followthemoney.tech). What a record holds and FollowTheMoney has no property for (roles, wallets, port calls,
transfers, owners) is not part of the entity.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from nkscreen.errors import InputError
from nkscreen.records.kinds import Counterparty, Vessel
from nkscreen.records.model import Schema

PARTY = {
    "name": "name",
    "aliases": "alias",
    "country": "country",
    "nationality": "nationality",
    "address": "address",
    "birth_date": "birthDate",
    "birth_place": "birthPlace",
    "gender": "gender",
    "incorporation_date": "incorporationDate",
    "swift_bic": "swiftBic",
    "lei_code": "leiCode",
    "phone": "phone",
    "email": "email",
    "website": "website",
}
"""Fields of a counterparty and the properties that hold them."""

VESSEL = {
    "name": "name",
    "previous_names": "previousName",
    "imo_number": "imoNumber",
    "mmsi": "mmsi",
    "call_sign": "callSign",
    "flag": "flag",
    "past_flags": "pastFlags",
    "type": "type",
    "build_year": "buildDate",
    "gross_tonnage": "grossRegisteredTonnage",
    "deadweight_tonnage": "deadweightTonnage",
}
"""Fields of a vessel and the properties that hold them."""

DOCUMENTS = {"passport": "passportNumber", "registration": "registrationNumber", "tax": "taxNumber", "id": "idNumber"}
"""Types of document and their properties; any other type is an idNumber."""

_COUNTRIES = {"country", "nationality", "flag", "past_flags"}
_LISTS = {"aliases", "previous_names", "past_flags"}
_PARTY_SCHEMATA = frozenset(get_args(Schema)) - {"Vessel", "Airplane", "CryptoWallet"}


def to_ftm(record: Counterparty | Vessel) -> dict[str, Any]:
    """The record as one FollowTheMoney entity."""
    vessel = isinstance(record, Vessel)
    properties: dict[str, list[str]] = {}
    for field, name in (VESSEL if vessel else PARTY).items():
        value = getattr(record, field)
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        case: Callable[[str], str] = str.lower if field in _COUNTRIES else str
        if values:
            properties[name] = [case(str(item)) for item in values]
    if isinstance(record, Counterparty):
        for document in record.documents:
            kind = (document.type or "").lower()
            properties.setdefault(DOCUMENTS.get(kind, DOCUMENTS["id"]), []).append(document.number)
    schema = "Vessel" if isinstance(record, Vessel) else record.schema_
    return {"id": record.id, "schema": schema, "properties": properties}


def from_ftm(entity: dict[str, Any]) -> Counterparty | Vessel:
    """A record from one FollowTheMoney entity. Of several values of a single-valued field the first is kept; further
    names become aliases or previous names, so that all are screened.

    Raises:
        InputError: the schema is none of a party or vessel, or a value is wrong.
    """
    schema, properties = entity.get("schema"), entity.get("properties")
    if not isinstance(properties, dict) or not (schema == "Vessel" or schema in _PARTY_SCHEMATA):
        raise InputError(f"not a FollowTheMoney entity of a party or vessel (schema {schema!r})")
    data: dict[str, Any] = {"id": str(entity.get("id") or "")}
    for field, name in (VESSEL if schema == "Vessel" else PARTY).items():
        values = tuple(str(value) for value in properties.get(name, ()))
        if values:
            data[field] = values if field in _LISTS else values[0]
    further = "previous_names" if schema == "Vessel" else "aliases"
    names = tuple(str(value) for value in properties.get("name", ())[1:])
    data[further] = (*names, *data.get(further, ()))
    if schema == "Vessel":
        if "build_year" in data:
            data["build_year"] = str(data["build_year"])[:4]
        data[further] += tuple(str(value) for value in properties.get("alias", ()))
        return Vessel.read(data)
    data["aliases"] += tuple(str(value) for value in properties.get("weakAlias", ()))
    data["documents"] = tuple(
        {"type": kind, "number": str(number)} for kind, name in DOCUMENTS.items() for number in properties.get(name, ())
    )
    return Counterparty.read({**data, "schema": schema})
