"""Frames of maps: degrees to the picture and back, across the dateline and near the poles; lines simplified."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.report.projection import LEAST_KM, MOST, Frame, simplified


def frame(lat, lon):
    return Frame.around(np.array(lat, float), np.array(lon, float), 960, 600)


@pytest.mark.parametrize(("lat", "lon"), [([30, 39], [122, 126]), ([52, 53], [179, -179]), ([85, 88], [10, 170])])
def test_places_are_within_the_frame_and_read_back(lat, lon):
    made = frame(lat, lon)
    x, y = made.at(np.array(lat, float), np.array(lon, float))
    assert ((x >= 0) & (x <= 960) & (y >= 0) & (y <= 600)).all()
    back, off = made.degrees(x, y)
    assert back == pytest.approx(lat)
    assert (off + made.lon - lon + 180) % 360 - 180 == pytest.approx([0, 0], abs=1e-6)


def test_a_track_over_the_dateline_is_not_drawn_around_the_world():
    made = frame([52, 53], [179, -179])
    assert abs(made.lon) == pytest.approx(180)
    assert made.scale > 960 * 0.5 / 140  # two degrees there are 137 km


def test_one_place_is_shown_in_some_kilometres():
    made = frame([35.1] * 3, [129.05] * 3)
    assert 960 / made.scale == pytest.approx(LEAST_KM / 0.72)


def test_places_that_are_no_numbers_are_passed_over():
    assert frame([np.nan, 35.0], [10.0, 129.0]).lat == pytest.approx(35)


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(0, 600)), min_size=1, max_size=60))
def test_no_point_is_further_from_the_simplified_line_than_allowed(points):
    x, y = np.array(points).T
    kept = simplified(x, y, 1.0)
    assert kept[0] == 0
    assert kept[-1] == len(x) - 1
    for first, last in pairwise(kept):
        a, b = np.array(points[first]), np.array(points[last])
        for place in points[first : last + 1]:
            length = ((b - a) ** 2).sum()
            share = np.clip(((place - a) @ (b - a)) / length, 0, 1) if length else 0
            assert np.hypot(*(place - a - share * (b - a))) <= 1.0 + 0.75  # and the cell of thinning


def test_a_long_line_is_not_drawn_coarser_than_it_has_to_be():
    draw = np.random.default_rng(5)
    x, y = (np.cumsum(draw.normal(0, 0.02, 100_000)) + 300 for _ in range(2))
    kept = simplified(x, y, 0.5)
    assert len(kept) < 3_000
    for first, last in pairwise(kept):
        a, b = np.array([x[first], y[first]]), np.array([x[last], y[last]])
        places = np.stack([x[first : last + 1], y[first : last + 1]], axis=1) - a
        share = np.clip(places @ (b - a) / max(((b - a) ** 2).sum(), 1e-12), 0, 1)
        assert np.hypot(*(places - share[:, None] * (b - a)).T).max() <= 0.5 + 0.36


def test_a_million_points_become_few_in_a_moment():
    turns = np.linspace(0, 2000, 1_000_000)
    assert len(simplified(400 + turns / 6 * np.cos(turns), 300 + turns / 6 * np.sin(turns), 0.5)) <= MOST
