"""The list in the package: what it holds, how fast it loads, that it is fresh, and when it is stale."""

import importlib.util
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from list_samples import SHARED

from nkscreen.errors import ListError
from nkscreen.watchlist import ListedEntity, Snapshot, bundled, bundled_watchlist, is_dprk, staleness
from nkscreen.watchlist.snapshot import dump_snapshot

ROOT = Path(__file__).resolve().parents[2]


def find(identity: str) -> ListedEntity:
    return next(entity for _, entity in bundled_watchlist() if entity.id == identity)


def test_it_holds_the_designations_of_the_un_and_of_ofac():
    ofac, un, vessels = bundled_watchlist().snapshots
    assert Counter(entity.schema_ for entity in ofac.entities) == {
        "Organization": 283,
        "Person": 272,
        "Vessel": 105,
        "Airplane": 16,
    }
    assert Counter(entity.schema_ for entity in un.entities) == {"Person": 80, "Organization": 75}
    assert Counter(entity.schema_ for entity in vessels.entities) == {"Vessel": 59}
    assert [snapshot.list_date for snapshot in (ofac, un, vessels)] == [
        date(2026, 4, 22),
        date(2026, 2, 27),
        date(2026, 8, 14),
    ]
    assert all(snapshot.bundled for snapshot in (ofac, un, vessels))


def test_every_entry_is_dprk_and_has_a_name_and_a_programme():
    for snapshot, entity in bundled_watchlist():
        assert is_dprk(entity), entity.id
        assert entity.names, entity.id
        assert entity.programmes, entity.id
        assert len({entry.id for entry in snapshot.entities}) == len(snapshot.entities)


def test_every_vessel_but_one_has_an_imo_number():
    without = [entity.id for _, entity in bundled_watchlist() if entity.schema_ == "Vessel" and not entity.imo_number]
    assert without == ["1718-MIN-NING-DE-YOU-078"]


def test_entries_removed_since_the_older_file_are_gone_and_new_ones_are_in():
    captions = {entity.caption for _, entity in bundled_watchlist()}
    assert "TORNADO CASH" not in captions
    assert "JW JEWEL" not in captions
    assert "LIAONING CHINA TRADE INDUSTRY CO., LTD." in captions


def test_un_entry_in_full():
    entity = find("KPi.033")
    assert entity.caption == "RI WON HO"
    assert (entity.birth_dates, entity.nationalities) == (("1964-07-17",), ("KP",))
    assert [(doc.type, doc.number) for doc in entity.documents] == [("Passport", "381310014")]
    assert entity.positions == ("DPRK Ministry of State Security Official",)
    assert entity.listings[0].listed == date(2016, 11, 30)


def test_chong_chon_gang_stands_on_both_lists_under_two_names():
    ofac, un = find("17069"), find("1718-7937317")
    assert (ofac.caption, ofac.imo_number, ofac.flag, ofac.vessel_type) == (
        "CHONG CHON GANG",
        "7937317",
        "KP",
        "General Cargo",
    )
    assert ofac.listings[0].legal_basis == "E.O. 13551"
    assert [(name.value, name.kind) for name in un.names] == [
        ("Tong Hung San", "primary"),
        ("Chong Chon Gang", "former"),
    ]
    assert [(item.measure, item.listed) for item in un.listings] == [("asset freeze", date(2016, 3, 2))]


def test_asset_freeze_and_port_entry_ban_are_different_measures():
    assert [item.measure for item in find("1718-8712362").listings] == ["asset freeze", "port entry ban"]
    assert [(item.measure, item.listed) for item in find("1718-8628597").listings] == [
        ("port entry ban", date(2017, 10, 3)),
        ("port entry ban", date(2018, 3, 30)),
    ]


def test_a_vessel_is_not_listed_before_its_day():
    vessel = find("1718-7389704")
    assert vessel.caption == "RYE SONG GANG 1"
    assert vessel.listings_in_force(date(2017, 6, 1)) == ()
    assert len(vessel.listings_in_force(date(2018, 1, 1))) == 1


