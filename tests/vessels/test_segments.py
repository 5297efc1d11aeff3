"""One MMSI, several ships: a track comes apart into the ships that sent it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from nkscreen.vessels.ais.columns import SCHEMA
from nkscreen.vessels.events.segments import find_shared, segmented
from nkscreen.vessels.track import read_track


def _ship(count: int, lat: float, lon: float, course: float, knots: float, truth: int) -> pl.DataFrame:  # noqa: PLR0917
    hours = np.sort(np.random.default_rng(truth).uniform(0, 20, count))
    lats = lat + knots * hours / 60 * np.cos(np.radians(course))
    lons = lon + knots * hours / 60 * np.sin(np.radians(course)) / np.cos(np.radians(lats))
    return pl.DataFrame(
        {
            "time": (hours * 3.6e9).astype(np.int64) + 1_600_000_000_000_000,
            "lat": lats,
            "lon": (lons + 180) % 360 - 180,
            "speed": [knots] * count,
            "course": [course] * count,
            "truth": [truth] * count,
        }
    )


def _shared() -> pl.DataFrame:
    ships = pl.concat(
        [_ship(100, 22.5, 120.3, 0, 0, 1), _ship(200, 24, 120, 90, 12, 2), _ship(150, -9.7, 179.5, 45, 14, 3)]
    )
    return ships.with_columns(
        pl.lit(416000000, pl.UInt32).alias("mmsi"),
        pl.col("time").cast(pl.Datetime("us")).dt.replace_time_zone("UTC"),
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
    )


@pytest.mark.parametrize("sent", [True, False])
def test_ships_on_one_mmsi_come_apart(sent: bool) -> None:
    frame = _shared()
    if not sent:
        frame = frame.with_columns(speed=pl.lit(0.0), course=pl.lit(0.0))
    frame = segmented(frame)
    counts = frame.group_by("truth", "segment").len().sort("truth")
    assert counts.select("truth", "len").rows() == [(1, 100), (2, 200), (3, 150)]
    assert counts["segment"].n_unique() == 3
    assert find_shared(frame).select("mmsi", "ships", "segments").rows() == [(416000000, 3, 3)]


def _wandering(ships: int, hours: float, *, noise: float) -> pl.DataFrame:
    """Ships that change course, and positions strewn over the sea among theirs (`truth` -1)."""
    random = np.random.default_rng(7)
    parts = []
    for ship in range(ships):
        count = int(hours * 5)
        times = np.sort(random.uniform(0, hours, count))
        passed = np.diff(times, prepend=times[0])
        knots = random.uniform(5, 15)
        course = random.uniform(0, 360) + np.cumsum(random.normal(0, 10, count) * np.sqrt(passed))
        lat = random.uniform(-50, 50) + np.cumsum(knots * passed / 60 * np.cos(np.radians(course)))
        east = np.cumsum(knots * passed / 60 * np.sin(np.radians(course)) / np.cos(np.radians(lat)))
        lon = (random.uniform(-180, 180) + east + 180) % 360 - 180
        lost = random.random(count) < noise
        parts.append(
            pl.DataFrame(
                {
                    "time": (times * 3.6e9).astype(np.int64) + 1_600_000_000_000_000,
                    "lat": np.where(lost, random.uniform(-60, 60, count), lat),
                    "lon": np.where(lost, random.uniform(-180, 180, count), lon),
                    "speed": [knots] * count,
                    "course": course % 360,
                    "truth": np.where(lost, -1, ship),
                }
            )
        )
    return pl.concat(parts).with_columns(
        pl.lit(416000000, pl.UInt32).alias("mmsi"),
        pl.col("time").cast(pl.Datetime("us")).dt.replace_time_zone("UTC"),
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
    )


@pytest.mark.parametrize(("ships", "noise"), [(2, 0.0), (12, 0.0), (12, 0.05)])
def test_nine_in_ten_messages_of_many_ships_come_to_the_right_segment(ships: int, noise: float) -> None:
    frame = segmented(_wandering(ships, 48, noise=noise)).filter(pl.col("truth") >= 0)
    largest = frame.group_by("truth", "segment").len().sort("len").group_by("truth").last()
    assert largest["segment"].n_unique() == ships
    assert largest["len"].sum() / frame.height >= 0.9
    assert find_shared(frame)["ships"].to_list() == [ships]


def test_one_ship_is_one_segment() -> None:
    frame = segmented(_shared().filter(pl.col("truth") == 2))
    assert frame["segment"].unique().to_list() == [0]
    assert find_shared(frame).is_empty()


def test_a_silence_of_more_than_a_day_ends_a_segment() -> None:
    ship = _shared().filter(pl.col("truth") == 1)
    later = ship.with_columns(pl.col("time") + pl.duration(hours=60))
    frame = segmented(pl.concat([ship, later]))
    assert frame["segment"].n_unique() == 2
    assert find_shared(frame).is_empty()


def test_places_off_the_earth_have_no_segment() -> None:
    frame = segmented(_shared().with_columns(lat=pl.lit(95.0)))
    assert frame["segment"].null_count() == frame.height
    assert find_shared(segmented(pl.DataFrame(schema=SCHEMA))).is_empty()


def test_published_segments_of_a_noisy_ship_are_kept(shared: Path) -> None:
    path = next((shared / "inputs" / "ais_gfw").glob("*338013000.json"))
    expected = [json.loads(line)["expected"] for line in path.read_text(encoding="utf-8").splitlines()]
    frame = segmented(read_track(path).frame)
    pairs = Counter(
        (expected[row - 1], segment)
        for row, segment in zip(frame["row"], frame["segment"], strict=True)
        if segment is not None
    )
    best = {label: max(n for (other, _), n in pairs.items() if other == label) for label, _ in pairs}
    assert sum(best.values()) / frame.height > 0.9
