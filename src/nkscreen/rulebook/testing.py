"""Run the tests that stand in rule and list files."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from nkscreen.errors import InputError
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.judge import Verdict, judge
from nkscreen.rulebook.lists import RuleList
from nkscreen.rulebook.rule import Expect, RuleTest
from nkscreen.rulebook.rulebook import Rulebook
from nkscreen.rulebook.vocabulary import view

WORDS = {True: "true", False: "false", None: "unknown"}


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test of a rule (or of a list, whose id then stands in `rule_id`) and what differed from what it expects.

    `view` is the record as the rule saw it.
    """

    __test__: ClassVar[bool] = False  # or pytest would take the class for a test

    rule_id: str
    name: str
    problems: tuple[str, ...] = ()
    verdict: Verdict | None = None
    view: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.problems


def run_tests(rulebook: Rulebook, ids: Collection[str] | None = None) -> list[TestResult]:
    """Run the tests of the rules and lists with these ids, by default of all, in the order of ids and of the files.

    Raises:
        ValueError: the rulebook was loaded without its tests.
    """
    if not rulebook.tested:
        raise ValueError("this rulebook was loaded without its tests; use load_rulebook(path, tests=True)")
    results = []
    for rule in rulebook.rules:
        if ids is None or rule.id in ids:
            results += [run_test(rulebook, rule, test) for test in rule.file.tests]
    for list_id in sorted(rulebook.lists):
        if ids is None or list_id in ids:
            results += _list_tests(rulebook.lists[list_id])
    return results


def run_test(rulebook: Rulebook, rule: Rule, test: RuleTest) -> TestResult:
    """Run one test of a rule."""
    try:
        record, hits = rulebook.fixtures[test.given.use].build(test.given)
    except InputError as error:
        return TestResult(rule.id, test.name, (f"the record of this test is wrong: {error.message}",))
    shown = view(record, hits)
    verdict = judge(rule, shown, test.as_of or rule.file.modified)
    return TestResult(rule.id, test.name, tuple(differences(verdict, test.expect)), verdict, shown)


def differences(verdict: Verdict, expect: Expect) -> Iterator[str]:
    """What came out otherwise than the test expects, one sentence each."""
    came = WORDS[verdict.match]
    if came != expect.match:
        yield f"match: expected {expect.match}, came out {came}{_why(verdict)}"
    if expect.score is not None and verdict.score != expect.score:
        yield f"score: expected {expect.score:g}, came out {verdict.score:g}"
    if expect.severity is not None and verdict.rule.file.severity != expect.severity:
        yield f"severity: expected {expect.severity}, the rule says {verdict.rule.file.severity}"
    if expect.reason is not None and verdict.reason != expect.reason:
        yield f"reason: expected {expect.reason}, came out {verdict.reason or 'none'}"
    results = {result.name: result for result in verdict.conditions}
    for name, wanted in expect.conditions.items():
        found = WORDS[results[name].holds] if name in results else "not asked, the record is outside validity"
        if found != wanted:
            missing = f" (missing: {', '.join(results[name].missing)})" if found == "unknown" else ""
            yield f"condition {name}: expected {wanted}, came out {found}{missing}"
    shown = {item.path for result in verdict.conditions if result.holds for item in result.evidence}
    for path in expect.evidence:
        if path not in shown:
            yield f"evidence: {path} justifies no true condition; these do: {', '.join(sorted(shown)) or 'none'}"
    if expect.missing is not None and set(expect.missing) != set(verdict.missing):
        yield f"missing: expected {', '.join(expect.missing)}; came out {', '.join(verdict.missing) or 'nothing'}"


def _why(verdict: Verdict) -> str:
    if verdict.reason:
        return f" ({verdict.reason})"
    parts = [f"{result.name} {WORDS[result.holds]}" for result in verdict.conditions]
    parts += [f"missing {path}" for path in verdict.missing]
    return f" ({', '.join(parts)})"


def _list_tests(rule_list: RuleList) -> Iterator[TestResult]:
    for wanted, values in ((True, rule_list.tests.contains), (False, rule_list.tests.lacks)):
        for value in values:
            name = f"{'contains' if wanted else 'lacks'} {value}"
            wrong = rule_list.holds(value) is not wanted
            problems = (f"the list {'lacks' if wanted else 'contains'} {value}",) if wrong else ()
            yield TestResult(rule_list.id, name, problems)
