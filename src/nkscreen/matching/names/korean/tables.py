"""The Korean tables: spellings, syllables, surnames, Hanja, pinyin. Read when first used.

Derived by `scripts/build_korean_tables.py` from the project's measured spellings and Unicode's Unihan database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from nkscreen.matching.names.korean.hangul import CODAS, compose, partners

Script = Literal["latin", "cyrillic", "kana", "pinyin"]
Costs = Mapping[str, float]
"""Hangul syllable to the cost of reading a spelling so; 0 is the standard of some system."""

MOST_COST = 1.6
"""A spelling of a syllable dearer than this is no spelling of it."""

RARE_SYLLABLE = 0.3
"""A syllable not found in names is a poor bridge between two spellings (bu ~ 버 ~ bo)."""

INITIAL_SOUND = 0.25
"""Cost of the initial-sound rule: 리 in the North, 이 in the South, both may stand in one person's papers."""

LONGEST_SPELLING = 8
"""Letters of the longest spelling of one syllable (kyŏung)."""


@dataclass(frozen=True, slots=True)
class _Parts:
    onset: dict[str, tuple[tuple[str, float], ...]]
    nucleus: dict[str, tuple[tuple[str, float], ...]]
    coda: dict[str, tuple[tuple[str, float], ...]]
    syllable: dict[str, tuple[tuple[str, float], ...]]


def _rows(name: str) -> list[list[str]]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


@cache
def _spellings() -> dict[str, _Parts]:
    """Per script: spelling to the jamo or syllables it may write, with costs."""
    scripts: dict[str, _Parts] = {}
    for script, part, target, spelling, cost in _rows("spellings.tsv"):
        table = getattr(scripts.setdefault(script, _Parts({}, {}, {}, {})), part)
        table[spelling] = (*table.get(spelling, ()), (target, float(cost)))
    return scripts


@cache
def syllables() -> dict[str, float]:
    """The syllables that names and Sino-Korean words are made of, with the cost of being rare in names."""
    return {syllable: 0.0 if named == "1" else RARE_SYLLABLE for syllable, named in _rows("syllables.tsv")}


@cache
def surnames() -> frozenset[str]:
    """Surnames in Hangul, of one or two syllables, in Northern and Southern spelling."""
    return frozenset(row[0] for row in _rows("surnames.tsv"))


@cache
def hanja() -> dict[str, str]:
    """Hanja (traditional, simplified, shinjitai) to its Korean readings, the usual one in names first."""
    return {character: readings for character, readings in _rows("hanja.tsv")}


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
    return {syllable: cost for syllable, cost in sorted(found.items(), key=lambda item: (item[1], item[0]))}


def _spelled(script: Script, spelling: str) -> dict[str, float]:
    parts, known, found = _spellings()[script], syllables(), dict[str, float]()
    for i in range(min(5, len(spelling) + 1)):
        for onset, onset_cost in parts.onset.get(spelling[:i], ()):
            for j in range(i + 1, len(spelling) + 1):
                codas = parts.coda.get(spelling[j:])
                if not codas:
                    continue
                for nucleus, nucleus_cost in parts.nucleus.get(spelling[i:j], ()):
                    for coda, coda_cost in codas:
                        syllable = compose(onset, nucleus, coda)
                        if syllable in known:
                            cost = onset_cost + nucleus_cost + coda_cost + known[syllable]
                            if cost <= MOST_COST and cost < found.get(syllable, MOST_COST + 1):
                                found[syllable] = cost
    for syllable, cost in parts.syllable.get(spelling, ()):
        found[syllable] = min(cost, found.get(syllable, cost))
    return found


@lru_cache(maxsize=32_768)
def least_cost(script: Script, spelling: str) -> float | None:
    """Cost of the best reading of a spelling, None when it writes no syllable."""
    return min(readings(script, spelling).values(), default=None)


__all__ = ["CODAS", "Costs", "Script", "hanja", "least_cost", "readings", "surnames", "syllables"]
