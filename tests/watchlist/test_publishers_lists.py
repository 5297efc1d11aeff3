"""Real lists of further publishers, held against a count of the file that the readers have no part in."""

import csv
import zipfile
from collections import Counter

import pytest
from list_samples import real
from lxml import etree

from nkscreen.errors import ListError
from nkscreen.records.codes import imo
from nkscreen.watchlist import Snapshot, detect, is_dprk, load_snapshot


def table(path, skip=0):
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for _ in range(skip):
            file.readline()
        return list(csv.DictReader(file))


def ships(snapshot: Snapshot) -> int:
    return sum(entity.imo_number is not None for entity in snapshot.entities)


def test_eu_annexes():
    path = real("eu", "eu_journal_32017R1509_DPRK_2026-08-14.csv")
    snapshot = load_snapshot(path)
    rows = table(path)
    numbers = {row["imoNumber"].strip() for row in rows if row["schema"] == "Vessel"}
    assert detect(path) == "eu"
    assert ships(snapshot) == len([number for number in numbers if imo.parse(number)]) == 60
    others = sum(row["schema"] != "Vessel" for row in rows)
    assert sum(entity.schema_ != "Vessel" for entity in snapshot.entities) == others == 251
    assert all(map(is_dprk, snapshot.entities))
    assert snapshot.report.read == snapshot.report.kept == 312


@pytest.mark.parametrize("name", ["FCDO_SL_2025-08-11.csv", "FCDO_SL_2025-08-11.ods"])
def test_uk_sanctions_list(name):
    path = real("uk", name)
    snapshot = load_snapshot(path)
    rows = table(real("uk", "FCDO_SL_2025-08-11.csv"))
    assert detect(path) == "uk"
    assert (snapshot.report.read, snapshot.report.kept) == (len(rows), sum(bool(row["Name"].strip()) for row in rows))
    assert sum("not kept" in problem for problem in snapshot.report.problems) == 2
    regime = sum("Democratic People" in row["Regime Name"] for row in rows if row["Name"].strip())
    assert sum(map(is_dprk, snapshot.entities)) == regime == 261


def test_ofsi_list_of_2018():
    path = real("uk", "OFSI_ConList_2018-04-13.csv")
    snapshot = load_snapshot(path)
    with path.open(encoding="cp1252", newline="") as file:
        file.readline()
        rows = list(csv.DictReader(file))
    groups = {row["Group ID"] for row in rows if row["Group ID"]}
    assert snapshot.report.read == snapshot.report.kept == len(groups) == 2106
    korean = {row["Group ID"] for row in rows if "North Korea" in (row["Regime"] or "")}
    assert {entity.id for entity in snapshot.entities if is_dprk(entity)} == korean


def test_canadian_list():
    path = real("ca", "canada_sema_2025-05.xml")
    snapshot = load_snapshot(path)
    root = etree.parse(path).getroot()
    assert detect(path) == "canada"
    assert snapshot.report.read == snapshot.report.kept == len(root.findall("record")) == 4759
    assert ships(snapshot) == len([one for one in root.iter("ShipIMONumber") if (one.text or "").strip()]) == 109


def test_australian_list():
    path = real("au", "dfat_regulation8_consolidated_2024-12.xlsx")
    snapshot = load_snapshot(path)
    assert detect(path) == "australia"
    assert snapshot.report.read == snapshot.report.kept == 3062
    assert sum(map(is_dprk, snapshot.entities)) == 211


def test_flat_file_of_ofac():
    path = real("ofac", "ofac_sdn_flat_2026-04-22.csv")
    snapshot = load_snapshot(path)
    rows = table(path)
    assert detect(path) == "ofac_flat"
    assert snapshot.report.read == snapshot.report.kept == len(rows) == 18758
    kinds = Counter(entity.schema_ for entity in snapshot.entities)
    assert kinds["Person"] == sum(row["Subject Type"] == "Individual" for row in rows)
    assert ships(snapshot) == 1456


def test_legacy_and_enhanced_xml_of_ofac_name_the_same_parties():
    old = real("ofac", "ofac_cons_nonsdn_2025-03-28.xml")
    new = real("xml_samples", "CONS_ENHANCED_2025-01.ZIP")
    assert (detect(old), detect(new)) == ("ofac_xml", "ofac_enhanced")
    legacy, enhanced = load_snapshot(old), load_snapshot(new)
    assert legacy.report.kept == sum(1 for _ in etree.parse(old).iter("{*}sdnEntry")) == 443
    with zipfile.ZipFile(new) as archive:
        inside = next(name for name in archive.namelist() if name.lower().endswith(".xml"))
        root = etree.fromstring(archive.read(inside))
    assert enhanced.report.kept == len(root.findall(".//{*}entities/{*}entity")) == 443
    assert {entity.id for entity in legacy.entities} == {entity.id for entity in enhanced.entities}
    assert all(listing.listed for entity in enhanced.entities for listing in entity.listings)


def test_advanced_xml_of_ofac():
    path = real("xml_samples", "sdn_advanced_sample_2024-02.xml")
    snapshot = load_snapshot(path)
    assert detect(path) == "ofac_advanced"
    assert snapshot.report.kept == sum(1 for _ in etree.parse(path).iter("{*}DistinctParty")) == 37
    persons = [entity for entity in snapshot.entities if entity.schema_ == "Person"]
    assert persons
    assert sum(bool(entity.birth_dates) for entity in persons) > len(persons) / 2


def test_wallets():
    files = sorted(real("crypto").glob("sanctioned_addresses_*.txt"))
    assert len(files) == 17
    for path in files:
        lines = [line for line in path.read_text().splitlines() if line.strip()]
        if lines:
            assert [entity.wallets[0] for entity in load_snapshot(path).entities] == lines
        else:
            with pytest.raises(ListError, match="is empty"):
                load_snapshot(path)


def test_a_screening_list_that_was_cut_is_refused():
    with pytest.raises(ListError):
        load_snapshot(real("us_csl", "csl_2023-11-30.csv"))
