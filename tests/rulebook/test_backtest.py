"""A back-test says of every record what judging it says."""

from datetime import date

import polars as pl
import pytest
from small_pack import RULE, changed, write_pack

from nkscreen.errors import InputError
from nkscreen.records import Shipment
from nkscreen.rulebook import judge, load_rulebook, view
from nkscreen.rulebook.backtest import SCHEMA, backtest, condition_outcomes
from nkscreen.rulebook.corpus import Corpus
from nkscreen.rulebook.judge import EXEMPTED

RULEBOOK = load_rulebook()
DAY = date(2026, 11, 1)
SUBJECTS = sorted({rule.file.subject for rule in RULEBOOK.rules})


def shipment(**fields):
    given = {"id": "S1", "date": "2019-05-02", "goods": [{"hs_code": "270112"}], "origin_country": "KP", "remarks": "x"}
    return Shipment.read({**given, **fields})


@pytest.fixture
def rule(tmp_path):
    return load_rulebook(write_pack(tmp_path)).rules[0]


def outcomes(found):
    return found.select("record_id", "outcome", "score").rows()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_verdict_on_the_records_of_the_rules_own_tests(subject):
    rules = [rule for rule in RULEBOOK.rules if rule.file.subject == subject]
    records = [RULEBOOK.fixtures[test.given.use].build(test.given) for rule in rules for test in rule.file.tests]
    judged = {}
    for number, rule in enumerate(rules):
        for row, (record, hits) in enumerate(records):
            verdict = judge(rule, view(record, hits), DAY)
            exempted = "exempted" if verdict.reason == EXEMPTED else None
            outcome = {True: "match", None: "unknown", False: exempted}[verdict.match]
            if outcome:
                judged[number, row] = (row, record.id, rule.id, outcome, verdict.score)
    found = backtest(rules, Corpus.of(records), DAY)
    assert found.rows() == [judged[key] for key in sorted(judged)]
    assert found.schema == SCHEMA


def test_match_unknown_and_exempted_have_a_row_and_clear_has_none(rule):
    corpus = Corpus.of(
        [
            shipment(id="match"),
            shipment(id="twenty more, capped", legs=[{"port": "CNDAL", "transshipment": True}]),
            shipment(id="unknown", origin_country=None),
            shipment(id="exempted", remarks="of RUSSIAN ORIGIN"),
            shipment(id="clear", goods=[{"hs_code": "2709"}]),
        ]
    )
    assert outcomes(backtest([rule], corpus, DAY)) == [
        ("match", "match", 60.0),
        ("twenty more, capped", "match", 75.0),
        ("unknown", "unknown", 0.0),
        ("exempted", "exempted", 0.0),
    ]


def test_validity_is_half_open_and_the_day_of_the_run_stands_in_for_a_missing_date(tmp_path):
    text = changed(RULE, "from: 2017-08-05}", "from: 2017-08-05, to: 2020-01-01}")
    rule = load_rulebook(write_pack(tmp_path, rule=text)).rules[0]
    days = ["2017-08-04", "2017-08-05", "2019-12-31", "2020-01-01", None]
    corpus = Corpus.of([shipment(id=str(day), date=day) for day in days])
    inside = ["2017-08-05", "2019-12-31"]
    assert backtest([rule], corpus, date(2019, 1, 1))["record_id"].to_list() == [*inside, "None"]
    assert backtest([rule], corpus, date(2020, 1, 1))["record_id"].to_list() == inside


def test_records_of_one_id_are_told_apart_by_their_row(rule):
    corpus = Corpus.of([shipment(goods=[{"hs_code": "2709"}]), shipment(), shipment()])
    assert backtest([rule], corpus, DAY).select("row", "record_id").rows() == [(1, "S1"), (2, "S1")]


def test_conditions_come_out_one_column_each(rule):
    corpus = Corpus.of([shipment(), shipment(origin_country=None, legs=[{"port": "CNDAL"}], remarks=None)])
    found = condition_outcomes(rule, corpus)
    assert found.rows(named=True) == [
        {"coal": True, "origin": True, "transshipped": False, "russian": False},
        {"coal": True, "origin": None, "transshipped": None, "russian": None},
    ]


def test_rules_about_another_kind_of_record_are_refused(rule):
    with pytest.raises(InputError, match="NK-SHIP-901 is about a shipment; the corpus holds records of vessel"):
        backtest([rule], Corpus("vessel", pl.DataFrame({"id": ["V1"]})), DAY)


def test_no_rules_and_no_records_give_an_empty_table_of_the_same_columns(rule):
    assert backtest([], Corpus.of([shipment()]), DAY).schema == SCHEMA
    empty = Corpus("shipment", pl.DataFrame(schema={"id": pl.String}))
    assert backtest([rule], empty, DAY).rows() == []
    assert backtest([rule], empty, DAY).schema == SCHEMA
