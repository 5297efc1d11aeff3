"""Ships that stay slow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl

from nkscreen.vessels.ais.columns import SCHEMA
from nkscreen.vessels.events.loitering import find_loitering

NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)


def _track(*messages: tuple[int, float, float, float | None]) -> pl.DataFrame:
    """Messages as (mmsi, hour, longitude on the equator, speed)."""
    rows = [
        (mmsi, NOON + timedelta(hours=hour), 0.0, lon, speed, None, None, number)
        for number, (mmsi, hour, lon, speed) in enumerate(messages)
    ]
    return pl.DataFrame(rows, SCHEMA, orient="row")


def test_a_slow_run_is_found_between_fast_ones() -> None:
    track = _track((1, 0, 10.0, 12), (1, 1, 10.2, 1), (1, 2, 10.21, 0.5), (1, 3, 10.22, 1.5), (1, 4, 10.4, 11))
    found = find_loitering(track).row(0, named=True)
    assert (found["start"], found["hours"], found["messages"]) == (NOON + timedelta(hours=1), 2.0, 3)
    assert (found["lon"], found["end_lon"], found["knots"]) == (10.2, 10.22, 1.0)


def test_speed_is_made_good_where_none_is_sent_over_the_dateline_too() -> None:
    track = _track((1, 0, 179.99, None), (1, 1, -179.99, None), (1, 2, -179.98, None), (1, 3, -179.97, None))
    assert find_loitering(track)["hours"].to_list() == [2.0]


def test_two_ships_and_a_gap_are_no_run() -> None:
    assert find_loitering(_track((1, 0, 10.0, 1), (2, 2, 10.0, 1))).is_empty()
    assert find_loitering(_track((1, 0, 10.0, 1), (1, 13, 10.0, 1))).is_empty()
    assert find_loitering(pl.DataFrame(schema=SCHEMA)).is_empty()
