"""Reading the names of organisations and ships as Korean, and comparing two readings.

Generic words in English, Korean, Chinese and Russian become concepts; what is left is a sequence of syllables. A name
with a word that is neither is not Korean: the generic comparison knows better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice, product
from typing import Literal

from nkscreen.matching.names.korean import tables
from nkscreen.matching.names.korean.generic import TOKEN_SYLLABLES, characters, concepts_of, may_be
from nkscreen.matching.names.korean.letters import Writing, cyrillic_tokens, kana_tokens, latin_tokens, possible_tokens
from nkscreen.matching.names.korean.model import Compound, Spelling
from nkscreen.matching.names.korean.person import PINYIN_KEPT, SPELLINGS_KEPT, relative
from nkscreen.matching.names.korean.positions import (
    NO_READING,
    cuts,
    pair_cost,
    positions,
)
from nkscreen.matching.names.korean.score import MATCH_COST
from nkscreen.matching.names.korean.slips import ANY_VOWELS, slipped
from nkscreen.matching.names.korean.tables import Script
from nkscreen.matching.names.tables import vessel_prefixes

MAX_TOKENS = 14
MAX_SYLLABLES = 12
"""Syllables of the longest distinctive part followed up; the longest listed one has eight."""

CONVINCING = 0.8
"""Cost of the best cut, all syllables together, up to which the distinctive part is convincingly Korean."""

SIGNS = re.compile(r"ng$|^[a-z]?yo|^ye|^ry|kw|hw|wo|eo|eu|ae|oe|ui$|[ŏŭʰ]|dzh|chkh|chzh|dsch")
"""Letters of a syllable that other languages seldom have in the same place.

Of the sanctioned names that can be read as Korean, three quarters of those with a tie to the DPRK have one; of those
without, 31 of 303 organisations and 3 of 146 ships."""

KOREAN_CONCEPTS = frozenset({"korea", "pyongyang"})

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

MISSING_ALONE = 1.6
"""The same where the names are nothing but concepts: Foreign Trade Bank."""

OLD_COUNTRY = ("고", "려")
"""Koryo, the country's name until 1392, tells as little as Korea does: of Koryo Bank and Koryo Commercial Bank each has
all the other's syllables, and a concept that only one name has costs as much as a contradiction."""

SHARED_ALONE = 0.5
"""Least weight of common concepts that makes two names of concepts alone the same."""

COMMONPLACE, COMMONPLACE_LESS = frozenset({"bureau", "ind"}), 0.2
"""Concepts of offices and companies of every country, and what they tell less where a name is all concepts."""

SHARE = 0.68
"""Share of the syllables' cost that counts: organisations and ships have fewer near-homographs than persons. On the
labelled pairs recall rises to here and precision stays."""

PINYIN_COST = 0.35
"""Cost of reading the distinctive part as pinyin, which many characters share: Shen may be 심, 신 and 삼."""

COUNTRY_SYLLABLE = 0.35
"""Cost of taking a first 조 for the country: it may be the name's own."""

NUMBER_MISSING = 0.5
"""Cost of a number that only one name has: Kum San Bong may be Kum San Bong 1."""

_ALPHABETS: dict[Writing, Script] = {"latin": "latin", "cyrillic": "cyrillic", "kana": "kana"}

_PLAIN = re.compile(r"[a-z]+[.,;:]*")

_GENITIVE = re.compile(r"(?<=\bимени )(.*[бвгджзклмнпрстфхцчшщ])а\b")
"""Russian ending that is not part of a name: `университет имени Ким Чхэка`."""

_NUMBER_SIGN = re.compile(r"\bno[.\s]*(?=\d)|[第제](?=\d)")
_ORDINAL_SIGN = re.compile(rf"{_NUMBER_SIGN.pattern}|\b(?:ch|j)e[-\s]*(?=\d)|(?<=\d)(?:st|nd|rd|th)\b")
"""What only says that a number follows or is an ordinal: No. 3, 第3, 제3; of organisations also Che 3 and 3rd."""

