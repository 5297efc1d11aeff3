"""Retrieval in pure Python: the bound of `docs/index.md` as sums over columns of all names.

The compiled kernel (`kernel`) finds the same names; this is what it is measured by, and used where it is not installed.

The score of a name cannot exceed `gain / (c*W + (1-c)*gain)`, where `gain` sums, for each query token, the best
similarity x weight any token of the name offers, `W` is what both names owe and `c` the cost of a missing token. That
sum is cheap to build from postings of similar words; only names whose bound reaches the cutoff are compared. Words
joined on either side are words of the vocabulary too: what joined query words gain is credited to each by its weight.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from nkscreen.matching.names import korean
from nkscreen.matching.names.align import missing_cost
from nkscreen.matching.names.analyse import Name
from nkscreen.matching.names.compare import ACRONYM, TRUNCATED
from nkscreen.matching.names.token import JOINED, Token
from nkscreen.matching.vocabulary import Offer, Vocabulary

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

_ROUNDING = 1e-4
"""Room for 32-bit sums: a bound this close below the cutoff is still compared."""


class ReferenceRetrieval:
    """Finds candidates among numbered names."""

    def __init__(self, names: Iterable[tuple[int, Name]]) -> None:
        parts: list[Name] = []
        owners: list[int] = []
        for number, name in names:
            if name.tokens:
                parts += [name, *name.variants]
                owners += [number] * (1 + len(name.variants))
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

    def candidates(self, query: Name, cutoff: float) -> list[int]:
        """Numbers of the names that may reach the cutoff, in order; every one that does is among them."""
        if not len(self._owed):
            return []
        parts = set().union(*(self._of_part(part, cutoff) for part in (query, *query.variants)))
        return sorted({int(self._owners[part]) for part in parts})

    def _of_part(self, query: Name, cutoff: float) -> set[int]:
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
