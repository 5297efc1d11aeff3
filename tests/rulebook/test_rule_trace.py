"""One rule on one record: every condition, what decided it, and the arithmetic of the score."""

from datetime import date

import pytest
from small_pack import write_pack

from nkscreen.records import Shipment
from nkscreen.rulebook import load_rulebook
from nkscreen.rulebook.trace import trace

RUN = date(2020, 1, 1)
COAL = {
    "id": "1",
    "date": "2019-05-02",
    "origin_country": "KP",
    "remarks": "FREIGHT PREPAID",
    "goods": [{"hs_code": "940360"}, {"hs_code": "270112"}],
    "legs": [{"port": "KPNAM"}, {"port": "CNDAL", "transshipment": True}],
}


@pytest.fixture
def rule(tmp_path):
    return load_rulebook(write_pack(tmp_path)).rules[0]


def traced(rule, **changes):
    data = {key: value for key, value in {**COAL, **changes}.items() if value is not None}
    return trace(rule, Shipment.read(data), (), RUN)


def conditions(found):
    return {one.name: one for one in found.conditions}


def test_a_match_names_the_element_that_decided_and_adds_up(rule):
    found = traced(rule)
    coal = conditions(found)["coal"]
    assert (coal.holds, dict(coal.elements)) == (True, {"g": "goods[1]"})
    assert [(item.path, item.value) for item in coal.read] == [("goods[1].hs_code", "270112")]
    assert coal.says == "line 1: 270112 is on the list Coal"
    assert (found.match, found.match_values) == ("coal && origin && !russian", "true && true && !false")
    assert found.points == (("base", 60), ("transshipped", 20))
    assert found.verdict.score == 75


def test_what_did_not_hold_says_what_it_read(rule):
    origin = conditions(traced(rule, origin_country="CN"))["origin"]
    assert (origin.holds, origin.says) == (False, "")
    assert [(item.path, item.value) for item in origin.read] == [("origin_country", "CN")]


def test_what_is_unknown_says_what_it_lacks(rule):
    found = traced(rule, origin_country=None)
    assert conditions(found)["origin"].missing == ("origin_country",)
    assert found.match_values == "true && unknown && !false"


def test_outside_validity_the_conditions_are_traced_all_the_same(rule):
    found = traced(rule, date="2017-01-01")
    assert (found.inside, found.verdict.conditions) == (False, ())
    assert conditions(found)["coal"].holds is True
