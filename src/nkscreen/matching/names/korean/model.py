"""What reading a name as Korean gives, and what comparing two readings gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Subject = Literal["person", "organisation", "vessel"]


@dataclass(frozen=True, eq=False, slots=True)
class Syllable:
    """One position of a name: the piece as written and the Hangul syllables it may stand for, each with its cost.

    Compared by identity; `positions` hands out the same object for the same piece, so that pairs can be cached.
    """

    text: str
    script: str
    readings: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to cut a name into syllables: `surname` first, then `given` (all of a ship's name is `given`)."""

    cost: float
    surname: tuple[Syllable, ...]
    given: tuple[Syllable, ...]


@dataclass(frozen=True, slots=True)
class Stem:
    """A distinctive word, or several run together, of an organisation: its letters and its ways to be Korean."""

    text: str
    spellings: tuple[tuple[Syllable, ...], ...]


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """A name read as Korean.

    `convincing` says that the name is more likely Korean than not: only between two convincing readings may the Korean
    score take away a match that the generic score gives. `concepts`, `stems` and `numbers` are those of organisations
    and vessels.
    """

    text: str
    subject: Subject
    convincing: bool
    spellings: tuple[Spelling, ...] = ()
    concepts: frozenset[str] = frozenset()
    stems: tuple[Stem, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One aligned position: the pieces as written, the Hangul that explains both (empty if none), and its cost."""

    given: str
    listed: str
    hangul: str
    cost: float


@dataclass(frozen=True, slots=True)
class KoreanComparison:
    """How well one Hangul name explains both readings.

    `score` is on the library's scale (a match from 0.8). `decisive` tells that both readings are convincing, so that
    the score replaces the generic one; otherwise it may only raise it.
    """

    score: float
    decisive: bool
    hangul: str = ""
    steps: tuple[Step, ...] = ()
