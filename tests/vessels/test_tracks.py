"""AIS files to tracks, and tracks to events, against what Global Fishing Watch publishes."""

from __future__ import annotations

import csv
import json
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from nkscreen.errors import InputError
from nkscreen.vessels.ais.columns import SCHEMA
from nkscreen.vessels.events.encounters import find_encounters
from nkscreen.vessels.events.gaps import find_gaps, find_open_gaps
from nkscreen.vessels.events.jumps import find_jumps, find_off_earth
from nkscreen.vessels.events.loitering import find_loitering
from nkscreen.vessels.track import read_track


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _series(shared: Path, folder: Path, series: str) -> pl.DataFrame:
    source = next((shared / "inputs" / "ais_encounters").glob("*.csv"))
    rows = [row for row in csv.reader(source.read_text(encoding="utf-8").splitlines()) if row[0] in {"series", series}]
    return read_track(_write(folder, "series.csv", "\n".join(",".join(row) for row in rows) + "\n")).frame


def _day(hour: int, minute: int, day: int = 1, month: int = 1, year: int = 2011) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        ("real_series_data", [(441910000, 563418000, _day(7, 40, 19, 3, 2015), _day(20, 10, 19, 3, 2015))]),
        ("fastsep_series_data", []),
        ("dateline_series_data", [(1, 2, _day(16, 10), _day(17, 10))]),
        ("simple_series_data", [(1, 2, _day(16, 10), _day(17, 0))]),
    ],
)
def test_published_encounters_are_found(
    shared: Path, tmp_path: Path, series: str, expected: list[tuple[object, ...]]
) -> None:
    found = find_encounters(_series(shared, tmp_path, series), minutes=30)
    assert found.select("mmsi", "other", "start", "end").rows() == expected


def test_published_gaps_are_found(shared: Path) -> None:
    path = next((shared / "inputs" / "ais_gfw").glob("*sample_messages.json"))
    track = read_track(path)
    gaps = find_gaps(track.frame, hours=4 / 3)
    assert (track.read, gaps.height) == (84, 7)
    assert gaps["start"][0] == datetime(2024, 1, 1, 4, 9, 39, tzinfo=UTC)
    assert find_gaps(track.frame.sample(fraction=1, shuffle=True, seed=1), hours=4 / 3).equals(gaps)


def test_the_real_rendezvous_is_found_under_the_thresholds_in_force(shared: Path, tmp_path: Path) -> None:
    found = find_encounters(_series(shared, tmp_path, "real_series_data"))
    assert found.select("mmsi", "other").rows() == [(441910000, 563418000)]
    start, end = found["start"][0], found["end"][0]
    assert abs(start - _day(7, 40, 19, 3, 2015)) <= timedelta(minutes=10)
    assert abs(end - _day(20, 10, 19, 3, 2015)) <= timedelta(minutes=10)
    assert find_encounters(_series(shared, tmp_path, "fastsep_series_data")).is_empty()


@pytest.mark.parametrize(("hours", "count"), [(1.0, None), (4 / 3, 7), (2.0, None), (6.0, None), (12.0, None)])
def test_gaps_are_those_that_a_plain_reading_of_the_messages_gives(
    shared: Path, hours: float, count: int | None
) -> None:
    path = next((shared / "inputs" / "ais_gfw").glob("*sample_messages.json"))
    times = sorted(item["timestamp"] for item in json.loads(path.read_text(encoding="utf-8")))
    expected = [(a, b) for a, b in pairwise(times) if b - a > hours * 3600]
    found = find_gaps(read_track(path).frame, hours=hours)
    assert [(a.timestamp(), b.timestamp()) for a, b in found.select("start", "end").rows()] == expected
    assert count in {None, found.height}


@pytest.mark.parametrize(("hours", "open_"), [(11.9, True), (12.1, False)])
def test_a_silence_that_no_message_ends(shared: Path, hours: float, open_: bool) -> None:
    path = next((shared / "inputs" / "ais_gfw").glob("*sample_messages.json"))
    frame = read_track(path).frame
    last = frame["time"].max()
    assert isinstance(last, datetime)
    found = find_open_gaps(frame, until=last + timedelta(hours=12), hours=hours)
    assert found.select("mmsi", "start").rows() == ([(412331104, last)] if open_ else [])


@pytest.mark.parametrize(("lat", "meridians", "step"), [(89.99, (0.0, 180.0), 0.002), (-89.99, (90.0, -90.0), 0.002)])
def test_two_ships_that_meet_over_a_pole(
    tmp_path: Path, lat: float, meridians: tuple[float, float], step: float
) -> None:
    """One lies at the pole; the other crosses it slowly, from one meridian to the opposite one."""
    rows = ["MMSI,BaseDateTime,LAT,LON"]
    for minute in range(0, 241, 40):
        gone = minute / 40 * step
        place = (abs(lat) + gone, meridians[0]) if abs(lat) + gone <= 90 else (180 - abs(lat) - gone, meridians[1])
        rows.append(f"1,2024-01-01T{minute // 60:02}:{minute % 60:02}:00,{place[0] * np.sign(lat):.5f},{place[1]}")
        rows.append(f"2,2024-01-01T{minute // 60:02}:{minute % 60:02}:00,{90 * np.sign(lat)},{minute / 2}")
    found = find_encounters(read_track(_write(tmp_path, "pole.csv", "\n".join(rows))).frame, km=1.2)
    assert found.select("mmsi", "other", "hours").rows() == [(1, 2, 4.0)]
    assert found["km"][0] < 1