_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}

_HYPHENATED = re.compile(r"[^\s-]+(?:-[^\s-]+)+")

_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


def read_vessel(folded: str, script: Writing) -> Compound | None:
    """Read a ship's name given in NFKC and lower case: its syllables and numbers. None when it cannot be Korean."""
    tokens = folded.replace("/", "").split()
    if len(tokens) > 1 and any(len(prefix) == 1 and tokens[0] == prefix[0] for prefix in vessel_prefixes()):
        tokens = tokens[1:]
    if len(tokens) > 1 and tokens[-1] in _ROMAN:
        tokens[-1] = _ROMAN[tokens[-1]]
    text = _NUMBER_SIGN.sub(" ", " ".join(tokens))
    spellings = list(_stem(_words(text, script), script))
    if not spellings:
        return None
    return _compound("vessel", [_without_ship(s) for s in spellings], frozenset(), _numbers(text), script == "hangul")


def read_organisation(folded: str, script: Writing) -> Compound | None:
    """Read an organisation's name given in NFKC and lower case. None when it has a word that is not Korean."""
    text = _ORDINAL_SIGN.sub(" ", re.sub(r"['’]s\b", "", folded))
    if script == "latin" and "-" in text:
        text = _HYPHENATED.sub(_unhyphenated, text)
    words = _words(text, script)
    if not 0 < len(words) <= MAX_TOKENS:
        return None
    found: set[str] = set()
    rest: list[str] = []
    native = False
    for word in _phrases(words, script):
        meant, left = concepts_of(word, script)
        if left and script in _ALPHABETS and not cuts(_ALPHABETS[script], left[0], TOKEN_SYLLABLES):
            return None
        found.update(meant)
        rest += left
        native |= script == "hangul" or (script == "latin" and not left and word not in tables.concepts("latin"))
    spellings = [*_without_country(_stem(tuple(rest), script))] if rest else []
    chinese = (
        relative(sorted(_spelled(tuple(rest), "pinyin"), key=_cost)[:PINYIN_KEPT]) if rest and script == "latin" else []
    )
    numbers = _numbers(text, *(number for ordinal, number in _ORDINALS.items() if ordinal in found))
    concepts = frozenset(found.difference(_ORDINALS))
    if not spellings and (rest or _tells(concepts, numbers) < SHARED_ALONE):
        return None
    name = _compound("organisation", spellings, concepts, numbers, native)
    return replace(name, spellings=(*name.spellings, *(replace(way, cost=way.cost + PINYIN_COST) for way in chinese)))


def may_be_part(folded: str, *, vessel: bool) -> bool:
    """Whether Latin letters between two spaces may stand in the name of an organisation or a ship that can be read.

    Every word of such a name is a generic word, alone or with its neighbour, or can be cut into syllables. Letters with
    marks, hyphens or digits are not judged.
    """
    if not _PLAIN.fullmatch(folded) or (vessel and (folded in _ROMAN or (folded,) in vessel_prefixes())):
        return True
    return any(all(_may_be_word(word, vessel) for word in words) for words in possible_tokens(folded))


@lru_cache(maxsize=16_384)
def _may_be_word(word: str, vessel: bool) -> bool:
    left = [word] if vessel else concepts_of(word, "latin")[1]
    return not left or bool(cuts("latin", left[0], TOKEN_SYLLABLES)) or (not vessel and word in _parts_of_concepts())


@lru_cache
def _parts_of_concepts() -> frozenset[str]:
    """What generic words of two words begin or end with."""
    return frozenset(
        part for word in tables.concepts("latin") for at in range(1, len(word)) for part in (word[:at], word[at:])
    )


def _unhyphenated(found: re.Match[str]) -> str:
    """A hyphenated word as one word where it is a generic one (Kwahak-won), unchanged otherwise."""
    word = "".join(latin_tokens(found[0]))
    return word if not concepts_of(word, "latin")[1] else found[0]


