"""Listed names inside running text: remittance information, descriptions of goods, marks, remarks.

A text is cut into words, each with its place. Every listed name is known by its two rarest words; where one of them
stands in the text, the words of that name around it make a window, which `compare` judges as it judges any name. Names
in Hangul and Han characters, which stand without spaces, are looked up letter by letter. What is found has a span.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, Generic, NamedTuple, TypeVar

from nkscreen.matching.identity import wallet_key
from nkscreen.matching.names.analyse import analyse
from nkscreen.matching.names.compare import NameComparison, compare
from nkscreen.matching.names.normalise import words
from nkscreen.matching.names.tables import legal_forms, organisation_words, word_bits
from nkscreen.matching.names.word import RARE_BITS
from nkscreen.records import Schema

Key = TypeVar("Key", bound=Hashable)

LEAST_SCORE: Final = 0.9
"""Score of a window from which it is the name: the words around a name belong to nobody, so less agreement than between
two names is chance."""

LEAST_BITS: Final = 20.0
"""How rare a name's words must be together. A list of 40,000 names and a text of sixteen words make some 2^20 pairs of
a name and a place where it could stand by chance."""

SHIP_BITS: Final = 8.0
"""The same for a ship's name behind a word that announces a ship: one place, and a few thousand ships."""

TELLING_BITS: Final = 5.0
"""A word this rare in names tells whose name it is (`trading` has 5.2, `company` 2.9): a text that lacks it names
another."""

ANNOUNCING: Final = frozenset(
    ["mv", "mt", "ms", "mts", "ss", "vessel", "ship", "tanker", "vsl", "sud", "sudno", "chuan"]
)
"""Words that announce a ship's name: M/V, M/T, vessel, and the Russian and Chinese for it."""

LONGEST: Final = 100_000
"""Characters of a text that are looked at, the limit of records."""

_REACH: Final = 12
"""Words on each side by which two places of a text are the same place for a search."""

_NUMBER: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:[0-9]{7}|(?=[A-Za-z]*[0-9]|[A-Z]{6})[A-Za-z0-9]{8,120})(?![A-Za-z0-9])"
)
_BIC: Final = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_SHORTEST_WALLET: Final = 25
_SHIPS: Final = ANNOUNCING | {"imo", "lloyds", "mv", "imono"}
_COMPANY: Final = "co"  # the class of company, corporation, firm
_CHUNK: Final = re.compile(r"\S+")
_IDEOGRAPHS: Final = re.compile("[\u3400-\u9fff\uac00-\ud7a3]{3,}")
_LEAST_IDEOGRAPHS: Final = 3


class Word(NamedTuple):
    """A word of a text and where the word that it was written as stands."""

    word: str
    start: int
    end: int


class Found(NamedTuple):
    """A listed name in a text: whose (index of what was given), where, and how it compares."""

    number: int
    start: int
    end: int
    comparison: NameComparison


@dataclass(frozen=True, slots=True)
class _Listed:
    """A listed name as it is looked for: its words, the bits of those that are no numbers, the bits of all, and the
    words without which it is another name."""

    number: int
    text: str
    schema: Schema
    words: tuple[str, ...]
    bits: dict[str, float]
    total: float
    telling: frozenset[str]


class RunningText(Generic[Key]):
    """Listed names that can be found in texts. Built once, then read-only."""

    def __init__(self, names: Iterable[tuple[Key, str, Schema]]) -> None:
        self.keys: list[Key] = []
        self._at: dict[str, list[_Listed]] = defaultdict(list)
        self._ideographs: dict[str, list[tuple[str, int, str, Schema]]] = defaultdict(list)
        for number, (key, text, schema) in enumerate(names):
            self.keys.append(key)
            for run in _IDEOGRAPHS.findall("".join(text.split())):
                self._ideographs[run[:2]].append((run, number, text, schema))
            if not _IDEOGRAPHS.search(text):
                self._add(number, text, schema)

    def _add(self, number: int, text: str, schema: Schema) -> None:
        known = word_bits(schema == "Person")
        bits = {word: known.get(word, RARE_BITS) for word in words(text) if not word.isdigit()}
        total = sum(bits.values())
        if total < (SHIP_BITS if schema == "Vessel" else LEAST_BITS) or max(map(len, bits), default=0) < 3:
            return
        listed = _Listed(number, text, schema, words(text), bits, total, _telling(words(text), bits))
        for word in sorted(bits, key=lambda one: -bits[one])[:2]:
            self._at[word].append(listed)

    def find(self, text: str) -> list[Found]:
        """Every listed name in a text, in the order of places; of one name at overlapping places the best."""
        text = text[:LONGEST]
        best: dict[tuple[int, int], Found] = {}
        for found in (*self._in_words(text), *self._in_ideographs(text)):
            place = found.number, found.start
            if place not in best or found.comparison.score > best[place].comparison.score:
                best[place] = found
        return sorted(best.values(), key=lambda one: (one.start, -one.comparison.score, one.number))

    def _in_words(self, text: str) -> Iterator[Found]:
        cut = words_of(text)
        seen: set[tuple[str, ...]] = set()
        for at, one in enumerate(cut):
            whole = one.word + cut[at + 1].word if at + 1 < len(cut) else ""  # the end of a line may cut a word in two
            if one.word not in self._at and whole not in self._at:
                continue
            around = (*[""] * (_REACH - at), *(other.word for other in cut[max(0, at - _REACH) : at + _REACH]))
            if around in seen:
                continue  # a text that repeats itself says nothing more
            seen.add(around)
            for listed in self._at.get(one.word, ()):
                yield from self._judged(cut, at, at + 1, listed, text)
            for listed in self._at.get(whole, ()):
                yield from self._judged(cut, at, at + 2, listed, text)

    def _judged(self, cut: list[Word], first: int, end: int, listed: _Listed, text: str) -> Iterator[Found]:
        low, high, lacked = _window(cut, first, end, listed.words)
        if sum(listed.bits.get(word, 0.0) for word in lacked) > listed.total / 2:
            return
        if listed.total < LEAST_BITS and not _announced(cut, low):
            return
        window = _Window(text[cut[low].start : cut[high - 1].end].strip(" .,;:()[]\"'"), listed.schema)
        comparison = _compared(window, _Window(listed.text, listed.schema))
        if comparison.score >= LEAST_SCORE and not _lacks(lacked, comparison, listed):
            yield Found(listed.number, cut[low].start, cut[high - 1].end, comparison)

    def _in_ideographs(self, text: str) -> Iterator[Found]:
        for run in _IDEOGRAPHS.finditer(text):
            letters = run[0]
            for at in range(len(letters) - _LEAST_IDEOGRAPHS + 1):
                for name, number, listed, schema in self._ideographs.get(letters[at : at + 2], ()):
                    if letters.startswith(name, at):
                        start = run.start() + at
                        comparison = _compared(_Window(name, schema), _Window(listed, schema))
                        if comparison.score >= LEAST_SCORE:
                            yield Found(number, start, start + len(name), comparison)


