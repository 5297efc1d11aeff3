"""Which mutants of a rule its own tests kill.

The tests are run once on the rule itself. For a mutant only the condition that was changed is asked again, on the same
records, and `match` only where that condition came out differently. Whoever survives this is run in full against the
tests that expect evidence or missing paths, which the short way does not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any, TypeAlias

from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.composed import Composer
from nkscreen.rulebook.judge import EXEMPTED, judge, points, without_exemptions
from nkscreen.rulebook.language import Node
from nkscreen.rulebook.mutation import Mutant, list_items, mutants
from nkscreen.rulebook.rule import Expect, RuleTest
from nkscreen.rulebook.testing import WORDS, TestResult, differences

Value: TypeAlias = "bool | None"


@dataclass(frozen=True, slots=True)
class Trial:
    """A test that passes on the rule itself: its view, which a run may write loop variables into, and what came out."""

    test: RuleTest
    result: TestResult
    view: dict[str, Any]
    values: Mapping[str, Value]

    @classmethod
    def of(cls, test: RuleTest, result: TestResult) -> Trial:
        """The trial of a test that was run."""
        assert result.verdict is not None
        values = {condition.name: condition.holds for condition in result.verdict.conditions}
        return cls(test, result, dict(result.view), values)


@dataclass(frozen=True, slots=True)
class Mutation:
    """How many mutants were made, and which survive the tests; items of lists apart."""

    made: int
    survivors: tuple[Mutant, ...]
    items: int
    items_left: tuple[Mutant, ...]

    @property
    def killed(self) -> int:
        """Mutants that make a test fail."""
        return self.made - len(self.survivors)

    @property
    def share(self) -> float:
        """The killed ones among all, 0..1; 1 for a rule of which no mutant can be made."""
        return self.killed / self.made if self.made else 1.0


def trials(rule: Rule, results: Sequence[TestResult]) -> list[Trial]:
    """The tests that pass, ready to be run on mutants. `results` are those of the rule's tests, in their order."""
    return [Trial.of(test, result) for test, result in zip(rule.file.tests, results, strict=True) if result.passed]


def mutate(rule: Rule, results: Sequence[TestResult]) -> Mutation:
    """Make every mutant of a rule and run its tests on them."""
    found = Killer(rule, trials(rule, results))
    made, items = mutants(rule), list_items(rule)
    return Mutation(len(made), found.survivors(made), len(items), found.survivors(items))


class Killer:
    """Runs the trials of one rule on its mutants."""

    def __init__(self, rule: Rule, found: Iterable[Trial]) -> None:
        self.rule = rule
        self.trials = tuple(found)
        self.composer = Composer()

    def survivors(self, made: Iterable[Mutant]) -> tuple[Mutant, ...]:
        """The mutants on which every test still passes."""
        return tuple(mutant for mutant in made if not self.killed(mutant))

    def killed(self, mutant: Mutant) -> bool:
        """Whether some test fails on the mutant."""
        if mutant.kind == "validity":
            return any(self.fails(trial, mutant) for trial in self._at_the_edges)
        return any(self.differs(trial, mutant) for trial in self._judged) or any(
            self.fails(trial, mutant) for trial in self._judged if _sees_paths(trial, mutant)
        )

    def differs(self, trial: Trial, mutant: Mutant) -> bool:
        """Whether match, score, reason or a condition comes out otherwise than the test expects: the short way."""
        values = trial.values
        if mutant.condition:
            value = self.composer.ask(mutant.rule.conditions[mutant.condition].tree)(trial.view)
            if value == values[mutant.condition]:
                return False
            values = {**values, mutant.condition: value}
        return self._unexpected(trial.test.expect, mutant.rule, values)

    def fails(self, trial: Trial, mutant: Mutant) -> bool:
        """Whether the test of the trial fails on the mutant: run in full."""
        as_of = trial.test.as_of or mutant.rule.file.modified
        verdict = judge(mutant.rule, trial.result.view, as_of)
        return next(differences(verdict, trial.test.expect), None) is not None

    @cached_property
    def _judged(self) -> tuple[Trial, ...]:
        """The trials inside the rule's validity."""
        return tuple(trial for trial in self.trials if trial.values)

    @cached_property
    def _at_the_edges(self) -> tuple[Trial, ...]:
        """The trials that a validity moved by a day could decide differently."""
        edges = [edge for edge in (self.rule.file.valid.from_, self.rule.file.valid.to) if edge]
        near = {edge + timedelta(days=shift) for edge in edges for shift in (-1, 0, 1)}
        return tuple(trial for trial in self.trials if trial.result.verdict and trial.result.verdict.day in near)

    def _unexpected(self, expect: Expect, rule: Rule, values: Mapping[str, Value]) -> bool:
        match = self.composer.ask(rule.match)(dict(values))
        if WORDS[match] != expect.match:
            return True
        if any(WORDS[values[name]] != wanted for name, wanted in expect.conditions.items()):
            return True
        if expect.score is not None:
            held = (name for name, value in values.items() if value)
            if expect.score != (points(rule.file, held) if match else 0.0):
                return True
        return expect.reason is not None and expect.reason != self._reason(rule, match, values)

    def _reason(self, rule: Rule, match: Value, values: Mapping[str, Value]) -> str:
        if match is not False:
            return ""
        same = rule.match is self.rule.match and rule.file is self.rule.file
        bare = self._bare if same else without_exemptions(rule)
        return EXEMPTED if self.composer.ask(bare)(dict(values)) is True else ""

    @cached_property
    def _bare(self) -> Node:
        """The rule's own `match` without its exemptions."""
        return without_exemptions(self.rule)


def _sees_paths(trial: Trial, mutant: Mutant) -> bool:
    """Whether the test compares paths that the mutant could change without changing what comes out."""
    expect = trial.test.expect
    if mutant.kind in ("weight", "score", "exemption"):
        return False
    evidence = bool(expect.evidence) and bool(mutant.condition) and trial.values[mutant.condition] is True
    return evidence or (expect.missing is not None and expect.match == "unknown")
