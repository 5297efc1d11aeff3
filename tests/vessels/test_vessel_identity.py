"""What one statement about a vessel shows."""

import csv
from datetime import date

import pytest

from nkscreen.records import Vessel
from nkscreen.records.codes import call_sign, imo, mmsi
from nkscreen.vessels.identity import examine, same_register


def codes(**given):
    return [found.code for found in examine(Vessel.read({"id": "ship", **given}), as_of=date(2022, 1, 3))]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"imo_number": "IMO 9283186"}, []),
        ({"imo_number": "IMO 9401598"}, ["imo_check_digit"]),  # 124 ends in 4, not 8
        ({"imo_number": "IMO0000000"}, ["imo_missing"]),
        ({"imo_number": "1234567"}, ["imo_placeholder"]),
        ({"imo_number": "0000044"}, ["imo_unassigned"]),
        ({"imo_number": "9401597"}, ["imo_check_digit"]),
        ({"imo_number": "RS 150443"}, ["imo_malformed"]),
        ({"mmsi": "Call sign"}, ["mmsi_malformed"]),
        ({"mmsi": "123456789"}, ["mmsi_placeholder"]),
        ({"mmsi": "002241234"}, ["mmsi_not_ship"]),
        ({"mmsi": "299123456"}, ["mmsi_country"]),
        ({"call_sign": "12"}, ["call_sign_malformed"]),
        ({"flag": "Atlantis"}, ["flag_unknown"]),
        ({"flag": "KH", "flag_confirmed": False}, ["flag_false"]),
        ({"flag": "PA", "mmsi": "636012345"}, ["flag_mmsi"]),
        ({"flag": "PA", "call_sign": "A8AB2"}, ["flag_call_sign"]),
        ({"mmsi": "445539000", "call_sign": "HMZA2", "flag": "KP"}, []),
        ({"mmsi": "445539000", "flag": "MN"}, ["dprk_identity"]),
        ({"build_year": 1820}, ["build_year"]),
        ({"build_year": 2024}, ["build_year"]),
        ({"build_year": 2023}, []),
        ({"length": 900.0}, ["dimensions"]),
        ({"length": 20.0, "beam": 30.0}, ["dimensions"]),
        ({}, []),
    ],
)
def test_what_a_statement_shows(given, expected):
    assert codes(**given) == expected


def test_a_finding_names_the_values_that_contradict():
    (found,) = examine(Vessel.read({"id": "A", "flag": "MN", "mmsi": "445539000"}))
    assert found.strength == "strong"
    assert [(item.path, item.value) for item in found.evidence] == [("A: flag", "MN"), ("A: mmsi", "445539000")]


def test_territories_share_the_numbers_of_their_state():
    assert same_register("BM", "GB")
    assert not same_register("KP", "KR")


def test_call_signs_tell_the_country():
    assert [call_sign.country(sign) for sign in ("hm-za 2", "DSAB7", "3DAB1", "2")] == ["KP", "KR", "SZ", None]


def test_mmsi_kinds():
    given = ("445539000", "044512345", "004451234", "984451234", "111445123", "994451234", "970123456", "123")
    assert [mmsi.kind(text) for text in given] == [
        "ship", "group", "coast station", "craft", "aircraft", "aid to navigation", "beacon", None,
    ]  # fmt: skip


def test_a_day_of_real_ais(shared):
    file = next((shared / "inputs" / "ais_csv").glob("*NOAA*.csv"))
    with file.open(encoding="utf-8") as lines:
        pairs = {(row["MMSI"], row["IMO"]) for row in csv.DictReader(lines) if row["IMO"]}
    found = [item.code for number, given in pairs for item in examine(Vessel.read({"id": number, "imo_number": given}))]
    assert found.count("imo_missing") == 2771
    assert 50 <= found.count("imo_check_digit") <= 60


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("IMO 9076260", "9076260"),
        ("IMO9076260", "9076260"),
        ("imo-no.: 9076260", "9076260"),
        ("9076260.0", "9076260"),
        ("IMO 907 6260", "9076260"),
        ("907-6260", "9076260"),
        ("９０７６２６０", "9076260"),
        ("9076261", None),
        ("1234567", None),
        ("123-4567", None),
        ("000 0000", None),
        ("90762600", None),
        ("9076260 / 9991109", None),
    ],
)
def test_imo_numbers_are_read_in_every_form_and_fakes_are_not(given, number):
    assert imo.parse(given) == number


def test_a_zero_in_groups_is_a_number_that_is_missing():
    assert imo.fault("IMO 000-0000") == "missing"
