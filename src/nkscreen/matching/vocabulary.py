"""Which words of an index a query word can meet: every word that `similarity` gives more than nothing, and no search
through all of them.

Words that share a key are looked up. Words spelled alike are sieved: a word within d edits differs by at most d in
length, and by at most 2d in the set of its letters, which is one exclusive-or of 32 bits a word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from nkscreen.matching.names.compare import is_prefix
from nkscreen.matching.names.token import PREFIX, Token, counterpart, edits_allowed, similarity

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
        spelled: list[tuple[int, str, int]] = []
        for number, token in enumerate(self.tokens):
            self._by_text[token.text].append(number)
            for key in token.keys:
                self._by_key[key].append(number)
            if token.kind == "initial":
                self._initials[token.text].append(number)
            elif token.kind not in {"number", "legal_form"}:
                spelled.append((len(token.spelling), token.spelling, number))
                if token.spanned == 1:
                    self._starting[token.text[0]].append(number)
        spelled.sort()
        self._lengths = [length for length, _, _ in spelled]
        self._spellings = [spelling for _, spelling, _ in spelled]
        self._numbers = [number for _, _, number in spelled]
        self._masks = np.array([_mask(spelling) for spelling in self._spellings], dtype=np.uint32)
        self._sorted = sorted((token.text, number) for number, token in enumerate(self.tokens) if token.spanned == 1)
        self._cache: dict[Token, list[Offer]] = {}

    def offers(self, token: Token) -> list[Offer]:
        """The words that this query word can meet, worst first."""
        known = self._cache.get(token)
        if known is None:
            numbers = set(self._by_text.get(token.text, ()))
            for key in token.keys:
                numbers.update(self._by_key.get(counterpart(key), ()))
            if token.kind == "initial":
                numbers.update(self._starting.get(token.text, ()))
            elif token.kind not in {"number", "legal_form"}:
                numbers.update(self._initials.get(token.text[0], ()))
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
        length = len(spelling)
        most = edits_allowed(length + 3)
        low = bisect_left(self._lengths, length - most)
        high = bisect_left(self._lengths, length + most + 1)
        differing: NDArray[np.uint32] = self._masks[low:high] ^ np.uint32(_mask(spelling))
        apart = _BITS[differing & np.uint32(0xFFFF)] + _BITS[differing >> np.uint32(16)]
        near = np.flatnonzero(apart <= 2 * most) + low
        if not len(near):
            return []
        words = [self._spellings[at] for at in near]
        distances = process.cdist([spelling], words, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
        return [self._numbers[near[at]] for at in np.flatnonzero(distances <= most)]


def _mask(spelling: str) -> int:
    """The letters of a word as bits of 32; digits share the last six."""
    mask = 0
    for ch in spelling:
        mask |= 1 << (ord(ch) - 97 if "a" <= ch <= "z" else 26 + ord(ch) % 6)
    return mask
