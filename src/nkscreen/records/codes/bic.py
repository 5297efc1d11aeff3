from __future__ import annotations

import re

_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")


def parse(text: str) -> str | None:
    code = text.strip().upper()
    return code if _BIC.fullmatch(code) else None


def why(text: str) -> str:
    return "not a BIC"


def country(text: str) -> str | None:
    code = parse(text)
    return code[4:6] if code else None
