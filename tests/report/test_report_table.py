import csv
import io

import pytest
from alert_samples import make_alert, sample_alerts
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.report import write_table
from nkscreen.report.table import CELL_LIMIT, COLUMNS, FORMULA_STARTS, cell


def rows(alerts) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    assert write_table(alerts, stream) == len(alerts)
    text = stream.getvalue()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_one_row_an_alert_with_what_an_analyst_looks_for():
    first = rows(sample_alerts())[0]
    assert first["severity"] == "critical"
    assert first["score"] == "98.2"
    assert (first["file"], first["row"]) == ("dalian_feeder.csv", "11")
    assert first["list_entries"] == "OFAC:17069"
    assert first["listed_names"] == "CHONG CHON GANG"
    assert first["programmes"] == "DPRK"
    assert first["rules"] == "NK-SHIP-017@3"
    assert first["missing_fields"] == "vessel.port_calls; consignee.country"
    assert first["legal_basis"] == (
        "E.O. 13551; UNSCR 2397 (2017), para 7, in force since 2017-12-22; "
        "Regulation (EU) 2017/1509, Art. 16a, in force since 2018-02-26 (not verified)"
    )
    assert first["lists"] == "OFAC 2026-02-27; UN 2025-07-14"
    assert list(first) == list(COLUMNS)


def test_undecided_rules_stand_apart_from_matched_ones():
    undecided = rows(sample_alerts())[4]
    assert undecided["rules"] == ""
    assert undecided["undecided_rules"] == "NK-SHIP-031@1"


def test_lines_end_in_crlf_and_cells_hold_no_line_break():
    stream = io.StringIO(newline="")
    write_table([make_alert(1, "vessel", "two\r\nlines", "h", "low")], stream)
    assert stream.getvalue().count("\r\n") == stream.getvalue().count("\n") == 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"])
def test_a_cell_that_would_run_as_a_formula_is_neutralised(text):
    assert cell(text).startswith("'")
    assert rows([make_alert(1, "vessel", text, text, "low")])[0]["subject"].startswith("'")


@given(st.text(max_size=50))
def test_no_cell_starts_as_a_formula_or_holds_a_control_character(text):
    shown = cell(text)
    assert not shown.startswith(FORMULA_STARTS)
    assert shown.isprintable()


def test_a_cell_too_long_for_a_spreadsheet_is_cut_and_says_so():
    shown = cell("x" * 40_000)
    assert len(shown) < 32_767
    assert shown[CELL_LIMIT:] == " … (cut; the JSON Lines file has all 40000 characters)"
