"""`nkscreen vessel`: one ship from register, track and lists."""

import json
from datetime import datetime, timedelta

import pytest

REGISTER = (
    "name,imo,mmsi,flag,type,year\n"
    "SEA STAR,9076260,613003778,CM,Oil Tanker,1993\n"
    "LONE STAR,,371234000,PA,Bulk Carrier,2004\n"
    "LONE STAR,9991109,440123456,KR,Tug,2003\n"
)


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(REGISTER)
    return path


@pytest.fixture
def ais(tmp_path):
    lines = ["MMSI,BaseDateTime,LAT,LON,SOG,VesselName"]
    for mmsi, lat, name in ((613003778, 30.0, "SEA STAR"), (445539000, 30.001, "MANGYONG 7")):
        for minutes in [*range(0, 241, 10), 3000, 3010]:
            time = datetime(2026, 1, 1) + timedelta(minutes=minutes)
            lines.append(f"{mmsi},{time:%Y-%m-%dT%H:%M:%S},{lat + minutes / 10000},125.0,0.3,{name}")
    path = tmp_path / "ais.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_dossier_of_register_track_and_lists(nk, tmp_path, register, ais):
    page, data = tmp_path / "ship.html", tmp_path / "ship.json"
    given = ("--register", register, "--track", ais, "--as-of", "2026-09-01", "--report", page, "--json", data)
    code, text, _ = nk("vessel", "IMO 9076260", *given)
    assert code == 0
    assert "SEA STAR" in text
    assert "445539000" in text
    found = json.loads(data.read_text())
    kinds = [entry["kind"] for entry in found["timeline"]]
    assert (kinds.count("encounter"), kinds.count("gap")) == (1, 1)
    assert [part["way"] for part in found["track"]] == ["sailed", "gap", "sailed"]
    assert found["vessel"]["name"] == "SEA STAR"
    assert "MANGYONG 7" in page.read_text()
    first = page.read_bytes()
    nk("vessel", "IMO 9076260", *given)
    assert page.read_bytes() == first


def test_a_ship_is_found_by_the_name_that_it_sends(nk, tmp_path, ais):
    data = tmp_path / "ship.json"
    code, _, _ = nk("vessel", "mangyong-7", "--track", ais, "--as-of", "2026-09-01", "--json", data)
    assert code == 0
    assert json.loads(data.read_text())["vessel"]["mmsi"] == "445539000"


def test_a_ship_without_papers_has_the_name_that_it_sends(nk, tmp_path, ais):
    data = tmp_path / "ship.json"
    code, text, _ = nk("vessel", "445539000", "--track", ais, "--as-of", "2026-09-01", "--json", data)
    assert code == 0
    assert "No papers describe this ship" in text
    vessel = json.loads(data.read_text())["vessel"]
    assert vessel["name"] == "MANGYONG 7"
    assert "ais_name" not in {item["code"] for item in vessel.get("observations", ())}


def test_a_listed_ship_by_its_number_alone(nk, tmp_path):
    code, text, _ = nk("vessel", "7937317", "--as-of", "2026-09-01")
    assert code == 0
    assert "list hit" in text


@pytest.mark.parametrize(
    ("ship", "says"),
    [
        ("LONE STAR", "2 ships of the register are called"),
        ("12", "neither an IMO number nor an MMSI"),
        ("--- ", "is no IMO number"),
    ],
)
def test_what_cannot_be_looked_up_is_refused(nk, tmp_path, register, ship, says):
    page = tmp_path / "ship.html"
    code, _, err = nk("vessel", "--register", register, "--report", page, "--", ship)
    assert (code, says in err, page.exists()) == (2, True, False)


def test_a_ship_that_no_file_has_is_said_to_be_missing(nk, register, ais):
    code, text, _ = nk("vessel", "OTHER SHIP", "--register", register, "--track", ais, "--as-of", "2026-09-01")
    assert code == 0
    assert "The register has no row of this vessel" in text
    assert "hold no message of this vessel" in text
