"""Closure, interpreter and an evaluator written apart give the same True, False or unknown."""

import pytest
from expressions import SCOPE, VIEWS, UnknownError, conditions, oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from nkscreen.rulebook.language import (
    Binary,
    Literal,
    Name,
    Unary,
    check_condition,
    compile_outcome,
    compile_questions,
    interpret,
    parse,
    to_text,
)
from nkscreen.rulebook.language.parser import MAX_DEPTH

EMPTY = {"i": None, "y": None, "s": None, "d": None, "b": None, "part": None, "legs": [], "names": []}


def three_valued(node, view):
    try:
        return oracle(node, view)
    except UnknownError:
        return None


@settings(max_examples=400, deadline=None)
@given(conditions(), st.lists(VIEWS, min_size=8, max_size=8))
def test_all_back_ends_agree(tree, views):
    check_condition(tree, to_text(tree), SCOPE)
    closure = compile_outcome(tree)
    for view in views:
        expected = three_valued(tree, view)
        assert interpret(tree, view).value is expected
        assert closure(view) is expected


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(conditions(), st.booleans()), min_size=1, max_size=5), st.lists(VIEWS, min_size=5, max_size=5)
)
def test_a_fused_function_answers_each_question_as_if_it_were_alone(questions, views):
    fused = compile_questions(questions)
    for view in views:
        assert fused(view) == tuple(three_valued(tree, view) is wanted for tree, wanted in questions)


@settings(max_examples=300, deadline=None)
@given(conditions())
def test_the_printed_text_parses_to_the_same_tree(tree):
    assert parse(to_text(tree)) == tree


@settings(max_examples=200, deadline=None)
@given(conditions(), VIEWS)
def test_an_unknown_outcome_names_what_is_missing_and_a_known_one_does_not(tree, view):
    outcome = interpret(tree, view)
    assert bool(outcome.missing) is (outcome.value is None)


@settings(max_examples=200, deadline=None)
@given(conditions(), conditions(), VIEWS)
def test_de_morgan_holds_for_unknown_too(one, other, view):
    joined = Unary("!", Binary("&&", one, other))
    parted = Binary("||", Unary("!", one), Unary("!", other))
    assert compile_outcome(joined)(view) is compile_outcome(parted)(view)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b && false", False),
        ("b || true", True),
        ("b && true", None),
        ("b || false", None),
        ("!b", None),
        ("i == 1", None),
        ("i != 1", None),
        ("part.name == 'x' || !has(part)", True),
        ("has(part.name)", False),
        ("legs.exists(l, l.n == 1)", False),
        ("legs.all(l, l.n == 1)", True),
        ("size(legs) == 0", True),
        ("'a' in names", False),
    ],
)
def test_missing_data_on_an_empty_record(text, expected):
    tree = parse(text)
    check_condition(tree, text, SCOPE)
    assert interpret(tree, EMPTY).value is expected
    assert compile_outcome(tree)(EMPTY) is expected


def test_a_negated_field_is_a_number():
    closure = compile_outcome(parse("-i < -1"))
    assert [closure({**EMPTY, "i": value}) for value in (2, 1, None)] == [True, False, None]


def test_division_by_zero_is_unknown():
    tree = parse("1.0 / y > 0.0 || y == 0.0")
    assert compile_outcome(parse("1.0 / y > 0.0"))({**EMPTY, "y": 0.0}) is None
    assert interpret(parse("1.0 / y > 0.0"), {**EMPTY, "y": 0.0}).missing == ("y",)
    assert compile_outcome(tree)({**EMPTY, "y": 0.0}) is True


def test_a_hole_in_a_list_leaves_membership_unknown_unless_the_value_is_found():
    closure = compile_outcome(parse("'KP' in names"))
    assert closure({**EMPTY, "names": ["KP", None]}) is True
    assert closure({**EMPTY, "names": ["CN", None]}) is None
    assert closure({**EMPTY, "names": ["CN"]}) is False
    assert interpret(parse("'KP' in names"), {**EMPTY, "names": ["CN", None]}).missing == ("names[1]",)


def test_the_deepest_tree_compiles():
    tree = Name("b")
    for level in range(2 * MAX_DEPTH):
        tree = Binary("&&" if level % 2 else "||", Literal(bool(level % 2)), tree)
    assert compile_outcome(tree)({**EMPTY, "b": True}) is True


def test_text_of_an_author_is_never_code():
    text = "s == '\\'); import os; (\\''"
    assert compile_outcome(parse(text))({**EMPTY, "s": "'); import os; ('"}) is True
    assert compile_outcome(parse("s == '__import__'"))({**EMPTY, "s": "x"}) is False
