"""What many records show together, and beside listed vessels."""

from nkscreen.records import Vessel
from nkscreen.vessels.fleet import Fleet
from nkscreen.vessels.listed import ListedVessels
from nkscreen.watchlist import bundled_watchlist
from nkscreen.watchlist.model import ListedEntity, ListedName


def vessel(row, **given):
    return Vessel.read({"id": f"row {row}", "source": {"file": "register.csv", "row": row}, **given})


def codes(*vessels, of=0):
    fleet = Fleet(vessels)
    return [item.code for item in fleet.findings(vessels[of])]


def test_one_imo_number_on_two_hulls():
    one = vessel(2, imo_number="9076260", build_year=1993, length=127.0, gross_tonnage=6964)
    two = vessel(3, imo_number="9076260", build_year=2010, length=230.0, gross_tonnage=40000)
    (result,) = Fleet([one, two]).findings(one)
    assert (result.code, result.strength) == ("imo_two_hulls", "strong")
    assert ("register.csv row 2: length", 127.0) in [(item.path, item.value) for item in result.evidence]
    assert ("register.csv row 3: length", 230.0) in [(item.path, item.value) for item in result.evidence]


def test_one_measure_apart_is_a_slip_where_another_agrees():
    one = vessel(2, imo_number="9076260", build_year=1993, length=127.0)
    assert codes(one, vessel(3, imo_number="9076260", build_year=1993, length=12.7)) == []
    assert codes(one, vessel(3, imo_number="9076260", length=60.0)) == ["imo_two_hulls"]
    assert codes(one, vessel(3, imo_number="9076260", length=130.0, build_year=1994)) == []


def test_one_imo_number_under_several_mmsi_and_names():
    one = vessel(2, imo_number="9076260", name="FRIO FORWIN", mmsi="273379740")
    two = vessel(3, imo_number="9076260", name="FRIO-FORWIN", mmsi="210631000")
    assert codes(one, two) == ["imo_two_mmsi"]
    assert codes(one, vessel(3, imo_number="9076260", name="OTHER NAME", mmsi="273379740")) == ["imo_names"]


def test_one_mmsi_on_several_ships():
    one = vessel(2, mmsi="273379740", imo_number="9076260", length=127.0, build_year=1993)
    assert codes(one, vessel(3, mmsi="273379740", imo_number="9283186", length=240.0, build_year=2004)) == [
        "mmsi_two_ships"
    ]
    assert codes(one, vessel(3, mmsi="273379740", imo_number="9283186")) == ["mmsi_two_ships"]
    assert codes(one, vessel(3, mmsi="273379740", name="ASTRA")) == []


def test_a_hull_under_two_imo_numbers():
    one = vessel(2, mmsi="273379740", imo_number="9076260", length=127.0, build_year=1993)
    assert codes(one, vessel(3, mmsi="273379740", imo_number="9283186", length=127.0, build_year=1993)) == [
        "hull_two_imo"
    ]


def test_a_call_sign_on_two_ships():
    one = vessel(2, call_sign="UCRZ", imo_number="9076260", mmsi="273379740")
    assert codes(one, vessel(3, call_sign="UCRZ", imo_number="9283186", mmsi="613003778")) == ["call_sign_two_ships"]


def test_the_same_statement_again_shows_nothing_and_costs_nothing():
    rows = [vessel(row, imo_number="9076260", mmsi="273379740", name="FRIO FORWIN") for row in range(2, 1000)]
    fleet = Fleet(rows)
    assert fleet.findings(rows[5]) == ()
    assert sum(len(group) for group in fleet._by["imo_number"].values()) == 1


def test_numbers_that_are_none_bind_nothing():
    assert codes(vessel(2, imo_number="1234567", name="A"), vessel(3, imo_number="1234567", name="B")) == []
    assert (
        codes(vessel(2, mmsi="002241234", imo_number="9076260"), vessel(3, mmsi="002241234", imo_number="9283186"))
        == []
    )


LISTED = ListedEntity.model_validate(
    {"id": "17", "schema": "Vessel", "names": [{"value": "RYE SONG GANG 1"}], "imo_number": "7389704",
     "mmsi": "445114000", "build_year": 1974, "gross_tonnage": 5250.0, "deadweight_tonnage": 8000.0}
)  # fmt: skip
NEAR = ListedVessels([("UN", LISTED)])


def beside(**given):
    return [item.code for item in NEAR.findings(vessel(2, **given))]


def test_a_name_painted_over_a_listed_one():
    assert beside(imo_number="7389704", name="ORIENT PEARL") == ["listed_renamed"]
    assert beside(imo_number="7389704", name="M/V RYE SONG GANG 1") == []
    assert beside(imo_number="7389704", name="RYESONGGANG 1") == []


def test_the_radio_of_a_listed_ship():
    assert beside(imo_number="9076260", mmsi="445114000", name="ORIENT PEARL") == ["listed_radio"]
    assert beside(mmsi="445114000", name="ORIENT PEARL") == []


def test_the_hull_of_a_listed_ship():
    hull = {"build_year": 1974, "gross_tonnage": 5250.0, "deadweight_tonnage": 8000.0}
    assert beside(name="ORIENT PEARL", **hull) == ["listed_hull"]
    assert beside(name="ORIENT PEARL", imo_number="9076260", **hull) == ["listed_sister"]
    assert beside(name="ORIENT PEARL", **{**hull, "build_year": 1975}) == []


def test_a_finding_names_list_and_entry():
    (result,) = NEAR.findings(vessel(2, imo_number="7389704", name="ORIENT PEARL"))
    assert result.detail == ("IMO 7389704 is RYE SONG GANG 1 on the list of UN; the papers call the ship ORIENT PEARL.")
    assert [(item.path, item.value) for item in result.evidence] == [
        ("register.csv row 2: imo_number", "7389704"),
        ("register.csv row 2: name", "ORIENT PEARL"),
    ]


def test_listed_vessels_of_the_bundled_lists_are_not_renamed_under_their_own_names():
    entries = [
        (snapshot.publisher, entity) for snapshot in bundled_watchlist().snapshots for entity in snapshot.entities
    ]
    near = ListedVessels(entries)
    ships = [entity for _, entity in entries if entity.schema_ == "Vessel" and entity.imo_number]
    assert len(ships) > 50
    for entity in ships:
        own = vessel(2, name=entity.names[0].value, imo_number=entity.imo_number)
        assert [item.code for item in near.findings(own)] == []
    assert isinstance(ships[0].names[0], ListedName)
