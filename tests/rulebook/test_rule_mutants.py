"""Which mutants of a rule are made, and which are not because they decide as the rule does."""

from collections import Counter

import pytest
from expressions import conditions
from hypothesis import given, settings
from small_pack import RULE, changed, write_pack

from nkscreen.rulebook import load_rulebook
from nkscreen.rulebook.language import parse, to_text
from nkscreen.rulebook.mutation import list_items, mutants, tree_changes


def rule(folder, text=RULE):
    return load_rulebook(write_pack(folder, rule=text)).rules[0]


def texts(expression):
    return [to_text(change.tree) for change in tree_changes(parse(expression))]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a == 'KP'", ["a != 'KP'", "a == 'KR'"]),
        ("a != 'CN'", ["a == 'CN'", "a != 'CN~'"]),
        ("n >= 10", ["n < 10", "n >= 11", "n >= 9"]),
        ("d < date('2020-01-01')", ["d >= date('2020-01-01')", "d < date('2020-01-02')", "d < date('2019-12-31')"]),
        ("x > 0.7", ["x <= 0.7", "x >= 0.7", "x > 0.71", "x > 0.69"]),
        ("x > 500000.0", ["x <= 500000.0", "x >= 500000.0", "x > 510000.0", "x > 490000.0"]),
        ("x > 0.0", ["x <= 0.0", "x >= 0.0", "x > 0.01", "x > -0.01"]),
        ("x / 2 > 0.5", ["x / 2 <= 0.5", "x / 3 > 0.5", "x / 1 > 0.5", "x / 2 > 0.51", "x / 2 > 0.49"]),
        ("n < m", ["n >= m", "n <= m"]),
        ("a && b", ["a || b", "b", "a"]),
        ("a || b || c", ["(a || b) && c", "a || b", "a && b || c", "b || c", "a || c"]),
        ("!a", ["a"]),
        ("xs.exists(x, x)", ["xs.all(x, x)"]),
        ("xs.all(x, !x)", ["xs.exists(x, !x)", "xs.all(x, x)"]),
        ("s.startsWith('445')", ["s.startsWith('44')", "s.startsWith('445~')"]),
        ("s.startsWith('vessel')", ["s.startsWith('vessel~')"]),
        ("within_days(a, b, 30)", ["within_days(a, b, 31)", "within_days(a, b, 29)"]),
        ("has(a)", []),
        ("a in ['KP', 'CN']", []),
    ],
)
def test_the_changes_of_an_expression(expression, expected):
    assert texts(expression) == expected


@settings(max_examples=200, deadline=None)
@given(conditions())
def test_every_change_gives_another_tree_that_can_be_written_down(tree):
    for change in tree_changes(tree):
        assert change.tree != tree
        assert parse(to_text(change.tree)) == change.tree


def test_the_mutants_of_a_rule_by_kind(tmp_path):
    made = mutants(rule(tmp_path))
    assert Counter(mutant.kind for mutant in made) == {
        "comparison": 1,
        "constant": 1,
        "and/or": 2,
        "conjunct dropped": 3,
        "negation dropped": 1,
        "quantifier": 2,
        "validity": 2,
        "weight": 1,  # 20 and 21 both reach the cap of 75
        "score": 4,
        "exemption": 1,
    }


def test_a_mutant_knows_its_place_and_what_changed(tmp_path):
    found = next(mutant for mutant in mutants(rule(tmp_path)) if mutant.kind == "comparison")
    assert (found.where, found.condition, found.position) == (("conditions", "origin", "if"), "origin", 15)
    assert str(found) == "== became !="


def test_both_edges_of_a_closed_window_move_by_a_day(tmp_path):
    made = mutants(rule(tmp_path, changed(RULE, "from: 2017-08-05}", "from: 2017-08-05, to: 2020-01-01}")))
    assert [(mutant.where, mutant.after) for mutant in made if mutant.kind == "validity"] == [
        (("valid", "from"), "2017-08-04"),
        (("valid", "from"), "2017-08-06"),
        (("valid", "to"), "2019-12-31"),
        (("valid", "to"), "2020-01-02"),
    ]


@pytest.mark.parametrize(
    ("score", "weight", "changes"),
    [
        ("{base: 60, cap: 90}", 20, ["20 to 0", "20 to 21", "60 to 59", "60 to 61"]),
        ("{base: 60, cap: 60}", 20, ["60 to 59", "60 to 59", "60 to 61"]),
        ("{base: 60, cap: 80}", 20, ["20 to 0", "60 to 59", "60 to 61", "80 to 79"]),
        ("{base: 60, cap: 60}", -20, ["-20 to 0", "-20 to -19", "60 to 59", "60 to 61", "60 to 59"]),
    ],
)
def test_points_change_only_where_some_record_could_tell(tmp_path, score, weight, changes):
    text = changed(changed(RULE, "{base: 60, cap: 75}", score), "weight: 20", f"weight: {weight}")
    made = mutants(rule(tmp_path, text))
    assert [f"{mutant.before} to {mutant.after}" for mutant in made if mutant.kind in ("weight", "score")] == changes


def test_items_of_lists_written_out_are_mutants_apart(tmp_path):
    text = changed(RULE, "['russian origin']", "['russian origin', 'via rajin']")
    found = rule(tmp_path, text)
    assert [mutant.before for mutant in list_items(found)] == ["'russian origin'", "'via rajin'"]
    assert not [mutant for mutant in mutants(found) if "item" in mutant.kind]
