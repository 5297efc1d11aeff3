"""Every test of every rule and list in the pack, each as an item of its own; and what a stable rule must test."""

from datetime import date

import pytest

from nkscreen.alerts.model import Hit, ListedBasis
from nkscreen.errors import RuleError
from nkscreen.rulebook import judge, load_rulebook, run_tests, view
from nkscreen.rulebook.judge import EXEMPTED, OUTSIDE_VALIDITY

try:
    RULEBOOK, BROKEN = load_rulebook(), ""
except RuleError as error:
    RULEBOOK, BROKEN = None, str(error)
RESULTS = run_tests(RULEBOOK) if RULEBOOK else []
STABLE = [rule for rule in RULEBOOK.rules if rule.file.status == "stable"] if RULEBOOK else []


def verdicts(rule):
    return [result.verdict for result in RESULTS if result.rule_id == rule.id and result.verdict]


def as_hit(hit):
    """A hit of the matcher that rules see as the given one."""
    measures = [*hit.measures, *[""] * (len(hit.programmes) - len(hit.measures))]
    return Hit(
        **hit.model_dump(exclude={"programmes", "measures", "identifier"}, by_alias=False),
        prior=0.0,
        decisive_identifier=hit.identifier,
        listings=tuple(
            ListedBasis(programme=programme, measure=measure)
            for programme, measure in zip(hit.programmes, measures, strict=True)
        ),
    )


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


def test_the_fused_function_passes_over_no_rule_that_judging_each_would_raise():
    records = {}
    for rule in RULEBOOK.rules if RULEBOOK else ():
        for number, test in enumerate(rule.file.tests):
            records[rule.id, number] = RULEBOOK.fixtures[test.given.use].build(test.given)
    day = date(2026, 11, 1)
    for record, hits in records.values():
        shown = view(record, hits)
        raised = []
        for rule in STABLE:
            if rule.file.subject == record.kind:
                verdict = judge(rule, shown, day)
                undecided = verdict.match is None and rule.file.unknown == "review" and verdict.hinted
                if verdict.match is True or undecided or verdict.reason == EXEMPTED:
                    raised.append(verdict.finding())
        given = [as_hit(hit) for hit in hits]
        assert list(RULEBOOK.evaluate(record, given, day)) == raised
