from __future__ import annotations


def parse(text: str) -> str | None:
    return text if len(text) == 2 and text.isupper() else None


def is_code(text: str) -> bool:
    return parse(text) == text


def why(text: str) -> str:
    return "not a country"
