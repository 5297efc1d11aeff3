"""A pack of rules held against all that is asked of it: one run, every problem, a line of figures a rule."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nkscreen.errors import Problem, RuleError
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.issues import FailedTest, Issue, NothingUses
from nkscreen.rulebook.killing import Mutation, mutate, trials
from nkscreen.rulebook.lint import house_issues
from nkscreen.rulebook.lint_tests import Coverage, coverage, failures, mutation_issues, survivor_issues, untested
from nkscreen.rulebook.load import Reading, read_pack
from nkscreen.rulebook.mutation import always_true
from nkscreen.rulebook.rulebook import Rulebook
from nkscreen.rulebook.testing import TestResult, run_tests
from nkscreen.rulebook.update.check import check_lock
from nkscreen.rulebook.yaml_file import YamlFile


@dataclass(frozen=True, slots=True)
class RuleReport:
    """One rule checked: its issues, and the figures of its tests."""

    rule: Rule
    source: YamlFile = field(repr=False)
    issues: tuple[Issue, ...]
    tests: int
    failed: int
    coverage: Coverage
    mutation: Mutation

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The issues with their places."""
        return tuple(issue.problem(self.source) for issue in self.issues)

    @property
    def survivors(self) -> tuple[Problem, ...]:
        """Mutants that no test kills, with their places."""
        return tuple(issue.problem(self.source) for issue in survivor_issues(self.mutation))


@dataclass(frozen=True, slots=True)
class PackReport:
    """A pack checked. `problems` holds all of them, in the order of files and lines.

    Of the `items` of all lists, `proved` are those that a test of their list needs.
    """

    reports: tuple[RuleReport, ...]
    problems: tuple[Problem, ...]
    items: int
    proved: int


def check_pack(directory: Path, facts: Collection[str] | None = None) -> PackReport:
    """Check schema, types, house rules, inline tests, coverage, mutants and the lock of a folder of rules.

    A rule that does not load is reported, and the others are checked all the same. `facts` are the ids of the
    facts that rules may name, None when there is no such list.

    Raises:
        RuleError: there is no such folder.
    """
    reading = read_pack(directory)
    rulebook = Rulebook(reading.pack)
    reports = tuple(check_rule(rulebook, rule, reading.sources[rule.id], facts) for rule in rulebook.rules)
    problems = [*reading.problems, *_list_problems(rulebook, reading)]
    if not reading.problems:  # a rule that does not load may be the one that uses a list
        problems += [*_unused(reading), *_lock_problems(directory, reading)]
    for report in reports:
        problems += report.problems
    problems.sort(key=lambda found: (found.file, found.line or 0, found.column or 0))
    lists = rulebook.lists.values()
    items = sum(len(found.values) for found in lists)
    return PackReport(reports, tuple(problems), items, sum(found.proved() for found in lists))


def check_rule(rulebook: Rulebook, rule: Rule, source: YamlFile, facts: Collection[str] | None = None) -> RuleReport:
    """Check one rule that has loaded."""
    results = run_tests(rulebook, [rule.id])
    found = mutate(rule, results)
    return RuleReport(
        rule=rule,
        source=source,
        issues=tuple(_issues(rule, results, found, facts)),
        tests=len(results),
        failed=sum(not result.passed for result in results),
        coverage=coverage(rule, trials(rule, results)),
        mutation=found,
    )


def _issues(rule: Rule, results: list[TestResult], found: Mutation, facts: Collection[str] | None) -> Iterator[Issue]:
    yield from house_issues(rule.file, always_true(rule), facts)
    yield from failures(results)
    if rule.file.status == "stable":
        yield from untested(rule, trials(rule, results))
    yield from mutation_issues(rule, found)


def _list_problems(rulebook: Rulebook, reading: Reading) -> Iterator[Problem]:
    """Lists that fail their own tests."""
    for list_id, rule_list in rulebook.lists.items():
        for result in run_tests(rulebook, [list_id]):
            if not result.passed:
                key, value = result.name.split(" ", 1)
                where = ("tests", key, getattr(rule_list.tests, key).index(value))
                yield FailedTest(where, result.name, "; ".join(result.problems)).problem(reading.sources[list_id])


def _lock_problems(directory: Path, reading: Reading) -> tuple[Problem, ...]:
    """Rules and lists that decide otherwise than the lock says of their version."""
    try:
        check_lock(directory, reading.pack)
    except RuleError as error:
        return error.problems
    return ()


def _unused(reading: Reading) -> Iterator[Problem]:
    """Lists that no rule names, and fixtures that no test starts from."""
    rules = [rule.file for rule in reading.pack.rules]
    named = {list_id for file in rules for list_id in file.lists.values()}
    started = {test.given.use for file in rules for test in file.tests}
    for kind, user, known, used in (
        ("list", "rule", reading.pack.lists, named),
        ("fixture", "test", reading.pack.fixtures, started),
    ):
        for name in sorted(set(known) - used):
            yield NothingUses(("id",), kind, name, user).problem(reading.sources[name])
