"""The reader of FollowTheMoney JSON lines."""

import json
from datetime import date
from pathlib import Path

import pytest

from nkscreen.errors import ListError
from nkscreen.watchlist import Snapshot, is_dprk
from nkscreen.watchlist.sources import ftm


def entity(identity: str, schema: str, caption: str = "", **properties: object) -> dict[str, object]:
    listed = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return {"id": identity, "schema": schema, "caption": caption, "properties": listed}


def read(tmp_path: Path, *entities: object) -> Snapshot:
    path = tmp_path / "entities.ftm.json"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in entities))
    return ftm.read(path)


PERSON = entity(
    "NK-1",
    "Person",
    "Hong Gil Dong",
    name=["HONG Kil-tong", "Hong Gil Dong"],
    alias="Kong Jitong",
    weakAlias="The Outlaw",
    previousName="Hong One",
    birthDate=["1960-01-31", "1961"],
    birthPlace="Sinuiju",
    gender="male",
    nationality="kp",
    country=["cn", "xx-utopia"],
    position="Director",
    passportNumber="PS472330208",
)
COMPANY = entity("NK-2", "Company", "Wonsan Trading", name="Wonsan Trading", swiftBic="DCBKKPPY", topics="sanction")


def test_names_keep_kind_and_quality_and_the_caption_leads(tmp_path):
    (person,) = read(tmp_path, PERSON).entities
    assert [(name.value, name.kind, name.quality) for name in person.names] == [
        ("Hong Gil Dong", "primary", "strong"),
        ("HONG Kil-tong", "primary", "strong"),
        ("Kong Jitong", "alias", "strong"),
        ("The Outlaw", "alias", "weak"),
        ("Hong One", "former", "strong"),
    ]


def test_properties_become_fields_and_codes(tmp_path):
    snapshot = read(tmp_path, PERSON)
    (person,) = snapshot.entities
    assert (person.birth_dates, person.birth_places, person.genders) == (
        ("1960-01-31", "1961"),
        ("Sinuiju",),
        ("male",),
    )
    assert (person.nationalities, person.countries) == (("KP",), ("CN", "XX-UTOPIA"))
    assert [(doc.type, doc.number) for doc in person.documents] == [("passportNumber", "PS472330208")]
    assert "country 'XX-UTOPIA' kept as given" in snapshot.report.problems[0]


def test_sanctions_of_their_own_are_joined_in_any_order(tmp_path):
    sanction = entity(
        "S-1", "Sanction", entity="NK-1", programId="UN-SC1718", listingDate="2016-11-30", endDate="2024-01-05"
    )
    for lines in ([sanction, PERSON], [PERSON, sanction]):
        (person,) = read(tmp_path, *lines).entities
        (listing,) = person.listings
        assert (listing.programme, listing.listed, listing.removed) == (
            "UN-SC1718",
            date(2016, 11, 30),
            date(2024, 1, 5),
        )
        assert is_dprk(person)


def test_nested_sanctions_links_and_wallets_are_joined(tmp_path):
    company = entity(
        "NK-2",
        "Company",
        "Wonsan Trading",
        name="Wonsan Trading",
        sanctions=[entity("S-2", "Sanction", program="DPRK2", startDate="2017")],
        ownershipAsset=[entity("O-1", "Ownership", owner=[PERSON])],
        cryptoWallets=[entity("W-1", "CryptoWallet", publicKey="0xdcbE")],
        addressEntity=[entity("A-1", "Address", full="Pyongyang")],
    )
    found, person = read(tmp_path, company, PERSON).entities
    assert [(listing.programme, listing.listed) for listing in found.listings] == [("DPRK2", None)]
    assert [(link.kind, link.target) for link in found.links] == [("owned by", "Hong Gil Dong")]
    assert [(link.kind, link.target) for link in person.links] == [("owner of", "Wonsan Trading")]
    assert found.wallets == ("0xdcbE",)
    assert found.addresses == ("Pyongyang",)


def test_links_and_documents_of_their_own_are_joined(tmp_path):
    lines = [
        PERSON,
        COMPANY,
        entity("L-1", "Directorship", director="NK-1", organization="NK-2"),
        entity("P-1", "Passport", holder="NK-1", number="836110035", country="kp"),
        entity("W-1", "CryptoWallet", holder="NK-2", publicKey="12QtD5BF"),
    ]
    person, company = read(tmp_path, *lines).entities
    assert [(link.kind, link.target) for link in person.links] == [("director of", "Wonsan Trading")]
    assert [(link.kind, link.target) for link in company.links] == [("directed by", "Hong Gil Dong")]
    assert [(doc.type, doc.number, doc.country) for doc in person.documents][1] == ("Passport", "836110035", "KP")
    assert (company.wallets, company.swift_bics) == (("12QtD5BF",), ("DCBKKPPY",))