def test_alias_quality_comes_from_the_sources():
    quality = {name.value: (name.kind, name.quality) for name in find("39499").names}
    assert quality["WHITE TIGER TRADING COMPANY"] == ("alias", "strong")
    assert quality["KPTC"] == ("alias", "weak")


def test_wallets_links_and_banks():
    semenov = find("44718")
    assert "0xdcbEfFBECcE100cCE9E4b153C4e15cB885643193" in semenov.wallets
    assert [link.target for link in find("27528").links] == ["ALWAYS SMOOTH LTD", "WEIHAI HUIJIANG TRADE LIMITED"]
    assert find("20572").swift_bics == ("KORBKPPY",)


@pytest.mark.parametrize(
    ("identity", "caption", "day"),
    [
        ("17069", "CHONG CHON GANG", date(2014, 7, 30)),
        ("19592", "MI RIM", date(2016, 3, 16)),
        ("23186", "RYE SONG GANG 1", date(2017, 11, 21)),
        ("23525", "UL JI BONG 6", date(2018, 1, 24)),
        ("23764", "HUA FU", date(2018, 2, 23)),
        ("24508", "PATRIOT", date(2018, 8, 21)),
        ("26933", "SHANG YUAN BAO", date(2019, 8, 30)),
        ("27529", "CALM BRIDGE", date(2020, 12, 8)),
        ("33936", "RI, Yong Gil", date(2021, 12, 10)),
        ("43377", "KIM, Sang Man", date(2023, 5, 23)),
    ],
)
def test_ofac_entries_carry_the_day_of_their_announcement_where_it_is_known(identity, caption, day):
    entity = find(identity)
    assert (entity.caption, entity.listings[0].listed) == (caption, day)


def test_all_but_two_ofac_vessels_have_a_listing_date():
    vessels = [entity for entity in bundled_watchlist().snapshots[0].entities if entity.schema_ == "Vessel"]
    assert [vessel.caption for vessel in vessels if not vessel.listings[0].listed] == ["DAWNLIGHT", "NYMEX STAR"]


def test_no_narrative_is_copied():
    for _, entity in bundled_watchlist():
        assert all(len(note) < 120 for note in entity.notes), entity.id


def test_it_loads_in_less_than_150_milliseconds():
    """Processor time, the least of three: what else runs on the machine does not count."""
    bundled._load("un.jsonl")
    seconds = []
    for _ in range(3):
        start = time.process_time()
        for name in bundled.BUNDLED:
            bundled._load(name)
        seconds.append(time.process_time() - start)
    assert min(seconds) < 0.15


def test_a_damaged_installation_is_an_error():
    with pytest.raises(ListError, match="missing from the installation"):
        bundled._load("absent.jsonl")


def test_the_checked_in_files_are_what_the_script_makes():
    if not (SHARED / "knowledge" / "un1718_vessels.csv").exists():
        pytest.skip("source lists not present")
    spec = importlib.util.spec_from_file_location("build_bundled_list", ROOT / "scripts" / "build_bundled_list.py")
    script = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["build_bundled_list"] = script
    spec.loader.exec_module(script)
    for name, snapshot in script.build(SHARED).items():
        assert (script.TARGET / name).read_bytes() == dump_snapshot(snapshot), (
            f"run scripts/build_bundled_list.py: {name}"
        )


def test_a_list_is_stale_after_thirty_days():
    snapshot = bundled_watchlist().snapshots[0]
    assert staleness(snapshot, date(2026, 5, 22)) is None
    warning = staleness(snapshot, date(2026, 5, 23))
    assert "bundled with this version is 31 days old (2026-04-22)" in warning
    assert "load a current list" in warning


def test_a_list_without_a_date_is_never_called_fresh():
    snapshot = Snapshot(publisher="own", title="own", entities=(find("17069"),))
    assert "carries no date" in staleness(snapshot, date(2026, 1, 1))
