"""Every real list is read with the counts its publisher's file has."""

import gzip
from collections import Counter
from datetime import date
from functools import lru_cache

import pytest
from list_samples import real

from nkscreen import watchlist
from nkscreen.errors import ListError
from nkscreen.watchlist import ListedEntity, Snapshot, detect, is_dprk, is_dprk_programme

load_snapshot = lru_cache(watchlist.load_snapshot)


def find(snapshot: Snapshot, identity: str) -> ListedEntity:
    return next(entity for entity in snapshot.entities if entity.id == identity)


@pytest.mark.parametrize(
    ("name", "persons", "organisations", "day"),
    [
        ("UN_consolidated_2020-12.xml", 713, 305, date(2020, 11, 30)),
        ("UN_consolidated_2025-04-19.xml", 684, 193, date(2025, 4, 19)),
        ("UN_consolidated_2025-11.xml", 727, 273, date(2025, 11, 20)),
        ("UN_consolidated_2026-02.xml", 730, 273, date(2026, 2, 27)),
    ],
)
def test_un_lists(name, persons, organisations, day):
    snapshot = load_snapshot(real("un", name))
    assert Counter(entity.schema_ for entity in snapshot.entities) == {"Person": persons, "Organization": organisations}
    assert (snapshot.list_date, snapshot.report.read) == (day, persons + organisations)
    dprk = [entity for entity in snapshot.entities if is_dprk(entity)]
    assert Counter(entity.schema_ for entity in dprk) == {"Person": 80, "Organization": 75}
    assert all(entity.listings[0].listed for entity in dprk)
    assert all("country" in problem for problem in snapshot.report.problems)
    assert len(snapshot.report.problems) < 40


def test_a_malformed_un_list_names_the_line():
    with pytest.raises(ListError, match="row 53: is not well-formed XML"):
        load_snapshot(real("un", "UN_consolidated_2025-08_malformed.xml"))


def test_a_truncated_un_list_is_an_error(tmp_path):
    data = real("un", "UN_consolidated_2026-02.xml").read_bytes()
    path = tmp_path / "un.xml"
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(ListError, match="not well-formed"):
        load_snapshot(path)


def test_un_entries_field_by_field():
    snapshot = load_snapshot(real("un", "UN_consolidated_2026-02.xml"))
    person = find(snapshot, "KPi.033")
    assert person.model_dump(by_alias=False, exclude_defaults=True, mode="json") == {
        "id": "KPi.033",
        "schema_": "Person",
        "names": [{"value": "RI WON HO"}],
        "listings": [
            {
                "programme": "DPRK",
                "listed": "2016-11-30",
                "legal_basis": "UNSCR 1718 (2006) para 8(d)",
                "measure": "asset freeze",
            }
        ],
        "birth_dates": ["1964-07-17"],
        "nationalities": ["KP"],
        "positions": ["DPRK Ministry of State Security Official"],
        "documents": [{"type": "Passport", "number": "381310014"}],
    }
    komid = find(snapshot, "KPe.001")
    assert [name.value for name in komid.names][-1] == "KOMID"
    assert komid.addresses == ("Central District, Pyongyang, Democratic People's Republic of Korea",)
    low = find(snapshot, "QDi.279")
    assert ("Abdelali Abou Dher", "weak") in [(name.value, name.quality) for name in low.names]


@pytest.mark.parametrize(
    ("path", "kinds", "vessels_with_imo", "dprk_programme", "dprk"),
    [
        (
            ("ofac", "sdn_2024-05-03.csv"),
            {"Organization": 6884, "Person": 6854, "Vessel": 851, "Airplane": 376},
            845,
            484,
            593,
        ),
        (
            ("ofac", "trio_2024-01"),
            {"Organization": 6033, "Person": 6646, "Vessel": 764, "Airplane": 378},
            759,
            479,
            586,
        ),
        (("ofac", "cons_prim_2025-12-19.csv"), {"Organization": 363, "Person": 79}, 0, 0, 0),
    ],
)
def test_ofac_lists(path, kinds, vessels_with_imo, dprk_programme, dprk):
    snapshot = load_snapshot(real(*path))
    assert Counter(entity.schema_ for entity in snapshot.entities) == kinds
    assert snapshot.report.read == snapshot.report.kept == sum(kinds.values())
    assert sum(entity.imo_number is not None for entity in snapshot.entities) == vessels_with_imo
    assert sum(any(map(is_dprk_programme, entity.programmes)) for entity in snapshot.entities) == dprk_programme
    assert sum(map(is_dprk, snapshot.entities)) == dprk
    assert all(entity.names and entity.programmes for entity in snapshot.entities)


