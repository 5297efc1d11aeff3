"""`nkscreen screen --kind vessel --track`: records of a register beside each other and beside AIS."""

import json
from datetime import datetime, timedelta

REGISTER = (
    "name,imo,mmsi,flag,type,loa,year\n"
    "SEA STAR,9076260,613003778,CM,Oil Tanker,127,1993\n"
    "LONE STAR,,371234000,PA,Bulk Carrier,180,2004\n"
    "TWIN,9076260,273379740,RU,Reefer,210,2010\n"
)


def track(path, *ships):
    lines = ["MMSI,BaseDateTime,LAT,LON,SOG"]
    for mmsi, lat in ships:
        for minute in range(0, 241, 10):
            time = datetime(2026, 1, 1) + timedelta(minutes=minute)
            lines.append(f"{mmsi},{time:%Y-%m-%dT%H:%M:%S},{lat},125.0,0.3")
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_register_is_screened_with_its_tracks(nk, tmp_path):
    register, out = tmp_path / "register.csv", tmp_path / "out.jsonl"
    register.write_text(REGISTER)
    ais = track(tmp_path / "ais.csv", (613003778, 30.0), (445539000, 30.001))
    code, text, _ = nk("screen", "--kind", "vessel", register, "--track", ais, "--as-of", "2026-02-01", "--out", out)
    assert code == 0
    assert "tracks: 50 rows = 50 messages of 2 ships" in text
    assert "tracks joined: 1 of 3 different vessels of the files were heard" in text
    alerts = {item["record"]["name"]: item for item in map(json.loads, out.read_text().splitlines())}
    assert set(alerts) == {"SEA STAR", "TWIN"}
    rules = {finding["rule_id"] for finding in alerts["SEA STAR"]["findings"]}
    assert rules == {"NK-VSL-016", "NK-VSL-018"}
    assert alerts["SEA STAR"]["record"]["encounters"][0]["mmsi"] == "445539000"
    assert "NK-VSL-018" not in {finding["rule_id"] for finding in alerts["TWIN"]["findings"]}


def test_a_track_to_a_dprk_port_is_a_port_call(nk, tmp_path):
    register, out, ais = tmp_path / "register.csv", tmp_path / "out.jsonl", tmp_path / "ais.csv"
    register.write_text("name,imo,mmsi,flag,type\nSEA STAR,9076260,613003778,CM,Oil Tanker\n")
    times = [f"2026-01-0{day}T{hour:02}:00:00" for day in (1, 2) for hour in range(0, 24, 2)]
    lines = [f"613003778,{time},38.72,125.40,0.0" for time in times]
    ais.write_text("MMSI,BaseDateTime,LAT,LON,SOG\n" + "\n".join(lines) + "\n")
    code, _, _ = nk("screen", "--kind", "vessel", register, "--track", ais, "--as-of", "2026-02-01", "--out", out)
    assert code == 0
    (alert,) = map(json.loads, out.read_text().splitlines())
    assert alert["record"]["port_calls"] == [
        {"port": "KPNAM", "country": "KP", "arrival": "2026-01-01", "departure": "2026-01-02"}
    ]
    assert "NK-VSL-004" in {finding["rule_id"] for finding in alert["findings"] if finding["outcome"] == "match"}


def test_without_a_track_no_rule_speaks_of_one(nk, tmp_path):
    register, out = tmp_path / "register.csv", tmp_path / "out.jsonl"
    register.write_text(REGISTER)
    code, _, _ = nk("screen", "--kind", "vessel", register, "--as-of", "2026-02-01", "--out", out)
    assert code == 0
    rules = {f["rule_id"] for line in out.read_text().splitlines() for f in json.loads(line)["findings"]}
    assert rules == {"NK-VSL-016"}


def test_a_track_needs_a_vessel(nk, tmp_path):
    book = tmp_path / "book.csv"
    book.write_text("id,name,country\n1,Wonsan Trading,CN\n")
    ais = track(tmp_path / "ais.csv", (613003778, 30.0))
    code, _, err = nk("screen", book, "--track", ais)
    assert (code, "no file holds a vessel with a number" in err) == (2, True)
    code, _, err = nk("screen", "--kind", "counterparty", book, "--track", ais)
    assert (code, "--track is for vessels" in err) == (2, True)
