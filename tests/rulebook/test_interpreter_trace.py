"""The interpreter says which values decided, which element witnessed, and what was missing."""

from datetime import date

from nkscreen.rulebook.language import interpret, parse
from nkscreen.rulebook.language.interpreter import MAX_EVIDENCE

VIEW = {
    "date": date(2019, 5, 1),
    "final_country": "CN",
    "consignee": {"name": None, "country": "KP"},
    "vessel": None,
    "legs": [
        {"port": "SGSIN", "transshipment": False, "calls": []},
        {"port": "CNDAL", "transshipment": True, "calls": [{"n": 1}, {"n": 7}]},
        {"port": None, "transshipment": True, "calls": []},
    ],
}


def run(text):
    return interpret(parse(text), VIEW)


def test_exists_shows_only_its_witness():
    outcome = run("legs.exists(l, l.port == 'CNDAL' && l.transshipment)")
    assert outcome.value is True
    assert outcome.read == {"legs[1].port": "CNDAL", "legs[1].transshipment": True}
    assert (outcome.witnesses["l"].path, outcome.witnesses["l"].index) == ("legs[1]", 1)


def test_a_nested_witness_has_the_whole_path():
    outcome = run("legs.exists(l, l.calls.exists(c, c.n == 7))")
    assert outcome.read == {"legs[1].calls[1].n": 7}
    assert outcome.witnesses["c"].path == "legs[1].calls[1]"
    assert outcome.witnesses["l"].index == 1


def test_a_true_or_shows_the_side_that_was_true():
    assert run("final_country == 'KP' || consignee.country == 'KP'").read == {"consignee.country": "KP"}


def test_a_false_and_shows_the_side_that_was_false():
    assert run("consignee.country == 'KP' && final_country == 'KP'").read == {"final_country": "CN"}


def test_an_unknown_element_leaves_exists_undecided_with_its_path():
    outcome = run("legs.exists(l, l.port == 'KPNAM')")
    assert (outcome.value, outcome.missing) == (None, ("legs[2].port",))


def test_a_field_below_something_absent_is_missing_under_its_full_path():
    assert run("vessel.flag == 'KP'").missing == ("vessel.flag",)
    assert run("vessel.calls.exists(c, c.n == 1)").missing == ("vessel.calls",)


def test_only_undecided_sides_are_reported_missing():
    assert run("vessel.flag == 'KP' && final_country == 'CN'").missing == ("vessel.flag",)
    assert run("vessel.flag == 'KP' || final_country == 'CN'").missing == ()


def test_all_shows_every_element_up_to_the_bound():
    view = {"legs": [{"n": 1}] * (MAX_EVIDENCE + 20)}
    assert len(interpret(parse("legs.all(l, l.n == 1)"), view).read) == MAX_EVIDENCE


def test_has_is_known_and_shows_what_is_there():
    assert run("has(vessel.flag)").value is False
    assert run("has(consignee.country)").read == {"consignee.country": "KP"}
