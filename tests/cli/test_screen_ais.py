"""`nkscreen screen` of AIS files that no register came with."""

import gzip
import json
import zipfile
from datetime import datetime, timedelta

import pytest

HEADER = "MMSI,BaseDateTime,LAT,LON,SOG,COG,VesselName,IMO,CallSign"


def rows(mmsi, said, *, day=1, count=25, lat=37.0, lon=123.0):
    start = datetime(2026, 1, day)
    return [
        f"{mmsi},{start + timedelta(minutes=10 * n):%Y-%m-%dT%H:%M:%S},{lat + n / 10000:.4f},{lon},0.3,10,{said}"
        for n in range(count)
    ]


def text(*ships):
    return "\n".join([HEADER, *(line for ship in ships for line in ship)]) + "\n"


HONEST = rows(440123456, "HAN RIVER,IMO9991109,D7AB", lat=30.0)
LISTED = rows(457111000, "RYE SONG GANG 1,7389704,JVAB")


@pytest.fixture
def screened(nk, tmp_path):
    def run(*given):
        out, lost = tmp_path / "alerts.jsonl", tmp_path / "lost.jsonl"
        code, said, _ = nk("screen", *given, "--as-of", "2026-09-01", "--out", out, "--quarantine", lost)
        alerts = [json.loads(line) for line in out.read_text().splitlines()]
        return code, " ".join(said.split()), alerts, [json.loads(line) for line in lost.read_text().splitlines()]

    return run


def test_every_mmsi_becomes_a_vessel_with_its_track(screened, tmp_path):
    (file := tmp_path / "day.csv").write_text(text(HONEST, LISTED))
    code, said, alerts, lost = screened(file)
    assert (code, lost) == (0, [])
    assert "AIS, vessel records (it has MMSI, time and position)" in said
    assert "read 2 = screened 2 + quarantined 0" in said
    (alert,) = [alert for alert in alerts if "RYE SONG GANG 1" in alert["subject"]]
    assert alert["severity"] == "critical"
    assert alert["source"] == {"file": str(file), "sheet": "", "row": 27, "path": ""}


def test_a_ship_of_several_days_is_screened_once_with_all_that_it_sent(screened, tmp_path):
    (one := tmp_path / "1.csv").write_text(text(rows(457111000, ",,")))
    (two := tmp_path / "2.csv").write_text(text(rows(457111000, "RYE SONG GANG 1,7389704,", day=2), HONEST))
    _, said, alerts, _ = screened(one, two)
    assert "read 2 = screened 2" in said
    assert [(a["source"]["file"], a["source"]["row"]) for a in alerts if a["severity"] == "critical"] == [(str(one), 2)]


def test_a_name_sent_before_is_screened_too(screened, tmp_path):
    (file := tmp_path / "day.csv").write_text(
        text(rows(457111000, "RYE SONG GANG 1,,"), rows(457111000, "NEW DAWN,,", day=2))
    )
    _, _, alerts, _ = screened(file)
    assert any("RYE SONG GANG 1" in alert["headline"] for alert in alerts)


@pytest.mark.parametrize("packed", ["gzip", "zip", "folder", "json"])
def test_packed_files_and_other_formats_are_known(screened, tmp_path, packed):
    data = text(HONEST, LISTED)
    file = tmp_path / "given"
    if packed == "gzip":
        file.write_bytes(gzip.compress(data.encode()))
    elif packed == "zip":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("day.csv", data)
    elif packed == "folder":
        file.mkdir()
        (file / "day.csv").write_text(data)
    else:
        names = ("mmsi", "timestamp", "lat", "lon", "speed", "course", "shipname", "imo", "callsign")
        lines = [dict(zip(names, line.split(","), strict=True)) for line in data.splitlines()[1:]]
        file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    _, said, alerts, _ = screened(file)
    assert "read 2 = screened 2" in said
    assert [alert["severity"] for alert in alerts].count("critical") == 1


def test_rows_without_a_ship_or_a_time_are_quarantined_by_reason(screened, tmp_path):
    bad = ["0,2026-01-01T00:00:00,37,123,0,0,X,,", "440123456,yesterday,37,123,0,0,X,,", "7,soon,1,1,0,0,X,,"]
    (file := tmp_path / "day.csv").write_text(text(HONEST, bad, HONEST))
    _, said, _, lost = screened(file)
    assert "read 3 = screened 1 + quarantined 2" in said
    assert [(item["row"], item["reason"][:2]) for item in lost] == [(27, "1 "), (28, "2 ")]


def test_a_register_with_positions_stays_a_register(screened, tmp_path):
    (file := tmp_path / "fleet.csv").write_text(
        "Name,IMO,MMSI,Flag,Owner,Latitude,Longitude,Timestamp,Speed\n"
        "HAN RIVER,9991109,440123456,KR,HAN LINES,30,123,2026-01-01 00:00,10\n"
        "RYE SONG GANG 1,7389704,445111000,KP,KOREA SAMMA,37,123,2026-01-01 00:00,10\n"
    )
    _, said, _, _ = screened(file)
    assert "CSV" in said
    assert "tracks:" not in said


def test_a_register_and_ais_of_one_run_are_joined(screened, tmp_path):
    register = tmp_path / "register.csv"
    register.write_text("name,imo,mmsi,flag\nHAN RIVER,9991109,440123456,KR\n")
    near = rows(445539000, "MANGYONG 7,,", lat=30.001)
    (file := tmp_path / "day.csv").write_text(text(HONEST, near))
    _, said, alerts, _ = screened(register, file)
    assert "read 3 = screened 3" in said
    assert [a["source"]["file"] for a in alerts if any(f["rule_id"] == "NK-VSL-018" for f in a["findings"])] == [
        str(register), str(file)]  # fmt: skip


def test_a_broken_file_of_a_folder_costs_the_others_nothing(screened, tmp_path):
    folder = tmp_path / "days"
    folder.mkdir()
    (folder / "1.csv").write_text(text(LISTED))
    (folder / "2.csv").write_text(HEADER + "\n" + "x" * (33 * 1024 * 1024))
    code, said, alerts, lost = screened(folder)
    assert code == 1
    assert "FILES NOT READ: 1" in said
    assert [alert["severity"] for alert in alerts].count("critical") == 1
    assert "longer than 32 MiB" in lost[0]["reason"]


def test_a_map_or_a_kind_of_record_says_that_it_is_no_ais(nk, tmp_path):
    (file := tmp_path / "day.csv").write_text(text(HONEST))
    code, said, _ = nk("screen", file, "--kind", "shipment", "--as-of", "2026-09-01")
    assert "AIS," not in said
    assert code in {0, 2}


def test_a_run_is_taken_up_again(screened, tmp_path):
    (file := tmp_path / "day.csv").write_text(text(HONEST, LISTED))
    first = screened(file, "--resume", tmp_path / "kept")
    assert screened(file, "--resume", tmp_path / "kept")[2] == first[2]
