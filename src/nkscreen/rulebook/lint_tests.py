"""House rules about the tests of a rule: what a stable one must have shown before it may raise alerts.

All of it is read off the one run of the tests. A near miss is a test in which exactly one conjunct of `match` is false.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from nkscreen.records import KINDS
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.composed import Composer
from nkscreen.rulebook.issues import (
    ConditionNeverSeen,
    EdgeUntested,
    FailedTest,
    Issue,
    NoNearMiss,
    NoSuchTest,
    NoUnknownTest,
    Survivor,
    TooManySurvivors,
)
from nkscreen.rulebook.killing import Mutation, Trial
from nkscreen.rulebook.language import CodeText, ListOf, Node, Object, Quantifier, Type, path_of, to_text
from nkscreen.rulebook.language.tree import children
from nkscreen.rulebook.mutation import conjuncts
from nkscreen.rulebook.testing import WORDS, TestResult
from nkscreen.rulebook.vocabulary import record_type
from nkscreen.rulebook.yaml_file import KEY

GATES: Final = {"stable": 0.9, "experimental": 0.6}
"""Share of mutants that the tests must kill, by status of the rule."""
_EACH: Final = "*"
"""In a path, every element of the list before it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many values of conditions the tests have seen, true and false each counting one."""

    seen: int
    all: int


def failures(results: Sequence[TestResult]) -> Iterator[Issue]:
    """Tests of a rule that fail, in their order."""
    for index, result in enumerate(results):
        if not result.passed:
            yield FailedTest(("tests", index, "name"), result.name, "; ".join(result.problems))


def untested(rule: Rule, trials: Sequence[Trial]) -> Iterator[Issue]:
    """What the tests of a stable rule leave unshown."""
    judged = [trial for trial in trials if trial.values]
    matches = {match(trial) for trial in judged}
    if True not in matches:
        yield NoSuchTest(("tests", KEY), "positive", "a record on which the rule matches")
    if False not in matches:
        yield NoSuchTest(("tests", KEY), "negative", "a record inside validity on which the rule does not match")
    yield from _near_misses(rule, judged)
    yield from _window(rule, {trial.result.verdict.day for trial in trials if trial.result.verdict})
    yield from _conditions(rule, judged)
    if None not in matches:
        yield from _unknown(rule, judged)


def coverage(rule: Rule, trials: Sequence[Trial]) -> Coverage:
    """How far the tests show every condition true and false."""
    seen = {(name, trial.values[name]) for trial in trials for name in trial.values}
    return Coverage(
        sum((name, value) in seen for name in rule.conditions for value in (True, False)), 2 * len(rule.conditions)
    )


def mutation_issues(rule: Rule, found: Mutation) -> Iterator[Issue]:
    """The gate, and below it every survivor."""
    least = GATES.get(rule.file.status, 0.0)
    if found.share < least:
        yield TooManySurvivors(("tests", KEY), found.killed, found.made, found.share, least)
        yield from survivor_issues(found)


def survivor_issues(found: Mutation) -> Iterator[Issue]:
    """Every mutant that no test kills, with its place."""
    for mutant in found.survivors:
        yield Survivor(mutant.where, mutant.before, mutant.after, mutant.kind, mutant.position)


def match(trial: Trial) -> bool | None:
    """How `match` came out."""
    return trial.result.verdict.match if trial.result.verdict else None


def _near_misses(rule: Rule, judged: Sequence[Trial]) -> Iterator[Issue]:
    parts = conjuncts(rule.match)
    if len(parts) == 1:
        return  # any negative is one
    composer = Composer()
    asked = [composer.ask(part) for part in parts]
    missed: set[int] = set()
    for trial in judged:
        values = [part(dict(trial.values)) for part in asked]
        if values.count(True) == len(parts) - 1 and False in values:
            missed.add(values.index(False))
    for index, part in enumerate(parts):
        if index not in missed:
            yield NoNearMiss(("match",), to_text(part))


def _window(rule: Rule, days: set[date]) -> Iterator[Issue]:
    window = rule.file.valid
    before = timedelta(days=-1)
    wanted = [("from", window.from_ + before, "the day before the rule is valid")]
    wanted += [("from", window.from_, "its first day")]
    if window.to is not None:
        wanted += [("to", window.to + before, "the last day of the rule"), ("to", window.to, "the first day after it")]
    for key, day, what in wanted:
        if day not in days:
            yield EdgeUntested(("valid", key), day, what)


def _conditions(rule: Rule, judged: Sequence[Trial]) -> Iterator[Issue]:
    for name in rule.conditions:
        seen = {trial.values[name] for trial in judged}
        for value in (True, False):
            if value not in seen:
                yield ConditionNeverSeen(("conditions", name, KEY), name, WORDS[value])


def _unknown(rule: Rule, judged: Sequence[Trial]) -> Iterator[Issue]:
    """A field is optional to the rule when taking it from a record that decides leaves the rule undecided.

    Only what a record can lack is taken: of a list that is always there (hits, parties, stops), the values in it.
    """
    composer = Composer()
    whole = record_type(KINDS[rule.file.subject])
    lacking = {cut for path in set(_paths(rule)) for cut in _cuts(path, whole)}
    for trial in judged:
        for path in sorted(lacking):
            fewer = _without(trial.result.view, path)
            values = {name: composer.ask(condition.tree)(fewer) for name, condition in rule.conditions.items()}
            if composer.ask(rule.match)(values) is None:
                yield NoUnknownTest(("unknown",), ".".join(path).replace(f".{_EACH}", "[0]"))
                return


def _paths(rule: Rule) -> Iterator[tuple[str, ...]]:
    """The fields of the record that conditions read, through loop variables into the lists that these run over."""
    for condition in rule.conditions.values():
        yield from _read(condition.tree, {})


def _read(node: Node, bound: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    path = path_of(node)
    if path is not None:
        yield (*bound.get(path[0], path[:1]), *path[1:])
        return
    if isinstance(node, Quantifier):
        yield from _read(node.over, bound)
        over = path_of(node.over)
        above = (*bound.get(over[0], over[:1]), *over[1:], _EACH) if over else (_EACH,)
        yield from _read(node.body, {**bound, node.variable: above})
        return
    for child in children(node):
        yield from _read(child, bound)


def _cuts(path: tuple[str, ...], whole: Type) -> Iterator[tuple[str, ...]]:
    """The beginnings of a path, the path itself too, at which a record may have no value."""
    kind: Type | None = whole
    for index, name in enumerate(path):
        if isinstance(kind, ListOf) and name == _EACH:
            kind = kind.item
            missing = isinstance(kind, CodeText)  # a code of a list may be one that cannot be read
        elif isinstance(kind, Object) and name in kind.fields:
            missing = name not in kind.certain
            kind = kind.fields[name]
        else:
            return
        if missing:
            yield path[: index + 1]


def _without(part: Any, path: tuple[str, ...]) -> Any:
    """A view with one value missing, which under `_EACH` is missing from every element of the list."""
    if not path:
        return None
    first, rest = path[0], path[1:]
    if isinstance(part, list):
        return [_without(item, rest) for item in part]
    return {**part, first: _without(part.get(first), rest)} if isinstance(part, Mapping) else part