def test_ofac_entries_field_by_field():
    snapshot = load_snapshot(real("ofac", "trio_2024-01"))
    vessel = find(snapshot, "17069")
    assert (vessel.caption, vessel.imo_number, vessel.flag, vessel.programmes) == (
        "CHONG CHON GANG",
        "7937317",
        "KP",
        ("DPRK",),
    )
    assert find(snapshot, "17104").imo_number == "8606173"
    person = find(snapshot, "22999")
    assert (person.caption, person.birth_dates, person.nationalities, person.genders) == (
        "RYOM, Hui-bong",
        ("1961-09-18",),
        ("KP",),
        ("male",),
    )
    assert [(doc.type, doc.number, doc.country) for doc in person.documents] == [("Passport", "745120026", "KP")]
    komid = find(snapshot, "9345")
    assert komid.programmes == ("NPWMD", "DPRK2")
    assert ("KOMID", "weak") in [(name.value, name.quality) for name in komid.names]
    assert ("KOREA MINING DEVELOPMENT TRADING CORPORATION", "primary") in [(n.value, n.kind) for n in komid.names]
    assert find(snapshot, "21746").links[0].target == "ILSIM INTERNATIONAL BANK"
    assert find(snapshot, "25308").wallets[0] == "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"
    bank = find(snapshot, "12312")
    assert (bank.swift_bics, bank.countries) == (("KDBKKPPY",), ("KP",))
    assert ("TAESONG BANK", "alias", "strong") in [(name.value, name.kind, name.quality) for name in bank.names]
    tanker = find(snapshot, "15036")
    assert (tanker.mmsi, tanker.past_flags) == ("572469210", ("MT", "TV", "TZ"))
    assert ("SHONA", "former") in [(name.value, name.kind) for name in tanker.names]


def test_a_long_remark_goes_on_in_the_comments():
    snapshot = load_snapshot(real("ofac", "trio_2024-01"))
    continued = [entity for entity in snapshot.entities if entity.id == "45430"]
    names = [name.value for name in continued[0].names]
    assert "NICKEL KIMBALL" in names


def test_an_ofac_file_cut_in_the_middle_is_an_error(tmp_path):
    path = tmp_path / "sdn.csv"
    path.write_bytes(real("ofac", "sdn_2024-05-03.csv").read_bytes()[:1_000_000])
    with pytest.raises(ListError, match=r"sdn\.csv"):
        load_snapshot(path)


@pytest.mark.parametrize(
    "name", ["sdn_2024-05-03.csv", "trio_2024-01/sdn.csv", "trio_2024-01/sdn_comments.csv", "cons_prim_2025-12-19.csv"]
)
def test_an_ofac_file_cut_between_two_rows_is_an_error(tmp_path, name):
    source = real("ofac", *name.split("/"))
    companion = "comments" in name
    if companion:
        for part in ("sdn", "alt", "add"):
            (tmp_path / f"{part}.csv").write_bytes(source.with_name(f"{part}.csv").read_bytes())
    path = tmp_path / (source.name if companion else "sdn.csv")
    path.write_bytes(b"".join(source.read_bytes().splitlines(keepends=True)[:3]))
    with pytest.raises(ListError, match=rf"{path.name}: was cut"):
        load_snapshot(tmp_path / "sdn.csv")


def test_every_ofac_file_ends_with_its_mark():
    files = [path for path in real("ofac").rglob("*.csv*") if path.name != "index.csv" and "flat" not in path.name]
    assert len(files) == 17
    for path in files:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        assert data.endswith(b"\n\x1a"), path.name


def test_follow_the_money_lines():
    path = real("..", "inputs", "conventions", "opensanctions__yente__entities.ftm.json")
    assert detect(path) == "ftm"
    snapshot = load_snapshot(path)
    assert (snapshot.publisher, snapshot.list_date, len(snapshot.entities)) == ("eu_fsf", date(2024, 6, 1), 6)
    person = find(snapshot, "NK-2Ka3UvopqbpZmVDFjWd4LA")
    assert (person.caption, person.birth_dates, person.nationalities) == (
        "Vitaly Yurievich KUZMENKO",
        ("1971-01-22",),
        ("RU",),
    )