def test_a_wallet_without_a_holder_is_an_entity(tmp_path):
    (wallet,) = read(tmp_path, entity("W-1", "CryptoWallet", publicKey="12QtD5BF")).entities
    assert (wallet.schema_, wallet.wallets, wallet.caption) == ("CryptoWallet", ("12QtD5BF",), "W-1")


def test_a_vessel_has_codes_and_bad_codes_are_reported(tmp_path):
    vessel = entity(
        "V-1", "Vessel", name="CHOLLIMA 1", imoNumber="IMO7937317", mmsi="12", flag=["kp", "kh"], type="Tanker"
    )
    snapshot = read(tmp_path, vessel)
    (found,) = snapshot.entities
    assert (found.imo_number, found.mmsi, found.flag, found.past_flags) == ("7937317", None, "KP", ("KH",))
    assert found.vessel_type == "Tanker"
    assert [problem.split(" left out")[0] for problem in snapshot.report.problems] == [
        "entities.ftm.json:1: mmsi: '12'"
    ]


def test_a_second_number_where_one_has_room_is_reported(tmp_path):
    vessel = entity(
        "V-1",
        "Vessel",
        name="CHOLLIMA 1",
        imoNumber=["7937317", "8606173"],
        callSign=["HMZF", "HMAA"],
        buildDate=["1977-03"],
    )
    snapshot = read(tmp_path, vessel)
    assert (snapshot.entities[0].imo_number, snapshot.entities[0].call_sign) == ("7937317", "HMZF")
    assert snapshot.entities[0].build_year == 1977
    assert snapshot.report.problems == (
        "entities.ftm.json:1: imoNumber: only 7937317 is kept, not 8606173",
        "entities.ftm.json:1: callSign: only HMZF is kept, not HMAA",
    )


BAD_LINES = ["{not json", "[1]", '{"id": "x"}', COMPANY | {"properties": []}]


@pytest.mark.parametrize("bad", BAD_LINES)
def test_a_single_bad_line_is_reported_with_its_number(tmp_path, bad):
    others = [entity(f"NK-{number}", "Company", name=f"Firm {number}") for number in range(10, 1009)]
    snapshot = read(tmp_path, PERSON, bad, *others)
    assert (snapshot.report.read, snapshot.report.kept) == (1001, 1000)
    assert sum(problem.startswith("entities.ftm.json:2: not ") for problem in snapshot.report.problems) == 1
    with pytest.raises(ListError, match=r"2 of 1002 entries cannot be read, more than 0\.1%.*entities\.ftm\.json:2: "):
        read(tmp_path, PERSON, bad, bad, *others)


def test_a_bad_line_in_a_short_file_is_an_error(tmp_path):
    with pytest.raises(ListError, match=r"4 of 6 entries cannot be read.*entities\.ftm\.json:2: not JSON"):
        read(tmp_path, PERSON, *BAD_LINES, COMPANY)


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_last_line_that_is_no_json_was_cut(tmp_path, end):
    with pytest.raises(ListError, match=r"entities\.ftm\.json, row 2: was cut: its last line is not JSON"):
        read(tmp_path, PERSON, json.dumps(COMPANY)[:-20] + end)


def test_a_file_cut_between_two_lines_misses_what_its_sanctions_are_about(tmp_path):
    sanctions = [entity(f"S-{number}", "Sanction", entity=f"NK-{number}", program="DPRK") for number in (1, 2)]
    assert read(tmp_path, *sanctions, PERSON, COMPANY).report.kept == 2
    with pytest.raises(ListError, match="sanction S-2 is about NK-2, which is not in this file"):
        read(tmp_path, *sanctions, PERSON)


def test_relatives_that_are_no_targets_are_not_listed_but_counted(tmp_path):
    snapshot = read(tmp_path, PERSON, COMPANY | {"target": False}, entity("X", "Security", name="Bond"))
    assert [entity.id for entity in snapshot.entities] == ["NK-1"]
    assert "1 entities are marked as no target" in snapshot.report.problems[0]
    assert "1 entities have the schema Security" in snapshot.report.problems[1]


def test_the_list_date_is_the_last_day_an_entity_was_seen(tmp_path):
    snapshot = read(
        tmp_path,
        PERSON | {"last_seen": "2024-06-01T10:57:03", "datasets": ["un_sc_sanctions"]},
        COMPANY | {"last_seen": "2024-06-03T10:57:03", "datasets": ["un_sc_sanctions"]},
    )
    assert (snapshot.publisher, snapshot.list_date) == ("un_sc_sanctions", date(2024, 6, 3))


@pytest.mark.parametrize("text", ["", "{}", "[]\n[]", "nothing", '{"id":"1","schema":"Person","properties":{}}'])
def test_no_good_line_is_an_error(tmp_path, text):
    with pytest.raises(ListError):
        read(tmp_path, text)
