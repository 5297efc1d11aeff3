"""Google's CEL accepts every expression of the pack and comes to the same outcomes."""

import sys

import pytest

pytest.importorskip("cel_expr_python", reason="has wheels for Linux only")

from cel_expr_python import cel
from cel_oracle import Cel, can_be_given, compiles, given
from random_cases import RECORD, SCOPE
from test_differential import RULEBOOK, SUBJECTS, pack_trees, pack_views

from nkscreen.records import KINDS
from nkscreen.rulebook import record_type
from nkscreen.rulebook.language import check_condition, compile_outcome, parse, to_text

EVERY = 3
"""Every third record of the differential test is enough: the rest differ by nothing that CEL could see."""


@pytest.mark.skipif(sys.platform != "linux", reason="has wheels for Linux only")
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_condition_of_the_pack_comes_out_as_in_cel(subject):
    kind = record_type(KINDS[subject])
    views = [view for view in pack_views(subject)[::EVERY] if can_be_given(view, kind)]
    assert len(views) > 50
    shown = [given(view, kind) for view in views]
    differences = []
    for tree in pack_trees(subject):
        asked, closure = Cel(tree, kind), compile_outcome(tree)
        for view, data in zip(views, shown, strict=True):
            if asked.outcome(data) is not closure(view):
                differences.append((to_text(tree), view, asked.outcome(data), closure(view)))
    assert differences == []


@pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda rule: rule.id)
def test_every_match_compiles_in_cel(rule):
    expression = compiles(rule.file.match, dict.fromkeys(rule.conditions, cel.Type.BOOL))
    assert expression.return_type() == cel.Type.BOOL


CASE = {
    "i": 3,
    "y": 0.5,
    "s": "WINE glasses",
    "d": "2017-12-22",
    "e": "2018-01-05",
    "b": True,
    "code": "270112",
    "part": {},
    "legs": [{"n": 1, "stops": [{"k": 2}, {"open": True}]}, {"port": "KPNAM", "stops": []}],
    "others": [],
    "names": ["a", "b"],
}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("i + 2 * 3 - 1 == 8 && -i < 0", True),
        ("y / 2.0 <= 0.25 && y * 4.0 >= 2.0", True),
        ("j > 1", None),
        ("j > 1 || true", True),
        ("j > 1 && false", False),
        ("!(z > 1.0)", None),
        ("has(part.note)", False),
        ("part.inner.note == 'x'", None),
        ("s.contains('glass') && s.startsWith('WINE')", True),
        ("any_word(s, ['wine']) && !any_word_but(s, ['wine'], ['wine glasses'])", True),
        ("any_word(t, ['wine'])", None),
        ("hs_in(code, ['27']) && !hs_in(code, ['2709'])", True),
        ("hs_in(code, ['27011234'])", None),
        ("days(d, e) == 14 && within_days(e, d, 14) && !within_days(d, e, 13)", True),
        ("d < e && d == date('2017-12-22') && d != e", True),
        ("i in [1, 2, 3] && !(s in ['x'])", True),
        ("'a' in names", True),
        ("size(legs) == 2 && size(others) == 0", True),
        ("legs.exists(l, l.stops.exists(s, s.k == 2))", True),
        ("legs.exists(l, l.stops.exists(s, s.k == 1))", None),
        ("legs.all(l, l.stops.all(s, s.k == 2))", None),
        ("legs.all(l, l.n == 2)", False),
        ("others.exists(o, o.k == 1) || others.all(o, o.k == 1)", True),
    ],
)
def test_every_operator_and_function_on_values_and_on_missing_ones(text, outcome):
    text = text.replace("(s, s.k", "(x, x.k")  # s is a field of the record
    tree = parse(text)
    check_condition(tree, text, SCOPE)
    assert Cel(tree, RECORD).outcome(CASE) is outcome


def test_division_by_zero_is_where_this_language_leaves_cel():
    tree = parse("1.0 / y > 0.0")
    assert Cel(tree, RECORD).outcome({"y": 0.0}) is True  # IEEE's infinity
    assert compile_outcome(tree)({"y": 0.0}) is None


@pytest.mark.parametrize(
    "text", ["any_word(1, ['coal'])", "hs_in(code, '27')", "any_word(code)", "s > 1", "legs.exists(l, 1)"]
)
def test_cel_refuses_what_the_checker_refuses(text):
    variables = {"code": cel.Type.STRING, "s": cel.Type.STRING, "legs": cel.Type.List(cel.Type.DYN)}
    with pytest.raises(Exception, match="ERROR"):
        compiles(text, variables)
