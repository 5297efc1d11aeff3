"""Records as a table, and the table as a file."""

import subprocess
import sys
from datetime import date

import polars as pl
import pytest

from nkscreen.errors import InputError
from nkscreen.records import Payment, Shipment
from nkscreen.rulebook import RuleHit, view
from nkscreen.rulebook.corpus import Corpus
from nkscreen.rulebook.language import parse

RECORDS = [
    Shipment.read(
        {
            "id": "S1",
            "date": "2019-05-02",
            "goods": [{"hs_code": "2701.12", "description": "COAL"}, {}],
            "legs": [{"port": "KPNAM", "vessel": {"name": "STAR", "flag": "Korea"}}],
        }
    ),
    Shipment.read({"id": "S2", "shipper": {"name": "Acme"}}),
]
HIT = RuleHit(path="shipper", score=0.75, programmes=("DPRK",))


def corpus():
    return Corpus.of([RECORDS[0], (RECORDS[1], [HIT])])


def outcome(text, given):
    return given.outcomes({"asked": parse(text)})["asked"].to_list()


def test_columns_have_the_types_of_the_vocabulary_and_fields_that_nobody_gives_are_left_out():
    schema = corpus().frame.schema
    assert schema["id"] == pl.String
    assert schema["date"] == pl.Date
    assert schema["goods"] == pl.List(pl.Struct({"hs_code": pl.String, "description": pl.String}))
    assert "remarks" not in schema
    ship = {field.name: field.dtype for field in schema["legs"].inner.fields}["vessel"]
    assert "flag" not in {field.name for field in ship.fields}  # bare Korea is no flag, so no record gives one


def test_hits_are_a_column():
    assert corpus().frame["hits"].list.len().to_list() == [0, 1]
    assert outcome("hits.exists(h, h.score >= 0.7 && 'DPRK' in h.programmes)", corpus()) == [False, True]


def test_what_no_record_gives_is_missing_and_an_empty_list_is_known():
    assert outcome("remarks == 'x'", corpus()) == [None, None]
    assert outcome("has(consignee.name)", corpus()) == [False, False]
    assert outcome("any_word(remarks, ['coal'])", corpus()) == [None, None]
    assert outcome("size(notify_parties) == 0", corpus()) == [True, True]
    assert outcome("legs.exists(l, l.vessel.flag == 'KP')", corpus()) == [None, False]
    assert outcome("goods.exists(g, g.hs_code == '2709')", corpus()) == [None, None]


def test_a_corpus_comes_back_from_parquet_as_it_was(tmp_path):
    corpus().write_parquet(tmp_path / "corpus.parquet")
    back = Corpus.read_parquet(tmp_path / "corpus.parquet")
    assert back.kind == "shipment"
    assert back.frame.equals(corpus().frame)
    assert len(back) == 2


def test_records_of_two_kinds_are_refused():
    with pytest.raises(InputError, match="records of one kind, not of payment, shipment"):
        Corpus.of([RECORDS[0], Payment.read({"id": "P1", "date": date(2020, 1, 1)})])


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ({"date": ["2020-01-01"]}, "a corpus needs the column id"),
        ({"id": ["1"], "colour": ["red"]}, "colour: a shipment has no such field"),
        ({"id": ["1"], "date": ["2020-01-01"]}, "date must be Date, not String"),
        ({"id": ["1"], "vessel": [{"nmae": "A"}]}, "vessel.nmae: there is no such field"),
        ({"id": ["1"], "goods": [[{"hs_code": 2701}]]}, r"goods\[\].hs_code must be String, not Int64"),
    ],
)
def test_a_frame_that_is_not_as_the_vocabulary_has_it_is_refused(frame, message):
    with pytest.raises(InputError, match=message):
        Corpus("shipment", pl.DataFrame(frame))


def test_a_file_that_is_no_corpus_is_refused(tmp_path):
    (tmp_path / "text.parquet").write_text("id\n1\n")
    with pytest.raises(InputError, match="cannot be read as Parquet"):
        Corpus.read_parquet(tmp_path / "text.parquet")
    pl.DataFrame({"id": ["1"]}).write_parquet(tmp_path / "plain.parquet")
    with pytest.raises(InputError, match="does not say what kind of records it holds"):
        Corpus.read_parquet(tmp_path / "plain.parquet")


def test_a_kind_that_does_not_exist_is_refused():
    with pytest.raises(InputError, match="there is no kind of record 'ship'"):
        Corpus("ship", pl.DataFrame({"id": ["1"]}))


def test_screening_does_not_load_polars():
    code = "import sys, nkscreen, nkscreen.rulebook; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_corpus_grows_in_parts_that_give_different_fields(monkeypatch):
    monkeypatch.setattr("nkscreen.rulebook.corpus._PART", 1)
    parts = corpus()
    monkeypatch.undo()
    whole = corpus()
    assert sorted(parts.frame.columns) == sorted(whole.frame.columns)
    shown = [view(RECORDS[0]), view(RECORDS[1], [HIT])]
    for row in range(2):
        assert parts.view(row) == whole.view(row) == shown[row]


def test_the_views_of_a_corpus_that_was_kept_are_those_of_its_records(tmp_path):
    corpus().write_parquet(tmp_path / "s.parquet")
    kept = Corpus.read_parquet(tmp_path / "s.parquet")
    assert [kept.view(row) for row in range(2)] == [view(RECORDS[0]), view(RECORDS[1], [HIT])]
