"""The reader of OFAC's CSV sets."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_samples import ADD, SDN, write_ofac

from nkscreen.errors import ListError
from nkscreen.watchlist import Snapshot, is_dprk
from nkscreen.watchlist.sources import ofac


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return ofac.read(write_ofac(tmp_path, "_2024-05-03"))


def test_a_set_is_read_with_its_companions(snapshot):
    assert (snapshot.publisher, snapshot.list_date) == ("OFAC", date(2024, 5, 3))
    assert (snapshot.report.read, snapshot.report.kept) == (3, 3)
    assert [entity.schema_ for entity in snapshot.entities] == ["Organization", "Person", "Vessel"]


def test_a_folder_with_one_set_is_read(tmp_path):
    write_ofac(tmp_path)
    assert ofac.read(tmp_path).report.kept == 3


def test_an_organisation_joins_remarks_aliases_addresses_and_comments(snapshot):
    entity = snapshot.entities[0]
    assert [(name.value, name.kind, name.quality) for name in entity.names] == [
        ("WONSAN TRADING CO", "primary", "strong"),
        ("WONSAN GENERAL TRADING", "alias", "strong"),
        ("OLD WONSAN", "former", "strong"),
        ("WTC", "alias", "weak"),
    ]
    assert entity.addresses == ("Ryugyong-dong, Pyongyang, Korea, North",)
    assert entity.countries == ("KP",)
    assert [(link.kind, link.target) for link in entity.links] == [("linked to", "WONSAN SHIPPING COMPANY")]
    assert entity.swift_bics == ("DCBKKPPY",)
    assert entity.imo_number is None
    assert [(doc.type, doc.number) for doc in entity.documents] == [("IMO Company Number", "5878589")]


def test_programmes_keep_their_tags_and_their_orders(snapshot):
    assert [(listing.programme, listing.legal_basis) for listing in snapshot.entities[0].listings] == [
        ("NPWMD", "E.O. 13382"),
        ("DPRK2", "E.O. 13687"),
    ]


def test_a_citation_of_the_north_korea_regulations_marks_the_tie(snapshot):
    assert [is_dprk(entity) for entity in snapshot.entities] == [True, True, False]
    assert snapshot.entities[1].programmes == ("NPWMD",)


def test_a_person_has_what_the_remarks_say(snapshot):
    person = snapshot.entities[1]
    assert (person.caption, person.positions) == ("HONG, Gil Dong", ("Director",))
    assert person.birth_dates == ("1948-12-10",)
    assert person.birth_places == ("Pyongyang, Korea, North",)
    assert (person.nationalities, person.genders) == (("KP",), ("male",))
    assert [(doc.type, doc.number, doc.country) for doc in person.documents] == [("Passport", "654110043", "KP")]


def test_a_vessel_has_its_identity_and_its_past(snapshot):
    vessel = snapshot.entities[2]
    assert (vessel.imo_number, vessel.mmsi, vessel.call_sign) == ("7937317", "445123000", "HMZF")
    assert (vessel.flag, vessel.past_flags, vessel.vessel_type) == ("KP", ("KH",), "General Cargo")
    assert (vessel.deadweight_tonnage, vessel.gross_tonnage) == (12345.0, 8448.0)
    assert [(link.kind, link.target) for link in vessel.links] == [("vessel owner", "Wonsan Shipping")]


def test_rows_about_unknown_entries_are_reported(snapshot):
    assert snapshot.report.problems == (
        "sdn_2024-05-03.csv: 1 alias, address or comment rows name the unknown entry 99",
    )


def test_missing_companions_are_reported(tmp_path):
    path = write_ofac(tmp_path)
    (tmp_path / "alt.csv").unlink()
    (problem,) = ofac.read(path).report.problems
    assert "alt.csv of the same date is not beside this file" in problem


def test_companions_of_another_date_are_not_mixed_in(tmp_path):
    write_ofac(tmp_path, "_2024-01-01")
    path = tmp_path / "sdn_2024-05-03.csv"
    path.write_bytes(SDN.encode("latin-1"))
    snapshot = ofac.read(path)
    assert [name.value for name in snapshot.entities[0].names] == ["WONSAN TRADING CO", "WTC"]
    assert sum("not beside this file" in problem for problem in snapshot.report.problems) == 3


def many(count: int) -> str:
    """So many more rows of entries."""
    return "".join(f'{number},"FIRM {number}",-0- ,"IRAN"{",-0- " * 8}\r\n' for number in range(1000, 1000 + count))


def test_a_single_row_of_another_width_is_reported_with_its_number(tmp_path):
    path = write_ofac(tmp_path)
    path.write_bytes(('35,"SHORT ROW",-0- \r\n' + many(1000) + SDN).encode("latin-1"))
    snapshot = ofac.read(path)
    assert snapshot.report.kept == 1003
    assert snapshot.report.problems[0] == "sdn.csv:1: sdn.csv: 3 columns where 12 were expected; row not read"


def test_more_than_one_lost_row_in_a_thousand_is_an_error(tmp_path):
    path = write_ofac(tmp_path)
    path.write_bytes(('35,"SHORT ROW",-0- \r\n' * 2 + many(1000) + SDN).encode("latin-1"))
    with pytest.raises(ListError, match=r"2 of 1003 entries cannot be read, more than 0\.1%.*sdn\.csv:1: "):
        ofac.read(path)


def test_an_unknown_type_of_entry_is_kept_and_reported(tmp_path):
    path = write_ofac(tmp_path)
    path.write_bytes(SDN.replace('"vessel"', '"submarine"').encode("latin-1"))
    snapshot = ofac.read(path)
    assert snapshot.entities[2].schema_ == "LegalEntity"
    assert any("type 'submarine' is unknown" in problem for problem in snapshot.report.problems)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SDN[:300], "was cut"),
        (SDN[: SDN.index('"vessel"')], "was cut"),
        (SDN[: SDN.index("38,")], "was cut"),
        (SDN.rstrip("\x1a"), "was cut"),
        ('36,"A"B,-0- \x1a', "cannot be read as CSV"),
        ("<html><body>Moved</body></html>", "was cut"),
        ("\x1a", "is empty"),
        ("", "is empty"),
    ],
)
def test_a_cut_or_foreign_file_is_an_error(tmp_path, text, says):
    path = write_ofac(tmp_path)
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ListError, match=says):
        ofac.read(path)


@pytest.mark.parametrize("text", [ADD[:60], ADD[: ADD.index("37,")]])
def test_a_cut_companion_file_is_an_error(tmp_path, text):
    path = write_ofac(tmp_path)
    (tmp_path / "add.csv").write_bytes(text.encode())
    with pytest.raises(ListError, match=r"add\.csv: was cut"):
        ofac.read(path)


def test_a_line_end_after_the_end_mark_is_no_cut(tmp_path):
    path = write_ofac(tmp_path)
    path.write_bytes((SDN + "\r\n").encode("latin-1"))
    assert ofac.read(path).report.kept == 3


@given(st.integers(min_value=0, max_value=len(SDN) - 1))
def test_no_beginning_of_a_file_is_taken_for_the_whole(length):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sdn.csv"
        path.write_bytes(SDN[:length].encode("latin-1"))
        with pytest.raises(ListError):
            ofac.read(path)


def test_a_part_of_a_set_or_two_sets_cannot_be_read_alone(tmp_path):
    write_ofac(tmp_path)
    with pytest.raises(ListError, match="only a part of an OFAC list"):
        ofac.read(tmp_path / "alt.csv")
    write_ofac(tmp_path, "_2024-05-03")
    with pytest.raises(ListError, match=r"found sdn\.csv, sdn_2024-05-03\.csv"):
        ofac.read(tmp_path)
