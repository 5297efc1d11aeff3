"""The runner of the tests that stand in rule files."""

import pytest
from small_pack import LIST, RULE, changed, write_pack

from nkscreen.rulebook import load_rulebook, run_tests


def results(tmp_path, **files):
    return run_tests(load_rulebook(write_pack(tmp_path, **files)))


def test_a_sound_pack_passes(tmp_path):
    found = results(tmp_path)
    assert [(result.rule_id, result.passed) for result in found] == [("NK-SHIP-901", True)] * 5 + [
        ("hs/coal", True)
    ] * 2


def test_tests_can_be_picked_by_id(tmp_path):
    rulebook = load_rulebook(write_pack(tmp_path))
    assert {result.rule_id for result in run_tests(rulebook, ["hs/coal"])} == {"hs/coal"}


@pytest.mark.parametrize(
    ("old", "new", "name", "problem"),
    [
        (
            "match: true, score: 75",
            "match: false, score: 75",
            "coal from Nampo",
            "match: expected false, came out true",
        ),
        ("score: 75, severity", "score: 70, severity", "coal from Nampo", "score: expected 70, came out 75"),
        (
            "severity: high, cond",
            "severity: low, cond",
            "coal from Nampo",
            "severity: expected low, the rule says high",
        ),
        (
            "transshipped: true}",
            "transshipped: false}",
            "coal from Nampo",
            "condition transshipped: expected false, came",
        ),
        ("origin_country, dest", "vessel.flag, dest", "coal from Nampo", "evidence: vessel.flag justifies no true"),
        ("missing: [origin_country]", "missing: [remarks]", "origin not given", "missing: expected remarks; came out"),
        (
            "reason: outside_validity",
            "reason: exempted",
            "the day before the ban",
            "reason: expected exempted, came out",
        ),
        ("{coal: false}", "{coal: unknown}", "crude oil", "condition coal: expected unknown, came out false"),
        (
            "unset: [origin_country]",
            "unset: [vessel]",
            "origin not given",
            "the record of this test is wrong: unset vessel",
        ),
    ],
)
def test_each_difference_is_told(tmp_path, old, new, name, problem):
    (failed,) = [result for result in results(tmp_path, rule=changed(RULE, old, new)) if not result.passed]
    assert failed.name == name
    assert failed.problems[0].startswith(problem)


def test_a_list_that_fails_its_own_test_is_told(tmp_path):
    text = changed(
        changed(LIST, 'contains: ["270112"]', 'contains: ["260112"]'), 'lacks: ["2709"]', 'lacks: ["270119"]'
    )
    assert [result.problems for result in results(tmp_path, rule_list=text) if not result.passed] == [
        ("the list lacks 260112",),
        ("the list contains 270119",),
    ]


def test_the_day_of_the_run_can_be_pinned(tmp_path):
    text = changed(
        RULE,
        "given: {use: shipment/base, set: {date: 2017-08-04}}",
        ("given: {use: shipment/base, unset: [date]}\n    as_of: 2017-08-04"),
    )
    assert all(result.passed for result in results(tmp_path, rule=text))
