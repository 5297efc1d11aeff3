"""What reading a name as Korean gives, and what comparing two readings gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from nkscreen.matching.names.korean.letters import Writing


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Syllable:
    """One position of a name: the piece as written and the Hangul syllables it may stand for, each with its cost.

    Compared by identity: the same piece in the same place is the same object, so that pairs can be cached.
    """

    text: str
    script: str
    readings: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to cut a name into syllables, with its cost over the best way: `surname` first, then `given`.

    All syllables of an organisation's or a ship's name are `given`; `places` are all of them in order,
    `shape` how many there are of each, `pinyin` says that they are read as pinyin.
    """

    cost: float
    surname: tuple[Syllable, ...]
    given: tuple[Syllable, ...]
    places: tuple[Syllable, ...] = field(init=False, compare=False)
    shape: tuple[int, int] = field(init=False, compare=False)
    pinyin: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", self.surname + self.given)
        object.__setattr__(self, "shape", (len(self.surname), len(self.given)))
        object.__setattr__(self, "pinyin", bool(self.given) and self.given[0].script == "pinyin")


@dataclass(frozen=True, slots=True)
class Person:
    """A name read as a person's."""

    spellings: tuple[Spelling, ...]
    convincing: bool


@dataclass(frozen=True, slots=True)
class Compound:
    """A name read as an organisation's or a ship's.

    `spellings` are the ways to read its distinctive part (none for a ministry), `concepts` its generic words.
    """

    kind: Literal["organisation", "vessel"]
    spellings: tuple[Spelling, ...]
    convincing: bool
    concepts: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """A name read as Korean: as a person's, as an organisation's or ship's, or, where its kind is unknown, as both."""

    text: str
    script: Writing
    person: Person | None = None
    compound: Compound | None = None

    @property
    def convincing(self) -> bool:
        """Whether the name is more likely Korean than not.

        Only between two convincing readings may the Korean score take away a match that the generic score gives.
        """
        return any(view is not None and view.convincing for view in (self.person, self.compound))


class Step(NamedTuple):
    """One aligned position: the pieces as written, the Hangul that explains both (empty if none), and its cost."""

    given: str
    listed: str
    hangul: str
    cost: float


class KoreanComparison(NamedTuple):
    """How well one Hangul name explains both readings.

    `score` is on the library's scale (a match from 0.8). `decisive` tells that both readings are convincing, so that
    the score replaces the generic one; otherwise it may only raise it. `hangul` is the common reading.
    """

    score: float
    decisive: bool
    hangul: str = ""
    steps: tuple[Step, ...] = ()
