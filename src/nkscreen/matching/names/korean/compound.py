"""Reading the names of organisations and ships as Korean, and comparing two readings.

Generic words in English, Korean, Chinese and Russian become concepts; what is left is a sequence of syllables. A name
with a word that is neither is not Korean: the generic comparison knows better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product
from typing import Literal

from nkscreen.matching.names.korean import tables
from nkscreen.matching.names.korean.letters import Writing, cyrillic_tokens, kana_tokens, latin_tokens
from nkscreen.matching.names.korean.model import Compound, Spelling, Syllable
from nkscreen.matching.names.korean.person import SPELLINGS_KEPT, relative
from nkscreen.matching.names.korean.positions import (
    NO_READING,
    cuts,
    hangul_position,
    hanja_position,
    pair_cost,
    positions,
)
from nkscreen.matching.names.korean.tables import Script
from nkscreen.matching.names.tables import vessel_prefixes

MAX_TOKENS = 14
MAX_SYLLABLES = 12
"""Syllables of the longest distinctive part followed up; the longest listed one has eight."""

TOKEN_SYLLABLES = 7
"""Syllables of one word: Chongchongang, Mansudaehaeoe."""

CONVINCING = 0.8
"""Cost of the best cut, all syllables together, up to which the distinctive part is convincingly Korean."""

SIGNS = re.compile(r"ng$|^[a-z]?yo|^ye|ryu|kw|hw|wo|eo|eu|ae|oe|ui$|[ŏŭʰ]")
"""Letters of a syllable that other languages seldom have in the same place.

Of the sanctioned names that can be read as Korean, three quarters of those with a tie to the DPRK have one; of those
without, 31 of 303 organisations and 3 of 146 ships."""

KOREAN_CONCEPTS = frozenset({"korea", "pyongyang"})

WORD_COST = 0.4
"""Cost per syllable up to which a word in another script is a Korean generic word (Muyok for 무역)."""

LIGHT = {
    "of": 0.0,
    "corp": 0.1,
    "korea": 0.1,
    "general": 0.1,
    "north": 0.1,
    "group": 0.15,
    "jv": 0.15,
    "project": 0.15,
    "natl": 0.2,
    "state": 0.2,
    "intl": 0.25,
    "ext": 0.3,
    "dev": 0.3,
}
"""Weights of concepts that names add and drop at will."""

CONCEPT_WEIGHT = 0.4
"""Weight of any other concept: bank, trade, shipping."""

CONTRADICTION = 2.5
"""Cost per weight of concepts that stand against each other: Taesong Bank is not Taesong Trading."""

MISSING = 0.5
"""Cost per weight of concepts that only one name has."""

MISSING_ALONE = 1.3
"""The same where the names are nothing but concepts: Foreign Trade Bank."""

OLD_COUNTRY = ("고", "려")
"""Koryo, the country's name until 1392, tells as little as Korea does: of Koryo Bank and Koryo Commercial Bank each has
all the other's syllables, and a concept that only one name has costs as much as a contradiction."""

SHARED_ALONE = 0.5
"""Least weight of common concepts that makes two names of concepts alone the same."""

SHARE = 0.68
"""Share of the syllables' cost that counts: organisations and ships have fewer near-homographs than persons. On the
labelled pairs recall rises to here and precision stays."""

NUMBER_MISSING = 0.5
"""Cost of a number that only one name has: Kum San Bong may be Kum San Bong 1."""

_ALPHABETS: dict[Writing, Script] = {"latin": "latin", "cyrillic": "cyrillic", "kana": "kana"}

_GENITIVE = re.compile(r"(?<=\bимени )(.*[бвгджзклмнпрстфхцчшщ])а\b")
_ADJECTIVE = re.compile("(?<=...)ск(?:ий|ая|ое)$")
"""Russian endings that are not part of a name: `университет имени Ким Чхэка`, `Йонбёнский центр`."""

_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


def read_vessel(folded: str, script: Writing) -> Compound | None:
    """Read a ship's name given in NFKC and lower case: its syllables and numbers. None when it cannot be Korean."""
    tokens = folded.replace("/", "").split()
    if len(tokens) > 1 and any(len(prefix) == 1 and tokens[0] == prefix[0] for prefix in vessel_prefixes()):
        tokens = tokens[1:]
    if len(tokens) > 1 and tokens[-1] in _ROMAN:
        tokens[-1] = _ROMAN[tokens[-1]]
    text = re.sub(r"\bno[. ]*(?=\d)|第(?=\d)|제(?=\d)", " ", " ".join(tokens))
    spellings = list(_stem(_words(text, script), script))
    if not spellings:
        return None
    return _compound("vessel", [_without_ship(s) for s in spellings], frozenset(), text, script == "hangul")


def read_organisation(folded: str, script: Writing) -> Compound | None:
    """Read an organisation's name given in NFKC and lower case. None when it has a word that is not Korean."""
    words = _words(re.sub(r"['’]s\b", "", folded), script)
    if not 0 < len(words) <= MAX_TOKENS:
        return None
    found: set[str] = set()
    rest: list[str] = []
    native = False
    for word in words:
        concepts, left = _concepts(word, script)
        if left and script in _ALPHABETS and not cuts(_ALPHABETS[script], left[0], TOKEN_SYLLABLES):
            return None
        found.update(concepts)
        rest += left
        native |= script == "hangul" or (script == "latin" and not left and word not in tables.concepts("latin"))
    spellings = list(_stem(tuple(rest), script)) if rest else []
    if not spellings and (rest or _weight(frozenset(found)) < SHARED_ALONE):
        return None
    return _compound("organisation", spellings, frozenset(found), folded, native)


