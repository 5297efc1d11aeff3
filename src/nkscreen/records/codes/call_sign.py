"""Call signs of ships: three to seven letters and digits whose beginning names the country (ITU Radio Regulations,
Article 19 and Appendix 42). The series are in `data/call_signs.tsv` (see scripts/build_call_signs.py).
"""

from __future__ import annotations

import re
from functools import cache

from nkscreen.records.codes._text import clean, remembered, table

_FORM = re.compile(r"[A-Z0-9]{3,7}")
_LETTER = re.compile("[A-Z]")


@remembered
def parse(text: str) -> str | None:
    """The call sign in capitals without spaces or hyphens (`hm-za 2` is `HMZA2`), or None for a text that is none."""
    sign = re.sub(r"[\s./-]", "", clean(text)).upper()
    return sign if _FORM.fullmatch(sign) and _LETTER.search(sign) else None


@remembered
def country(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of the state to which the series is allocated (`"KP"` for HMA to HMZ), or None."""
    sign = parse(text)
    if not sign:
        return None
    return next((found for size in (3, 2, 1) if (found := _series().get(sign[:size]))), None)


def why(text: str) -> str:
    """One sentence on why a text is not read as a call sign, and what to write instead."""
    return f"“{text[:60]}” is no call sign; write its three to seven letters and digits."


@cache
def _series() -> dict[str, str]:
    return {prefix: row[0] for row in table("call_signs.tsv") for prefix in row[1].split()}
