"""The reader of METI's End User List, on made-up entries under the published headings."""

from datetime import date

import pytest

from nkscreen.errors import ListError
from nkscreen.watchlist import detect, is_dprk, load_snapshot

HEAD = "No.,Country or Region,Company or Organization,Also Known As,Type of WMD\n"
SHIPS = '1,"北朝鮮\nNorth Korea",Wonsan Trading (元山貿易),"・Wonsan General\n・元山総会社",M,N\n'.replace(
    "M,N", '"M,N"'
)
OTHER = "2,Utopia,Hong (Dalian) Ltd.,,C\n"


@pytest.fixture
def load(tmp_path):
    def make(*rows):
        path = tmp_path / "meti_2026-09-29.csv"
        path.write_text(HEAD + "".join(rows), encoding="utf-8")
        assert detect(path) == "japan_meti"
        return load_snapshot(path)

    return make


def test_an_entry_keeps_names_country_and_concern(load):
    snapshot = load(SHIPS, OTHER)
    first, second = snapshot.entities
    assert [(name.value, name.kind) for name in first.names] == [
        ("Wonsan Trading", "primary"), ("元山貿易", "original_script"),
        ("Wonsan General", "alias"), ("元山総会社", "original_script"),
    ]  # fmt: skip
    assert (first.countries, first.notes) == (("KP",), ("type of WMD: missile", "type of WMD: nuclear"))
    assert (is_dprk(first), is_dprk(second)) == (True, False)
    assert (second.caption, second.countries) == ("Hong (Dalian) Ltd.", ("Utopia",))
    assert "country 'Utopia' kept as given" in snapshot.report.problems[0]
    assert (snapshot.list_date, snapshot.report.read, snapshot.report.kept) == (date(2026, 9, 29), 2, 2)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ((SHIPS, OTHER.replace("2,", "3,", 1)), "entry 2 is missing"),
        ((SHIPS, OTHER.replace("2,", "x,", 1)), "number 'x' is none"),
        ((SHIPS, "2,Utopia,Hong\n"), "was cut: its last row lacks cells"),
    ],
)
def test_a_lost_row_is_noticed(load, rows, reason):
    with pytest.raises(ListError, match=reason):
        load(*rows)
