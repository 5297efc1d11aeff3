"""Places in areas, for whole columns."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from nkscreen.records.codes import port
from nkscreen.vessels.ais.columns import SCHEMA
from nkscreen.vessels.coast import coast
from nkscreen.vessels.events.gaps import find_gaps
from nkscreen.vessels.events.waters import find_on_land, find_stays, with_waters
from nkscreen.vessels.geography import in_dprk_waters, on_land
from nkscreen.vessels.sphere import distance_km


def frame(*places, hours=24):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [
        (445000001, start + timedelta(hours=hours * at), lat, lon, None, None, None, at)
        for at, (lat, lon) in enumerate(places)
    ]
    return pl.DataFrame(rows, SCHEMA, orient="row")


def test_land_is_told_for_columns_and_never_of_what_is_no_place():
    lat = np.array([39.03, 38.0, 66.5, 66.5, -17.8, np.nan, 35.0, 91.0, -89.5])
    lon = np.array([125.75, 123.5, -175.0, 185.0, 178.0, 10.0, np.inf, 20.0, 0.0])
    assert on_land(lat, lon).tolist() == [True, False, True, True, True, False, False, False, True]


@pytest.mark.parametrize(
    ("lat", "lon", "sea", "near"),
    [
        (38.6, 124.9, "yellow_sea", "yellow_sea"),
        (39.4, 127.7, "east_sea", "east_sea"),
        (38.3, 124.2, "", "yellow_sea"),
        (37.0, 126.0, "", ""),  # off South Korea
        (37.66, 125.7, "", ""),  # Yeonpyeong, South Korea's
        (39.03, 125.75, "", ""),  # on land
        (40.0, 131.5, "", ""),
    ],
)
def test_waters_of_north_korea_have_sides(lat, lon, sea, near):
    one = np.array([lat]), np.array([lon])
    assert (in_dprk_waters(*one)[0], in_dprk_waters(*one, near=True)[0]) == (sea, near)
    assert in_dprk_waters(one[0], one[1] - 360)[0] == sea


def test_the_territorial_sea_ends_twelve_miles_from_land():
    draw = np.random.default_rng(3)
    lat, lon = draw.uniform(37, 43, 20_000), draw.uniform(123, 132, 20_000)
    sea = in_dprk_waters(lat, lon) != ""
    lat, lon = lat[sea], lon[sea]
    shore = np.concatenate([ring[(abs(ring - (127.5, 40.0)) < (6, 4)).all(axis=1)] for ring in coast()])
    far = distance_km(lat[:, None], lon[:, None], shore[None, :, 1], shore[None, :, 0]).min(axis=1)
    assert far.max() == pytest.approx(12 * 1.852, abs=3)


def test_every_harbour_of_north_korea_is_near_its_waters():
    places = [(item.latitude, item.longitude) for item in port.harbours() if port.country_of(item.port) == "KP"]
    lat, lon = map(np.array, zip(*places, strict=True))
    for at in range(len(places)):
        around = np.linspace(0, 2 * np.pi, 36)
        ring = lat[at] + 0.2 * np.cos(around), lon[at] + 0.25 * np.sin(around)
        assert (in_dprk_waters(*ring) != "").any(), places[at]


def test_gaps_tell_whether_they_began_or_ended_near_north_korea():
    gaps = with_waters(find_gaps(frame((38.6, 124.9), (35.0, 123.0), (39.4, 127.7), (None, None))))
    assert gaps["began_near"].to_list() == ["yellow_sea", None, "east_sea"]
    assert gaps["ended_near"].to_list() == [None, "east_sea", None]


def test_positions_on_land_are_runs_and_the_shore_is_no_land():
    found = find_on_land(frame((38.0, 123.5), (40.0, 126.8), (40.1, 126.8), (38.72, 125.40), (35.1, 129.05)))
    assert found.select("lat", "messages").rows() == [(40.0, 2)]
    assert find_on_land(frame((38.0, 123.5))).is_empty()


def test_the_share_of_land_is_that_of_the_earth():
    draw = np.random.default_rng(7)
    lat, lon = np.degrees(np.arcsin(draw.uniform(-1, 1, 300_000))), draw.uniform(-180, 180, 300_000)
    assert on_land(lat, lon).mean() == pytest.approx(0.29, abs=0.01)  # the share of land on Earth


def test_stays_in_the_waters_of_north_korea_end_where_the_ship_leaves_or_falls_silent():
    inside, outside, east = (38.6, 124.9), (37.0, 123.0), (39.4, 127.7)
    track = frame(inside, inside, outside, inside, inside, east, hours=6)
    stays = find_stays(track)
    assert stays.select("side", "hours", "messages").rows() == [
        ("yellow_sea", 6.0, 2), ("yellow_sea", 6.0, 2), ("east_sea", 0.0, 1)]  # fmt: skip
    assert find_stays(frame(inside, inside, hours=13))["hours"].to_list() == [0.0, 0.0]
    two = pl.concat([frame(inside), frame(inside).with_columns(mmsi=pl.lit(7, pl.UInt32))])
    assert find_stays(two)["mmsi"].to_list() == [7, 445000001]
    assert find_stays(frame((float("nan"), 125.0), (91.0, 125.0))).is_empty()
    assert find_stays(track.clear()).is_empty()
