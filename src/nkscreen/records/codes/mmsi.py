from __future__ import annotations


def parse(text: str) -> str | None:
    digits = text.strip()
    return digits if len(digits) == 9 and digits.isdigit() and set(digits) != {"0"} else None


def why(text: str) -> str:
    return "not a valid MMSI"
