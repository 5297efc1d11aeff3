"""The words that OFAC's XML forms have in common, and what they are called in the CSV sets that they are read like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LEADS: Final = {
    "Birthdate": "DOB",
    "Place of Birth": "POB",
    "Nationality Country": "nationality",
    "Citizenship Country": "citizen",
}
"""Features to the lead words of the remarks column; any other stands under its own name."""

VESSEL: Final = {
    "Vessel Call Sign": "call_sign",
    "VESSEL TYPE": "vessel_type",
    "Vessel Flag": "flag",
    "Vessel Owner": "owner",
    "Vessel Tonnage": "tonnage",
    "Vessel Gross Tonnage": "gross_tonnage",
    "Vessel Gross Registered Tonnage": "gross_tonnage",
}
"""Features to the columns of a vessel."""

_PLACE: Final = ("CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION")


def fact(feature: str, value: str) -> str:
    """A feature as the remarks column says it."""
    return f"{LEADS.get(feature, feature)} {value}".replace(";", ",")


def document(kind: str, number: str, country: str) -> str:
    """An identity document as the remarks column says it."""
    return f"{kind} {number}{f' ({country})' if country else ''}".replace(";", ",")


def weak_alias(kind: str, name: str) -> str:
    """A weak alias, which the CSV sets give among the remarks."""
    return f"{kind.casefold() or 'a.k.a.'} '{name}'"


def street_and_place(parts: Mapping[str, str]) -> tuple[str, str]:
    """The two columns of an address, from its parts by their kinds."""
    street = ", ".join(value for kind, value in parts.items() if kind.upper().startswith("ADDRESS"))
    return street, ", ".join(parts[kind] for kind in _PLACE if parts.get(kind))
