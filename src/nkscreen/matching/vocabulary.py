"""Which words of an index a query word can meet: every word that `similarity` gives more than nothing, and no search
through all of them.

Words that share a key are looked up. Words spelled alike are sieved: a word within d edits differs by at most d in
length, and by at most 2d in the bag of its letters, which is one exclusive-or of 64 bits a word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from nkscreen.matching.names.align import is_prefix
from nkscreen.matching.names.token import MOST_SPELLED, PREFIX, Token, counterpart, edits_allowed, similarity

Offer = tuple[float, int]
"""Similarity, and the number of the word in the vocabulary."""

_BITS = np.array([bin(number).count("1") for number in range(1 << 16)], dtype=np.uint8)

_CACHED_WORDS = 50_000
"""Distinct query words remembered; the words of names repeat."""


class Vocabulary:
    """The distinct tokens of an index, numbered from 0, single words and joined ones alike."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self.tokens: list[Token] = list(tokens)
        self._by_text: dict[str, list[int]] = defaultdict(list)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._initials: dict[str, list[int]] = defaultdict(list)
        self._starting: dict[str, list[int]] = defaultdict(list)
        spelled: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for number, token in enumerate(self.tokens):
            for letters in {token.text, token.spelling}:
                self._by_text[letters].append(number)
            for key in token.keys:
                self._by_key[key].append(number)
            if token.kind == "initial":
                self._initials[token.text].append(number)
            elif token.kind not in {"number", "legal_form"}:
                if token.kind != "syllable" and token.spanned <= MOST_SPELLED:
                    spelled[len(token.spelling)].append((token.spelling, number))
                if token.spanned == 1:
                    self._starting[token.text[0]].append(number)
        self._spelled = {
            length: (
                np.array([_mask(spelling) for spelling, _ in group], dtype=np.uint64),
                [spelling for spelling, _ in group],
                [number for _, number in group],
            )
            for length, group in spelled.items()
        }
        self._sorted = sorted((token.text, number) for number, token in enumerate(self.tokens) if token.spanned == 1)
        self._cache: dict[Token, list[Offer]] = {}

    def offers(self, token: Token) -> list[Offer]:
        """The words that this query word can meet, worst first."""
        known = self._cache.get(token)
        if known is None:
            numbers = {*self._by_text.get(token.text, ()), *self._by_text.get(token.spelling, ())}
            for key in token.keys:
                numbers.update(self._by_key.get(counterpart(key), ()))
            if token.kind == "initial":
                numbers.update(self._starting.get(token.text, ()))
            elif token.kind not in {"number", "legal_form"}:
                numbers.update(self._initials.get(token.text[0], ()))
                if token.kind != "syllable" and token.spanned <= MOST_SPELLED:
                    numbers.update(self._alike(token.spelling))
            known = sorted((alike, n) for n in numbers if (alike := similarity(token, self.tokens[n])[0]) > 0)
            if len(self._cache) >= _CACHED_WORDS:
                self._cache.clear()
            self._cache[token] = known
        return known

    def continuations(self, cut: Token) -> list[Offer]:
        """The words that may continue the last word of a cut name."""
        found = []
        at = bisect_left(self._sorted, (cut.text, -1))
        while at < len(self._sorted) and self._sorted[at][0].startswith(cut.text):
            number = self._sorted[at][1]
            if is_prefix(cut, self.tokens[number]):
                found.append((PREFIX, number))
            at += 1
        return found

    def _alike(self, spelling: str) -> list[int]:
        found: list[int] = []
        own = len(spelling)
        mask = np.uint64(_mask(spelling))
        for length in range(max(1, own - 3), own + 4):
            group = self._spelled.get(length)
            most, apart = edits_allowed(max(own, length)), abs(own - length)
            if group is None or apart > most:
                continue
            masks, spellings, numbers = group
            near = np.flatnonzero(_bit_count(masks ^ mask) <= 2 * most - apart).tolist()
            if near:
                words = [spellings[at] for at in near]
                distances = process.cdist([spelling], words, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
                found += [numbers[near[at]] for at in np.flatnonzero(distances <= most).tolist()]
        return found


def _bit_count(numbers: NDArray[np.uint64]) -> NDArray[np.uint8]:
    quarters = numbers.view(np.uint16).reshape(-1, 4)
    counts: NDArray[np.uint8] = _BITS[quarters[:, 0]]
    for column in (1, 2, 3):
        counts = counts + _BITS[quarters[:, column]]
    return counts


def _mask(spelling: str) -> int:
    """The letters of a word as bits of 64: one for having a letter, one for having it twice; digits share six."""
    mask = 0
    for ch in spelling:
        bit = 1 << (ord(ch) - 97 if "a" <= ch <= "z" else 26 + ord(ch) % 6)
        mask |= bit << 32 if mask & bit else bit
    return mask
