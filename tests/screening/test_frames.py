"""Frames are answered row by row as single screening answers, alerts byte by byte."""

import json
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nkscreen import Counterparty, InputError, NkscreenError, Screener, Shipment, load_rulebook, load_watchlist
from nkscreen.screening.frames import SCHEMA, record_data, screen_batches, screen_frame
from nkscreen.screening.sieve import rows_to_screen

NAMES = [
    "Blue Heron Trading",
    "KOREA MINING DEVELOPMENT TRADING CORPORATION",
    "Ri Son-gwon",
    "TO THE ORDER OF WOORI BANK",
    "TO ORDER",
    "n/a",
    "",
    None,
    "  Red Kite  ",
    "a\u0000b",
    "Pyongyang Restaurant",
    "조선광업개발무역회사",
    "Anna Kowalska",
    "12345",
    "x" * 1_500,
]
VALUES = {
    "country": ["GB", "KP", "Korea", "North Korea", "zz?", "", None],
    "schema": ["Person", "Company", "Airplane", "robot", None],
    "birth_date": ["1970-01-01", "yesterday", None],
    "address": ["1 High Street, Leeds", "Mangyongdae, Pyongyang", None],
    "swift_bic": ["DCBKKPPY", "BARCGB22", "no", None],
    "email": ["a@b.kp", "a@b.com", None],
    "phone": ["+850 2 381 0000", "+44 20 7946 0000", None],
    "account_count": [3, -1, None],
    "date": [date(2015, 1, 1), date(2026, 1, 1), None],
}


def loop(screener, rows, kind=Counterparty):
    """What single screening says of each row: status and alert as JSON."""
    found = []
    for number, row in enumerate(rows, 1):
        try:
            result = screener.screen(kind.read(record_data(row, "", number)))
        except NkscreenError:
            found.append(("quarantined", None))
        else:
            alert = result.alert and json.dumps(result.alert.to_dict(), ensure_ascii=False, separators=(",", ":"))
            found.append((result.status, alert))
    return found


def answers(frame):
    return list(frame.select("status", "alert").iter_rows())


ROW = st.fixed_dictionaries({"name": st.sampled_from(NAMES), **{k: st.sampled_from(v) for k, v in VALUES.items()}})


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, min_size=1, max_size=25))
def test_a_frame_equals_single_screening(screener, rows):
    frame = pl.DataFrame(rows, schema_overrides=dict.fromkeys(("name", "country", "schema"), pl.String))
    assert answers(screen_frame(frame, screener=screener)) == loop(screener, rows)


def test_each_value_alone_and_each_name_equals_single_screening(screener):
    rows = [{"name": name, "country": "GB"} for name in NAMES]
    rows += [{"name": "Anna Kowalska", key: value} for key, values in VALUES.items() for value in values]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    found = screen_frame(frame, screener=screener)
    assert answers(found) == loop(screener, frame.iter_rows(named=True))
    assert set(found["status"]) >= {"alert", "clear", "quarantined"}
    assert found["row"].to_list() == list(range(1, len(rows) + 1))


def test_rows_that_differ_in_one_column_alone_are_told_apart(screener):
    rows = [{"name": "Blue Heron", "phone": phone} for phone in ("+44 20 7946 0000", "+850 2 381 0000")]
    assert rows_to_screen(screener, pl.DataFrame(rows)).tolist() == [False, True]


def test_rows_that_meet_nothing_are_passed_over(screener):
    frame = pl.DataFrame({"name": ["Anna Kowalska", "Ri Son-gwon", None], "country": ["PL", "KP", "PL"]})
    assert rows_to_screen(screener, frame).tolist() == [False, True, True]


def test_real_lists_and_people_equal_single_screening(shared):
    lists = shared / "lists/un/UN_consolidated_2026-02.xml"
    screener = Screener(load_watchlist(lists), load_rulebook(tests=False), as_of=date(2026, 3, 1))
    listed = [name.value for _, entity in screener.watchlist for name in entity.names][::40]
    people = pl.read_csv(shared / "bench/negatives_global.csv", n_rows=400, infer_schema=False)
    frame = people.select(name="full_name", birth_date="date_of_birth", gender="gender", nationality="nationality")
    frame = pl.concat([frame, pl.DataFrame({"name": listed})], how="diagonal").with_columns(schema=pl.lit("Person"))
    found = answers(screen_frame(frame, screener=screener))
    assert found == loop(screener, frame.iter_rows(named=True))
    assert sum(alert is not None for _, alert in found) >= len(listed) // 2


def test_shipments_are_screened_row_by_row(screener):
    frame = pl.DataFrame({"S": ["Blue Heron", "KOREA MINING DEVELOPMENT TRADING CORPORATION"], "C": [None, "Anna"]})
    found = screen_frame(
        frame, kind="shipment", columns={"shipper.name": "S", "consignee.name": "C"}, screener=screener
    )
    rows = [{"shipper.name": s, "consignee.name": c} for s, c in frame.iter_rows()]
    assert answers(found) == loop(screener, rows, Shipment)
    assert found["status"][1] == "alert"


def test_rows_are_counted_through_batches_and_alerts_name_the_file(screener):
    batches = [pl.DataFrame({"id": [n], "name": [NAMES[1]]}) for n in (7, 8)]
    frames = list(screen_batches(batches, screener=screener, file="customers.parquet"))
    assert [frame["row"].to_list() for frame in frames] == [[1], [2]]
    assert [frame["id"].to_list() for frame in frames] == [["7"], ["8"]]
    assert json.loads(frames[1]["alert"][0])["source"]["row"] == 2


def test_frames_of_pandas_come_through_arrow(screener):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    found = screen_frame(pandas.DataFrame({"name": [NAMES[1], "Anna Kowalska"]}), screener=screener)
    assert found["status"].to_list()[0] == "alert"
    assert found.schema == SCHEMA


def test_columns_that_are_no_fields_are_refused(screener):
    with pytest.raises(InputError, match="'CUSTOMER' is no field of a counterparty; say which field"):
        screen_frame(pl.DataFrame({"CUSTOMER": ["x"]}), screener=screener)
    with pytest.raises(InputError, match="no column 'KUNDE'"):
        screen_frame(pl.DataFrame({"CUSTOMER": ["x"]}), columns={"name": "KUNDE"}, screener=screener)
    with pytest.raises(TypeError, match="not list"):
        screen_frame(["x"], screener=screener)


def test_an_empty_frame_gives_an_empty_answer(screener):
    assert screen_frame(pl.DataFrame(schema={"name": pl.String}), screener=screener).height == 0
