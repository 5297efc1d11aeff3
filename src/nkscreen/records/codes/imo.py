"""IMO ship identification numbers: seven digits, the last of which checks the others (IMO Resolution A.1117(30)).

Company and owner numbers of the same scheme have seven digits as well and cannot be told from a ship's by their form.
"""

from __future__ import annotations

import re
from typing import Literal

from nkscreen.records.codes._text import MAX_LENGTH, clean, remembered

PLACEHOLDERS = frozenset({"1234567", "9876543", "5555555"})
"""The runs of digits up, down and of one kind that pass the check: typed into forms that want a number."""

Fault = Literal["missing", "form", "several", "placeholder", "unassigned", "check digit"]
"""Why a text is no IMO number."""

_PARTED = re.compile(r"(?:IMO)?[\s:#.-]*([0-9](?:[ -]?[0-9]){6})(?:\.0+)?", re.IGNORECASE)
"""Seven digits in groups and nothing else: `IMO 940 1598`, `940-1598`."""

_RUN = re.compile(r"(?<![0-9])[0-9]{7}(?![0-9])")


@remembered
def parse(text: str) -> str | None:
    """The seven digits of the one number in a text (`IMO 9283186`, `928-3186`, `9283186.0`), or None.

    None for a wrong check digit, for placeholders, for a leading zero (none is assigned) and for two numbers.
    """
    return None if fault(text) else next(iter(_runs(text)))


def fault(text: str) -> Fault | None:
    """Why a text is not read, None when it is. "missing" is the zero of AIS, "unassigned" has a leading zero."""
    if not_available(text):
        return "missing"
    runs = _runs(text)
    if len(runs) != 1:
        return "several" if runs else "form"
    number = next(iter(runs))
    if number in PLACEHOLDERS:
        return "placeholder"
    if number[0] == "0":
        return "unassigned"
    return None if _checks(number) else "check digit"


def not_available(text: str) -> bool:
    """Whether a text is the zero that AIS sends for "no number" (ITU-R M.1371-5, message 5): given, but no claim."""
    return set(re.sub("[ -]", "", clean(text).upper().removeprefix("IMO"))) == {"0"}


def why(text: str) -> str:
    """One sentence on why a text is not read as an IMO number, and what to write instead."""
    shown = text[:60]
    match fault(text):
        case "several":
            count = len(_runs(text))
            return f"“{shown}” holds {count} different numbers of seven digits; write the IMO number of one ship."
        case "form":
            return f"“{shown}” has no seven digits together; write the IMO number as seven digits."
        case "check digit":
            return f"“{shown}” has a wrong check digit; compare the number with the ship's papers."
        case _:
            return f"“{shown}” is a placeholder; write the ship's IMO number or leave the field empty."


def _runs(text: str) -> set[str]:
    if len(text) > MAX_LENGTH:
        return set()
    text = clean(text)
    parted = _PARTED.fullmatch(text)
    return {re.sub("[ -]", "", parted[1])} if parted else set(_RUN.findall(text))


def _checks(number: str) -> bool:
    return sum(int(digit) * weight for digit, weight in zip(number, range(7, 1, -1), strict=False)) % 10 == int(
        number[6]
    )
