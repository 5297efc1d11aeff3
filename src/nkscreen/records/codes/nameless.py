"""Cells that stand where the name of a party should and name nobody: NULL, N/A, "TO ORDER", a dash.

A name that is none must not be screened as if it were one, and must not pass as clear either.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from nkscreen.records.codes._text import MAX_LENGTH, key, table

_ORDER = re.compile(
    r"(?:(?:un)?to\W+(?:the\W+)?order(?:\W+of)?|order\W+of|a\W+la\W+orden\W+de|[aà]\W+l\W*ordre\W+d[eu]|[aà]\W+ordem\W+d[eoa]"
    r"|all\W*ordine\W+di|an\W+(?:die\W+)?order\W+(?:von|der|des)|(?:по\W+)?приказу)\b[\s:.,()-]*(.+)",
    re.IGNORECASE | re.DOTALL,
)

_ROLES = frozenset(
    f"{article}{role}"
    for article in ("", "said ")
    for role in ("shipper", "consignee", "consignor", "sender", "holder", "buyer", "seller", "issuing bank", "bank")
)
# "To order of shipper" names a role that stands elsewhere on the paper, not a party.


def is_nameless(text: str) -> bool:
    """Whether a cell names nobody: a null word, an order clause without a party, or no letter at all."""
    return _is_nameless(text) if len(text) <= MAX_LENGTH else not any(map(str.isalpha, text))


@lru_cache(maxsize=65_536)
def _is_nameless(text: str) -> bool:
    words = key(text)
    if words in _cells() or not any(map(str.isalpha, words)):
        return True
    party = _after_order(text)
    return party is not None and (key(party) in _ROLES or is_nameless(party))


def order_party(text: str) -> str | None:
    """The party to whose order a document is made out: `"WOORI BANK"` for "TO THE ORDER OF WOORI BANK", else None."""
    party = _after_order(text)
    return party if party and not is_nameless(text) else None


def _after_order(text: str) -> str | None:
    found = _ORDER.fullmatch(text.strip())
    return found[1].strip() if found else None


@cache
def _cells() -> frozenset[str]:
    return frozenset(key(cell) for row in table("nameless.tsv") for cell in row[1].split("|"))
