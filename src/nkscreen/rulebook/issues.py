"""What lint can find: one small class an issue, whose fields say which and whose text is made from them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar

from nkscreen.errors import Problem
from nkscreen.rulebook.yaml_file import Path_, YamlFile


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that is wrong with a rule, at a path of its file. `says` is filled with the other fields."""

    says: ClassVar[str] = ""
    where: Path_

    def __str__(self) -> str:
        return self.says.format(**{spec.name: getattr(self, spec.name) for spec in fields(self)})

    def problem(self, source: YamlFile) -> Problem:
        """The issue with its place in the file."""
        return source.problem(str(self), self.where)


# The file itself: found whenever rules are loaded.


@dataclass(frozen=True, slots=True)
class WrongFileName(Issue):
    """Id and file name can be guessed from each other."""

    says = "the file of this rule must be called {name}"
    name: str


@dataclass(frozen=True, slots=True)
class IndicatorSoundsLikeLaw(Issue):
    """A red flag must never read like a law."""

    says = "an indicator is a red flag, not a law: its {key} may not speak of a ban"
    key: str


@dataclass(frozen=True, slots=True)
class ModifiedBeforeCreated(Issue):
    """The two dates are in order."""

    says = "modified before it was created"


@dataclass(frozen=True, slots=True)
class LawLaterThanRule(Issue):
    """A rule cannot apply a law before it takes effect."""

    says = "takes effect on {effective}, but the rule is valid from {valid_from}"
    effective: date
    valid_from: date


@dataclass(frozen=True, slots=True)
class DeprecatedWithoutDate(Issue):
    """Who reads an old alert must see when its rule was withdrawn."""

    says = "a deprecated rule says since when: deprecated_on"


@dataclass(frozen=True, slots=True)
class NoLegalBasis(Issue):
    """A rule that claims to be law says which."""

    says = "a stable rule that is law or a measure names its legal basis: legal"


@dataclass(frozen=True, slots=True)
class NothingSaid(Issue):
    """A stable rule carries what its reader needs."""

    says = "a stable rule says {key}"
    key: str


@dataclass(frozen=True, slots=True)
class SameTestName(Issue):
    """Tests are known by their names."""

    says = "another test of this rule has the same name"


@dataclass(frozen=True, slots=True)
class NoSuchCondition(Issue):
    """A test expects something of a condition that the rule lacks."""

    says = "no condition {name!r}{hint}"
    name: str
    hint: str


# The rule as a piece of the pack: found by `rules check`.


@dataclass(frozen=True, slots=True)
class TitleUnlikeSubject(Issue):
    """Id, title and file name can be guessed from each other: NK-VSL- is about vessels."""

    says = "an id that begins with {prefix} is a rule on a {wanted}, this one is on a {subject}"
    prefix: str
    wanted: str
    subject: str


@dataclass(frozen=True, slots=True)
class UntidyTitle(Issue):
    """Titles head alerts and reports."""

    says = "a title is one line of at most {most} characters that begins with a capital and ends without a full stop"
    most: int


@dataclass(frozen=True, slots=True)
class WeightWithoutEffect(Issue):
    """Points that can never be seen mislead their reader."""

    says = "the weight of {name!r} changes no score: base is {base:g}, cap {cap:g}"
    name: str
    base: float
    cap: float


@dataclass(frozen=True, slots=True)
class WeightAlwaysGiven(Issue):
    """What every match gets is the base."""

    says = "{name!r} holds in every match, so its weight belongs into base"
    name: str


@dataclass(frozen=True, slots=True)
class CapOutOfReach(Issue):
    """A cap above every sum is no cap."""

    says = "base and weights reach {most:g} at most, so a cap of {cap:g} caps nothing"
    most: float
    cap: float


@dataclass(frozen=True, slots=True)
class UnknownFact(Issue):
    """A rule stands on facts that somebody wrote down."""

    says = "there is no fact {fact}"
    fact: str


@dataclass(frozen=True, slots=True)
class NothingUses(Issue):
    """A list or fixture that nothing needs."""

    says = "no {user} uses the {kind} {name!r}"
    kind: str
    name: str
    user: str


# The tests of a stable rule: found by `rules check`.


@dataclass(frozen=True, slots=True)
class FailedTest(Issue):
    """An inline test that does not come out as it expects."""

    says = "test {name!r} failed: {why}"
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class NoSuchTest(Issue):
    """A stable rule has at least one test of the kind."""

    says = "a stable rule needs a {kind} test: {how}"
    kind: str
    how: str


@dataclass(frozen=True, slots=True)
class NoNearMiss(Issue):
    """One near miss a conjunct kills more mistakes than ten random negatives."""

    says = "no near miss for {conjunct!r}: add a test in which it alone is false and so turns the rule off"
    conjunct: str


@dataclass(frozen=True, slots=True)
class EdgeUntested(Issue):
    """Both sides of an edge of the validity window."""

    says = "no test on {day}, {what}"
    day: date
    what: str


@dataclass(frozen=True, slots=True)
class NoUnknownTest(Issue):
    """A field that the rule reads may be missing, and somebody decided what then happens."""

    says = "without {path} the rule is undecided: add a test that expects match: unknown, missing: [{path}]"
    path: str


@dataclass(frozen=True, slots=True)
class ConditionNeverSeen(Issue):
    """Every condition is seen true and seen false."""

    says = "no test sees condition {name!r} {value}"
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class TooManySurvivors(Issue):
    """The mutation gate."""

    says = "the tests kill {killed} of {made} mutants ({share:.0%}), at least {least:.0%} are needed; see rules suggest"
    killed: int
    made: int
    share: float
    least: float


@dataclass(frozen=True, slots=True)
class Survivor(Issue):
    """A mutant on which every test passes."""

    says = "no test notices that {before} becomes {after} ({kind})"
    before: str
    after: str
    kind: str
    position: int | None = None

    def problem(self, source: YamlFile) -> Problem:
        """The issue with the place of the changed node."""
        return source.problem(str(self), self.where, self.position)
