"""One Senzing record as a counterparty or vessel: features at the top, with prefixes, or in lists.

The names of features are those of Senzing's generic entity specification; what is no feature known here is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from nkscreen.formats.edi.text import looks_like_text
from nkscreen.records import Counterparty, Record, Source, Vessel

_SCHEMATA: Final = {"PERSON": "Person", "ORGANIZATION": "Organization", "COMPANY": "Company", "VESSEL": "Vessel"}
_NAME: Final = re.compile(r"(.*?)NAME_(FULL|ORG|FIRST|MIDDLE|LAST|PREFIX|SUFFIX)")
_ADDRESS: Final = re.compile(r"(.*?)ADDR_(FULL|LINE\d|CITY|STATE|POSTAL_CODE|COUNTRY)")
_DOCUMENT: Final = re.compile(
    r"(PASSPORT|DRIVERS_LICENSE|SSN|NATIONAL_ID|TAX_ID|OTHER_ID|TRUSTED_ID|DUNS|REGISTRATION|LEI)_NUMBER"
)
_ORDER: Final = ("PREFIX", "FIRST", "MIDDLE", "LAST", "SUFFIX")
_SINGLE: Final = {
    "DATE_OF_BIRTH": "birth_date",
    "PLACE_OF_BIRTH": "birth_place",
    "GENDER": "gender",
    "NATIONALITY": "nationality",
    "CITIZENSHIP": "nationality",
    "COUNTRY_OF_ASSOCIATION": "country",
    "REGISTRATION_COUNTRY": "country",
    "REGISTRATION_DATE": "incorporation_date",
    "PHONE_NUMBER": "phone",
    "EMAIL_ADDRESS": "email",
    "WEBSITE_ADDRESS": "website",
    "IMO_NUMBER": "imo_number",
    "MMSI": "mmsi",
    "CALL_SIGN": "call_sign",
}
_NOT_TEXT: Final = re.compile(r"DATA_SOURCE|RECORD_ID|RECORD_TYPE|.*_TYPE|.*_KEY|.*_DOMAIN|URL|LAST_CHANGE|DATE|STATUS")
_PARTY_ONLY: Final = (
    "birth_date",
    "birth_place",
    "gender",
    "nationality",
    "incorporation_date",
    "phone",
    "email",
    "website",
)
_SHIP_ONLY: Final = ("imo_number", "mmsi", "call_sign")


def senzing(entity: Mapping[str, Any], source: Source) -> Record:
    """The record of one entity.

    Raises:
        InputError: a value cannot be one of a record.
    """
    schema = _SCHEMATA.get(str(entity.get("RECORD_TYPE") or "").upper(), "LegalEntity")
    names: list[str] = []
    addresses: list[str] = []
    documents: list[dict[str, str]] = []
    texts: list[dict[str, str]] = []
    found: dict[str, Any] = {}
    for scope in _scopes(entity):
        names += _names(scope)
        for address, country in _addresses(scope):
            addresses.append(address)
            if country:
                found.setdefault("country", country)
        for key, text in scope.items():
            if document := _DOCUMENT.fullmatch(key):
                documents.append({"type": document[1].replace("_", " ").lower(), "number": text[:200]})
            elif key in _SINGLE:
                if _SINGLE[key] in found and looks_like_text(text):
                    texts.append({"place": key, "text": text[:100_000]})
                found.setdefault(_SINGLE[key], text)
            elif not (_NAME.fullmatch(key) or _ADDRESS.fullmatch(key) or _NOT_TEXT.fullmatch(key)) and looks_like_text(
                text
            ):
                texts.append({"place": key[:500], "text": text[:100_000]})
    names = list(dict.fromkeys(filter(None, names)))
    texts += [{"place": "ADDRESSES", "text": address[:100_000]} for address in addresses[1:] if address]
    common = {"id": str(entity.get("RECORD_ID") or ""), "source": source, "unmapped_text": texts}
    if names:
        common["name"] = names[0]
    if schema == "Vessel":
        ship = {key: value for key, value in found.items() if key not in _PARTY_ONLY}
        ship["flag"] = ship.pop("country", None) or found.get("nationality")
        return Vessel.read({**common, **ship, "previous_names": names[1:]})
    party = {key: value for key, value in found.items() if key not in _SHIP_ONLY}
    if party.get("gender", "").upper() in {"M", "F"}:
        party["gender"] = "male" if party["gender"].upper() == "M" else "female"
    if addresses:
        party["address"] = addresses[0]
    return Counterparty.read({**common, **party, "schema": schema, "aliases": names[1:], "documents": documents})


def _scopes(entity: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The features at the top, and each item of a list of features."""
    yield {
        str(key): str(value) for key, value in entity.items() if isinstance(value, str | int | float) and value != ""
    }
    for value in entity.values():
        for item in value if isinstance(value, list) else ():
            if isinstance(item, dict):
                yield {str(key): str(inner) for key, inner in item.items() if isinstance(inner, str | int | float)}


def _names(scope: Mapping[str, str]) -> Iterator[str]:
    parts: dict[str, dict[str, str]] = {}
    for key, text in scope.items():
        if found := _NAME.fullmatch(key):
            parts.setdefault(found[1], {})[found[2]] = text
    for name in parts.values():
        whole = name.get("FULL") or name.get("ORG")
        yield whole or " ".join(name[part] for part in _ORDER if part in name)


def _addresses(scope: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    parts: dict[str, dict[str, str]] = {}
    for key, text in scope.items():
        if found := _ADDRESS.fullmatch(key):
            parts.setdefault(found[1], {})[found[2]] = text
    for address in parts.values():
        country = address.pop("COUNTRY", "")
        yield address.get("FULL") or ", ".join(address.values()), country
