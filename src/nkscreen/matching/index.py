"""Finding listed names: every name whose comparison reaches the cutoff, without comparing them all.

The promise: for a cutoff of 0.5 or more, `search` returns exactly the listed names whose `compare` score reaches it (a
test holds it to exhaustive comparison). How: the score of a name cannot exceed `gain / (c*W + (1-c)*gain)`, where
`gain` sums, for each query token, the best similarity x weight any token of the name offers, `W` is what both names owe
and `c` the cost of a missing token. That sum is cheap to build from postings of similar words; only names whose
bound reaches the cutoff are compared. Words joined on either side are words of the vocabulary too: what joined query
words gain is credited to each by its weight. Effects outside the alignment (whole names written as one word, names cut
at the field's end, acronyms, Korean readings) have channels of their own; everything else in `compare` only lowers a
score.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from nkscreen.matching.names import korean
from nkscreen.matching.names.align import missing_cost
from nkscreen.matching.names.analyse import Name, analyse
from nkscreen.matching.names.compare import ACRONYM, DEFAULT_THRESHOLD, TRUNCATED, NameComparison, compare
from nkscreen.matching.names.token import JOINED, Token
from nkscreen.matching.vocabulary import Offer, Vocabulary
from nkscreen.records import Schema

Key = TypeVar("Key", bound=Hashable)
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

_ROUNDING = 1e-4
"""Room for 32-bit sums: a bound this close below the cutoff is still compared."""


@dataclass(frozen=True, slots=True)
class Found(Generic[Key]):
    """A listed name that reached the cutoff: whose it is (`key`) and how it compares."""

    key: Key
    comparison: NameComparison


class Index(Generic[Key]):
    """An index over the listed names of one schema group. Built once, then read-only."""

    def __init__(self, entries: Iterable[tuple[Key, str, Schema]]) -> None:
        self._keys: list[Key] = []
        self._names: list[Name] = []
        parts: list[Name] = []
        owners: list[int] = []
        for key, text, schema in entries:
            name = analyse(text, schema)
            if name.tokens:
                parts += [name, *name.variants]
                owners += [len(self._names)] * (1 + len(name.variants))
                self._keys.append(key)
                self._names.append(name)
        self._owners: Ints = np.array(owners, dtype=np.int32)
        postings: dict[Token, list[int]] = defaultdict(list)
        compacts: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(parts):
            for token in {*name.tokens, *(span for _, span in name.spans)}:
                postings[token].append(number)
            compacts[name.compact].append(number)
        self._vocabulary = Vocabulary(postings)
        self._postings: list[Ints] = [np.array(ids, dtype=np.int32) for ids in postings.values()]
        self._compacts = compacts
        self._acronyms: dict[str, list[int]] = defaultdict(list)
        self._soles: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(parts):
            for letters in name.acronyms:
                self._acronyms[letters].append(number)
            if name.sole:
                self._soles[name.sole].append(number)
        self._korean: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(parts):
            for korean_key in korean.keys(name.korean) if name.korean else ():
                self._korean[korean_key].append(number)
        self._sorted_compacts = sorted(compacts)
        self._owed: Floats = np.array([name.owed for name in parts], dtype=np.float32)

    def __len__(self) -> int:
        return len(self._names)

    def search(self, text: str, schema: Schema, cutoff: float = DEFAULT_THRESHOLD) -> list[Found[Key]]:
        """Every listed name that scores at least `cutoff` (from 0.5) against `text`, best first, ties in list order."""
        query = analyse(text, schema)
        if not query.tokens or not self._names:
            return []
        found = []
        parts = set().union(*(self._candidates(part, cutoff) for part in (query, *query.variants)))
        for number in sorted({int(self._owners[part]) for part in parts}):
            comparison = compare(query, self._names[number])
            if comparison.score >= cutoff:
                found.append((-comparison.score, number, comparison))
        found.sort(key=lambda item: item[:2])
        return [Found(self._keys[number], comparison) for _, number, comparison in found]

    def _candidates(self, query: Name, cutoff: float) -> set[int]:
        """The names, and names within a field that holds several, that may reach the cutoff."""
        numbers: set[int] = set()
        if cutoff <= JOINED:
            numbers.update(self._compacts.get(query.compact, ()))
        if cutoff <= ACRONYM:
            numbers.update(self._acronyms.get(query.sole, ()))
            for letters in query.acronyms:
                numbers.update(self._soles.get(letters, ()))
        for key in korean.keys(query.korean) if query.korean else ():
            numbers.update(self._korean.get(key, ()))
        if query.truncated and cutoff <= TRUNCATED:
            numbers.update(self._continuations(query.compact))
        best = []
        for at, token in enumerate(query.tokens):
            offers = self._vocabulary.offers(token)
            if at == query.cut:
                offers = sorted([*offers, *self._vocabulary.continuations(token)])
            best.append(self._gains(token, offers))
        for first, span in query.spans:
            offers = self._vocabulary.offers(span)
            if offers:
                gains = self._gains(span, offers)
                for at in range(first, first + span.spanned):
                    np.maximum(best[at], gains * np.float32(query.tokens[at].weight / span.weight), out=best[at])
        gain = np.sum(best, axis=0, dtype=np.float32)
        both = self._owed + np.float32(query.owed)
        cost = missing_cost(query)
        reached = gain * (1 - cutoff * (1 - cost)) >= cutoff * cost * both - _ROUNDING * both
        numbers.update(int(number) for number in np.flatnonzero(reached))
        return numbers

    def _gains(self, token: Token, offers: list[Offer]) -> Floats:
        """For each listed name, an upper bound of what this query token can gain in it."""
        best = np.zeros(len(self._owed), dtype=np.float32)
        tokens = self._vocabulary.tokens
        for amount, number in sorted((alike * (token.weight + tokens[n].weight), n) for alike, n in offers):
            best[self._postings[number]] = amount  # rising amounts: the last write is the best offer
        return best

    def _continuations(self, compact: str) -> Iterable[int]:
        at = bisect_left(self._sorted_compacts, compact)
        while at < len(self._sorted_compacts) and self._sorted_compacts[at].startswith(compact):
            yield from self._compacts[self._sorted_compacts[at]]
            at += 1