def test_every_row_of_a_hostile_file_is_accounted_for(tmp_path: Path) -> None:
    header = "# Timestamp,MMSI,Latitude,Longitude,SOG,COG,Name\n"
    rows = [
        "02/01/2024 00:00:00,219000001,89.99,179.99,10,0,A",
        "02/01/2024 00:00:00,219000001,89.99,179.99,10,0,A",
        "01/01/2024 00:00:00,219000001,NaN,10,,,A",
        "01/01/1970 00:00:00,219000001,55,10,0,0,A",
        "02/01/2024 01:00:00,219000001,95,10,0,0,A",
        "02/01/2024 02:00:00,219000001,-89.99,10,0,0,A",
        "soon,219000001,55,10,0,0,A",
        "02/01/2024 00:00:00,ship,55,10,0,0,A",
        '02/01/2024 00:00:00,219000002,55,10,0,0,"A',
        "02/01/2024 00:00:00,219000002",
    ]
    track = read_track(_write(tmp_path, "danish.csv", header + "\n".join(rows)))
    assert track.read == 10 == track.frame.height + sum(count for count, _ in track.refused.values())
    assert find_gaps(track.frame)["hours"].to_list() == [24.0]
    assert find_off_earth(track.frame)["lat"].to_list() == [95.0]
    assert find_jumps(track.frame)["mmsi"].to_list() == [219000001]
    assert find_encounters(track.frame).is_empty()


def test_a_spot_crowded_with_messages_is_no_hang() -> None:
    count = 200_000
    times = pl.Series(np.arange(count) * 1_000_000 + 1_700_000_000_000_000).cast(pl.Datetime("us"))
    frame = pl.DataFrame({"mmsi": np.arange(count) % 50 + 1, "time": times.dt.replace_time_zone("UTC")}).with_columns(
        lat=pl.lit(0.0), lon=pl.lit(180.0), row=pl.int_range(pl.len())
    )
    found = find_encounters(frame.cast({"mmsi": pl.UInt32, "row": pl.UInt32}))
    assert found.height == 50 * 49 / 2


def test_a_million_messages_of_one_ship_at_one_spot_are_no_hang() -> None:
    count = 1_000_000
    times = pl.Series(np.arange(count) * 1_000 + 1_700_000_000_000_000).cast(pl.Datetime("us"))
    frame = pl.DataFrame({"time": times.dt.replace_time_zone("UTC")}).with_columns(
        mmsi=pl.lit(1, pl.UInt32), lat=pl.lit(38.7), lon=pl.lit(125.4), speed=pl.lit(0.0, pl.Float32),
        course=pl.lit(None, pl.Float32), draught=pl.lit(None, pl.Float32), row=pl.int_range(pl.len(), dtype=pl.UInt32),
    )  # fmt: skip
    start = time.process_time()
    assert find_gaps(frame).is_empty()
    assert find_jumps(frame).is_empty()
    assert find_encounters(frame).is_empty()
    assert find_loitering(frame)["messages"].to_list() == []  # 1,000 seconds are no hour
    assert time.process_time() - start < 10


def test_messages_out_of_order_doubled_and_of_impossible_times_change_nothing(tmp_path: Path) -> None:
    header = "MMSI,BaseDateTime,LAT,LON,SOG\n"
    rows = [f"441910000,2024-01-{day:02}T00:00:00,{20 + day},130,10" for day in range(1, 20)]
    plain = read_track(_write(tmp_path, "plain.csv", header + "\n".join(rows))).frame
    noise = [
        "441910000,1970-01-01T00:00:00,10,10,1",
        "441910000,9999-99-99T00:00:00,10,10,1",
        "441910000,,10,10,1",
        ",2024-01-01T00:00:00,10,10,1",
        "nan,2024-01-01T00:00:00,nan,inf,1",
    ]
    hostile = read_track(_write(tmp_path, "hostile.csv", header + "\n".join([*reversed(rows), *rows, *noise])))
    assert find_gaps(hostile.frame).drop("row").equals(find_gaps(plain).drop("row"))
    assert hostile.read == 43 == hostile.frame.height + sum(count for count, _ in hostile.refused.values())


def test_messages_of_two_receivers_that_come_by_turns_are_kept_once(tmp_path: Path) -> None:
    rows = [f"441910000,2024-01-01T00:00:00,{lat},130,10" for lat in (20, 21, 20, 21, 20)]
    rows += ["441910000,2024-01-01T00:01:00,20,130,10", "441910001,2024-01-01T00:00:00,20,130,10"]
    track = read_track(_write(tmp_path, "turns.csv", "MMSI,BaseDateTime,LAT,LON,SOG\n" + "\n".join(rows)))
    assert track.frame.select("mmsi", "lat").rows() == [
        (441910000, 20.0), (441910000, 21.0), (441910000, 20.0), (441910001, 20.0),
    ]  # fmt: skip
    assert list(track.refused.values()) == [(3, "row 4")]


def test_nothing_is_found_in_nothing() -> None:
    empty = pl.DataFrame(schema=SCHEMA)
    assert find_gaps(empty).is_empty()
    assert find_off_earth(empty).is_empty()


def test_nmea_is_read_and_broken_sentences_are_counted(tmp_path: Path) -> None:
    tagged = "\\s:66,c:1661782475*37\\!AIVDM,1,1,,A,13VPgj0viKV8dtr3Fc7:m`e000SA,0*16\n"
    track = read_track(_write(tmp_path, "log.nmea", tagged + "!AIVDM,1,1,,A,,0*16\nnoise\n"))
    assert track.frame["time"].to_list() == [datetime(2022, 8, 29, 14, 14, 35, tzinfo=UTC)]
    assert (track.read, sum(count for count, _ in track.refused.values())) == (2, 1)


@pytest.mark.parametrize("text", ["a,b,c\n1,2,3\n", "", "[1, 2"])
def test_a_file_that_is_no_track_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        read_track(_write(tmp_path, "no.csv", text))
