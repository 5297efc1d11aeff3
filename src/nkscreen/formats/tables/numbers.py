"""Numbers, quantities and weights as tables write them: `1,234.50`, `1.234,50`, `12 000`, `2,000 KGS`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

KILOGRAMS = {
    # SI and UN/ECE Recommendation 20 (KGM, TNE, GRM, LBR); a "ton" in trade papers is metric unless "short" or "long"
    **dict.fromkeys(
        ("kg", "kgs", "kgm", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "k", "кг", "公斤"), 1.0
    ),
    **dict.fromkeys(("g", "gr", "grm", "gram", "grams"), 0.001),
    **dict.fromkeys(
        ("t", "mt", "mts", "ton", "tons", "tonne", "tonnes", "tne", "metricton", "metrictons", "т"), 1000.0
    ),
    **dict.fromkeys(("lb", "lbs", "lbr", "pound", "pounds"), 0.45359237),  # international pound, 1959
    **dict.fromkeys(("shortton", "shorttons", "stn"), 907.18474),  # 2,000 lb
    **dict.fromkeys(("longton", "longtons", "ltn"), 1016.0469088),  # 2,240 lb
}
"""Kilograms in one unit of weight, by the unit's name in lower case without spaces and dots."""

MAX_CHARACTERS = 100
"""Longer cells hold no number; the cap keeps hostile ones cheap."""

_SPLIT = re.compile(r"([+-]?[\d.,](?:[\d.,'’\s]*[\d.,])?(?:[eE][+-]?\d{1,3}(?!\d))?)\s*(.*)", re.DOTALL)
_DOT = re.compile(r"([+-]?(?:\d+|\d{1,3}(?:[,\s'’]\d{2,3})*[,\s'’]\d{3})?)(?:\.(\d*))?(e[+-]?\d+)?", re.IGNORECASE)
_COMMA = re.compile(r"([+-]?(?:\d+|\d{1,3}(?:[.\s'’]\d{2,3})*[.\s'’]\d{3})?)(?:,(\d*))?(e[+-]?\d+)?", re.IGNORECASE)


def split(text: str) -> tuple[str, str]:
    """The number at the start of a text and what follows it, e.g. its unit: `("2,000", "KGS")`; ("", text) if none."""
    text = text.strip()
    found = _SPLIT.fullmatch(text) if len(text) <= MAX_CHARACTERS else None
    return (found[1], found[2]) if found else ("", text)


def decimal_comma(texts: Iterable[str]) -> bool | None:
    """Whether a column writes decimals with a comma: True, False, or None when no value decides or they disagree."""
    votes = {vote for text in texts if (vote := _vote(split(text)[0])) is not None}
    return votes.pop() if len(votes) == 1 else None


def _vote(number: str) -> bool | None:
    dots, commas = number.count("."), number.count(",")
    if dots and commas:
        return number.rindex(",") > number.rindex(".")
    if commas + dots == 1 and re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", number):
        return None
    if commas + dots == 0:
        return None
    return dots > 1 or commas == 1


def parse(text: str, *, comma: bool | None = None) -> float | None:
    """The value of a number without unit, or None. `comma` says that the column writes decimals with a comma.

    Where neither the number nor the column decides, a comma groups thousands and a dot is the decimal mark.
    """
    vote = _vote(text)
    found = (_COMMA if (comma if vote is None else vote) else _DOT).fullmatch(text)
    if found is None or not (found[1].strip("+-") or found[2]):
        return None
    value = float(re.sub(r"[^\d+-]", "", found[1]) + "." + (found[2] or "0") + (found[3] or ""))
    return value if math.isfinite(value) else None


def kilograms(unit: str) -> float | None:
    """Kilograms in one `unit` ("KGS", "Metric Tons", "lbs"), or None for what is not a unit of weight."""
    return KILOGRAMS.get(re.sub(r"[\s.()]+", "", unit).lower())
