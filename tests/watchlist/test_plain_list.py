"""The reader of a team's own CSV list."""

from datetime import date
from pathlib import Path

import pytest

from nkscreen.errors import ListError
from nkscreen.watchlist import Snapshot
from nkscreen.watchlist.sources import plain

HEADER = (
    "ID,Schema,Name,Aliases,Weak Aliases,Birth Date,Nationality,Country,IMO,MMSI,Flag,Call sign,BIC,Wallet,Passport,"
)
HEADER += "Programme,Listed,Removed,Legal basis,Notes\n"
PERSON = "P1,person,Hong Gil Dong,Hong Kil-tong;Kong Jitong,The Outlaw,1960-01-31,North Korea,China,,,,,,,PS472330208,"
PERSON += "Internal;DPRK,2024-02-01,2025-02-01,Board decision,from the 2024 review\n"
VESSEL = "V1,Ship,CHOLLIMA 1,,,,,,IMO 7937317,445123000,Korea DPR,HMZF,,,,,,,,\n"


def read(tmp_path: Path, data: str | bytes, name: str = "blocklist_2026-01-31.csv") -> Snapshot:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return plain.read(path)


def test_a_person_row(tmp_path):
    snapshot = read(tmp_path, HEADER + PERSON)
    (person,) = snapshot.entities
    assert (snapshot.publisher, snapshot.list_date) == ("blocklist", date(2026, 1, 31))
    assert (person.id, person.schema_, person.birth_dates) == ("P1", "Person", ("1960-01-31",))
    assert [(name.value, name.kind, name.quality) for name in person.names] == [
        ("Hong Gil Dong", "primary", "strong"),
        ("Hong Kil-tong", "alias", "strong"),
        ("Kong Jitong", "alias", "strong"),
        ("The Outlaw", "alias", "weak"),
    ]
    assert (person.nationalities, person.countries) == (("KP",), ("CN",))
    assert [(item.programme, item.listed, item.removed, item.legal_basis) for item in person.listings] == [
        ("Internal", date(2024, 2, 1), date(2025, 2, 1), "Board decision"),
        ("DPRK", date(2024, 2, 1), date(2025, 2, 1), "Board decision"),
    ]
    assert [(doc.type, doc.number) for doc in person.documents] == [("Passport", "PS472330208")]
    assert person.notes == ("from the 2024 review",)


def test_a_vessel_row(tmp_path):
    (vessel,) = read(tmp_path, HEADER + VESSEL).entities
    assert (vessel.schema_, vessel.imo_number, vessel.mmsi, vessel.flag, vessel.call_sign) == (
        "Vessel",
        "7937317",
        "445123000",
        "KP",
        "HMZF",
    )
    assert vessel.programmes == ("own list",)


def test_an_id_is_made_from_the_imo_number_or_the_name(tmp_path):
    snapshot = read(tmp_path, "name,imo\nCHOLLIMA 1,7937317\nWonsan Trading,\n")
    assert [entity.id for entity in snapshot.entities] == ["7937317", "Wonsan Trading"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_separators_of_spreadsheets_are_read(tmp_path, encoding):
    text = "name;country;notes\n" + "Société Générale d'Échange;France;contrôlée à l'étranger\n"
    text += "Hôtellerie Élysée;France;rachetée à l'été\nWonsan;KP;x\n"
    snapshot = read(tmp_path, text.encode(encoding))
    captions = [entity.caption for entity in snapshot.entities]
    assert captions == ["Société Générale d'Échange", "Hôtellerie Élysée", "Wonsan"]
    assert snapshot.entities[2].countries == ("KP",)


def test_a_column_of_another_name_is_reported(tmp_path):
    snapshot = read(tmp_path, "name,colour,imo\nA,red,7937317\n,,\nB,,,,,,\n")
    assert (snapshot.report.read, snapshot.report.kept) == (2, 2)
    assert snapshot.report.problems == (
        "blocklist_2026-01-31.csv:1: column 'colour' is not one of the columns of docs/lists.md and is not read",
    )


def test_every_fault_is_named_with_line_and_column(tmp_path):
    rows = "name,imo,listed,schema,gender,country\nA,7937318,soon,thing,m,Utopia\nB,,,,,\nC\n,,2024-02-01,,,\n"
    with pytest.raises(ListError, match=r"has faults to correct \(9\)") as error:
        read(tmp_path, rows + "D,7937317;8606173,,,,,x\n")
    assert [problem.split(": ")[:2] for problem in str(error.value).splitlines()[1:]] == [
        ["blocklist_2026-01-31.csv:2", "schema"],
        ["blocklist_2026-01-31.csv:2", "gender"],
        ["blocklist_2026-01-31.csv:2", "listed"],
        ["blocklist_2026-01-31.csv:2", "country"],
        ["blocklist_2026-01-31.csv:2", "imo"],
        ["blocklist_2026-01-31.csv:4", "1 cells under 6 columns"],
        ["blocklist_2026-01-31.csv:5", "the row has no name, no imo and no wallet"],
        ["blocklist_2026-01-31.csv:6", "7 cells under 6 columns"],
        ["blocklist_2026-01-31.csv:6", "imo"],
    ]


@pytest.mark.parametrize(("header", "row"), [("id,name", "P1,A\nP2,B\nP1,C\n"), ("name", "P1\nP2\nP1\n")])
def test_a_repeated_id_is_an_error_that_names_both_rows(tmp_path, header, row):
    with pytest.raises(ListError, match=r"csv:4: entry P1 not kept: the id stands in this file in line 2"):
        read(tmp_path, f"{header}\n{row}")


def test_a_list_cut_inside_a_row_is_an_error(tmp_path):
    with pytest.raises(ListError, match=r"csv:3: \d+ cells under 20 columns: the row was cut"):
        read(tmp_path, HEADER + PERSON + VESSEL[:30])
    with pytest.raises(ListError, match=r"row 3: cannot be read as CSV .*correct the row"):
        read(tmp_path, 'name,notes\nA,x\nB,"one\nand ')


def test_many_faults_are_counted_and_the_first_are_named(tmp_path):
    with pytest.raises(ListError, match=r"has faults to correct \(500\)") as error:
        read(tmp_path, "name,mmsi\n" + "".join(f"A{number},1\n" for number in range(500)))
    assert len(str(error.value).splitlines()) == 12
    assert str(error.value).endswith("... and 490 more")


def test_a_column_twice_is_an_error(tmp_path):
    with pytest.raises(ListError, match=r"row 1: has a column twice \(name\)"):
        read(tmp_path, "Name,name\nA,B\n")


@pytest.mark.parametrize(
    "text", ["first,second\n1,2\n", "name,type,regime name\nA,Ship,DPRK\n", "name\n", "name,imo\n,\n", ""]
)
def test_a_list_without_names_is_an_error(tmp_path, text):
    with pytest.raises(ListError):
        read(tmp_path, text)
