"""IMO ship identification numbers."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"(?<!\d)(\d{7})(?!\d)")


def parse(text: str) -> str | None:
    """Seven digits whose last is the check digit, or None."""
    found = _DIGITS.search(text)
    if not found:
        return None
    number = found[1]
    ok = sum(int(digit) * weight for digit, weight in zip(number, range(7, 1, -1), strict=False)) % 10 == int(number[6])
    return number if ok and number not in {"0000000", "1234567"} else None


def why(text: str) -> str:
    return "not a valid IMO number"
