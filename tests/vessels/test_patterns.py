"""Circles and boxes of positions, and what only looks like them."""

import time

import numpy as np
import polars as pl
import pytest

from nkscreen.vessels.ais.columns import SCHEMA
from nkscreen.vessels.events.patterns import find_patterns


def track(east, north, *, minutes=2.0, lat=38.0, lon=-123.0, mmsi=613003778):
    """Messages at kilometres east and north of a place."""
    count = len(east)
    at = (np.arange(count) * minutes * 60_000_000).astype(np.int64) + 1_559_700_000_000_000
    return pl.DataFrame(
        {
            "mmsi": np.full(count, mmsi, np.uint32),
            "time": pl.Series(at).cast(pl.Datetime("us")).dt.replace_time_zone("UTC"),
            "lat": lat + np.asarray(north) / 111.195,
            "lon": (lon + np.asarray(east) / 111.195 / np.cos(np.radians(lat)) + 180) % 360 - 180,
            "row": np.arange(count, dtype=np.uint32),
        }
    )


def ring(radius, count, *, turns=1.0, noise=0.0, order=None):
    random = np.random.default_rng(3)
    angle = np.linspace(0, 2 * np.pi * turns, count) if order is None else random.uniform(0, 2 * np.pi, count)
    far = radius * (1 + random.normal(0, noise, count))
    return far * np.cos(angle), far * np.sin(angle)


def perimeter(width, height, count, tilt=0.0):
    along = np.linspace(0, 2 * (width + height), count, endpoint=False)
    x = np.select([along < width, along < width + height, along < 2 * width + height],
                  [along, width, 2 * width + height - along], 0.0)  # fmt: skip
    y = np.select([along < width, along < width + height, along < 2 * width + height],
                  [0.0, along - width, height], 2 * (width + height) - along)  # fmt: skip
    return x * np.cos(tilt) - y * np.sin(tilt), x * np.sin(tilt) + y * np.cos(tilt)


def shapes(frame):
    return find_patterns(frame)["shape"].to_list()


@pytest.mark.parametrize(("count", "turns"), [(50, 1.2), (400, 1.5), (100, 5)])
def test_a_ring_of_whatever_interval_is_one_circle(count, turns):
    found = find_patterns(track(*ring(8.0, count, turns=turns, noise=0.005)))
    assert found["shape"].to_list() == ["circle"]
    assert found["km"][0] == pytest.approx(8.0, rel=0.02)
    assert (found["lat"][0], found["lon"][0]) == (pytest.approx(38.0, abs=0.01), pytest.approx(-123.0, abs=0.01))


def test_positions_that_jump_around_a_ring_are_a_circle():
    assert shapes(track(*ring(2.0, 60, order="any", noise=0.005))) == ["circle"]


def test_a_ring_over_the_dateline_is_a_circle():
    found = find_patterns(track(*ring(8.0, 60, turns=1.2), lon=180.0, lat=-20.0))
    assert found["shape"].to_list() == ["circle"]
    assert abs(found["lon"][0]) == pytest.approx(180.0, abs=0.01)


@pytest.mark.parametrize("tilt", [0.0, 0.4])
def test_the_sides_of_a_box(tilt):
    found = find_patterns(track(*perimeter(12.0, 6.0, 64, tilt)))
    assert found["shape"].to_list() == ["box"]
    assert found["km"][0] == pytest.approx(3.0, rel=0.1)


def test_what_is_no_pattern():
    random = np.random.default_rng(5)
    straight = track(np.linspace(0, 60, 200), np.linspace(0, 20, 200))
    bend = track(*ring(20.0, 100, turns=0.6))
    anchored = track(*ring(0.2, 100, turns=3))
    drifting = track(random.normal(0, 2, 200), random.normal(0, 2, 200))
    wavering = track(*ring(8.0, 100, turns=1.2, noise=0.1))
    slow = track(*ring(8.0, 64, turns=1.2), minutes=120)
    for frame in (straight, bend, anchored, drifting, wavering, slow, pl.DataFrame(schema=SCHEMA)):
        assert shapes(frame) == []


def test_rows_of_a_survey_are_no_box():
    lines = [
        (x, y)
        for row in range(8)
        for x, y in zip(np.linspace(0, 10, 8)[:: 1 if row % 2 else -1], [row] * 8, strict=True)
    ]
    assert shapes(track(*np.array(lines).T)) == []


def test_circles_of_two_ships_are_two_and_of_one_ship_twice_are_two():
    first, later = track(*ring(5.0, 60, turns=1.2)), track(*ring(5.0, 60, turns=1.2))
    later = later.with_columns(pl.col("time") + pl.duration(days=3))
    other = track(*ring(5.0, 60, turns=1.2), mmsi=445539000)
    assert find_patterns(pl.concat([first, later, other]))["mmsi"].to_list() == [445539000, 613003778, 613003778]


def test_a_million_positions_are_looked_through_in_time():
    random = np.random.default_rng(1)
    walk = random.normal(0, 0.05, (2, 1_000_000)).cumsum(axis=1)
    start = time.process_time()
    find_patterns(track(*walk, minutes=0.1))
    assert time.process_time() - start < 10
