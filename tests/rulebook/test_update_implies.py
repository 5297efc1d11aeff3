"""Which conditions are shown to be wider than others; and that nothing is shown that any record disproves."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nkscreen.rulebook.language import interpret, parse
from nkscreen.rulebook.update.implies import filled, implies

RANK = {False: 0, None: 1, True: 2}


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("a == 'KP'", "a in ['KP', 'CN']"),
        ("a in ['KP']", "a in ['CN', 'KP']"),
        ("x >= 12", "x >= 8"),
        ("x > 8", "x >= 8"),
        ("x < 8", "x <= 8"),
        ("d >= date('2018-01-02')", "d >= date('2018-01-01')"),
        ("a == 'KP' && x > 3", "a == 'KP'"),
        ("a == 'KP'", "a == 'KP' || x > 3"),
        ("!(x >= 8)", "!(x >= 12)"),
        ("x > 3 && a == 'KP'", "a == 'KP' && x > 3"),
        ("legs.exists(l, l.port == 'KPNAM')", "legs.exists(m, m.port in ['KPNAM', 'CNDAL'])"),
        ("goods.all(g, hs_in(g.code, ['270112']))", "goods.all(g, hs_in(g.code, ['2701']))"),
        ("any_word(text, ['coal'])", "any_word(text, ['peat', 'coal'])"),
        ("any_word_but(text, ['coal'], ['charcoal'])", "any_word_but(text, ['coal', 'peat'], ['charcoal'])"),
        ("mmsi.startsWith('445')", "mmsi.startsWith('44')"),
        ("text.contains('DPRK')", "text.contains('PRK')"),
        ("false", "x > 3"),
        ("x > 3", "true"),
    ],
)
def test_a_wider_condition_is_shown_to_be_wider_and_not_the_other_way(narrow, wide):
    assert implies(parse(narrow), parse(wide))
    assert implies(parse(wide), parse(narrow)) is (narrow == "x > 3 && a == 'KP'")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a == 'KP'", "b == 'KP'"),
        ("x >= 12", "y >= 8"),
        ("x >= 12", "x <= 12"),
        ("hs_in(g, ['2701'])", "hs_in(g, ['270112'])"),
        ("any_word_but(text, ['coal'], ['charcoal'])", "any_word_but(text, ['coal'], [])"),
        ("text.contains('DPRK')", "text.startsWith('DPRK')"),
        ("legs.exists(l, l.p == 'A')", "legs.all(l, l.p == 'A')"),
        # the loop variable of the one is that of an inner loop of the other
        ("xs.exists(l, ys.exists(m, m.p < l.p))", "xs.exists(m, ys.exists(l, m.p < l.p))"),
    ],
)
def test_what_cannot_be_shown_is_not_claimed(one, other):
    assert not implies(parse(one), parse(other))


def test_lists_are_compared_by_items_whatever_they_are_called():
    one = filled(parse("a in ports"), {"ports": ("A",)})
    other = filled(parse("a in harbours"), {"harbours": ("B", "A")})
    assert implies(one, other)
    assert not implies(other, one)


ATOMS = (
    "a == 'K'",
    "a in ['K', 'C']",
    "x >= 2",
    "x >= 1",
    "x < 2",
    "has(a)",
    "legs.exists(l, l.n > 1)",
    "legs.all(l, l.n > 0)",
)
TREES = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(("&&", "||")), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda text: f"!({text})"),
    ),
    max_leaves=5,
)
RECORDS = [
    {"a": a, "x": x, "legs": [{"n": n} for n in legs]}
    for a, x, legs in product(("K", "C", "Z", None), (0, 1, 2, None), ((), (2,), (1,), (0, None), (None, 2)))
]


@settings(max_examples=300, deadline=None)
@given(TREES, TREES)
def test_no_record_disproves_what_was_shown(one, other):
    first, second = parse(one), parse(other)
    if implies(first, second):
        for record in RECORDS:
            assert RANK[interpret(first, record).value] <= RANK[interpret(second, record).value], record
