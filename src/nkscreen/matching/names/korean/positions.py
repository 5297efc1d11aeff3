"""From letters to positions: cutting a token into syllable spellings, and what each may stand for where it stands."""

from __future__ import annotations

from functools import lru_cache

from nkscreen.matching.names.korean import tables
from nkscreen.matching.names.korean.hangul import decompose, partners
from nkscreen.matching.names.korean.model import Syllable
from nkscreen.matching.names.korean.tables import Script

Cut = tuple[float, tuple[str, ...]]
"""Cost of the best readings of the pieces, and the pieces."""

CUTS_KEPT = 4
"""Ways to cut one token that are followed up: `hyongil` is hyong-il or hyon-gil."""

CUT_SLACK = 1.0
"""A cut dearer than the best one by more than this is not what was meant."""

SYLLABLE_COST = 0.3
"""Cost of one syllable more while cutting: `jong` is one syllable before it is jo-ng or jon-g."""

ASSIMILATION = 0.3
"""Cost of undoing a sound change at the joint of two syllables: Amnok for 압록, Kungnyol for 국렬."""

_NASAL = "nmrl"
_CLOSED = tuple("kgnmptbl")


@lru_cache(maxsize=65_536)
def cuts(script: Script, token: str, most: int) -> tuple[Cut, ...]:
    """The best ways to cut a token into at most `most` syllables, cheapest first; empty when there is none."""
    length = len(token)
    if length > most * tables.LONGEST_SPELLING:
        return ()
    best: list[list[Cut]] = [[] for _ in range(length + 1)]
    best[0] = [(0.0, ())]
    for start in range(length):
        ways = best[start]
        if not ways:
            continue
        ways.sort()
        del ways[CUTS_KEPT * 2 :]
        for end in range(start + 1, min(length, start + tables.LONGEST_SPELLING) + 1):
            piece = token[start:end]
            cost = tables.least_cost(script, piece)
            if cost is not None:
                best[end] += [
                    (paid + cost + SYLLABLE_COST, (*pieces, piece)) for paid, pieces in ways if len(pieces) < most
                ]
    found = sorted(best[length])[:CUTS_KEPT]
    return tuple(
        (cost - SYLLABLE_COST * len(pieces), pieces) for cost, pieces in found if cost <= found[0][0] + CUT_SLACK
    )


def positions(script: Script, pieces: tuple[str, ...]) -> tuple[Syllable, ...]:
    """The positions of a name cut into pieces, sound changes between neighbours undone."""
    last = len(pieces) - 1
    return tuple(
        _position(
            script,
            piece,
            script == "latin" and i > 0 and piece[0] == "n" and pieces[i - 1].endswith(_CLOSED),
            script == "latin" and i < last and pieces[i + 1][0] in _NASAL and piece.endswith(("ng", "m")),
        )
        for i, piece in enumerate(pieces)
    )


@lru_cache(maxsize=32_768)
def _position(script: Script, piece: str, after_closed: bool, before_nasal: bool) -> Syllable:
    found = dict(tables.readings(script, piece))

    def add(spelling: str, part: int, jamo: str) -> None:
        for syllable, cost in tables.readings(script, spelling).items():
            if decompose(syllable)[part] == jamo:
                found[syllable] = min(cost + ASSIMILATION, found.get(syllable, cost + ASSIMILATION))

    if after_closed:
        add("r" + piece[1:], 0, "ㄹ")
    if before_nasal and piece.endswith("ng"):
        add(piece[:-2] + "k", 2, "ㄱ")
    if before_nasal and piece.endswith("m"):
        add(piece[:-1] + "p", 2, "ㅂ")
    return Syllable(piece, script, _by_cost(found))


@lru_cache(maxsize=32_768)
def surname_position(script: Script, piece: str) -> Syllable | None:
    """The position of a surname's spelling, None when it spells no surname."""
    found = {s: cost for s, cost in tables.readings(script, piece).items() if s in tables.surnames()}
    return Syllable(piece, script, _by_cost(found)) if found else None


@lru_cache(maxsize=16_384)
def hangul_position(syllable: str) -> Syllable:
    """The position of a syllable written in Hangul."""
    found = dict.fromkeys(partners(syllable), tables.INITIAL_SOUND)
    return Syllable(syllable, "hangul", _by_cost(found | {syllable: 0.0}))


@lru_cache(maxsize=16_384)
def hanja_position(character: str) -> Syllable | None:
    """The position of a Hanja, None for a character without a Korean reading."""
    found: dict[str, float] = {}
    for syllable in tables.hanja().get(character, ""):
        found.setdefault(syllable, 0.0)
        for partner in partners(syllable):
            found.setdefault(partner, HANJA_INITIAL_SOUND)
    return Syllable(character, "hanja", _by_cost(found)) if found else None


HANJA_INITIAL_SOUND = 0.1
"""A character has no initial sound of its own: North and South read 李 as 리 and 이 alike."""


def _by_cost(found: dict[str, float]) -> dict[str, float]:
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))


NO_READING = 6.0
"""Cost of two positions that no Hangul syllable explains both."""


@lru_cache(maxsize=1_048_576)
def pair_cost(one: Syllable, other: Syllable) -> float:
    """Cost of the Hangul syllable that explains both positions best, `NO_READING` when there is none."""
    return explain(one, other)[1]


def explain(one: Syllable, other: Syllable) -> tuple[str, float]:
    """The Hangul syllable that explains both positions best, and its cost; `("", NO_READING)` when there is none."""
    best, cost = "", NO_READING
    if one is other:
        return next(iter(one.readings)), 0.0
    few, many = (one, other) if len(one.readings) <= len(other.readings) else (other, one)
    for syllable, paid in few.readings.items():
        total = paid + many.readings.get(syllable, NO_READING)
        if total < cost or (total == cost and syllable < best):
            best, cost = syllable, total
    return best, cost
