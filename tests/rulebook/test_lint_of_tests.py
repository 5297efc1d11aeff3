"""What the tests of a stable rule must show, and the issues that say what is missing."""

import pytest
from small_pack import FIXTURE, RULE, changed, write_pack

from nkscreen.rulebook.checking import check_pack

FIRST_DAY = """\
  - name: the first day of the ban
    given: {use: shipment/base, set: {date: 2017-08-05}}
    expect: {match: true, score: 75}
"""
NOT_KP = """\
  - name: coal of China
    given: {use: shipment/base, set: {origin_country: CN}}
    expect: {match: false, conditions: {origin: false}}
"""
DIRECT = """\
  - name: coal and rice, shipped directly
    given: {use: shipment/base, set: {goods.1: {hs_code: "100630"}, legs: [{port: CNTAO, transshipment: false}]}}
    expect: {match: true, score: 60, conditions: {transshipped: false}}
"""
SOUND = RULE + FIRST_DAY + NOT_KP + DIRECT


def without(text, name):
    """The rule without one of its tests."""
    start = text.index(f"  - name: {name}\n")
    end = text.find("  - name: ", start + 1)
    return text[:start] + (text[end:] if end >= 0 else "")


def found(folder, text):
    report = check_pack(write_pack(folder, rule=text))
    return [problem.message for problem in report.problems if "becomes" not in problem.message]


def test_a_sound_rule_has_no_issues(tmp_path):
    assert found(tmp_path, SOUND) == []


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        ("crude oil", "no near miss for 'coal': add a test in which it alone is false and so turns the rule off"),
        ("coal of China", "no near miss for 'origin': add a test in which it alone is false and so turns the rule off"),
        (
            "Russian coal",
            "no near miss for '!russian': add a test in which it alone is false and so turns the rule off",
        ),
        ("Russian coal", "no test sees condition 'russian' true"),
        ("coal of China", "no test sees condition 'origin' false"),
        ("coal and rice, shipped directly", "no test sees condition 'transshipped' false"),
        ("the day before the ban", "no test on 2017-08-04, the day before the rule is valid"),
        ("the first day of the ban", "no test on 2017-08-05, its first day"),
        (
            "origin not given",
            "without goods the rule is undecided: add a test that expects match: unknown, missing: [goods]",
        ),
    ],
)
def test_each_test_that_a_stable_rule_needs_is_missed(tmp_path, gone, message):
    assert message in found(tmp_path, without(SOUND, gone))


def test_a_rule_without_tests_is_told_everything_at_once(tmp_path):
    messages = found(tmp_path, SOUND[: SOUND.index("tests:")])
    assert "no test uses the fixture 'shipment/base'" in messages
    assert "no test on 2017-08-04, the day before the rule is valid" in messages
    assert "a stable rule needs a positive test: a record on which the rule matches" in messages
    assert "a stable rule needs a negative test: a record inside validity on which the rule does not match" in messages
    assert "the tests kill 0 of 18 mutants (0%), at least 90% are needed; see rules suggest" in messages


def test_the_last_day_and_the_first_day_after_it_are_tested_where_validity_ends(tmp_path):
    text = changed(SOUND, "from: 2017-08-05}", "from: 2017-08-05, to: 2020-01-01}")
    assert found(tmp_path, text) == [
        "no test on 2019-12-31, the last day of the rule",
        "no test on 2020-01-01, the first day after it",
    ]


def test_a_rule_that_no_missing_field_leaves_open_needs_no_unknown_test(tmp_path):
    text = changed(
        without(SOUND, "origin not given"), "origin_country == 'KP'", "has(origin_country) && origin_country == 'KP'"
    )
    text = changed(
        text,
        "goods.exists(g, hs_in(g.hs_code, coal))",
        "has(goods) && goods.exists(g, has(g.hs_code) && hs_in(g.hs_code, coal))",
    )
    text = changed(text, "if: any_word(remarks", "if: has(remarks) && any_word(remarks")
    assert [message for message in found(tmp_path, text) if "undecided" in message] == []


SILENT = changed(
    changed(
        changed(without(SOUND, "origin not given"), "if: any_word(remarks", "if: has(remarks) && any_word(remarks"),
        "goods.exists(g, hs_in(g.hs_code, coal))",
        "has(goods) && goods.exists(g, has(g.hs_code) && hs_in(g.hs_code, coal))",
    ),
    "if: origin_country == 'KP'",
    "if: (has(origin_country) && origin_country == 'KP')",
)
"""A rule that decides whatever is missing, and of which no test is undecided."""


@pytest.mark.parametrize(
    ("question", "lacked"),
    [
        ("hits.exists(h, h.dprk && h.score >= 0.7 && 'UN 1718' in h.programmes)", None),
        ("stops.exists(s, has(s.country) && s.country == 'KR')", None),
        ("parties.exists(p, 'KP' in p.domain_countries)", None),
        ("parties.exists(p, has(p.country) && p.country == 'KR')", None),
        ("origin_unread", None),
        ("size(legs) > 9", None),
        ("size(vessel.port_calls) > 9", "vessel"),
        ("has(vessel) && size(vessel.port_calls) > 9", None),
        ("legs.exists(l, l.country == 'KR')", "legs[0].country"),
        ("has(goods) && goods.exists(g, g.value > 5.0)", "goods[0].value"),
        ("has(vessel) && vessel.past_flags.exists(f, f == 'KR')", "vessel.past_flags[0]"),
    ],
)
def test_only_what_a_record_can_lack_needs_an_unknown_test(tmp_path, question, lacked):
    text = changed(SILENT, "origin_country == 'KP')", f"origin_country == 'KP') || ({question})")
    given = (
        "shipper: {email: wren@heron.cn, country: CN}\n  vessel: {name: FINCH, past_flags: [PA]}\n  goods: [{value: 1,"
    )
    fixture = changed(FIXTURE, "goods: [{", f"{given} ")
    report = check_pack(write_pack(tmp_path, rule=text, fixture=fixture))
    messages = [problem.message for problem in report.problems if "undecided" in problem.message]
    wanted = f"without {lacked} the rule is undecided: add a test that expects match: unknown, missing: [{lacked}]"
    assert messages == ([wanted] if lacked else [])


@pytest.mark.parametrize(
    ("status", "needed"), [("draft", []), ("experimental", ["at least 60%"]), ("stable", ["at least 90%"])]
)
def test_the_gate_depends_on_the_status(tmp_path, status, needed):
    text = changed(SOUND[: SOUND.index("tests:")], "status: stable", f"status: {status}")
    messages = [message for message in found(tmp_path, text) if "mutants" in message]
    assert [part for part in needed if part in messages[0]] == needed
    assert len(messages) == len(needed)


def test_below_the_gate_every_survivor_is_shown_at_its_place(tmp_path):
    text = changed(without(without(SOUND, "coal of China"), "Russian coal"), "reason: outside_validity", "score: 0")
    folder = write_pack(tmp_path, rule=without(text, "crude oil"))
    lines = (folder / "trade/nk-ship-901.yaml").read_text().split("\n")
    alive = [problem for problem in check_pack(folder).problems if "becomes" in problem.message]
    placed = {
        (problem.message.removeprefix("no test notices that "), lines[problem.line - 1][problem.column - 1 :])
        for problem in alive
    }
    assert ("coal becomes nothing (conjunct dropped)", "coal && origin && !russian") in placed
    assert ("exists becomes all (quantifier)", "exists(l, l.transshipment)") not in placed
    assert {problem.file for problem in alive} == {"rules/trade/nk-ship-901.yaml"}
