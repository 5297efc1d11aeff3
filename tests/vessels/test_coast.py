"""The coast lines that are shipped."""

from importlib.resources import files

import numpy as np
import pytest

from nkscreen.vessels.coast import coast


def on_land(lat, lon):
    odd = False
    for ring in coast():
        x, y = ring[:, 0], ring[:, 1]
        x2, y2 = np.roll(x, -1), np.roll(y, -1)
        across = (y > lat) != (y2 > lat)
        at = x[across] + (lat - y[across]) / (y2[across] - y[across]) * (x2[across] - x[across])
        odd ^= bool((at > lon).sum() % 2)
    return odd


@pytest.mark.parametrize(
    ("lat", "lon", "land"),
    [
        (39.03, 125.75, True),  # Pyongyang
        (38.0, 123.5, False),  # Yellow Sea
        (40.0, 132.0, False),  # Sea of Japan
        (35.0, 117.0, True),  # where finer and coarser lines meet
        (66.5, -175.0, True),  # Chukotka, beyond the dateline
        (-17.8, 178.0, True),  # Fiji
        (0.0, -160.0, False),
        (-89.0, 10.0, True),  # the South Pole
        (89.0, 10.0, False),
        (42.0, 51.0, False),  # the Caspian Sea
    ],
)
def test_places_are_on_their_side_of_the_coast(lat, lon, land):
    assert on_land(lat, lon) is land


def test_no_line_crosses_the_dateline():
    for ring in coast():
        steps = np.abs(np.diff(ring[:, 0], append=ring[0, 0]))
        polar = np.abs(ring[:, 1]) > 80
        assert (steps[~polar] < 180).all()


def test_the_file_is_small():
    assert len((files("nkscreen.vessels") / "data" / "coast.npz").read_bytes()) < 150_000
