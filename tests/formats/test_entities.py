"""FollowTheMoney entities, queries of yente and Senzing records as counterparties and vessels."""

import json

import pytest

from nkscreen import Counterparty, InputError, Vessel
from nkscreen.formats import Quarantined, open_input

COMPANY = {
    "id": "c1",
    "schema": "Company",
    "properties": {
        "name": ["Chollima Trading", "Чоллима"],
        "country": ["kp"],
        "address": ["1 Hill Road", "c/o Blue Heron"],
        "notes": ["agent of Wonsan Fishery"],
        "registrationNumber": ["77"],
    },
}
SHIP = {"id": "v1", "schema": "Vessel", "properties": {"name": ["MUJIGAE"], "imoNumber": ["7937317"], "flag": ["kp"]}}
WALLET = {"id": "w1", "schema": "CryptoWallet", "properties": {"publicKey": ["12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"]}}


def read(tmp_path, text, name="entities.json"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with open_input(path) as source:
        return source.format, list(source)


def test_entities_a_line_become_records_and_lose_no_text(tmp_path):
    lines = [COMPANY, SHIP, WALLET, {"id": "a", "schema": "Address", "properties": {"full": ["x"]}}, 7]
    shown, (company, ship, wallet, address, number) = read(tmp_path, "\n".join(map(json.dumps, lines)))
    assert shown == "FollowTheMoney"
    assert isinstance(company, Counterparty)
    assert (company.id, company.name, company.aliases, company.country) == (
        "c1",
        "Chollima Trading",
        ("Чоллима",),
        "KP",
    )
    assert [one.text for one in company.unmapped_text] == ["c/o Blue Heron", "agent of Wonsan Fishery"]
    assert (company.source.row, company.documents[0].number) == (1, "77")
    assert (type(ship), ship.imo_number, ship.flag) == (Vessel, "7937317", "KP")
    assert wallet.wallets[0].public_key.startswith("12QtD5")
    assert isinstance(address, Quarantined)
    assert "schema 'Address'" in address.reason
    assert (number.source.row, "no JSON object" in number.reason) == (5, True)


def test_a_query_of_yente_gives_each_of_its_queries(tmp_path):
    queries = {
        "q1": {"schema": "Company", "properties": COMPANY["properties"]},
        "q2": SHIP,
        "bad": {"schema": "Person"},
    }
    shown, (one, ship, bad) = read(tmp_path, json.dumps({"queries": queries, "weights": {}}, indent=2))
    assert shown == "yente query"
    assert (one.id, one.name, one.source.path) == ("q1", "Chollima Trading", "queries.q1")
    assert (ship.imo_number, ship.source.path) == ("7937317", "queries.q2")
    assert "has no properties" in bad.reason
    shown, (single,) = read(tmp_path, json.dumps(SHIP, indent=1))
    assert (shown, single.id) == ("FollowTheMoney", "v1")


def test_senzing_features_at_the_top_with_prefixes_and_in_lists(tmp_path):
    flat = {
        "DATA_SOURCE": "CUSTOMERS", "RECORD_ID": "1", "RECORD_TYPE": "PERSON", "PRIMARY_NAME_LAST": "Hong",
        "PRIMARY_NAME_FIRST": "Gil Dong", "ALIAS_NAME_FULL": "Hong Kil-tong", "DATE_OF_BIRTH": "1964-07-17",
        "ADDR_LINE1": "1 Low Road", "ADDR_CITY": "Dalian", "ADDR_COUNTRY": "China", "PASSPORT_NUMBER": "KP123",
        "EMPLOYER": "Wonsan Fishery", "GENDER": "M",
    }  # fmt: skip
    nested = {
        "DATA_SOURCE": "X", "RECORD_ID": "2", "RECORD_TYPE": "ORGANIZATION",
        "NAMES": [{"NAME_TYPE": "PRIMARY", "NAME_ORG": "Chollima"}, {"NAME_ORG": "Chollima Trading"}],
        "ADDRESSES": [{"ADDR_FULL": "1 Hill Road"}, {"ADDR_FULL": "2 River Road"}],
        "COUNTRIES": [{"NATIONALITY": "kp"}],
    }  # fmt: skip
    shown, (person, company) = read(tmp_path, "\n".join(map(json.dumps, (flat, nested))))
    assert shown == "Senzing"
    assert (person.name, person.aliases, person.schema_) == ("Gil Dong Hong", ("Hong Kil-tong",), "Person")
    assert (person.birth_date, person.gender, person.country) == ("1964-07-17", "male", "CN")
    assert (person.address, person.documents[0].type) == ("1 Low Road, Dalian", "passport")
    assert [one.text for one in person.unmapped_text] == ["Wonsan Fishery"]
    assert (company.name, company.aliases, company.nationality) == ("Chollima", ("Chollima Trading",), "KP")
    assert (company.address, company.unmapped_text[0].text) == ("1 Hill Road", "2 River Road")
    assert [one.name for one in read(tmp_path, json.dumps([flat, nested], indent=1))[1]] == [
        "Gil Dong Hong",
        "Chollima",
    ]


@pytest.mark.parametrize(
    "text", ['{"queries": {"q": {"schema": "Vessel", "properties": {', '[{"schema": 1, "properties":']
)
def test_documents_that_break_off_are_errors(tmp_path, text):
    with pytest.raises(InputError, match=r"breaks off or is wrong"):
        read(tmp_path, text)


def test_real_files_are_read_with_every_name(shared):
    records = 0
    for path in sorted((shared / "inputs/conventions").glob("*")):
        with open_input(path) as source:
            assert source.format in {"Senzing", "FollowTheMoney"}
            for item in source:
                records += not isinstance(item, Quarantined)
                assert not isinstance(item, Quarantined) or "(schema 'Address')" in item.reason, item.reason
    assert records > 600
