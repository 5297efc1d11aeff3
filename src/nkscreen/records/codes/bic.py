"""Business identifier codes (ISO 9362): party, country, location and, in the long form, branch.

Only form and country are checked. Registers of BICs are incomplete (they lack the DPRK's banks, of all), so one that
no register has is still a BIC.
"""

from __future__ import annotations

import re

from nkscreen.records.codes import country as countries
from nkscreen.records.codes._text import MAX_LENGTH, clean, remembered

PLACEHOLDERS = frozenset({"NOTPROVIDED", "PLACEHOLDER"})
"""Words of eleven letters that payment systems put where no BIC is known, and that have a country by accident."""

_FORM = re.compile(r"(?![0-9]{4})[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


@remembered
def parse(text: str) -> str | None:
    """The 8 or 11 characters in capitals, or None, also for placeholders (`NONEXXXX`, `NOTPROVIDED`)."""
    code = _code(text)
    if not _FORM.fullmatch(code) or code in PLACEHOLDERS:
        return None
    return code if countries.is_code(code[4:6]) else None


def country(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code in the fifth and sixth character (`"KP"` for `FTBDKPPY`), or None for no BIC."""
    code = parse(text)
    return code[4:6] if code else None


def why(text: str) -> str:
    """One sentence on why a text is not read as a BIC, and what to write instead."""
    shown = text[:60]
    code = _code(text)
    if code in PLACEHOLDERS:
        return f"“{shown}” is a placeholder; write the bank's BIC or leave the field empty."
    if _FORM.fullmatch(code):
        return f"“{shown}” has no country in its fifth and sixth character; compare the BIC with the bank's papers."
    return f"“{shown}” is no BIC; write its 8 or 11 letters and digits."


def _code(text: str) -> str:
    return clean(text).replace(" ", "").upper() if len(text) <= MAX_LENGTH else ""
