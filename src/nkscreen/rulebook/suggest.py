"""Inline tests that would kill the mutants which a rule's own tests let live.

The search is small and repeatable: every test of the rule, changed in one place, then in two. What a changed record
must give is what the rule says of it today, so an author reads each suggestion as a question: is that what you mean?
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from nkscreen.errors import InputError, RuleError
from nkscreen.rulebook.changes import Step, apply, steps
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.judge import clock_of, points, without_exemptions
from nkscreen.rulebook.killing import Killer, Trial, trials
from nkscreen.rulebook.mutation import Mutant, mutants
from nkscreen.rulebook.rule import Expect, Given, RuleTest
from nkscreen.rulebook.rulebook import Rulebook
from nkscreen.rulebook.testing import WORDS, run_test, run_tests
from nkscreen.rulebook.vocabulary import view
from nkscreen.rulebook.writing import read_back, write_test

MAX_RECORDS: Final = 5_000
"""Records built of pairs of changes; at some 0.5 ms each the search ends within seconds."""
MAX_NAME: Final = 110


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A test in the form of a rule file, and the mutants it kills."""

    test: RuleTest
    text: str
    kills: tuple[Mutant, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found, and the survivors that nothing tried can kill: perhaps they decide as the rule does."""

    found: tuple[Suggestion, ...]
    left: tuple[Mutant, ...]


def suggest(rulebook: Rulebook, rule: Rule) -> Suggestions:
    """Tests for the surviving mutants of a rule, the most deadly first. Each was run: on the rule, on its mutants."""
    return _Search(rulebook, rule).run()


@dataclass(frozen=True, slots=True)
class Changed:
    """A test's record after some changes, and what the rule says of it."""

    name: str
    base: RuleTest
    given: Given
    view: dict[str, Any]
    day: date
    values: Mapping[str, bool | None]
    match: bool | None


class _Search:
    def __init__(self, rulebook: Rulebook, rule: Rule) -> None:
        self.rulebook, self.rule = rulebook, rule
        self.trials = trials(rule, run_tests(rulebook, [rule.id]))
        self.killer = Killer(rule, self.trials)
        self.left = list(self.killer.survivors(mutants(rule)))
        self.names = {test.name for test in rule.file.tests}
        self.built = 0

    def run(self) -> Suggestions:
        found: list[Suggestion] = []
        for records in (self.one_change, self.two_changes):
            self.built = 0
            if self.left:
                found += self.best(records())
        return Suggestions(tuple(found), tuple(self.left))

    def best(self, records: Iterator[Changed]) -> list[Suggestion]:
        """From one pass over the changed records, those that together kill most: greedily, the most deadly first."""
        deadly: list[tuple[set[int], Changed]] = []
        covered: set[int] = set()
        for record in records:
            kills = {index for index, mutant in enumerate(self.left) if self.kills(record, mutant)}
            if kills:
                deadly.append((kills, record))
                covered |= kills
                if len(covered) == len(self.left):
                    break
        chosen: list[Suggestion] = []
        while covered:
            kills, record = max(deadly, key=lambda item: len(item[0] & covered))
            suggestion = self.proved(record, [self.left[index] for index in sorted(kills & covered)])
            covered -= kills
            if suggestion is not None:
                chosen.append(suggestion)
        dead = {id(mutant) for suggestion in chosen for mutant in suggestion.kills}
        self.left = [mutant for mutant in self.left if id(mutant) not in dead]
        return chosen

    def kills(self, record: Changed, mutant: Mutant) -> bool:
        """Whether a test that tells everything of the record would fail on the mutant."""
        if mutant.kind == "validity":
            return mutant.rule.file.valid.holds(record.day) is not self.rule.file.valid.holds(record.day)
        if not self.rule.file.valid.holds(record.day):
            return False
        ask = self.killer.composer.ask
        if mutant.condition:
            value = ask(mutant.rule.conditions[mutant.condition].tree)(record.view)
            return bool(value != record.values[mutant.condition])
        if mutant.kind in ("weight", "score"):
            held = [name for name, value in record.values.items() if value]
            return record.match is True and points(self.rule.file, held) != points(mutant.rule.file, held)
        if mutant.kind == "exemption":
            bare = ask(without_exemptions(self.rule))(dict(record.values))
            return record.match is False and bare is True
        return bool(ask(mutant.rule.match)(dict(record.values)) != record.match)

    def one_change(self) -> Iterator[Changed]:
        """Every test with one change."""
        for test, pool in self.pools:
            for step in pool:
                yield from self.changed(test, [step])

    def two_changes(self) -> Iterator[Changed]:
        """Pairs of changes, the tests by turns, so that none of them takes the whole allowance."""
        for gap in range(1, max((len(pool) for _, pool in self.pools), default=0)):
            for test, pool in self.pools:
                for first, second in zip(pool, pool[gap:], strict=False):
                    if self.built >= MAX_RECORDS:
                        return
                    if first.path != second.path:
                        yield from self.changed(test, [first, second])

    @cached_property
    def pools(self) -> list[tuple[RuleTest, list[Step]]]:
        """Every test of the rule that passes, with the changes of its record worth trying."""
        fixtures = self.rulebook.fixtures
        return [
            (trial.test, steps(self.rule, fixtures[trial.test.given.use].data(trial.test.given)))
            for trial in self.trials
        ]

    def changed(self, base: RuleTest, changes: Sequence[Step]) -> Iterator[Changed]:
        """The changed record as the rule sees it, or nothing where it is no valid record."""
        given = base.given
        for step in changes:
            given = apply(given, step)
        self.built += 1
        try:
            record, hits = self.rulebook.fixtures[given.use].build(given)
        except InputError:
            return
        shown = view(record, hits)
        day = clock_of(self.rule, shown) or base.as_of or self.rule.file.modified
        ask = self.killer.composer.ask
        values = {name: ask(condition.tree)(shown) for name, condition in self.rule.conditions.items()}
        name = f"{base.name}, {', '.join(str(step) for step in changes)}"
        yield Changed(name, base, given, shown, day, values, ask(self.rule.match)(dict(values)))

    def proved(self, record: Changed, kills: Sequence[Mutant]) -> Suggestion | None:
        """The record as a test, with only the conditions that matter, read back and run on the rule and each mutant."""
        told = {mutant.condition for mutant in kills}
        expect: dict[str, Any] = {"match": "unknown"}
        draft = RuleTest.model_construct(
            name=self.name(record.name),
            source="",
            given=record.given,
            as_of=record.base.as_of,
            expect=Expect.model_validate(expect),
        )
        verdict = run_test(self.rulebook, self.rule, draft).verdict
        if verdict is None:
            return None
        expect = {"match": WORDS[verdict.match]}
        expect |= {"reason": verdict.reason} if verdict.reason else {}
        expect |= {"score": str(verdict.score)} if verdict.match else {}
        expect["conditions"] = {
            condition.name: WORDS[condition.holds] for condition in verdict.conditions if condition.name in told
        }
        text = write_test(draft.model_copy(update={"expect": Expect.model_validate(expect)}))
        try:
            test = read_back(text)
        except RuleError:
            return None
        result = run_test(self.rulebook, self.rule, test)
        if not result.passed:
            return None
        trial = Trial.of(test, result)
        dead = tuple(mutant for mutant in kills if self.killer.fails(trial, mutant))
        self.names.add(test.name)
        return Suggestion(test, text, dead) if dead else None

    def name(self, wanted: str) -> str:
        name = wanted if len(wanted) <= MAX_NAME else f"{wanted[: MAX_NAME - 4]} ..."
        number = 2
        unique = name
        while unique in self.names:
            unique, number = f"{name} ({number})", number + 1
        return unique
