# ruff: noqa: E501  the entries are long
"""Vessel identities of Global Fishing Watch's API."""

import json
from datetime import date

import pytest

from nkscreen.formats import Quarantined, open_input
from nkscreen.records import Vessel
from nkscreen.vessels.history import examine_history


def entry(ssvid, flag, name, since, until, **more):
    return {"ssvid": ssvid, "flag": flag, "shipname": name, "imo": "9076260", "callsign": f"S{ssvid[:3]}",
            "transmissionDateFrom": f"{since}T00:00:00Z", "transmissionDateTo": f"{until}T12:00:00Z", **more}  # fmt: skip


ITEM = {
    "registryInfo": [entry("210631000", "CYP", "FRIO", "2013-05-15", "2018-01-01", lengthM=126.8, tonnageGt=6964.0)],
    "registryOwners": [{"name": "A LTD", "flag": "CHN", "dateFrom": "2013-11-15T00:00:00Z", "dateTo": "2024-10-31T00:00:00Z"}],
    "selfReportedInfo": [
        entry("210631000", "CYP", "FRIO", "2017-06-01", "2019-02-03"),
        entry("511101495", "PLW", "ASTRA", "2019-02-04", "2019-08-01"),
        entry("273379740", "RUS", "BELLA", "2019-08-02", "2020-01-01"),
    ],
}  # fmt: skip


def read(tmp_path, content):
    file = tmp_path / "identity.json"
    file.write_text(json.dumps(content))
    source = open_input(file)
    return source, list(source)


def test_an_identity_is_one_vessel_with_its_history(tmp_path):
    source, (vessel,) = read(tmp_path, ITEM)
    assert source.kind == "vessel"
    assert isinstance(vessel, Vessel)
    assert (vessel.name, vessel.flag, vessel.mmsi, vessel.call_sign) == ("BELLA", "RU", "273379740", "S273")
    assert vessel.previous_names == ("FRIO", "ASTRA")
    assert vessel.other_mmsi == ("511101495", "210631000")
    assert [(item.flag, item.since, item.until) for item in vessel.flag_history] == [
        ("CY", date(2013, 5, 15), date(2019, 2, 3)),
        ("PW", date(2019, 2, 4), date(2019, 8, 1)),
        ("RU", date(2019, 8, 2), date(2020, 1, 1)),
    ]
    assert (vessel.length, vessel.gross_tonnage) == (126.8, 6964.0)
    assert [(item.name, item.role, item.country) for item in vessel.other_parties] == [("A LTD", "owner", "CN")]
    assert "flag_hopping" in [found.code for found in examine_history(vessel)]


@pytest.mark.parametrize("content", [[ITEM, ITEM], {"entries": [ITEM, ITEM], "total": 2}])
def test_answers_with_several_vessels(tmp_path, content):
    _, vessels = read(tmp_path, content)
    assert [(vessel.id, str(vessel.source.path)) for vessel in vessels] == [("vessel 1", "[1]"), ("vessel 2", "[2]")]


def test_an_entry_that_is_none_is_set_aside(tmp_path):
    source, items = read(
        tmp_path, {"entries": [ITEM, 7, {"registryInfo": []}, {"selfReportedInfo": [{"imo": 9076260}]}]}
    )
    assert source.read == 4
    assert [type(item) for item in items] == [Vessel, Quarantined, Quarantined, Vessel]
    assert "the entry is no object" in items[1].reason
    assert items[3].imo_number == "9076260"


def test_a_published_identity(shared):
    file = next((shared / "inputs" / "ais_gfw").glob("*vessel_item.json"))
    (vessel,) = open_input(file)
    assert (vessel.name, vessel.imo_number, vessel.flag, vessel.mmsi) == ("FRIO FORWIN", "9076260", "RU", "273379740")
    assert ("CY", date(2013, 5, 15)) in [(item.flag, item.since) for item in vessel.flag_history]
    assert {"210631000", "511101495"} <= set(vessel.other_mmsi)
    assert "flag_hopping" in [found.code for found in examine_history(vessel)]