def _compound(
    kind: Literal["organisation", "vessel"],
    spellings: list[Spelling],
    concepts: frozenset[str],
    text: str,
    native: bool,
) -> Compound:
    """The reading made of its parts; `native` tells that the name is written in Hangul or has a Korean generic word."""
    spellings.sort(key=lambda spelling: spelling.cost)
    numbers = tuple(number.lstrip("0") for number in re.findall(r"\d+", text))
    convincing = _is_convincing(spellings, native or not KOREAN_CONCEPTS.isdisjoint(concepts))
    return Compound(kind, tuple(relative(spellings[:SPELLINGS_KEPT])), convincing, concepts, numbers)


def _is_convincing(spellings: list[Spelling], korean: bool) -> bool:
    if not spellings:
        return korean
    least = spellings[0].cost
    if least > CONVINCING or korean:
        return least <= CONVINCING
    best = [spelling.given for spelling in spellings if spelling.cost == least]
    return any(
        len(given) > 1 and place.script == "latin" and SIGNS.search(place.text) for given in best for place in given
    )


def _words(text: str, script: Writing) -> tuple[str, ...]:
    if script == "latin":
        return latin_tokens(text)
    if script == "cyrillic":
        return cyrillic_tokens(_GENITIVE.sub(r"\1", text))
    if script == "kana":
        return kana_tokens(text)
    return tuple(token for token in ("".join(c for c in part if c.isalpha()) for part in text.split()) if token)


def _concepts(word: str, script: Writing) -> tuple[tuple[str, ...], list[str]]:
    """The concepts in a word, and what of it is distinctive."""
    if script in ("latin", "cyrillic"):
        known = tables.concepts(script).get(word)
        if known is not None:
            return known, []
        return _spelled_concepts(word, script) or _half_spelled(word, script) or ((), [_ADJECTIVE.sub("", word)])
    if script == "kana":
        return (), [word]
    places = _characters(word, script)
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
        if all(map(_may_be, part, word))
    ]


@lru_cache(maxsize=16_384)
def _words_of(length: int, first: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    words = tables.concepts("hangul").items()
    return tuple((word, found) for word, found in words if len(word) == length and word[0] == first)


def _may_be(place: Syllable | None, syllable: str) -> bool:
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


def _characters(word: str, script: Writing) -> list[Syllable | None]:
    return [hangul_position(c) if script == "hangul" else hanja_position(c) for c in word]


def _stem(words: tuple[str, ...], script: Writing) -> Iterator[Spelling]:
    """Ways to read distinctive words as one sequence of syllables."""
    alphabet = _ALPHABETS.get(script)
    if alphabet is None:
        found = [place for word in words for place in _characters(word, script)]
        places = tuple(place for place in found if place is not None)
        if len(places) == len(found) and 0 < len(places) <= MAX_SYLLABLES:
            yield Spelling(0.0, (), places)
        return
    ways = [cuts(alphabet, word, TOKEN_SYLLABLES) for word in words]
    if not all(ways):
        return
    for way in islice(product(*ways), 24):
        pieces = tuple(piece for _, cut in way for piece in cut)
        if 0 < len(pieces) <= MAX_SYLLABLES:
            yield Spelling(sum(cost for cost, _ in way), (), positions(alphabet, pieces))


def _without_ship(spelling: Spelling) -> Spelling:
    """Drop 호 (号, "ho"), which says that the name is a ship's, off a name that has three syllables without it."""
    given = spelling.given
    if len(given) > 3 and given[-1].readings.get("호") == 0:
        return Spelling(spelling.cost, (), given[:-1])
    return spelling


def best_pair(one: Compound, other: Compound) -> tuple[float, Spelling | None, Spelling | None]:
    """Cost of the two names being one, with the two ways that one Hangul name explains best."""
    cost = _number_cost(one.numbers, other.numbers) + _concept_cost(one, other)
    if not one.spellings and not other.spellings:
        return cost, None, None
    best: tuple[float, Spelling | None, Spelling | None] = (NO_READING, None, None)
    for a in one.spellings:
        for b in other.spellings:
            if len(a.given) == len(b.given):
                pairs = zip(a.given, b.given, strict=True)
                total = cost + SHARE * (a.cost + b.cost + sum(pair_cost(p, q) for p, q in pairs if p is not q))
                if total < best[0]:
                    best = (total, a, b)
    return best


def _concept_cost(one: Compound, other: Compound) -> float:
    """Cost of the generic words that the two names do not share."""
    left, right = _weight(one.concepts - other.concepts), _weight(other.concepts - one.concepts)
    against, missing = min(left, right), abs(left - right)
    if one.spellings or other.spellings:
        alike = CONTRADICTION if _is_old_country(one) and _is_old_country(other) else MISSING
        return CONTRADICTION * against + alike * missing
    if _weight(one.concepts & other.concepts) < SHARED_ALONE:
        return NO_READING
    return CONTRADICTION * against + MISSING_ALONE * missing


def _is_old_country(name: Compound) -> bool:
    best = name.spellings[0].given if name.spellings else ()
    return len(best) == len(OLD_COUNTRY) and all(map(_may_be, best, OLD_COUNTRY))


def _weight(concepts: frozenset[str]) -> float:
    return sum(LIGHT.get(concept, CONCEPT_WEIGHT) for concept in concepts)


def _number_cost(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if one == other:
        return 0.0
    return NUMBER_MISSING if not one or not other else NO_READING
