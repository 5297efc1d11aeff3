"""Slips of the pen: two names that agree in every syllable but one, where that one differs as real papers differ.

A slip is no spelling of a syllable, so that it is not in the tables: it counts once in a name, at a cost that leaves a
bare match, and only where no Hangul name explains both. Sounds that tell common given names apart (Chol, Chul; Song,
Sung) are no slips. A slip keeps the classes of onset and coda by which names are found (`keys`).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

from nkscreen.matching.names.korean.hangul import NUCLEI, decompose
from nkscreen.matching.names.korean.model import Syllable
from nkscreen.matching.names.korean.positions import NO_READING, pair_cost

LEAST_SYLLABLES = 3
"""Syllables of the shortest name that may have a slip: with fewer, the rest does not tell that it is one name."""

REST_COST = 0.3
"""Most that the other syllables may cost together."""

READING_COST = 0.5
"""Most that reading the two pieces may cost."""

VOWELS = frozenset(
    map(frozenset, ("ㅏㅘ", "ㅓㅕ", "ㅓㅝ", "ㅗㅛ", "ㅜㅠ", "ㅐㅙ", "ㅔㅖ", "ㅔㅞ", "ㅣㅟ", "ㅏㅐ", "ㅕㅔ", "ㅕㅐ"))
)
"""Vowels that slips exchange: a glide dropped (Gwang, Gang; Hyon, Hon), a for ae, e for yo."""

ANY_VOWELS = frozenset(frozenset(pair) for pair in combinations(NUCLEI, 2))
"""Every two vowels: in the names of organisations and ships that are long enough no two are told apart by one."""

LETTERED = frozenset({"latin", "cyrillic", "kana"})
"""Scripts in which a letter can go missing: Hangul and Hanja are whole syllables."""


SLIP = 0.6
"""Cost of a slip over that of reading its two pieces."""


def slipped(
    ours: tuple[Syllable, ...], theirs: tuple[Syllable, ...], vowels: frozenset[frozenset[str]] = VOWELS
) -> float:
    """Cost of two names of as many syllables that differ by one slip; `NO_READING` when they differ otherwise."""
    if len(ours) < LEAST_SYLLABLES:
        return NO_READING
    rest, slip = 0.0, 0.0
    for one, other in zip(ours, theirs, strict=True):
        cost = pair_cost(one, other)
        if rest + cost <= REST_COST:
            rest += cost
        elif slip:
            return NO_READING
        else:
            slip = SLIP + slip_cost(one, other, vowels)
    return min(NO_READING, rest + slip)


@lru_cache(maxsize=65_536)
def slip_cost(one: Syllable, other: Syllable, vowels: frozenset[frozenset[str]] = VOWELS) -> float:
    """Cost of reading the two positions as syllables that differ by a slip; `NO_READING` when they do not."""
    if LETTERED.isdisjoint((one.script, other.script)):
        return NO_READING
    best = NO_READING
    for syllable, cost in one.readings.items():
        onset, nucleus, coda = decompose(syllable)
        for candidate, more in other.readings.items():
            if cost + more > READING_COST or cost + more >= best:
                break
            parts = decompose(candidate)
            if parts[0] == onset and parts[2] == coda and frozenset((nucleus, parts[1])) in vowels:
                best = cost + more
    return best
