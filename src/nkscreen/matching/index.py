"""Finding listed names: every name whose comparison reaches the cutoff, without comparing them all.

The promise: for a cutoff, `search` returns exactly the listed names whose `compare` score reaches it (a test holds it
to exhaustive comparison). How: the score of a name cannot exceed `gain / (c*W + (1-c)*gain)`, where `gain` sums, for
each query token, the best similarity x weight any token of the name offers, `W` is the weight of both names and `c` the
cost of a missing token. That sum is cheap to build from postings of similar words; only names whose bound reaches the
cutoff are compared. Effects outside the alignment (joined words, names cut at the field's end) have channels of their
own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from nkscreen.matching.names.analyse import Name, Token, analyse
from nkscreen.matching.names.compare import (
    DEFAULT_THRESHOLD,
    INITIAL,
    JOINED,
    MISSING_COST,
    SAME_CLASS,
    TRUNCATED,
    NameComparison,
    compare,
    edits_allowed,
)
from nkscreen.records import Schema

Key = TypeVar("Key", bound=Hashable)
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

_ROUNDING = 1e-4
"""Room for 32-bit sums: a bound this close below the cutoff is still compared."""

_NEIGHBOUR_CACHE = 50_000
"""Distinct query words remembered per index; the words of names repeat, and each costs one pass over the vocabulary."""


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
        for key, text, schema in entries:
            name = analyse(text, schema)
            if name.tokens:
                self._keys.append(key)
                self._names.append(name)
        postings: dict[tuple[str, float], list[int]] = defaultdict(list)
        classes: dict[str, set[tuple[str, float]]] = defaultdict(set)
        compacts: dict[str, list[int]] = defaultdict(list)
        slack = np.zeros(len(self._names), dtype=np.float32)
        for number, name in enumerate(self._names):
            for token in name.tokens:
                word = (token.text, token.weight)
                postings[word].append(number)
                classes[token.key].add(word)
                if token.kind == "initial":
                    slack[number] += INITIAL * (8 + token.weight)
            compacts[name.compact].append(number)
        self._postings: dict[tuple[str, float], Ints] = {
            w: np.array(ids, dtype=np.int32) for w, ids in postings.items()
        }
        self._classes = classes
        self._words: dict[str, list[float]] = defaultdict(list)
        for text, weight in postings:
            self._words[text].append(weight)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for text in self._words:
            if len(text) > 1 and " " not in text:
                self._by_length[len(text)].append(text)
        self._compacts = compacts
        self._sorted_compacts = sorted(compacts)
        self._slack = slack
        self._weights: Floats = np.array([name.weight for name in self._names], dtype=np.float32)
        self._neighbours: dict[str, list[tuple[str, float]]] = {}

    def __len__(self) -> int:
        return len(self._names)

    def search(self, text: str, schema: Schema, cutoff: float = DEFAULT_THRESHOLD) -> list[Found[Key]]:
        """Every listed name that scores at least `cutoff` against `text`, best first, ties in list order."""
        query = analyse(text, schema)
        if not query.tokens or not self._names:
            return []
        found = []
        for number in sorted(self._candidates(query, cutoff)):
            comparison = compare(query, self._names[number])
            if comparison.score >= cutoff:
                found.append((-comparison.score, number, comparison))
        found.sort(key=lambda item: item[:2])
        return [Found(self._keys[number], comparison) for _, number, comparison in found]

    def _candidates(self, query: Name, cutoff: float) -> set[int]:
        numbers: set[int] = set()
        if cutoff <= JOINED:
            numbers.update(self._compacts.get(query.compact, ()))
        if query.truncated and cutoff <= TRUNCATED:
            numbers.update(self._continuations(query.compact))
        gain = self._slack.copy()
        for token in query.tokens:
            gain += self._best_gain(token)
        both = self._weights + np.float32(query.weight)
        reached = gain * (1 - cutoff * (1 - MISSING_COST)) >= cutoff * MISSING_COST * both - _ROUNDING * both
        numbers.update(int(number) for number in np.flatnonzero(reached))
        return numbers

    def _best_gain(self, token: Token) -> Floats:
        """For each listed name, an upper bound of what this query token can gain in it."""
        best = np.zeros(len(self._names), dtype=np.float32)
        offers = []
        if token.kind == "initial":
            best += np.float32(INITIAL * (token.weight + 8))
            offers = [(1.0, token.text)]
        elif token.kind in {"number", "legal_form"}:
            offers = [(1.0, token.text)]
        else:
            offers = [(similarity, word) for word, similarity in self._similar_words(token.text)]
        gains = [(s * (token.weight + weight), (word, weight)) for s, word in offers for weight in self._words[word]]
        gains += [(SAME_CLASS * (token.weight + word[1]), word) for word in self._classes.get(token.key, ())]
        for amount, posting in sorted(gains):
            ids = self._postings[posting]
            best[ids] = np.maximum(best[ids], np.float32(amount))
        return best

    def _similar_words(self, word: str) -> list[tuple[str, float]]:
        """Words of the vocabulary within the edits that `word_similarity` allows, with their similarity."""
        known = self._neighbours.get(word)
        if known is None:
            known = []
            for length, vocabulary in self._by_length.items():
                longer = max(length, len(word))
                most = edits_allowed(longer)
                if abs(length - len(word)) <= most:
                    near = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=most, limit=None)
                    known += [(other, 1 - distance / longer) for other, distance, _ in near]
            if len(self._neighbours) >= _NEIGHBOUR_CACHE:
                self._neighbours.clear()
            self._neighbours[word] = known
        return known

    def _continuations(self, compact: str) -> Iterable[int]:
        at = bisect_left(self._sorted_compacts, compact)
        while at < len(self._sorted_compacts) and self._sorted_compacts[at].startswith(compact):
            yield from self._compacts[self._sorted_compacts[at]]
            at += 1
