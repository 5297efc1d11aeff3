"""Visits to ports, given as points."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl

from nkscreen.records.ship import PortCall
from nkscreen.vessels.ais.columns import SCHEMA
from nkscreen.vessels.events.visits import find_visits
from nkscreen.vessels.ports import harbours

PORTS = pl.DataFrame({"port": ["AAAAA", "BBBBB"], "lat": [38.72, 0.0], "lon": [125.4, 180.0]})
NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)


def _track(*messages: tuple[float, float, float, float, float | None]) -> pl.DataFrame:
    """Messages as (hour, lat, lon, speed, draught)."""
    rows = [
        (1, NOON + timedelta(hours=hour), lat, lon, speed, None, draught, number)
        for number, (hour, lat, lon, speed, draught) in enumerate(messages)
    ]
    return pl.DataFrame(rows, SCHEMA, orient="row")


def test_a_ship_that_stops_at_a_port_visits_it_and_leaves_deeper() -> None:
    track = _track(
        (0, 38.0, 125.4, 10, 5),
        (3, 38.715, 125.4, 6, 5),
        (4, 38.72, 125.4, 0, None),
        (9, 38.72, 125.4, 1, 9),
        (12, 38.0, 125.4, 10, 9),
    )
    visit = find_visits(track, PORTS).row(0, named=True)
    assert (visit["port"], visit["hours"], visit["stopped"], visit["silent"]) == ("AAAAA", 6.0, True, 5.0)
    assert (visit["draught_in"], visit["draught_out"]) == (5.0, 9.0)


def test_a_ship_that_passes_does_not_visit() -> None:
    assert find_visits(_track((0, 38.70, 125.4, 10, 5), (0.1, 38.73, 125.4, 10, 5)), PORTS).is_empty()


def test_a_ship_silent_at_a_port_on_the_dateline_visits_it() -> None:
    visit = find_visits(_track((0, 0.01, -179.99, 3, None), (6, 0.0, 179.99, 3, None)), PORTS).row(0, named=True)
    assert (visit["port"], visit["stopped"], visit["silent"], visit["draught_in"]) == ("BBBBB", False, 6.0, None)


def test_nothing_visits_nothing() -> None:
    assert find_visits(pl.DataFrame(schema=SCHEMA), PORTS).is_empty()
    assert find_visits(_track((0, 0.0, 180.0, 0, None)), PORTS.clear()).is_empty()


def test_every_place_of_a_port_is_the_port_and_a_radius_of_its_own_holds() -> None:
    stay = [(hour, 42.333, 130.42, 0, None) for hour in range(6)]
    assert find_visits(_track(*stay), harbours()).select("port", "hours").rows() == [("KPRJN", 5.0)]
    wide = PORTS.with_columns(km=pl.Series([10.0, None], dtype=pl.Float64))
    near = _track((0, 38.80, 125.4, 0, None), (5, 38.80, 125.4, 0, None))  # 8.9 km off
    assert find_visits(near, PORTS).is_empty()
    assert find_visits(near, wide)["port"].to_list() == ["AAAAA"]


def test_a_harbour_without_a_code_is_its_country_s() -> None:
    stay = _track(*((hour, 40.2, 128.65, 0, None) for hour in range(6)))
    (code,) = find_visits(stay, harbours())["port"]
    assert (code, PortCall(port=code).country) == ("Chaho, KP", "KP")
