"""Coarse keys of a reading: two readings that score 0.5 or more share one.

A key keeps of each syllable only the classes of its onset and coda, which spellings confuse less than vowels. It is
taken from every Hangul name that a way can stand for at a cost below which a score of 0.5 is possible; the common
Hangul of two readings is among them on both sides, so they share its key. Costs count from the best reading of each
position: two positions written alike cost nothing even where that spelling is a dear one.
"""

from __future__ import annotations

from functools import lru_cache

from nkscreen.matching.names.korean.compound import SHARE, weight_of
from nkscreen.matching.names.korean.hangul import decompose
from nkscreen.matching.names.korean.model import Reading, Spelling, Syllable
from nkscreen.matching.names.korean.score import HALF_COST, MATCH_COST

LIMIT = MATCH_COST * HALF_COST
COMPOUND_LIMIT = LIMIT / SHARE

KEY_WEIGHT = 0.15
"""Least weight of a concept that is a key of a name of concepts alone. All lighter ones together weigh less than two
such names must share."""

_ONSET_CLASS = dict(zip("ㄱㄲㅋㄷㄸㅌㅂㅃㅍㅈㅉㅊㅅㅆㄹㄴㅇㅁㅎ", "kkktttpppcccssnnnmh", strict=True))
"""ㄹ, ㄴ and ㅇ are one class: the initial-sound rule writes one for the other."""

_CODA_CLASS = {"": "-"} | dict(
    zip("ㄱㄲㄳㄺㅋㄴㄵㄶㅇㄷㅅㅆㅈㅊㅌㅎㄹㄼㄽㄾㅀㅁㄻㅂㅄㅍㄿ", "kkkkknnnntttttt-lllllmmpppp", strict=True)
)


@lru_cache(maxsize=4096)
def _class(syllable: str) -> str:
    onset, _, coda = decompose(syllable)
    return _ONSET_CLASS[onset] + _CODA_CLASS[coda]


@lru_cache(maxsize=65_536)
def _classes(place: Syllable) -> tuple[tuple[str, float], ...]:
    """Classes of the place's readings with their least cost over the best reading."""
    least = min(place.readings.values())
    found: dict[str, float] = {}
    for syllable, cost in place.readings.items():
        if cost - least <= COMPOUND_LIMIT:
            name = _class(syllable)
            found[name] = min(cost - least, found.get(name, COMPOUND_LIMIT))
    return tuple(found.items())


def keys(reading: Reading) -> frozenset[str]:
    """Keys such that `compare(a, b).score >= 0.5` implies that `keys(a)` and `keys(b)` share one."""
    found: set[str] = set()
    if reading.person:
        for way in reading.person.spellings:
            found |= _keys_of_way(way, f"person{len(way.surname)}", LIMIT)
    if reading.compound:
        for way in reading.compound.spellings:
            found |= _keys_of_way(way, reading.compound.kind, COMPOUND_LIMIT)
        if not reading.compound.spellings:
            found.update(f"concept {name}" for name in reading.compound.concepts if weight_of(name) >= KEY_WEIGHT)
            found.update(f"number {number}" for number in reading.compound.numbers)
    return frozenset(found)


@lru_cache(maxsize=65_536)
def _keys_of_way(way: Spelling, start: str, limit: float) -> frozenset[str]:
    partial = {start: way.cost}
    for place in way.surname + way.given:
        longer: dict[str, float] = {}
        for key, paid in partial.items():
            for name, cost in _classes(place):
                if paid + cost <= limit:
                    longer[key + name] = min(paid + cost, longer.get(key + name, limit))
        partial = longer
    return frozenset(partial)
