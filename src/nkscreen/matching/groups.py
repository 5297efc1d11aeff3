"""Which kinds of listed entity are compared with which."""

from __future__ import annotations

from nkscreen.records import Schema

GROUPS: dict[Schema, str] = {
    "Person": "party",
    "Company": "party",
    "Organization": "party",
    "PublicBody": "party",
    "LegalEntity": "party",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "CryptoWallet": "wallet",
}
"""Schemata that are compared with each other by name: parties among themselves, ships with ships."""
