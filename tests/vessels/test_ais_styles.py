# ruff: noqa: E501  files stand here as they are
"""AIS in the columns, times and units of different publishers: the same two messages every time."""

import gzip
import zipfile
from datetime import UTC, datetime

import polars as pl
import pytest

from nkscreen import packed
from nkscreen.errors import InputError
from nkscreen.vessels.track import read_track

WANTED = [
    (441910000, datetime(2022, 1, 3, 0, 0, 5, tzinfo=UTC), 35.1, -129.04, 12.3),
    (441910000, datetime(2022, 1, 13, 10, 20, 30, tzinfo=UTC), -35.2, 129.05, 0.0),
]

STYLES = {
    "MarineCadastre": """MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign
441910000,2022-01-03T00:00:05,35.1,-129.04,12.3,90,511,SEA STAR,IMO9076260,DSAB
441910000,2022-01-13T10:20:30,-35.2,129.05,0,90,511,SEA STAR,IMO9076260,DSAB
""",
    "Danish Maritime Authority": """# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG
03/01/2022 00:00:05,Class A,441910000,35.1,-129.04,Under way,,12.3,90
13/01/2022 10:20:30,Class A,441910000,-35.2,129.05,Under way,,0,90
""",
    "American dates": """MMSI,Date/Time,Latitude,Longitude,Speed
441910000,01/03/2022 00:00:05,35.1,-129.04,12.3
441910000,01/13/2022 10:20:30,-35.2,129.05,0
""",
    "MarineTraffic": """MMSI,STATUS,SPEED,LON,LAT,COURSE,HEADING,TIMESTAMP,SHIP_ID
441910000,0,123,-129.04,35.1,90,90,2022-01-03T00:00:05,712345
441910000,0,0,129.05,-35.2,90,90,2022-01-13T10:20:30,712345
""",
    "Spire": """created_at,timestamp,mmsi,msg_type,latitude,longitude,speed,course,heading,imo,name,call_sign
2022-02-01 00:00:00,2022-01-03 00:00:05+00:00,441910000,1,35.1,-129.04,12.3,90,90,9076260,SEA STAR,DSAB
2022-02-01 00:00:00,2022-01-13 10:20:30+00:00,441910000,1,-35.2,129.05,0.0,90,90,9076260,SEA STAR,DSAB
""",
    "exactEarth": """MMSI,Message_ID,Repeat_indicator,Time,Millisecond,Longitude,Latitude,SOG,COG
441910000,1,0,20220103_000005,0,-129.04,35.1,12.3,90
441910000,1,0,20220113_102030,0,129.05,-35.2,0,90
""",
    "Norwegian Coastal Administration": """mmsi;imo_nr;length;date_time_utc;lon;lat;sog;cog;true_heading
441910000;9076260;127;2022-01-03 00:00:05;-129.04;35.1;12.3;90;90
441910000;9076260;127;2022-01-13 10:20:30;129.05;-35.2;0;90;90
""",
    "decimal commas": """MMSI;Timestamp;Latitude;Longitude;SOG
441910000;03.01.2022 00:00:05;35,1;-129,04;12,3
441910000;13.01.2022 10:20:30;-35,2;129,05;0
""",
    "Naval Academy of France": """sourcemmsi,navigationalstatus,rateofturn,speedoverground,courseoverground,lon,lat,t
441910000,0,0,12.3,90,-129.04,35.1,1641168005
441910000,0,0,0,90,129.05,-35.2,1642069230
""",
    "milliseconds and tabs": """mmsi\tepoch_millis\tlat\tlon\tsog
441910000\t1641168005000\t35.1\t-129.04\t12.3
441910000\t1642069230000\t-35.2\t129.05\t0
""",
    "a date and a time": """MMSI,DATE,TIME (UTC),LATITUDE,LONGITUDE,SOG (knots)
441910000,2022-01-03,00:00:05,35.1,-129.04,12.3
441910000,2022-01-13,10:20:30,-35.2,129.05,0
""",
    "AISHub": """MMSI,TSTAMP,LATITUDE,LONGITUDE,COG,SOG
441910000,2022-01-03 00:00:05 GMT,35.1,-129.04,90,12.3
441910000,2022-01-13 10:20:30 GMT,-35.2,129.05,90,0
""",
    "sides of the Earth": """mmsi|position time|latitude|longitude|speed
441910000|3 Jan 2022 00:00:05|35.1 N|129.04 W|12.3
441910000|13 Jan 2022 10:20:30|35°12'S|E 129°03'00"|0
""",
    "an offset and quotation marks": """"mmsi","timestamp","lat","lon","sog"
"441910000","2022-01-03T09:00:05+09:00","35.1","-129.04","12.3"
"441910000","2022-01-13T19:20:30+09:00","-35.2","129.05","0"
""",
    "JSON lines": """{"mmsi": 441910000, "msgtime": "2022-01-03T00:00:05+00:00", "latitude": 35.1, "longitude": -129.04, "speedOverGround": 12.3}
{"mmsi": 441910000, "msgtime": "2022-01-13T10:20:30+00:00", "latitude": -35.2, "longitude": 129.05, "speedOverGround": 0}
""",
    "AISStream": """{"MessageType": "PositionReport", "MetaData": {"MMSI": 441910000, "ShipName": "SEA STAR", "latitude": 35.1, "longitude": -129.04, "time_utc": "2022-01-03 00:00:05.0 +0000 UTC"}, "Message": {"PositionReport": {"Cog": 90, "Sog": 12.3}}}
{"MessageType": "PositionReport", "MetaData": {"MMSI": 441910000, "ShipName": "SEA STAR", "latitude": -35.2, "longitude": 129.05, "time_utc": "2022-01-13 10:20:30.0 +0000 UTC"}, "Message": {"PositionReport": {"Cog": 90, "Sog": 0}}}
""",
    "GeoJSON": """{"type": "FeatureCollection", "features": [
 {"type": "Feature", "geometry": {"type": "Point", "coordinates": [-129.04, 35.1]}, "properties": {"mmsi": 441910000, "timestamp": 1641168005000, "sog": 12.3}},
 {"type": "Feature", "geometry": {"type": "Point", "coordinates": [129.05, -35.2]}, "properties": {"mmsi": 441910000, "timestamp": 1642069230000, "sog": 0}}
]}
""",
    "a list in an object": """{"data": {"vessels": [
 {"mmsi": 441910000, "lastPositionUpdate": {"timestamp": "2022-01-03T00:00:05.000Z", "latitude": 35.1, "longitude": -129.04, "speed": 12.3}},
 {"mmsi": 441910000, "lastPositionUpdate": {"timestamp": "2022-01-13T10:20:30.000Z", "latitude": -35.2, "longitude": 129.05, "speed": 0}}
]}}
""",
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_columns_times_and_units_of_publishers(tmp_path, style):
    file = tmp_path / "track.txt"
    file.write_text(STYLES[style], encoding="utf-8")
    track = read_track(file)
    assert (track.read, track.refused) == (2, {})
    found = track.frame.select("mmsi", "time", "lat", "lon", "speed").rows()
    assert [row[:2] for row in found] == [row[:2] for row in WANTED]
    for row, wanted in zip(found, WANTED, strict=True):
        assert row[2:] == pytest.approx(wanted[2:], abs=1e-5)


def test_the_order_of_day_and_month_is_learnt_from_the_whole_file(tmp_path):
    file = tmp_path / "track.csv"
    rows = [f"441910000,01/{day:02}/2022 {hour:02}:00:00,35,129" for day in range(1, 32) for hour in range(24)] * 40
    file.write_text("MMSI,Time,LAT,LON\n" + "\n".join(rows) + "\n")
    assert read_track(file).frame["time"][0] == datetime(2022, 1, 1, tzinfo=UTC)
    assert read_track(file).frame["time"].max() == datetime(2022, 1, 31, 23, tzinfo=UTC)


def test_a_table_without_positions_is_refused(tmp_path):
    file = tmp_path / "track.csv"
    file.write_text("MMSI,Time,Name\n441910000,2022-01-03 00:00:05,SEA STAR\n")
    with pytest.raises(InputError, match="no column for lat, lon"):
        read_track(file)


def test_packed_files_and_parquet_are_read_as_plain_ones(tmp_path):
    plain = tmp_path / "track.csv"
    plain.write_text(STYLES["Danish Maritime Authority"])
    wanted = read_track(plain).frame
    compressed = tmp_path / "track.csv.gz"
    compressed.write_bytes(gzip.compress(plain.read_bytes()))
    with zipfile.ZipFile(tmp_path / "aisdk.zip", "w") as archive:
        archive.write(plain, "2022/aisdk-2022-01.csv")
    table = tmp_path / "track.parquet"
    pl.read_csv(plain).rename({"# Timestamp": "Timestamp"}).write_parquet(table)
    typed = tmp_path / "typed.parquet"
    wanted.select(ssvid="mmsi", timestamp="time", lat="lat", lon="lon", sog="speed", cog="course").write_parquet(typed)
    for file in (compressed, tmp_path / "aisdk.zip", table, typed):
        assert read_track(file).frame.drop("row").equals(wanted.drop("row")), file


def test_packed_files_that_are_damaged_or_hold_others_are_refused(tmp_path):
    whole = gzip.compress(STYLES["Spire"].encode() * 1000)
    for name, content in (
        ("cut.gz", whole[: len(whole) // 2]),
        ("twice.gz", gzip.compress(whole)),
        ("no.zip", b"PK\x03\x04" + b"x" * 100),
        ("no.parquet", b"PAR1" + b"x" * 100),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError):
            read_track(tmp_path / name)


def test_archives_of_tracks_are_held_to_the_bounds_of_all_archives(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "SPARED", 100_000)
    rows = STYLES["Danish Maritime Authority"].splitlines(keepends=True)
    (tmp_path / "bomb.csv.gz").write_bytes(gzip.compress((rows[0] + rows[1] * 100_000).encode()))
    with pytest.raises(InputError, match="unpacks to far more than its size"):
        read_track(tmp_path / "bomb.csv.gz")
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", rows[0] + rows[1] * 100_000)
    with pytest.raises(InputError, match="the archive unpacks to"):
        read_track(tmp_path / "bomb.zip")
    with zipfile.ZipFile(tmp_path / "slip.zip", "w") as archive:
        archive.writestr("../a.csv", "".join(rows))
    with pytest.raises(InputError, match="leads out of the archive"):
        read_track(tmp_path / "slip.zip")
