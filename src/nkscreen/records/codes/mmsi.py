"""Maritime Mobile Service Identities: nine digits, of which three name the country (Recommendation ITU-R M.585).

The countries are those of the ITU Table of Maritime Identification Digits, in `data/mid.tsv` (see
scripts/build_countries.py).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from nkscreen.records.codes._text import MAX_LENGTH, clean, remembered, table

PLACEHOLDERS = frozenset({"123456789", "987654321", *(str(digit) * 9 for digit in range(10))})
"""What transponders send that nobody has set up, and what people type into forms that want a number."""

_FORM = re.compile(r"(?:MMSI)?[\s:#.]*([0-9](?:[ -]?[0-9]){8})(?:\.0+)?", re.IGNORECASE)

_BEFORE_MID = (("111", 3), ("00", 2), ("0", 1), ("98", 2), ("99", 2), ("8", 1))
# Digits before the country's: aircraft in search and rescue, coast stations, groups of ships, craft of a mother ship,
# aids to navigation, hand-held radios. Any other identity is a ship's and begins with the country.


@remembered
def parse(text: str) -> str | None:
    """The nine digits, however spaced (`445 539 000`, `445539000.0`), or None, also for placeholders."""
    digits = _digits(text)
    return digits if digits and digits not in PLACEHOLDERS else None


def country(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of the administration that assigned the identity (`"KP"` for 445), or None."""
    digits = parse(text)
    if not digits:
        return None
    start = next((length for prefix, length in _BEFORE_MID if digits.startswith(prefix)), 0)
    return _countries().get(digits[start : start + 3])


def is_placeholder(text: str) -> bool:
    """Whether a text has the nine digits of a number that nobody is given."""
    return _digits(text) in PLACEHOLDERS


def why(text: str) -> str:
    """One sentence on why a text is not read as an MMSI, and what to write instead."""
    shown = text[:60]
    if _digits(text):
        return f"“{shown}” is a placeholder; write the vessel's MMSI or leave the field empty."
    return f"“{shown}” is no MMSI; write nine digits."


def _digits(text: str) -> str | None:
    found = _FORM.fullmatch(clean(text)) if len(text) <= MAX_LENGTH else None
    return re.sub("[ -]", "", found[1]) if found else None


Kind = Literal["ship", "group", "coast station", "aircraft", "craft", "aid to navigation", "handheld", "beacon", "none"]
"""What bears an identity; "none" where Recommendation ITU-R M.585-9 gives no meaning to its first digits."""


_KINDS: tuple[tuple[str | tuple[str, ...], Kind], ...] = (
    ("111", "aircraft"),
    ("00", "coast station"),
    ("0", "group"),
    ("8", "handheld"),
    (("970", "972", "974"), "beacon"),  # transponders of search and rescue, man over board, emergency beacons
    ("98", "craft"),
    ("99", "aid to navigation"),
    (("2", "3", "4", "5", "6", "7"), "ship"),
)


def kind(text: str) -> Kind | None:
    """What bears the identity (`"craft"` for 98445…, a craft associated with a parent ship), or None for no MMSI."""
    digits = parse(text)
    if not digits:
        return None
    return next((kind for start, kind in _KINDS if digits.startswith(start)), "none")


@cache
def _countries() -> dict[str, str]:
    return {mid: row[0] for row in table("mid.tsv") for mid in row[1].split()}
