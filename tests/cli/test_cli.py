"""The command line as a user meets it: output, files, exit codes, errors."""

import csv
import gzip
import io
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import nkscreen
from nkscreen.report import read_alerts

AS_OF = ("--as-of", "2026-06-01")
ROOT = Path(__file__).resolve().parents[2]


def test_screening_the_example_manifests_writes_every_output(nk, fixtures, tmp_path):
    code, out, _ = nk(
        "screen", fixtures / "manifests", *AS_OF, "--out", tmp_path / "a.jsonl", "--csv", tmp_path / "a.csv",
        "--report", tmp_path / "r.html", "--quarantine", tmp_path / "q.jsonl",
    )  # fmt: skip
    assert code == 0
    assert "read 32 = screened 31 + quarantined 1" in out
    assert "2026-04-22" in out, "the date of the bundled list is shown in every run"
    assert "days old" in out
    alerts = list(read_alerts(tmp_path / "a.jsonl"))
    assert {alert.record_id for alert in alerts} >= {"M01", "M04", "M06", "M08", "M11", "X01", "X03"}
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))))
    assert [row["alert_id"] for row in rows] == [alert.id for alert in alerts]
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert all(alert.id in page for alert in alerts)
    (rejected,) = [json.loads(line) for line in (tmp_path / "q.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (rejected["row"], rejected["field"]) == (22, "SHIPMENT DATE")
    assert rejected["raw"]["RECORD ID"] == "M21"


def test_two_runs_give_the_same_bytes(nk, fixtures, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        nk(
            "screen", fixtures / "manifests", *AS_OF, "--out", tmp_path / name / "a", "--csv", tmp_path / name / "c",
            "--report", tmp_path / name / "r",
        )  # fmt: skip
    for file in "acr":
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_alerts_go_to_standard_output_alone_when_asked(nk, fixtures):
    code, out, err = nk("screen", fixtures / "employment", *AS_OF, "--out", "-")
    alerts = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert {alert["record_id"] for alert in alerts} == {"E01", "E02", "E03", "E04", "E09", "E10", "E11"}
    assert "screened 13" in err


def test_standard_output_and_a_report_together(nk, fixtures, tmp_path):
    _, out, _ = nk("screen", fixtures / "employment", *AS_OF, "--out", "-", "--report", tmp_path / "r.html")
    assert len(out.splitlines()) == 7
    assert "E03" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_standard_input_is_read(nk, fixtures):
    code, out, _ = nk("screen", "-", *AS_OF, stdin=(fixtures / "vessels/fleet.csv").read_bytes())
    assert code == 0
    assert "screened 7" in out


@pytest.mark.parametrize(("level", "code"), [("critical", 1), ("low", 1)])
def test_fail_on_gives_exit_code_1_when_something_is_that_severe(nk, fixtures, level, code):
    assert nk("screen", fixtures / "vessels/fleet.csv", *AS_OF, "--fail-on", level)[0] == code


def test_fail_on_gives_exit_code_0_when_nothing_is(nk, tmp_path):
    clean = tmp_path / "clean.csv"
    clean.write_text("customer id,customer name,country\n1,Blue Heron Bakery,GB\n", encoding="utf-8")
    assert nk("screen", clean, *AS_OF, "--kind", "counterparty", "--fail-on", "info")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("screen", "nowhere.csv"), "nowhere.csv"),
        (("screen", "nowhere.csv", "--kind", "cargo"), "--kind 'cargo'"),
        (("screen", "nowhere.csv", "--as-of", "yesterday"), "--as-of 'yesterday'"),
        (("screen", "nowhere.csv", "--list", "no-list.xml"), "no-list.xml"),
        (("screen", "nowhere.csv", "--rules", "no-rules"), "no-rules"),
        (("match", "x", "--imo", "123"), "--imo '123'"),
        (("match", "x", "--schema", "Ship"), "--schema 'Ship'"),
        (("match",), "nothing to match"),
        (("explain", "abc", "--in", "no-alerts.jsonl"), "no-alerts.jsonl"),
        (("lists", "status", "--list", "no-list.xml"), "no-list.xml"),
        (("rules", "test", "NK-NONE-1"), "NK-NONE-1"),
    ],
)
def test_usage_and_input_errors_are_one_clear_line_and_exit_code_2(nk, arguments, message, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    code, _, err = nk(*arguments)
    assert code == 2
    assert message in err
    assert "Traceback" not in err


def test_a_malformed_list_ends_the_run_before_anything_is_called_clear(nk, fixtures, tmp_path):
    broken = tmp_path / "list.xml"
    broken.write_text("<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL>", encoding="utf-8")
    out_file = tmp_path / "a.jsonl"
    code, out, err = nk("screen", fixtures / "vessels", "--list", broken, "--out", out_file)
    assert code == 2
    assert "list.xml" in err
    assert "clear" not in out
    assert not out_file.exists()


def test_the_real_malformed_list_ends_the_run(nk, fixtures, shared):
    code, out, err = nk(
        "screen", fixtures / "vessels", "--list", shared / "lists/un/UN_consolidated_2025-08_malformed.xml"
    )
    assert code == 2
    assert "UN_consolidated_2025-08_malformed.xml" in err
    assert "clear" not in out


def test_a_folder_without_tables_is_an_error(nk, tmp_path):
    (tmp_path / "notes.md").write_text("x", encoding="utf-8")
    code, _, err = nk("screen", tmp_path)
    assert code == 2
    assert "notes.md was not read" in err
    assert "no table" in err


def test_a_map_file_overrides_the_recognised_columns(nk, tmp_path):
    table = tmp_path / "odd.csv"
    table.write_text("nr;wer;wo\n1;CHONG CHON GANG;KP\n", encoding="utf-8")
    mapping = tmp_path / "map.yaml"
    mapping.write_text("kind: vessel\ncolumns:\n  nr: id\n  wer: name\n  wo: flag\n", encoding="utf-8")
    code, out, _ = nk("screen", table, *AS_OF, "--map", mapping, "--out", "-")
    assert code == 0
    assert [json.loads(line)["record"]["name"] for line in out.splitlines()] == ["CHONG CHON GANG"]


def test_show_map_says_what_every_column_was_taken_for(nk, fixtures):
    _, out, _ = nk("screen", fixtures / "vessels/fleet.csv", *AS_OF, "--show-map")
    assert "-> imo_number" in out


def test_match_finds_the_listed_ship_by_name_and_imo(nk):
    code, out, _ = nk("match", "CHONG CHON GANG", "--schema", "Vessel", "--imo", "7937317", "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["matched"]
    assert {hit["entity_id"] for hit in answer["hits"] if hit["standing"] == "match"} == {"17069", "1718-7937317"}
    assert answer["hits"][0]["decisive_identifier"] == "imo"


def test_match_reports_another_valid_imo_as_a_conflict_below_the_threshold(nk):
    _, out, _ = nk("match", "CHONG CHON GANG", "--schema", "Vessel", "--imo", "9074729", "--json")
    answer = json.loads(out)
    assert not answer["matched"]
    assert {hit["standing"] for hit in answer["hits"]} == {"conflict"}
    assert all(hit["score"] < answer["threshold"] for hit in answer["hits"])


def test_match_shows_the_evidence_to_a_person(nk):
    _, out, _ = nk("match", "Ri Won-ho", "--schema", "Person", "--birth-date", "1964-07-17", "--nationality", "DPRK")
    assert "KPi.033" in out
    assert "birth date" in out


def test_match_says_when_nothing_comes_near(nk):
    assert "no listed entity" in nk("match", "Blue Heron Bakery")[1]


def test_explain_prints_one_alert_and_refuses_an_unclear_id(nk, fixtures, tmp_path):
    file = tmp_path / "a.jsonl"
    nk("screen", fixtures / "manifests/dalian_feeder.csv", *AS_OF, "--out", file)
    alert = next(alert for alert in read_alerts(file) if alert.record_id == "M08")
    code, out, _ = nk("explain", alert.id[:10], "--in", file)
    assert code == 0
    assert out == alert.explain()
    assert "NK-SHIP-005" in out
    assert nk("explain", "", "--in", file)[0] == 2
    assert nk("explain", "zzz", "--in", file)[0] == 2


def test_lists_status_shows_date_counts_and_age(nk):
    code, out, _ = nk("lists", "status", *AS_OF)
    assert code == 0
    assert "2026-02-27" in out
    assert "155" in out
    assert "days old" in out


def test_a_team_s_own_list_is_imported_and_screened_against(nk, tmp_path):
    source = tmp_path / "own.csv"
    source.write_text("id,schema,name,programme\nT-1,Company,Grey Shrike Holdings Ltd,WATCH\n", encoding="utf-8")
    code, out, _ = nk("lists", "import", source, "--out", tmp_path / "own.jsonl")
    assert code == 0
    assert "1 kept" in out
    customers = tmp_path / "customers.csv"
    customers.write_text("customer id,customer name,country\n1,GREY SHRIKE HOLDINGS LIMITED,GB\n", encoding="utf-8")
    _, out, _ = nk(
        "screen", customers, *AS_OF, "--kind", "counterparty", "--list", tmp_path / "own.jsonl", "--out", "-"
    )
    (alert,) = [json.loads(line) for line in out.splitlines()]
    assert alert["hits"][0]["entity_id"] == "T-1"


def test_rules_test_runs_the_tests_in_the_rule_files(nk):
    code, out, _ = nk("rules", "test")
    assert code == 0
    assert "0 failed" in out
    assert nk("rules", "test", "NK-SHIP-005")[0] == 0


def test_terminal_escapes_in_input_do_not_reach_the_terminal(nk, tmp_path):
    table = tmp_path / "evil.csv"
    table.write_text("id,vessel name,imo number\n1,\x1b[2J[red]CHONG CHON GANG[/red],7937317\n", encoding="utf-8")
    _, out, err = nk("screen", table, *AS_OF, "--kind", "vessel")
    assert "\x1b" not in out + err
    assert "[red]" in out


def test_version(nk):
    assert nk("--version")[1].strip() == f"nkscreen {nkscreen.__version__}"


def test_a_failing_rule_test_is_shown_and_gives_exit_code_1(nk, tmp_path):
    pack = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", pack)
    rule = pack / "cargo" / "nk-ship-005.yaml"
    text = rule.read_text(encoding="utf-8")
    rule.write_text(text.replace("match: true", "match: false", 1), encoding="utf-8")
    code, out, _ = nk("rules", "test", "NK-SHIP-005", "--rules", pack)
    assert code == 1
    assert "FAILED NK-SHIP-005" in out
    assert "expected false, came out true" in out
    assert "1 failed" in out


def test_lists_status_shows_what_a_reader_could_not_understand(nk, shared):
    _, out, _ = nk("lists", "status", "--list", shared / "lists/un/UN_consolidated_2026-02.xml", *AS_OF)
    assert "1,003" in out
    assert "Congo" in out


def test_an_output_that_is_an_input_is_refused_and_the_input_kept(nk, fixtures, tmp_path):
    table = tmp_path / "fleet.csv"
    shutil.copy(fixtures / "vessels/fleet.csv", table)
    before = table.read_bytes()
    code, _, err = nk("screen", table, *AS_OF, "--out", table)
    assert (code, table.read_bytes()) == (2, before)
    assert "is an input as well" in err
    code, _, err = nk("screen", table, *AS_OF, "--out", tmp_path / "x", "--csv", tmp_path / "x")
    assert code == 2
    assert "two outputs" in err


@pytest.mark.parametrize("option", ["--out", "--csv", "--report", "--quarantine"])
def test_an_output_that_cannot_be_written_is_an_error_before_anything_is_screened(nk, fixtures, tmp_path, option):
    code, out, err = nk("screen", fixtures / "vessels", *AS_OF, option, tmp_path)
    assert code == 2
    assert "is a folder" in err
    assert "screened" not in out


def test_one_unreadable_input_ends_the_run_before_anything_is_written(nk, fixtures, tmp_path):
    code, _, err = nk("screen", fixtures / "vessels", tmp_path / "nowhere.csv", *AS_OF, "--out", tmp_path / "a.jsonl")
    assert code == 2
    assert "nowhere.csv" in err
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_a_folder_that_cannot_be_read_stops_no_other_and_is_loud(nk, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    good = "id,vessel name,imo number\n1,CHONG CHON GANG,7937317\n"
    (folder / "a.csv").write_text("these,columns,say nothing\n1,2,3\n")
    (folder / "b.csv").write_text(good)
    noise = random.Random(1)
    long = good + "".join(f"{number},SHIP,,{noise.randbytes(500).hex()}\n" for number in range(2, 1_500))
    (folder / "c.csv.gz").write_bytes(gzip.compress(long.replace("number\n", "number,our own\n").encode())[:-100])
    rejected = tmp_path / "q.jsonl"
    code, out, _ = nk("screen", folder, *AS_OF, "--out", tmp_path / "a.jsonl", "--quarantine", rejected)
    assert code == 1
    assert "FILES NOT READ: 2" in out
    assert "c.csv.gz: what could not be read of it was not screened" in out.replace("\n", "")
    aside = [json.loads(line) for line in rejected.read_text().splitlines()]
    assert [Path(item["file"]).name for item in aside] == ["a.csv", "c.csv.gz"]
    assert aside[0]["reason"].startswith("no header names a field")
    assert "broke off" in aside[1]["reason"]
    alerts = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [Path(alert["source"]["file"]).name for alert in alerts] == ["b.csv", "c.csv.gz"]


def test_a_run_that_fails_leaves_no_output_behind(nk, fixtures, tmp_path, monkeypatch):
    monkeypatch.setattr("nkscreen.cli.screen.write_html", lambda *_: (_ for _ in ()).throw(nkscreen.InputError("boom")))
    code, _, err = nk(
        "screen", fixtures / "vessels", *AS_OF, "--out", tmp_path / "a.jsonl", "--report", tmp_path / "r.html"
    )
    assert (code, list(tmp_path.iterdir())) == (2, [])
    assert "boom" in err


def test_a_terminal_without_the_letters_shows_their_codes(fixtures, tmp_path):
    done = run_process(
        "screen", fixtures / "manifests", *AS_OF, "--report", tmp_path / "r.html", PYTHONIOENCODING="ascii"
    )
    assert done.returncode == 0
    assert "\\u2192" in done.stdout


def test_a_closed_pipe_is_not_an_alert(fixtures):
    command = [sys.executable, "-c", "from nkscreen.cli import main; main()", "screen", str(fixtures / "manifests")]
    with subprocess.Popen(
        [*command, *AS_OF, "--out", "-"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        process.stdout.close()
    assert process.returncode not in {0, 1, 2}


def run_process(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-c", "from nkscreen.cli import main; main()", *map(str, arguments)],
        check=False, capture_output=True, text=True, env={**os.environ, **environment},
    )  # fmt: skip


def test_a_list_that_is_too_old_is_an_error_in_every_result(nk, tmp_path):
    lists, book = tmp_path / "own_2025-01-01.csv", tmp_path / "book.csv"
    lists.write_text("name,programme\nRyugyong Trading,DPRK\n")
    book.write_text("id,name,country\n1,Blue Heron Bakery Ltd,GB\n2,Ryugyong Trading,KP\n")
    page = tmp_path / "report.html"
    run = ("screen", book, "--kind", "counterparty", "--list", lists, "--report", page, "--as-of")
    code, out, _ = nk(*run, "2025-01-20")
    assert (code, "clear: 1;" in out, "NOT CLEARED" in out) == (0, True, False)
    code, out, _ = nk(*run, "2026-06-01")
    assert (code, "clear: 0;" in out, "NOT CLEARED, lists too old: 1" in out) == (1, True, True)
    assert "warning: own of 2025-01-01 is 516 days old, more than 365 days allowed" in out
    assert "Not cleared: nothing was met on lists too old to say so." in page.read_text(encoding="utf-8")


def test_a_listed_party_of_a_swift_message_is_found(nk, tmp_path):
    (tmp_path / "in.fin").write_text(
        "{1:F01AABSLKLXAXXX0000000000}{2:I103HANYUS33XXXXN}{4:\n:20:REF1\n:32A:250922USD1417,8\n"
        ":50K:/1\nHARBOUR CURLEW LTD\n:59:/2\nKOREA KWANGSON BANKING CORP\n-}"
    )
    code, out, _ = nk("screen", tmp_path, "--as-of", "2026-06-01")
    assert (code, "SWIFT MT" in out) == (0, True)
    assert "read 1 = screened 1 + quarantined 0; alerts: 1 " in out


def test_queries_of_yente_are_answered_in_its_shape(nk, tmp_path):
    queries = {"a": {"schema": "Person", "properties": {"name": ["Kim Jong Un"], "birthDate": ["1984-01-08"]}}}
    (tmp_path / "q.json").write_text(json.dumps({"queries": queries}))
    code, _, _ = nk("screen", tmp_path / "q.json", *AS_OF, "--out", tmp_path / "a.json", "--out-format", "yente")
    assert code == 0
    found = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert found["responses"]["a"]["results"][0]["match"]
    code, _, error = nk("screen", tmp_path / "q.json", *AS_OF, "--out-format", "yente")
    assert (code, "wants --out" in error) == (2, True)
