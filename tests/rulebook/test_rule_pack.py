"""Every test of every rule and list in the pack, each as an item of its own; and what a stable rule must test."""

import pytest

from nkscreen.errors import RuleError
from nkscreen.rulebook import load_rulebook, run_tests
from nkscreen.rulebook.judge import OUTSIDE_VALIDITY

try:
    RULEBOOK, BROKEN = load_rulebook(), ""
except RuleError as error:
    RULEBOOK, BROKEN = None, str(error)
RESULTS = run_tests(RULEBOOK) if RULEBOOK else []
STABLE = [rule for rule in RULEBOOK.rules if rule.file.status == "stable"] if RULEBOOK else []


def verdicts(rule):
    return [result.verdict for result in RESULTS if result.rule_id == rule.id and result.verdict]


def test_the_pack_loads():
    assert BROKEN == ""


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{result.rule_id}: {result.name}")
def test_inline(result):
    assert result.problems == ()


@pytest.mark.parametrize("rule", STABLE, ids=lambda rule: rule.id)
def test_a_stable_rule_has_a_positive_and_a_negative_test(rule):
    matches = {verdict.match for verdict in verdicts(rule) if verdict.reason != OUTSIDE_VALIDITY}
    assert {True, False} <= matches


@pytest.mark.parametrize("rule", STABLE, ids=lambda rule: rule.id)
def test_a_stable_rule_is_tested_on_both_sides_of_its_first_day(rule):
    first = rule.file.valid.from_
    days = {(verdict.day - first).days for verdict in verdicts(rule)}
    assert {-1, 0} <= days, f"test the day {first} and the day before it"


@pytest.mark.parametrize("rule", STABLE, ids=lambda rule: rule.id)
def test_every_condition_of_a_stable_rule_is_seen_true_and_false(rule):
    seen = {name: set() for name in rule.conditions}
    for verdict in verdicts(rule):
        for result in verdict.conditions:
            seen[result.name].add(result.holds)
    assert [name for name, values in seen.items() if not {True, False} <= values] == []