def _window(cut: list[Word], first: int, end: int, listed: tuple[str, ...]) -> tuple[int, int, Counter[str]]:
    """The words around an anchor that are of the name, each as often as the name has it, and those it lacks.

    One other word may stand between two of them. Forms of law behind the last belong to it.
    """
    left = Counter(listed)
    left.subtract([one.word for one in cut[first:end]] if end - first == 1 else [cut[first].word + cut[first + 1].word])
    low, high, grown = first, end, True
    while grown:
        grown = False
        for at in (high, high + 1):
            if at < len(cut) and left[cut[at].word] > 0:
                left[cut[at].word] -= 1
                high, grown = at + 1, True
                break
        for at in (low - 1, low - 2):
            if at >= 0 and left[cut[at].word] > 0:
                left[cut[at].word] -= 1
                low, grown = at, True
                break
    for size in (3, 2, 1):
        if high + size <= len(cut) and tuple(one.word for one in cut[high : high + size]) in legal_forms():
            high += size
            break
    return low, high, +left


def _telling(listed: tuple[str, ...], bits: dict[str, float]) -> frozenset[str]:
    """The rarer words of a name. Words for a company and forms of law may be left out, but not what a name begins
    with: short forms are words of other languages."""
    return frozenset(
        word
        for word, rarity in bits.items()
        if rarity >= TELLING_BITS
        and (word == listed[0] or not ((word,) in legal_forms() or _class_of(word) == _COMPANY))
    )


def _class_of(word: str) -> str:
    return organisation_words().get(word, {}).get((word,), ("", ""))[0]


def _lacks(lacked: Iterable[str], comparison: NameComparison, listed: _Listed) -> bool:
    """Whether the text lacks a telling word of the name and has nothing that stands for it: what is left may be said
    of anybody. Names read by their Korean syllables are compared as a whole."""
    telling = listed.telling.intersection(lacked)
    korean = [step.similarity for step in comparison.alignment if step.effect == "korean"]
    if korean:
        return bool(telling) and min(korean) < LEAST_SCORE
    return not telling <= {word for step in comparison.alignment if step.similarity > 0 for word in words(step.listed)}


class _Window(NamedTuple):
    text: str
    schema: Schema


@lru_cache(maxsize=16_384)
def _compared(one: _Window, other: _Window) -> NameComparison:
    return compare(analyse(*one), analyse(*other))


def numbers_in(text: str, known: Container[tuple[str, str]]) -> Iterator[tuple[int, int, tuple[str, str]]]:
    """Listed wallets, BICs and IMO numbers in a text: start, end, and kind with canonical value.

    A BIC or wallet that is listed can hardly be anything else. Seven digits can: an IMO number counts in a text that
    speaks of a ship.
    """
    ships = None
    for found in _NUMBER.finditer(text[:LONGEST]):
        given = found[0]
        if given.isdigit():
            if len(given) == 7 and ("imo", given) in known:
                ships = not _SHIPS.isdisjoint(one.word for one in words_of(text[:LONGEST])) if ships is None else ships
                if ships:
                    yield found.start(), found.end(), ("imo", given)
        elif _BIC.fullmatch(given) and ("bic", given[:8]) in known:
            yield found.start(), found.end(), ("bic", given[:8])
        elif len(given) >= _SHORTEST_WALLET and ("wallet", wallet_key(given)) in known:
            yield found.start(), found.end(), ("wallet", wallet_key(given))


def words_of(text: str) -> list[Word]:
    """The words of a text in the form in which names are compared, with the places of what they were written in."""
    return [Word(word, chunk.start(), chunk.end()) for chunk in _CHUNK.finditer(text) for word in words(chunk[0])]


def _announced(cut: list[Word], at: int) -> bool:
    """Whether one of the two words before a place announces a ship. `M/V` is two words, `m` and `v`."""
    before = [one.word for one in cut[max(0, at - 3) : at]]
    return not ANNOUNCING.isdisjoint(before) or not ANNOUNCING.isdisjoint(map("".join, pairwise(before)))
