"""Generic words in the names of organisations: bank, 은행, Unhaeng and банк are one concept, whatever the spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from nkscreen.matching.names.korean import tables
from nkscreen.matching.names.korean.letters import Writing
from nkscreen.matching.names.korean.model import Syllable
from nkscreen.matching.names.korean.positions import (
    NO_READING,
    cuts,
    hangul_position,
    hanja_position,
    positions,
)
from nkscreen.matching.names.korean.tables import Script

TOKEN_SYLLABLES = 7
"""Syllables of one word: Chongchongang, Mansudaehaeoe."""

WORD_COST = 0.4
"""Cost per syllable up to which a word in another script is a Korean generic word (Muyok for 무역)."""

_ADJECTIVE = re.compile("(?<=...)ск(?:ий|ая|ое)$")
"""Russian ending that is not part of a name: `Йонбёнский центр`."""


def concepts_of(word: str, script: Writing) -> tuple[tuple[str, ...], list[str]]:
    """The concepts in a word, and what of it is distinctive."""
    if script in ("latin", "cyrillic"):
        known = tables.concepts(script).get(word)
        if known is not None:
            return known, []
        return _spelled_concepts(word, script) or _half_spelled(word, script) or ((), [_ADJECTIVE.sub("", word)])
    if script == "kana":
        return (), [word]
    places = characters(word, script)
    found: list[str] = []
    rest: list[str] = []
    at = 0
    while at < len(word):
        length = next((n for n in range(min(11, len(word) - at), 0, -1) if _is_word(places, word, at, n)), 0)
        if length:
            found += _word_at(places, at, length)[0]
        else:
            rest.append(word[at])
        at += max(1, length)
    return tuple(found), ["".join(rest)] if rest else []


def _is_word(places: Sequence[Syllable | None], word: str, at: int, length: int) -> bool:
    if length == 1 and (at + 1 < len(word) or at == 0):
        return False
    return bool(_word_at(places, at, length))


def _word_at(places: Sequence[Syllable | None], at: int, length: int) -> list[tuple[str, ...]]:
    """The concepts of the Korean generic words that `length` positions may be; several only where they sound alike."""
    part = places[at : at + length]
    first = part[0]
    if first is None or len(part) < length:
        return []
    return [
        concepts
        for syllable, cost in first.readings.items()
        if cost <= WORD_COST
        for word, concepts in _words_of(length, syllable)
        if all(map(may_be, part, word))
    ]


@lru_cache(maxsize=16_384)
def _words_of(length: int, first: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    words = tables.concepts("hangul").items()
    return tuple((word, found) for word, found in words if len(word) == length and word[0] == first)


def may_be(place: Syllable | None, syllable: str) -> bool:
    return place is not None and place.readings.get(syllable, NO_READING) <= WORD_COST


def _half_spelled(word: str, script: Script) -> tuple[tuple[str, ...], list[str]] | None:
    """Concepts of a Korean generic word with an English one at its end (Muyokbank)."""
    for at in range(len(word) - 4, 3, -1):
        known = tables.concepts("latin").get(word[at:])
        spelled = _spelled_concepts(word[:at], script) if known else None
        if known and spelled:
            return spelled[0] + known, []
    return None


@lru_cache(maxsize=32_768)
def _spelled_concepts(word: str, script: Script) -> tuple[tuple[str, ...], list[str]] | None:
    """Concepts of a word that spells Korean generic words from end to end (Chonghoesa, Muyokhoesa)."""
    for _, pieces in cuts(script, word, TOKEN_SYLLABLES):
        places = positions(script, pieces)
        found: list[str] = []
        at = 0
        while at < len(places):
            length, concepts = next(
                ((n, c) for n in range(len(places) - at, 1, -1) for c in _word_at(places, at, n)), (0, ())
            )
            if not length:
                break
            found += concepts
            at += length
        if at == len(places):
            return tuple(found), []
    return None


def characters(word: str, script: Writing) -> list[Syllable | None]:
    return [hangul_position(c) if script == "hangul" else hanja_position(c) for c in word]
