"""From letters to positions: cutting a token into syllable spellings, and what each may stand for where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from anyascii import anyascii

from nkscreen.matching.names.interned import interned
from nkscreen.matching.names.korean import tables
from nkscreen.matching.names.korean.hangul import decompose, partners
from nkscreen.matching.names.korean.model import Syllable
from nkscreen.matching.names.korean.tables import Script, System

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

_JOINTS: dict[Script, tuple[str, str, dict[str, str]]] = {
    "latin": ("n", "r", {"ng": "k", "m": "p", "l": "n"}),
    "cyrillic": ("н", "р", {"н": "к", "м": "п", "л": "н"}),
    "kana": ("n", "r", {"n": "ku", "mu": "pu"}),
}
"""Per script: the letter for ㄴ that may be an assimilated ㄹ, the letter for ㄹ, and codas with what they may be
before another nasal (ng for ㄱ, m for ㅂ, l for ㄴ: Ŭllyul is 은률)."""

HABIT = 1.2
"""Cost of a reading that breaks the spelling system which the rest of the name keeps to."""

BREVES = frozenset("ŏŭ")


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


@lru_cache(maxsize=65_536)
def positions(script: Script, pieces: tuple[str, ...], system: System | None = None) -> tuple[Syllable, ...]:
    """The positions of a name cut into pieces, sound changes between neighbours undone, `system` held against it."""
    joint, after = script in _JOINTS, (*pieces[1:], "")
    return tuple(
        _position(
            script,
            piece,
            joint and i > 0 and piece.startswith(_JOINTS[script][0]),
            joint and _may_change(piece, after[i], _JOINTS[script][2]),
            system,
        )
        for i, piece in enumerate(pieces)
    )


def _may_change(piece: str, following: str, codas: Mapping[str, str]) -> bool:
    """Whether the coda of a piece may be a changed one before what follows; ㄴ turns to l before another l alone."""
    nasal = "lл" if piece.endswith(("l", "л")) else "nmrlнмрл"
    return bool(following) and following[0] in nasal and piece.endswith(tuple(codas))


@interned(32_768)
def _position(script: Script, piece: str, after: bool, before: bool, system: System | None) -> Syllable:
    found = dict(tables.readings(script, piece))

    if system:
        kept = tables.strict(system, piece)
        found = {
            s: cost if s in kept or not kept.isdisjoint(partners(s)) else cost + HABIT for s, cost in found.items()
        }

    def add(spelling: str, part: int, jamo: str) -> None:
        for syllable, cost in tables.readings(script, spelling).items():
            if decompose(syllable)[part] in jamo:
                found[syllable] = min(cost + ASSIMILATION, found.get(syllable, cost + ASSIMILATION))

    if after:
        add(_JOINTS[script][1] + piece[1:], 0, "ㄹ")
    if before:
        for nasal, stop in _JOINTS[script][2].items():
            if piece.endswith(nasal):
                add(piece[: -len(nasal)] + stop, 2, "ㄱㅂㄴ")
    return Syllable(piece, script, _by_cost(found))


def system_of(surname: tuple[str, ...], given: tuple[str, ...]) -> System | None:
    """The spelling system that a Latin name keeps to and shows by a letter that the others lack, None otherwise.

    A breve or an aspiration mark shows McCune-Reischauer; `eo` and a voiced initial (Gim, Bak) the Revised system; an
    `o` that can only be ㅓ the North's; and who writes ㅈ with an initial `j` (Jang, Jong Un) means ㅊ by `ch`.
    """
    if len(given) < 2:
        return None
    first = "".join(piece[0] for piece in (*surname[:1], given[0]))
    letters = "".join((*surname, *given))
    breve, aspiration = not BREVES.isdisjoint(letters), "ʰ" in letters
    systems: tuple[System, ...]
    if breve or aspiration:
        systems = ("mccune" if breve and aspiration else "breved" if breve else "aspirated",)
    elif "eo" in letters or not set(first).isdisjoint("gdb"):
        systems = ("revised",)
    elif any(map(_is_northern, given)) and all(tables.strict("bare", piece) for piece in surname):
        systems = ("northern", "bare") if "j" in first else ("bare",)
    elif "j" in first:
        systems = ("initial_j",)
    else:
        return None
    return next((system for system in systems if all(tables.strict(system, piece) for piece in given)), None)


def _is_northern(piece: str) -> bool:
    """Whether the `o` of a piece can only be ㅓ or ㅕ, as the DPRK writes them: chol and hyok are no South Korean's."""
    kept = tables.strict("bare", piece)
    return "o" in piece and bool(kept) and all(decompose(syllable)[1] in "ㅓㅕ" for syllable in kept)


SURNAME_COST = 0.6
"""Dearest spelling of a surname: surnames are few, and their spellings conventional."""


@interned(32_768)
def surname_position(script: Script, piece: str) -> Syllable | None:
    """The position of a surname's spelling, None when it spells no surname."""
    found = {
        syllable: cost
        for syllable, cost in tables.readings(script, piece).items()
        if syllable in tables.surnames() and cost <= SURNAME_COST
    }
    return Syllable(piece, script, _by_cost(found)) if found else None


@interned(16_384)
def hangul_position(syllable: str) -> Syllable:
    """The position of a syllable written in Hangul."""
    found = dict.fromkeys(partners(syllable), tables.INITIAL_SOUND)
    return Syllable(syllable, "hangul", _by_cost(found | {syllable: 0.0}))


@interned(16_384)
def hanja_position(character: str) -> Syllable | None:
    """The position of a Hanja, None for a character without a Korean reading."""
    read = dict.fromkeys(tables.hanja().get(character, ""), 0.0)
    found = {partner: HANJA_INITIAL_SOUND for syllable in read for partner in partners(syllable)} | read
    return Syllable(character, "hanja", _by_cost(found)) if found else None


HANJA_INITIAL_SOUND = 0.1
"""A character has no initial sound of its own: North and South read 李 as 리 and 이 alike."""


def _by_cost(found: dict[str, float]) -> dict[str, float]:
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))


OTHER_CHARACTER = 0.4
"""Cost of a character beside the pinyin of another one that Korean reads alike: 秀 is not cui. The press writes some
names with either, and anyascii knows one reading of 朴 alone."""

NO_READING = 6.0
"""Cost of two positions that no Hangul syllable explains both."""


@lru_cache(maxsize=262_144)
def pair_cost(one: Syllable, other: Syllable) -> float:
    """Cost of the Hangul syllable that explains both positions best, `NO_READING` when there is none."""
    return explain(one, other)[1]


@lru_cache(maxsize=131_072)
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
    if one.script != other.script and {one.script, other.script} == {"hanja", "pinyin"}:
        written, sound = (one, other) if one.script == "hanja" else (other, one)
        if _mandarin(written.text) != sound.text:
            cost += OTHER_CHARACTER
    return best, cost


@lru_cache(maxsize=16_384)
def _mandarin(character: str) -> str:
    return anyascii(character).lower()
