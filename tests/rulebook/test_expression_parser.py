"""Parser and printer: what is an expression, what is not, and where it goes wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.rulebook.language import Binary, Call, ExpressionError, Literal, Name, Quantifier, Select, parse, to_text
from nkscreen.rulebook.language.lexer import MAX_LENGTH
from nkscreen.rulebook.language.parser import MAX_DEPTH


def problem(text: str) -> tuple[str, int]:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return caught.value.message, caught.value.position


def test_and_binds_tighter_than_or_and_comparison_tighter_than_both():
    tree = parse("a || b == 1 && c")
    assert tree == Binary("||", Name("a"), Binary("&&", Binary("==", Name("b"), Literal(1)), Name("c")))


def test_arithmetic_follows_school_order_and_groups_from_the_left():
    assert to_text(parse("((a - b) - c) * (d + 1) > (2 * e)")) == "(a - b - c) * (d + 1) > 2 * e"
    assert to_text(parse("a - (b - c) == 0")) == "a - (b - c) == 0"


def test_a_quantifier_binds_its_variable_and_takes_a_whole_condition():
    assert parse("legs.exists(l, l.port == 'CNDAL')") == Quantifier(
        "exists", Name("legs"), "l", Binary("==", Select(Name("l"), "port"), Literal("CNDAL"))
    )


def test_a_method_call_has_its_object_as_first_argument():
    assert parse("vessel.name.startsWith('CH')") == Call(
        "startsWith", (Select(Name("vessel"), "name"), Literal("CH")), method=True
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0302", 302),
        ("12.50", 12.5),
        ("-3", -3),
        ("- 3", -3),
        ("true", True),
        (r"'it\'s'", "it's"),
        (r'"a\\b"', "a\\b"),
        ("date('2017-12-22')", date(2017, 12, 22)),
    ],
)
def test_literals(text, value):
    tree = parse(text)
    assert isinstance(tree, Literal)
    assert (type(tree.value), tree.value) == (type(value), value)


def test_true_and_one_are_different_literals():
    assert Literal(True) != Literal(1)
    assert Literal(1) != Literal(1.0)


@pytest.mark.parametrize(
    ("text", "message", "position"),
    [
        ("a = 1", "unexpected '=': write '==' to compare", 2),
        ("a & b", "unexpected '&': write '&&' for and", 2),
        ("name == 'x", 'unexpected "\'": this text has no closing quote', 8),
        ("a &&", "expected a value, found the end of the expression", 4),
        ("a b", "unexpected 'b' after the end of the expression", 2),
        ("(a", "expected ')', found the end of the expression", 2),
        ("a < b < c", "comparisons cannot be chained; join two with '&&'", 6),
        ("x == null", "there is no null: ask has(field) whether a value is given", 5),
        ("legs.exists(1, true)", "expected the name of a loop variable, found '1'", 12),
        ("legs.exists(in, true)", "expected the name of a loop variable, found 'in'", 12),
        ("date('2017-02-30')", "a date is written date('2017-12-22'), with a day that exists", 0),
        ("date('20171222')", "a date is written date('2017-12-22'), with a day that exists", 0),
        ("x in [a]", "a list holds constants only", 6),
        (r"'a\n'", r"only \\, \' and \" may follow a backslash, not 'n'", 2),
        ("x > 99999999999999999", "this number is too large to be exact", 4),
        ("a.", "expected a field name, found the end of the expression", 2),
        ("", "expected a value, found the end of the expression", 0),
        ("if == 1", "expected a value, found 'if'", 0),
    ],
)
def test_a_mistake_is_named_at_its_character(text, message, position):
    assert problem(text) == (message, position)


def test_the_error_shows_line_and_caret():
    with pytest.raises(ExpressionError) as caught:
        parse("a &&\n  b == == c")
    assert str(caught.value) == "line 2:8: expected a value, found '=='\n    b == == c\n         ^"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 500 + "a" + ")" * 500,
        "!" * 500 + "a",
        " || ".join(["a"] * 200),
        "a" + ".b" * 500,
        "[" * 500,
        "-" * 500 + "1",
    ],
)
def test_depth_is_bounded(text):
    assert problem(text)[0] == f"nested over {MAX_DEPTH} levels; split this into conditions or a list"


def test_length_is_bounded():
    assert problem("a" * (MAX_LENGTH + 1))[1] == 0


def test_white_space_and_redundant_brackets_do_not_change_the_text():
    assert to_text(parse(" ( a&&(b) )||! ( c ) ")) == to_text(parse("a && b || !c")) == "a && b || !c"


@given(st.text(alphabet="ab.()[]!&|=<>+-*/'\"\\ ,01", max_size=60) | st.text(max_size=60))
def test_any_text_is_an_expression_or_an_error_at_a_place(text):
    try:
        tree = parse(text)
    except ExpressionError as error:
        assert 0 <= error.position <= len(text)  # noqa: PT017  either outcome is right, each has its own promise
    else:
        assert parse(to_text(tree)) == tree
