"""From hits and findings to one score."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.alerts import Finding, Hit, Severity
from nkscreen.alerts.score import combine, noisy_or
from nkscreen.screening.policy import load_policy

POLICY = load_policy()


def finding(rule_id="NK-1", family="trade", score=60.0, severity="low", outcome="match"):
    return Finding(rule_id=rule_id, title="t", family=family, outcome=outcome, severity=Severity(severity), score=score)


def hit(score=0.9, dprk=True, identifier="", entity="1"):
    return Hit(
        path="vessel", entity_id=entity, publisher="UN", schema_="Vessel", caption="X", score=score, prior=-8.0,
        dprk=dprk, decisive_identifier=identifier,
    )  # fmt: skip


def test_families_combine_by_noisy_or():
    score, _, contributions = combine([], [finding(score=60), finding("NK-2", "labour", 50)], POLICY)
    assert score == 80.0
    assert [(c.family, c.score, c.score_without) for c in contributions] == [
        ("trade", 60.0, 50.0),
        ("labour", 50.0, 60.0),
    ]


def test_only_the_best_of_a_family_counts():
    alone = combine([], [finding(score=60)], POLICY)
    cloned = combine([], [finding(score=60), finding("NK-2", score=60), finding("NK-3", score=40)], POLICY)
    assert cloned == alone


def test_the_list_hit_is_a_family_of_its_own():
    score, _, contributions = combine([hit(0.9), hit(0.6, entity="2")], [finding(score=50)], POLICY)
    assert score == 95.0
    assert contributions[0].by == "UN:1"


def test_severity_is_the_ladder_raised_to_the_highest_floor():
    assert combine([], [finding(score=60)], POLICY)[1] == Severity.MEDIUM
    assert combine([], [finding(score=60, severity="critical")], POLICY)[1] == Severity.CRITICAL
    assert combine([hit(0.55)], [], POLICY)[1] == Severity.HIGH
    assert combine([hit(0.55, dprk=False)], [], POLICY)[1] == Severity.MEDIUM
    assert combine([hit(0.99, identifier="imo")], [], POLICY)[1] == Severity.CRITICAL


@pytest.mark.parametrize(("outcome", "severity"), [("unknown", Severity.LOW), ("exempt", Severity.INFO)])
def test_an_undecided_or_exempted_rule_adds_no_points_and_has_the_severity_of_policy(outcome, severity):
    assert combine([], [finding(score=0, severity="critical", outcome=outcome)], POLICY) == (0.0, severity, ())


@pytest.mark.parametrize(
    ("score", "severity"), [(24.9, "info"), (25, "low"), (50, "medium"), (70, "high"), (90, "critical")]
)
def test_the_ladder_steps_where_policy_says(score, severity):
    assert POLICY.ladder.value.severity(score) == severity


@given(st.lists(st.floats(0, 100), max_size=8), st.floats(0, 100))
def test_one_more_family_never_lowers_the_score(points, more):
    assert 0 <= noisy_or(points) <= noisy_or([*points, more]) <= 100
