"""The reader of Senzing JSON lines, on made-up records in the published forms."""

import json
from datetime import date

import pytest

from nkscreen.errors import ListError
from nkscreen.watchlist import detect, load_snapshot
from nkscreen.watchlist.model import Link

PERSON = {
    "DATA_SOURCE": "OS_OWN", "RECORD_ID": "NK-1", "RECORD_TYPE": "PERSON", "LAST_CHANGE": "2026-11-02T10:00:00",
    "NAMES": [
        {"NAME_TYPE": "PRIMARY", "NAME_FULL": "HONG Gil Dong"},
        {"NAME_TYPE": "ALIAS", "NAME_FULL": "Hong Kil-tong"},
        {"NAME_TYPE": "ALIAS", "NAME_FULL": "홍길동"},
    ],
    "GENDER": "M",
    "RISKS": [{"TOPIC": "sanction"}],
    "DATES": [{"DATE_OF_BIRTH": "1960-01-31"}, {"DATE_OF_DEATH": "2020"}],
    "ADDRESSES": [{"ADDR_FULL": "1 Harbour Road, Dalian"}, {"PLACE_OF_BIRTH": "Wonsan"}],
    "COUNTRIES": [{"NATIONALITY": "kp"}, {"CITIZENSHIP": "xx-utopia"}],
    "IDENTIFIERS": [
        {"PASSPORT_NUMBER": "654110043", "PASSPORT_COUNTRY": "kp"},
        {"TAX_ID_NUMBER": "77", "TAX_ID_TYPE": "innCode"},
        {"OTHER_ID_TYPE": "publicKey", "OTHER_ID_NUMBER": "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"},
        {"OTHER_ID_TYPE": "OPEN_SANCTIONS", "OTHER_ID_NUMBER": "NK-1"},
    ],
    "RELATIONSHIPS": [
        {"REL_POINTER_ROLE": "Director", "REL_POINTER_DOMAIN": "OPEN_SANCTIONS", "REL_POINTER_KEY": "NK-2"},
        {"REL_ANCHOR_DOMAIN": "OPEN_SANCTIONS", "REL_ANCHOR_KEY": "NK-1"},
    ],
    "CONTACTS": [{"PHONE_NUMBER": "+850 2 18111"}],
}  # fmt: skip
SHIP = {
    "DATA_SOURCE": "OS_OWN", "RECORD_ID": "NK-2", "RECORD_TYPE": "VESSEL",
    "NAMES": [{"NAME_TYPE": "PRIMARY", "NAME_ORG": "CHOLLIMA 1"}],
    "RISKS": [{"TOPIC": "sanction"}],
    "IDENTIFIERS": [{"IMO_NUMBER": "7937317"}, {"MMSI_NUMBER": "445123000"}, {"CALL_SIGN": "HMYZ"}],
}  # fmt: skip
RELATIVE = {"DATA_SOURCE": "OS_OWN", "RECORD_ID": "NK-3", "NAMES": [{"NAME_FULL": "Hong Two"}]}
FLAT = {
    "DATA_SOURCE": "WATCHLIST", "RECORD_ID": "1001", "RECORD_TYPE": "PERSON",
    "PRIMARY_NAME_LAST": "Hong", "PRIMARY_NAME_FIRST": "Gil Dong", "AKA_NAME_FULL": "The Outlaw",
    "FORMER_NAME_FULL": "Hong One", "DATE_OF_BIRTH": "1960", "HOME_ADDR_LINE1": "1 Harbour Road",
    "HOME_ADDR_CITY": "Dalian", "HOME_ADDR_COUNTRY": "CN", "CATEGORY": "internal",
}  # fmt: skip
FEATURES = {
    "DATA_SOURCE": "WATCHLIST", "RECORD_ID": "1002",
    "FEATURES": [
        {"RECORD_TYPE": "ORGANIZATION"},
        {"NAME_TYPE": "PRIMARY", "NAME_ORG": "Wonsan Trading"},
        {"REGISTRATION_COUNTRY": "KP"},
        {"OTHER_ID_TYPE": "swiftBic", "OTHER_ID_NUMBER": "DCBKKPPY"},
        {"LEI_NUMBER": "5493001KJTIIGC8Y1R12"},
    ],
}  # fmt: skip


