"""The table of South Korea's designations, on made-up entries under its headings."""

from datetime import date

import pytest

from nkscreen.errors import ListError
from nkscreen.watchlist import detect, is_dprk, load_snapshot

HEAD = "연번,구분,국문명,영문명,별칭,생년월일,여권번호,국적,직책,지정일,IMO,사유\n"
PERSON = (
    "1,개인,홍길동,HONG Gil Dong,홍 길동; Hong Kil-tong,1964. 7. 17.,654321; 123456,북한,"
    "무역 대표,2022. 10. 14.,,노동자 송출\n"
)
SHIP = "2,선박,무지개,MUJIGAE,,,,팔라우,,2022-12-02,9187629,선박 간 환적\n"
BANK = "3,기관,무지개은행,,,,,,,2016.12.2,,\n"


@pytest.fixture
def load(tmp_path):
    def make(*rows, head=HEAD):
        path = tmp_path / "kr.csv"
        path.write_text(head + "".join(rows), encoding="utf-8-sig")
        assert detect(path) == "south_korea"
        return load_snapshot(path)

    return make


def test_a_person_a_ship_and_an_organisation_keep_what_the_table_says(load):
    snapshot = load(PERSON, SHIP, BANK)
    person, ship, bank = snapshot.entities
    assert [(name.value, name.kind) for name in person.names] == [
        ("HONG Gil Dong", "primary"), ("홍길동", "original_script"), ("홍 길동", "alias"), ("Hong Kil-tong", "alias"),
    ]  # fmt: skip
    assert (person.schema_, person.birth_dates, person.nationalities) == ("Person", ("1964-07-17",), ("KP",))
    assert [document.number for document in person.documents] == ["654321", "123456"]
    assert (ship.schema_, ship.imo_number, ship.nationalities) == ("Vessel", "9187629", ("PW",))
    assert (bank.schema_, bank.caption, bank.names[0].kind) == ("Organization", "무지개은행", "primary")
    assert [entity.listings[0].listed for entity in snapshot.entities] == [
        date(2022, 10, 14), date(2022, 12, 2), date(2016, 12, 2),
    ]  # fmt: skip
    assert all(map(is_dprk, snapshot.entities))
    assert (snapshot.list_date, snapshot.report.kept, snapshot.report.problems) == (date(2022, 12, 2), 3, ())


def test_what_is_not_understood_is_reported_with_its_line_and_column(load):
    odd = load("7,회사,무지개상사,MUJIGAE TRADING,,1964?,,,,어제,1234567,\n")
    (entity,) = odd.entities
    assert (entity.schema_, entity.birth_dates, entity.imo_number) == ("LegalEntity", (), None)
    assert entity.listings[0].in_force(date(1990, 1, 1))
    found = "\n".join(odd.report.problems)
    for text in ("'회사' is none of 개인", "'어제' is no day", "'1964?' left out", "'1234567' left out"):
        assert text in found
    assert found.count("kr.csv:2: ") == 4


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (("1,개인,,,,,,,,2022-10-14,,\n",), "no number or no name"),
        ((BANK, BANK), "the id stands in this file in line 2"),
        ((PERSON, "2,선박,무지개\n"), "was cut: its last row lacks cells"),
        ((), "holds no entries"),
    ],
)
def test_a_lost_row_is_noticed(load, rows, reason):
    with pytest.raises(ListError, match=reason):
        load(*rows)


def test_columns_beyond_the_needed_ones_may_be_absent(load):
    snapshot = load("1,기관,무지개은행,Mujigae Bank,2016-12-02\n", head="연번,구분,국문명,영문명,지정일\n")
    assert [name.value for name in snapshot.entities[0].names] == ["Mujigae Bank", "무지개은행"]
