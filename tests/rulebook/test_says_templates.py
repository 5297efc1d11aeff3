"""Sentences of conditions are filled from the record and from nothing else."""

from datetime import date

import pytest

from nkscreen.rulebook.language import Basic, ExpressionError, ListOf, Object, Outcome, Scope, Witness
from nkscreen.rulebook.says import MAX_SHOWN, read_template, render

LEG = Object("Leg", {"port": Basic.STRING})
SCOPE = Scope(
    {"weight": Basic.DOUBLE, "day": Basic.DATE, "paid": Basic.BOOL, "remarks": Basic.STRING, "legs": ListOf(LEG)}
)
VIEW = {"weight": 12000.0, "day": date(2019, 5, 2), "paid": True, "remarks": "{weight} {0.__class__}", "legs": []}
OUTCOME = Outcome(True, witnesses={"l": Witness("legs[2]", 2, {"port": "CNDAL"})})


def said(text, outcome=OUTCOME, view=VIEW):
    template = read_template(text, SCOPE, {"l": LEG}, has_list=True)
    return render(template, view, outcome, "Coal, Lignite")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("", ""),
        ("{weight} kg on {day}", "12000 kg on 2019-05-02"),
        ("leg {index}: {l.port}", "leg 2: CNDAL"),
        ("on {list}", "on Coal, Lignite"),
        ("paid: {paid}", "paid: yes"),
    ],
)
def test_placeholders_are_filled(text, expected):
    assert said(text) == expected


def test_a_value_is_never_read_as_a_template():
    assert said("{remarks}") == "{weight} {0.__class__}"


def test_what_is_missing_is_said_to_be():
    assert said("{weight} at {l.port}, {index}", Outcome(True), {**VIEW, "weight": None}) == (
        "(not given) at (not given), (not given)"
    )


def test_a_long_value_is_shortened():
    shown = said("{remarks}", view={**VIEW, "remarks": "x" * 1000})
    assert (len(shown), shown[-1]) == (MAX_SHOWN, "…")


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "}",
        "{}",
        "{weight.__class__}",
        "{l.prot}",
        "{l}",
        "{legs}",
        "{weight:>10}",
        "{weight!r}",
        "{1}",
        "{{weight}}",
    ],
)
def test_anything_else_in_braces_is_refused(text):
    with pytest.raises(ExpressionError):
        said(text)


def test_index_and_list_need_something_to_name():
    for text in ("{index}", "{list}"):
        with pytest.raises(ExpressionError, match="unknown field"):
            read_template(text, SCOPE, {}, has_list=False)