@pytest.fixture
def load(tmp_path):
    """Read records through detection, as a user does."""

    def make(*records, name="senzing.json"):
        path = tmp_path / name
        path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in records))
        assert detect(path) == "senzing"
        return load_snapshot(path)

    return make


def test_a_person_of_opensanctions_keeps_all_that_is_said(load):
    snapshot = load(PERSON, SHIP, RELATIVE)
    person, ship = snapshot.entities
    assert [(name.value, name.kind) for name in person.names] == [
        ("HONG Gil Dong", "primary"), ("Hong Kil-tong", "alias"), ("홍길동", "original_script"),
    ]  # fmt: skip
    assert (person.schema_, person.birth_dates, person.birth_places) == ("Person", ("1960-01-31",), ("Wonsan",))
    assert (person.genders, person.nationalities) == (("male",), ("KP", "XX-UTOPIA"))
    assert person.addresses == ("1 Harbour Road, Dalian",)
    assert [(one.type, one.number, one.country) for one in person.documents] == [
        ("passport", "654110043", "KP"), ("innCode", "77", None),
    ]  # fmt: skip
    assert person.wallets == ("12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h",)
    assert person.links == (Link(kind="director", target="CHOLLIMA 1"),)
    assert set(person.notes) == {"topic: sanction", "date of death: 2020", "phone number: +850 2 18111"}
    assert (ship.imo_number, ship.mmsi, ship.call_sign) == ("7937317", "445123000", "HMYZ")
    assert (snapshot.publisher, snapshot.list_date) == ("OS_OWN", date(2026, 11, 2))
    assert (snapshot.report.read, snapshot.report.kept) == (3, 2)
    assert any("1 records without a risk" in problem for problem in snapshot.report.problems)
    assert any("'XX-UTOPIA' kept as given" in problem for problem in snapshot.report.problems)


def test_flat_records_and_features_are_read_alike_and_labels_are_types(load):
    person, company = load(FLAT, FEATURES, name="own_2026-11-05.json").entities
    assert [(name.value, name.kind) for name in person.names] == [
        ("Gil Dong Hong", "primary"), ("The Outlaw", "alias"), ("Hong One", "former"),
    ]  # fmt: skip
    assert (person.birth_dates, person.addresses, person.countries) == (
        ("1960",), ("1 Harbour Road, Dalian, CN",), ("CN",),
    )  # fmt: skip
    assert person.notes == ("category: internal",)
    assert person.programmes == ("WATCHLIST",)
    assert (company.schema_, company.countries, company.swift_bics) == ("Organization", ("KP",), ("DCBKKPPY",))
    assert (company.lei_code, company.documents) == ("5493001KJTIIGC8Y1R12", ())


def test_an_unknown_type_is_screened_and_reported(load):
    snapshot = load(FEATURES | {"FEATURES": [{"NAME_ORG": "Wonsan"}], "RECORD_TYPE": "GUILD"})
    assert snapshot.entities[0].schema_ == "LegalEntity"
    assert "type 'GUILD' is none of those screened" in snapshot.report.problems[0]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ((FLAT, '{"DATA_SOURCE": "W'), "was cut: its last line is not JSON"),
        ((FLAT, '["x"]'), "1 of 2 entries cannot be read"),
        ((FLAT, "not json", FEATURES), "1 of 3 entries cannot be read"),
        ((FLAT, FLAT), "the id stands in this file in line 1"),
    ],
)
def test_a_damaged_file_is_refused(load, lines, reason):
    with pytest.raises(ListError, match=reason):
        load(*lines)
