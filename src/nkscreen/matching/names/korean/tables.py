"""The Korean tables: spellings, syllables, surnames, Hanja, pinyin. Read when first used.

Derived by `scripts/build_korean_tables.py` from the project's measured spellings and Unicode's Unihan database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from nkscreen.matching.names.korean.hangul import compose, partners

Script = Literal["latin", "cyrillic", "kana", "pinyin"]
System = Literal["revised", "mccune", "breved", "aspirated", "bare", "initial_j", "northern"]
"""Latin spelling systems kept to the letter: what they cannot write, a name that keeps to one does not mean."""

Costs = Mapping[str, float]
"""Hangul syllable to the cost of reading a spelling so; 0 is the standard of some system."""

MOST_COST = 1.6
"""A spelling of a syllable dearer than this is no spelling of it."""

RARE_SYLLABLE = 0.3
"""A syllable not found in names is a poor bridge between two spellings (bu ~ 버 ~ bo), and a sign of a foreign word:
half as many foreign organisations convince with this cost as without."""

INITIAL_SOUND = 0.25
"""Cost of the initial-sound rule: 리 in the North, 이 in the South, both may stand in one person's papers."""

NEVER = 99.0

LONGEST_SPELLING = 8
"""Letters of the longest spelling of one syllable (kyŏung)."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """Spelling to what it may write: onsets; rimes as (nucleus, coda); whole syllables; each with costs."""

    onsets: dict[str, list[tuple[str, float]]]
    rimes: dict[str, list[tuple[str, str, float]]]
    syllables: dict[str, list[tuple[str, float]]]


def _rows(name: str) -> list[list[str]]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


@cache
def _spellings() -> dict[str, _Parts]:
    rows: dict[str, dict[str, list[tuple[str, str, float]]]] = {}
    for script, part, target, spelling, cost in _rows("spellings.tsv"):
        rows.setdefault(script, {}).setdefault(part, []).append((target, spelling, float(cost)))
    return {script: _parts(parts) for script, parts in rows.items()}


def _parts(rows: dict[str, list[tuple[str, str, float]]]) -> _Parts:
    own = {(target[0], target[1:], spelling): cost for target, spelling, cost in rows.get("rime", ())}
    parts = _Parts({}, {}, {})
    for onset, spelling, cost in rows["onset"]:
        parts.onsets.setdefault(spelling, []).append((onset, cost))
    for nucleus, vowels, vowels_cost in rows["nucleus"]:
        for coda, ending, ending_cost in rows["coda"]:
            cost = own.get((nucleus, coda, vowels + ending), vowels_cost + ending_cost)
            if cost <= MOST_COST:
                parts.rimes.setdefault(vowels + ending, []).append((nucleus, coda, cost))
    for syllable, spelling, cost in rows.get("syllable", ()):
        parts.syllables.setdefault(spelling, []).append((syllable, cost))
    return parts


@cache
def syllables() -> dict[str, float]:
    """The syllables that names and Sino-Korean words are made of, with the cost of being rare in names."""
    return {syllable: 0.0 if named == "1" else RARE_SYLLABLE for syllable, named in _rows("syllables.tsv")}


@cache
def surnames() -> frozenset[str]:
    """Surnames in Hangul, of one or two syllables, in Northern and Southern spelling."""
    return frozenset(row[0] for row in _rows("surnames.tsv"))


@cache
def concepts(language: Literal["latin", "hangul", "cyrillic"]) -> dict[str, tuple[str, ...]]:
    """Generic words of organisations to the concepts they stand for: 총회사 is `general` and `corp`, 주식 nothing."""
    return {word: tuple(found.split()) for lang, word, found in _rows("concepts.tsv") if lang == language}


@cache
def hanja() -> dict[str, str]:
    """Hanja (traditional, simplified, shinjitai) to its Korean readings, the usual one in names first."""
    return dict(_rows("hanja.tsv"))


@cache
def _pinyin() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for spelling, syllable, cost in _rows("pinyin.tsv"):
        table.setdefault(spelling, {})[syllable] = float(cost)
    return table


@lru_cache(maxsize=32_768)
def readings(script: Script, spelling: str) -> Costs:
    """The syllables that a spelling may write in a script, each with its least cost; empty when it writes none.

    `readings("latin", "jong")` has 정 and 종 at 0. The initial-sound partner of each syllable is among them.
    """
    found = dict(_pinyin().get(spelling, {})) if script == "pinyin" else _spelled(script, spelling)
    for syllable, cost in tuple(found.items()):
        for partner in partners(syllable):
            if partner in syllables():
                found[partner] = min(found.get(partner, cost + INITIAL_SOUND), cost + INITIAL_SOUND)
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))


@lru_cache(maxsize=32_768)
def strict(system: System, spelling: str) -> frozenset[str]:
    """The name syllables that a spelling writes in a system kept to the letter; empty when it breaks its rules."""
    return frozenset(syllable for syllable in _spelled(system, spelling) if not syllables()[syllable])


def _spelled(script: Script | System, spelling: str) -> dict[str, float]:
    parts, known, found = _spellings()[script], syllables(), dict[str, float]()
    for i in range(min(5, len(spelling))):
        rimes = parts.rimes.get(spelling[i:])
        if not rimes:
            continue
        for onset, onset_cost in parts.onsets.get(spelling[:i], ()):
            for nucleus, coda, rime_cost in rimes:
                syllable = compose(onset, nucleus, coda)
                if syllable in known:
                    cost = onset_cost + rime_cost + known[syllable]
                    if cost <= MOST_COST and cost < found.get(syllable, NEVER):
                        found[syllable] = cost
    for syllable, cost in parts.syllables.get(spelling, ()):
        found[syllable] = cost
    return found


@lru_cache(maxsize=32_768)
def least_cost(script: Script, spelling: str) -> float | None:
    """Cost of the best reading of a spelling, None when it writes no syllable."""
    return min(readings(script, spelling).values(), default=None)
