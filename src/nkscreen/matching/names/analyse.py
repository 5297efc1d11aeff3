"""What the words of a name are: distinctive, generic, a legal form, a number, an initial."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nkscreen.matching.names import tables
from nkscreen.matching.names.normalise import Words, words
from nkscreen.records import Schema

Kind = Literal["word", "generic", "legal_form", "number", "initial"]

MAX_TOKENS = 48
"""Longest name compared word by word; further words count as unmatched. The longest listed name has under 40."""

WEIGHT_LETTERS = (2, 8)
"""A word weighs its length, within these bounds: a longer word is rarer, but not without end."""

GENERIC_SHARE = 0.5
"""`trading` tells half as much as a distinctive word of its length: thousands of firms share it."""

LEGAL_FORM_WEIGHT = 0.5
"""`Co., Ltd.` tells next to nothing: registers, banks and manifests add, drop and translate it at will."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a name. `key` is what equality is judged by: the class of a legal form or generic word."""

    text: str
    key: str
    kind: Kind
    weight: float


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready to compare. `compact` is the name without spaces, legal forms left out."""

    text: str
    tokens: tuple[Token, ...]
    compact: str
    weight: float
    truncated: bool

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in the name, leading zeros off: `KUM UN SAN 03` has `3`."""
        return frozenset(token.text.lstrip("0") for token in self.tokens if token.kind == "number")


TRUNCATED_AT = 35
"""Customs, EDI and SWIFT fields hold 35 characters: a name of exactly that length may have been cut."""


@lru_cache(maxsize=131_072)
def analyse(text: str, schema: Schema) -> Name:
    """Split a name into weighted tokens. A name without letters or digits has no tokens and matches nothing."""
    parts = words(text)
    if schema == "Vessel":
        parts = _without_prefix(parts, tables.vessel_prefixes())
    elif schema in {"Person", "LegalEntity"}:
        parts = _without_prefix(parts, tables.honorifics())
    core, forms = (parts, []) if schema in {"Person", "Vessel"} else _legal_forms(parts)
    generic = {} if schema in {"Person", "Vessel"} else tables.organisation_words()
    tokens = [_token(word, generic) for word in core[:MAX_TOKENS]]
    tokens += [Token(" ".join(form), f"form:{kind}", "legal_form", LEGAL_FORM_WEIGHT) for form, kind in forms]
    rest = sum(_weight(word) for word in core[MAX_TOKENS:])
    return Name(
        text,
        tuple(tokens),
        "".join(core[:MAX_TOKENS]),
        sum(token.weight for token in tokens) + rest,
        len(text.strip()) == TRUNCATED_AT,
    )


def _token(word: str, generic: dict[str, str]) -> Token:
    if word.isdigit():
        return Token(word, word.lstrip("0"), "number", _weight(word))
    if len(word) == 1:
        return Token(word, word, "initial", _weight(word))
    if word in generic:
        return Token(word, f"word:{generic[word]}", "generic", _weight(word) * GENERIC_SHARE)
    return Token(word, word, "word", _weight(word))


def _weight(word: str) -> float:
    least, most = WEIGHT_LETTERS
    return float(min(max(len(word), least), most))


def _without_prefix(parts: Words, prefixes: Container[Words]) -> Words:
    """Drop prefixes from the front, the longest first, as long as a name is left."""
    for length in (4, 3, 2, 1):
        if len(parts) > length and parts[:length] in prefixes:
            return _without_prefix(parts[length:], prefixes)
    return parts


def _legal_forms(parts: Words) -> tuple[Words, list[tuple[Words, str]]]:
    """Take legal forms off the end and the front, the longest first, as long as a name is left."""
    known, found = tables.legal_forms(), []
    for at_end in (True, False):
        length = min(6, len(parts) - 1)
        while length > 0:
            form = parts[-length:] if at_end else parts[:length]
            if form in known:
                found.append((form, known[form]))
                parts = parts[:-length] if at_end else parts[length:]
                length = min(6, len(parts) - 1)
            else:
                length -= 1
    return parts, found
