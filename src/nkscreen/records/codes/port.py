from __future__ import annotations


def parse(text: str) -> str | None:
    return text if len(text) == 5 and text.isupper() else None


def why(text: str) -> str:
    return "not a port"
