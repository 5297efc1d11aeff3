"""Draughts, destinations and what was within reach: what a voyage shows beside where it went."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from nkscreen.records import Vessel
from nkscreen.vessels.ais.columns import SCHEMA, STATEMENTS
from nkscreen.vessels.concern import concern
from nkscreen.vessels.events.destinations import find_destinations
from nkscreen.vessels.events.draughts import find_draught_changes
from nkscreen.vessels.events.gaps import find_gaps
from nkscreen.vessels.events.reach import with_reach
from nkscreen.vessels.events.visits import find_visits
from nkscreen.vessels.ports import harbours
from nkscreen.vessels.track import Track
from nkscreen.vessels.tracks import Tracks

START = datetime(2019, 7, 1, tzinfo=UTC)
PORTS = pl.DataFrame({"port": ["KPNAM", "KRPUS"], "lat": [38.72, 35.10], "lon": [125.40, 129.04]})
SHIP = 613003778


def messages(*rows):
    """Messages as (hours after the start, lat, lon, knots, draught)."""
    return pl.DataFrame(
        [
            (SHIP, START + timedelta(hours=hour), lat, lon, knots, None, draught, at)
            for at, (hour, lat, lon, knots, draught) in enumerate(rows)
        ],
        schema=SCHEMA,
        orient="row",
    )


def said(*rows):
    """Destinations as (text, first hour, last hour)."""
    told = [
        (SHIP, None, None, None, text, START + timedelta(hours=first), START + timedelta(hours=last), at)
        for at, (text, first, last) in enumerate(rows)
    ]
    return pl.DataFrame(told, schema=STATEMENTS, orient="row")


TO_NAMPO = messages(
    (0, 35.10, 129.04, 0.0, 4.0),
    (5, 35.10, 129.04, 0.0, 4.0),
    (60, 38.72, 125.40, 0.0, 4.1),
    (70, 38.72, 125.40, 0.0, 6.5),
)


def test_a_change_of_draught_in_port_names_the_port():
    (change,) = find_draught_changes(TO_NAMPO, find_visits(TO_NAMPO, PORTS)).iter_rows(named=True)
    assert (round(change["before"], 1), change["after"], change["port"]) == (4.1, 6.5, "KPNAM")


def test_a_change_of_draught_at_sea_names_none():
    frame = messages((0, 30.0, 125.0, 8.0, 8.0), (1, 30.1, 125.0, 8.0, 0.0), (9, 30.2, 125.0, 8.0, 5.0))
    frame = frame.with_columns(pl.when(pl.col("draught") > 0).then("draught").alias("draught"))
    changes = find_draught_changes(frame, find_visits(frame, PORTS))
    assert changes.select("mmsi", "start", "end", "before", "after", "port").rows() == [
        (SHIP, START, START + timedelta(hours=9), 8.0, 5.0, None)
    ]


@pytest.mark.parametrize(("draught", "count"), [(5.0, 1), (4.9, 0), (3.0, 1), (3.1, 0)])
def test_a_metre_makes_a_change(draught, count):
    frame = messages((0, 30.0, 125.0, 8.0, 4.0), (1, 30.1, 125.0, 8.0, draught))
    assert find_draught_changes(frame).height == count


@pytest.mark.parametrize(
    ("text", "port", "reached"),
    [("NAMPO", "KPNAM", True), ("KRPUS>KP NAM", "KPNAM", True), ("SINGAPORE", "SGSIN", False)],
)
def test_a_destination_is_held_against_the_next_visit(text, port, reached):
    found = find_destinations(said((text, 6, 50)), find_visits(TO_NAMPO, PORTS))
    assert found.select("port", "visited", "reached").rows() == [(port, "KPNAM", reached)]


def test_a_destination_without_a_later_visit_is_open_and_one_that_is_none_is_left_out():
    found = find_destinations(said(("BUSAN", 61, 80), ("FOR ORDERS", 6, 50)), find_visits(TO_NAMPO, PORTS))
    assert found.select("destination", "visited", "reached").rows() == [("BUSAN", None, None)]


@pytest.mark.parametrize(
    ("hours", "end", "expected"),
    [(60, (35.0, 124.0), True), (14, (35.0, 124.0), False), (200, (1.0, 104.0), False), (700, (1.0, 104.0), True)],
)
def test_what_was_within_reach_in_a_gap(hours, end, expected):
    frame = messages((0, 34.0, 124.0, 10.0, None), (hours, *end, 10.0, None))
    assert with_reach(find_gaps(frame), frame, PORTS.head(1))["in_reach"].to_list() == [expected]


def test_the_reach_of_a_gap_without_a_place_is_unknown():
    frame = messages((0, None, None, 10.0, None), (60, 35.0, 124.0, 10.0, None))
    assert with_reach(find_gaps(frame), frame, PORTS.head(1))["in_reach"].to_list() == [None]


def test_a_voyage_becomes_fields_of_the_record():
    track = Track(TO_NAMPO, TO_NAMPO.height, {}, said(("SINGAPORE", 6, 50)))
    vessel = Vessel.read({"id": "ship", "mmsi": str(SHIP)})
    near = Tracks(track, ports=PORTS)
    joined = near.joined(vessel)
    assert [(call.port, call.country, str(call.arrival)) for call in joined.port_calls] == [
        ("KRPUS", "KR", "2019-07-01"),
        ("KPNAM", "KP", "2019-07-03"),
    ]
    assert joined.ais_gaps[0].dprk_in_reach is True
    assert joined.track
    assert (joined.track.destination, joined.track.reached, joined.track.draught_changes) == ("SGSIN", False, 0)
    assert [item.code for item in near.findings(vessel)] == ["ais_destination"]
    blind = Tracks(track).joined(vessel)
    assert blind.track
    assert (blind.port_calls, blind.track.reached, blind.track.draught_changes) == ((), None, None)
    assert blind.ais_gaps[0].dprk_in_reach is None


@pytest.mark.parametrize(("lat", "port"), [(35.10, "KRPUS"), (35.185, "KRPUS"), (35.20, None)])
def test_an_encounter_near_a_port_names_it(lat, port):
    own = messages(*((hour, lat, 129.04, 0.0, None) for hour in range(5)))
    other = own.with_columns(mmsi=pl.lit(445539000, pl.UInt32))
    joined = Tracks(Track(pl.concat([own, other]), 10), ports=PORTS).joined(Vessel.read({"id": "s", "mmsi": str(SHIP)}))
    assert [(met.mmsi, met.port) for met in joined.encounters] == [("445539000", port)]


def test_a_neighbour_of_the_declared_port_is_taken_for_it():
    frame = messages(*((hour, 34.85, 127.80, 0.0, None) for hour in range(60, 70)))
    visits = find_visits(frame, harbours())
    found = find_destinations(said(("YEOSU", 6, 50), ("BUSAN", 6, 51)), visits)
    assert found.select("port", "reached").rows() == [("KRYOS", True), ("KRPUS", False)]


def test_harbours_of_the_table_of_ports():
    table = harbours()
    places = {
        port: rows.select("lat", "lon").rows() for (port,), rows in table.partition_by("port", as_dict=True).items()
    }
    assert places["KPNAM"] == [(38.72, 125.40), (38.683, 125.167)]
    assert places["KPRJN"] == [(42.23, 130.30), (42.333, 130.4)]
    assert {"KPCHO", "KPHGM", "KPWON", "KPSON", "KRPUS", "RUVVO", "Chaho, KP"} <= set(places)
    assert "KPKSN" not in places
    assert table.height > 2500
    assert table.unique(["port", "lat", "lon"]).height == table.height


def test_ports_that_laws_name_are_context():
    assert concern("CNDAL").why.startswith("named in 22 USC 9225(b)")
    assert not concern("RUKHO").verified
    assert concern("KPNAM") is concern("SGSIN") is None
