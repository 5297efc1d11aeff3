"""IMO ship identification numbers: seven digits, the last of which checks the others (IMO Resolution A.1117(30)).

Company and owner numbers of the same scheme have seven digits as well and cannot be told from a ship's by their form.
"""

from __future__ import annotations

import re

from nkscreen.records.codes._text import MAX_LENGTH, clean, remembered

PLACEHOLDERS = frozenset({"1234567"})
"""Numbers that pass the check and are typed into forms that want one."""

_RUN = re.compile(r"(?<![0-9])[0-9]{7}(?![0-9])")


@remembered
def parse(text: str) -> str | None:
    """The seven digits of the one number in a text (`IMO 9283186`, `9283186.0`), or None.

    None for a wrong check digit, for placeholders, for a leading zero (none is assigned) and for two numbers.
    """
    runs = _runs(text)
    if len(runs) != 1:
        return None
    number = runs.pop()
    return number if _checks(number) and number[0] != "0" and number not in PLACEHOLDERS else None


def not_available(text: str) -> bool:
    """Whether a text is the zero that AIS sends for "no number" (ITU-R M.1371-5, message 5): given, but no claim."""
    return set(clean(text).upper().removeprefix("IMO").strip()) == {"0"}


def why(text: str) -> str:
    """One sentence on why a text is not read as an IMO number, and what to write instead."""
    shown = text[:60]
    runs = _runs(text)
    if len(runs) > 1:
        return f"“{shown}” holds {len(runs)} different numbers of seven digits; write the IMO number of one ship."
    if not runs:
        return f"“{shown}” has no seven digits together; write the IMO number as seven digits."
    number = runs.pop()
    if number in PLACEHOLDERS or number[0] == "0":
        return f"“{shown}” is a placeholder; write the ship's IMO number or leave the field empty."
    return f"“{shown}” has a wrong check digit; compare the number with the ship's papers."


def _runs(text: str) -> set[str]:
    return set(_RUN.findall(clean(text))) if len(text) <= MAX_LENGTH else set()


def _checks(number: str) -> bool:
    return sum(int(digit) * weight for digit, weight in zip(number, range(7, 1, -1), strict=False)) % 10 == int(
        number[6]
    )