def _phrases(words: tuple[str, ...], script: Writing) -> Iterator[str]:
    """The words, two in a row made one where only both together are a generic word (armed forces)."""
    known = tables.concepts(script) if script in ("latin", "cyrillic") else {}
    at = 0
    while at < len(words):
        both = "".join(words[at : at + 2])
        joined = at + 1 < len(words) and both in known
        yield both if joined else words[at]
        at += 1 + joined


def _cost(way: Spelling) -> float:
    return way.cost


def _numbers(text: str, *ordinals: str) -> tuple[str, ...]:
    return (*ordinals, *(number.lstrip("0") for number in re.findall(r"\d+", text)))


def _compound(
    kind: Literal["organisation", "vessel"],
    spellings: list[Spelling],
    concepts: frozenset[str],
    numbers: tuple[str, ...],
    native: bool,
) -> Compound:
    """The reading made of its parts; `native` tells that the name is written in Hangul or has a Korean generic word."""
    spellings.sort(key=_cost)
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


def _stem(words: tuple[str, ...], script: Writing) -> Iterator[Spelling]:
    """Ways to read distinctive words as one sequence of syllables."""
    alphabet = _ALPHABETS.get(script)
    if alphabet is None:
        found = [place for word in words for place in characters(word, script)]
        places = tuple(place for place in found if place is not None)
        if len(places) == len(found) and 0 < len(places) <= MAX_SYLLABLES:
            yield Spelling(0.0, (), places)
        return
    yield from _spelled(words, alphabet)


def _spelled(words: tuple[str, ...], alphabet: Script) -> Iterator[Spelling]:
    ways = [cuts(alphabet, word, TOKEN_SYLLABLES) for word in words]
    if not all(ways):
        return
    for way in islice(product(*ways), 24):
        pieces = tuple(piece for _, cut in way for piece in cut)
        if 0 < len(pieces) <= MAX_SYLLABLES:
            yield Spelling(sum(cost for cost, _ in way), (), positions(alphabet, pieces))


def _without_country(ways: Iterator[Spelling]) -> Iterator[Spelling]:
    """The ways, and those with a first 조 left out: it may be short for 조선, as in 조총련."""
    for way in ways:
        yield way
        if len(way.given) > 2 and may_be(way.given[0], "조"):
            yield Spelling(way.cost + COUNTRY_SYLLABLE, (), way.given[1:])


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
            if a.given[0].script == b.given[0].script == "pinyin" and a is not b:
                continue
            if len(a.given) == len(b.given):
                pairs = zip(a.given, b.given, strict=True)
                paid = sum(pair_cost(p, q) for p, q in pairs if p is not q)
                if cost + SHARE * paid > MATCH_COST:
                    paid = min(paid, slipped(a.given, b.given, ANY_VOWELS))
                total = cost + SHARE * (a.cost + b.cost + paid)
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
    if _tells(one.concepts & other.concepts, one.numbers if one.numbers == other.numbers else ()) < SHARED_ALONE:
        return NO_READING
    return CONTRADICTION * against + MISSING_ALONE * missing


def _is_old_country(name: Compound) -> bool:
    best = name.spellings[0].given if name.spellings else ()
    return len(best) == len(OLD_COUNTRY) and all(map(may_be, best, OLD_COUNTRY))


def _weight(concepts: frozenset[str]) -> float:
    return sum(map(weight_of, concepts))


def _tells(concepts: frozenset[str], numbers: tuple[str, ...]) -> float:
    """How much concepts and numbers tell by themselves."""
    number = CONCEPT_WEIGHT if numbers else 0.0
    return round(_weight(concepts) + number - COMMONPLACE_LESS * len(concepts & COMMONPLACE), 4)


def weight_of(concept: str) -> float:
    """How much a concept tells: a bank is a bank, a company hardly anything."""
    return LIGHT.get(concept, CONCEPT_WEIGHT)


def _number_cost(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if one == other:
        return 0.0
    return NUMBER_MISSING if not one or not other else NO_READING
