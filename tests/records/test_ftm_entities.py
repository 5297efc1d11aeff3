"""Counterparties and vessels as FollowTheMoney entities and back."""

import pytest

from nkscreen import Counterparty, InputError, Vessel
from nkscreen.records.ftm import from_ftm, to_ftm

PERSON = Counterparty.read(
    {
        "id": "c1",
        "schema": "Person",
        "name": "RI Won Ho",
        "aliases": ["Lee Won-ho"],
        "nationality": "DPRK",
        "birth_date": "1964-07-17",
        "documents": [{"type": "passport", "number": "381310014"}],
    }
)
SHIP = Vessel.read(
    {
        "id": "v1",
        "name": "TONG HUNG SAN",
        "previous_names": ["CHONG CHON GANG"],
        "imo_number": "7937317",
        "flag": "KP",
        "build_year": 1977,
    }
)


def test_an_entity_has_followthemoney_s_names_and_cases():
    assert to_ftm(PERSON) == {
        "id": "c1",
        "schema": "Person",
        "properties": {
            "name": ["RI Won Ho"],
            "alias": ["Lee Won-ho"],
            "nationality": ["kp"],
            "birthDate": ["1964-07-17"],
            "passportNumber": ["381310014"],
        },
    }
    assert to_ftm(SHIP)["properties"]["imoNumber"] == ["7937317"]
    assert to_ftm(SHIP)["properties"]["buildDate"] == ["1977"]


@pytest.mark.parametrize("record", [PERSON, SHIP], ids=lambda record: record.kind)
def test_a_record_comes_back_from_its_entity(record):
    assert from_ftm(to_ftm(record)) == record


def test_every_name_of_an_entity_is_screened():
    entity = {"id": "x", "schema": "Company", "properties": {"name": ["A", "B"], "alias": ["C"], "weakAlias": ["D"]}}
    (mention,) = from_ftm(entity).mentions()
    assert [name for _, name in mention.names] == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    "entity", [{}, {"id": "x", "schema": "Person"}, {"id": "x", "schema": "Sanction", "properties": {}}]
)
def test_what_is_no_party_or_vessel_is_refused(entity):
    with pytest.raises(InputError, match="FollowTheMoney"):
        from_ftm(entity)
