"""Suggested tests: found by small changes of a rule's own, written as YAML, and proved to kill."""

import pytest
from small_pack import RULE, changed, write_pack

from nkscreen.rulebook import load_rulebook, run_tests
from nkscreen.rulebook.changes import Step, apply, steps
from nkscreen.rulebook.killing import mutate
from nkscreen.rulebook.rule import Given, RuleTest
from nkscreen.rulebook.suggest import suggest
from nkscreen.rulebook.writing import read_back, scalar, write_test


def suggestions(folder, text):
    rulebook = load_rulebook(write_pack(folder, rule=text))
    return suggest(rulebook, rulebook.rules[0])


def mutation(folder, text):
    rulebook = load_rulebook(write_pack(folder, rule=text))
    return mutate(rulebook.rules[0], run_tests(rulebook, ["NK-SHIP-901"]))


def test_suggested_tests_kill_what_they_say_once_they_stand_in_the_rule(tmp_path):
    found = suggestions(tmp_path / "a", RULE)
    assert found.left == ()
    text = RULE + "".join(suggestion.text for suggestion in found.found)
    assert [result.problems for result in run_tests(load_rulebook(write_pack(tmp_path / "b", rule=text)))] == [()] * (
        7 + len(found.found)
    )
    after = mutation(tmp_path / "c", text)
    assert (after.made, after.survivors) == (18, ())


def test_two_changes_are_tried_where_one_is_not_enough(tmp_path):
    text = changed(
        RULE,
        "if: any_word(remarks, ['russian origin'])",
        "if: any_word(remarks, ['russian origin']) || (has(marks) && marks == 'RU' && has(booking) && booking == 'X')",
    )
    before = mutation(tmp_path / "a", text)
    found = suggestions(tmp_path / "b", text)
    alive = [mutant for mutant in before.survivors if mutant.condition == "russian"]
    left = [mutant for mutant in found.left if mutant.condition == "russian"]
    assert (len(alive), len(left)) == (11, 0)
    assert max(len(suggestion.test.given.set_) for suggestion in found.found) == 2


def test_a_rule_whose_tests_kill_everything_gets_no_suggestion(tmp_path):
    text = RULE + "".join(suggestion.text for suggestion in suggestions(tmp_path / "a", RULE).found)
    found = suggestions(tmp_path / "b", text)
    assert (found.found, found.left) == ((), ())


def test_a_mutant_that_decides_as_the_rule_does_is_left_over(tmp_path):
    text = changed(RULE, "if: origin_country == 'KP'", "if: origin_country == 'KP' || origin_country == 'KP'")
    left = suggestions(tmp_path, text).left
    assert {mutant.kind for mutant in left} <= {"and/or", "disjunct dropped"}
    assert left


@pytest.mark.parametrize(
    ("given", "step", "changes", "unset"),
    [
        ({}, Step("remarks", "X"), {"remarks": "X"}, ()),
        ({"unset": ["remarks"]}, Step("remarks", "X"), {"remarks": "X"}, ()),
        ({"unset": ["vessel"]}, Step("vessel.flag", "KP"), {"vessel.flag": "KP"}, ()),
        ({"set": {"remarks": "X"}}, Step("remarks", None), {}, ("remarks",)),
        ({"set": {"vessel.flag": "KP"}}, Step("vessel", None), {}, ("vessel",)),
        (
            {"set": {"legs.1": {"port": "A", "country": "B"}}},
            Step("legs.1.port", "C"),
            {"legs.1": {"port": "C", "country": "B"}},
            (),
        ),
        (
            {"set": {"legs.1": {"port": "A", "country": "B"}}},
            Step("legs.1.port", None),
            {"legs.1": {"country": "B"}},
            (),
        ),
        (
            {"set": {"legs": [{"port": "A"}]}},
            Step("legs.1", {"port": "B"}),
            {"legs": [{"port": "A"}, {"port": "B"}]},
            (),
        ),
        ({"set": {"hits": [{"score": "1"}]}}, Step("hits.0.score", "0.7"), {"hits": [{"score": "0.7"}]}, ()),
    ],
)
def test_a_step_is_written_into_what_the_test_sets_already(given, step, changes, unset):
    after = apply(Given.model_validate({"use": "a/b", **given}), step)
    assert (after.set_, after.unset) == (changes, unset)


def test_the_steps_of_a_rule_touch_what_it_reads(tmp_path):
    rulebook = load_rulebook(write_pack(tmp_path))
    rule = rulebook.rules[0]
    found = steps(rule, rulebook.fixtures["shipment/base"].data())
    for step in (Step("origin_country", None), Step("origin_country", "KR"), Step("goods.0.hs_code", None)):
        assert step in found
    assert Step("date", "2017-08-04") in found
    assert Step("legs.2", {"port": "KPNAM"}) in found
    assert not [step for step in found if step.path.startswith("destination")]


TEST = """\
  - name: "a name: with a colon"
    as_of: 2019-01-01
    given: {use: a/b, set: {goods.0: {hs_code: "0302", description: "50% OFF, #1"}, gross_weight_kg: 12}, unset: [legs]}
    expect: {match: true, score: 12.5, conditions: {coal: unknown}}
"""


def test_a_test_is_written_as_a_rule_file_has_it():
    assert write_test(read_back(TEST)) == TEST


def test_a_long_test_is_broken_into_lines():
    test = read_back(TEST)
    many = test.given.model_copy(update={"set_": {f"field_{number}": "x" * 20 for number in range(8)}})
    text = write_test(test.model_copy(update={"given": many}))
    assert max(len(line) for line in text.splitlines()) <= 120
    assert read_back(text).given == many


@pytest.mark.parametrize(
    "text",
    [
        "",
        " a",
        "a: b",
        "a #b",
        "- a",
        "{a}",
        'say "x"',
        "back\\slash",
        "two\nlines",
        "учебная",
        "'a'",
        "[x]",
        "&a",
        "*a",
        "!a",
        "%",
        "@",
        "`",
    ],
)
def test_any_text_comes_back_as_it_was(text):
    test = RuleTest.model_validate(
        {"name": "n", "given": {"use": "a/b", "set": {"remarks": text}}, "expect": {"match": "true"}}
    )
    assert read_back(write_test(test)).given.set_ == {"remarks": text}
    assert scalar("plain words (1.5)") == "plain words (1.5)"
