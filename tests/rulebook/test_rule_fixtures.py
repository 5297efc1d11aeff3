"""Tests of rules start from a fixture and change it by dotted paths."""

import pytest

from nkscreen.errors import InputError
from nkscreen.rulebook.fixture import Fixture
from nkscreen.rulebook.rule import Given

FIXTURE = Fixture.model_validate(
    {
        "schema": "nkscreen/fixture@1",
        "id": "shipment/base",
        "subject": "shipment",
        "record": {"id": "1", "legs": [{"port": "SGSIN"}, {"port": "CNDAL"}], "consignee": {"name": "A"}},
        "hits": [{"path": "consignee", "score": "0.9", "dprk": "true"}],
    }
)


def build(unset=(), **changes):
    given = {"use": "shipment/base", "set": {key.replace("__", "."): value for key, value in changes.items()}}
    return FIXTURE.build(Given.model_validate({**given, "unset": list(unset)}))


def test_values_are_set_in_parts_and_list_items():
    record, _ = build(
        legs__1__port="KPNAM", consignee__country="North Korea", vessel__flag="KP", gross_weight_kg="12.5"
    )
    assert (record.legs[1].port, record.consignee.country, record.vessel.flag) == ("KPNAM", "KP", "KP")
    assert record.gross_weight_kg == 12.5


def test_an_item_is_appended_after_the_last():
    assert len(build(legs__2={"port": "KPNAM"})[0].legs) == 3


def test_values_are_taken_away():
    record, _ = build(unset=["consignee.name", "legs.0"])
    assert record.consignee.name is None
    assert [leg.port for leg in record.legs] == ["CNDAL"]


def test_hits_are_set_like_any_field():
    assert build(hits__0__score="0.4")[1][0].score == 0.4
    assert build(hits=[])[1] == ()


def test_a_fixture_is_not_changed_by_its_tests():
    build(legs__0__port="KPNAM", consignee__country="KP")
    record, hits = FIXTURE.build()
    assert (record.legs[0].port, record.consignee.country, hits[0].dprk) == ("SGSIN", None, True)


@pytest.mark.parametrize(
    ("changes", "unset", "message"),
    [
        ({"legs__7__port": "X"}, (), "'7' is no index of a list of 2"),
        ({"legs__x": "X"}, (), "'x' is no index"),
        ({"id__deep": "X"}, (), "nothing to change below 'id'"),
        ({"consigne": {"name": "B"}}, (), "consigne"),
        ({"date": "yesterday"}, (), "date"),
        ({"hits__0__scor": "1"}, (), "hits: "),
        ({}, ("remarks",), "unset remarks: the fixture does not set it"),
        ({}, ("legs.5",), "'5' is no index"),
        ({}, ("vessel.flag",), "nothing to change below 'vessel'"),
    ],
)
def test_a_change_that_leads_nowhere_is_an_error(changes, unset, message):
    with pytest.raises(InputError) as caught:
        build(unset, **changes)
    assert message in caught.value.message
