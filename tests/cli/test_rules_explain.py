"""`nkscreen rules explain`: one rule on one record, from every form a record comes in."""

import json

import pytest

SHIP = {"id": "V1", "date": "2019-05-02", "name": "EASTERN SPARROW", "flag": "KP", "mmsi": "440123456"}


@pytest.fixture
def explained(nk, tmp_path):
    """Explain NK-VSL-001 on a file of this name and text."""

    def run(name, text, *options):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return nk("rules", "explain", "NK-VSL-001", "--record", tmp_path / name, "--as-of", "2026-06-01", *options)

    return run


def test_a_match_shows_conditions_values_score_validity_and_law(explained):
    code, out, _ = explained("ship.json", json.dumps(SHIP, indent=2))
    assert code == 0
    assert "MATCH, 80 POINTS" in out
    assert "validity    inside: event_date is 2019-05-02 (the record's), valid from 2016-03-02" in out
    assert "legal       UNSCR-2270, para 19, in force since 2016-03-02" in out
    assert "= true || false || false" in out
    assert "true        dprk_flag (+25 points)" in out
    assert "read  flag = KP" in out
    assert "false       dprk_mmsi (+10 points)" in out
    assert "read  mmsi = 440123456" in out
    assert "55 base + 25 dprk_flag = 80 (at least 0, at most 92)" in out
    assert max(map(len, out.splitlines())) <= 100


def test_json_holds_the_same(explained):
    data = json.loads(explained("ship.json", json.dumps(SHIP), "--json")[1])
    assert (data["outcome"], data["score"], data["match_values"]) == ("true", 80, "true || false || false")
    assert data["points"] == [{"of": "base", "points": 55}, {"of": "dprk_flag", "points": 25}]
    flag, owner, mmsi = data["conditions"]
    assert (flag["holds"], flag["read"]) == ("true", [{"path": "flag", "value": "KP"}])
    assert (owner["holds"], mmsi["holds"]) == ("false", "false")
    assert data["validity"]["inside"] is True


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "fixture.yaml",
            "schema: nkscreen/fixture@1\nid: a/b\nsubject: vessel\nrecord: {id: x, date: 2019-05-02, flag: KP}\n",
        ),
        ("test.yaml", "given: {use: vessel/base, set: {flag: KP}}\n"),
        ("given.yaml", "use: vessel/base\nset: {flag: KP}\nunset: [owner]\n"),
        ("ship.jsonl", json.dumps({**SHIP, "kind": "vessel"}) + "\n"),
        ("ship.csv", "id,date,vessel name,flag\nV1,2019-05-02,EASTERN SPARROW,North Korea\n"),
    ],
)
def test_a_record_comes_as_json_a_table_a_fixture_or_a_test(explained, name, text):
    code, out, err = explained(name, text)
    assert (code, err) == (0, "")
    assert "MATCH, 80 POINTS" in out


def test_one_of_several_records_is_named_by_its_id(explained):
    lines = "".join(json.dumps({**SHIP, "kind": "vessel", "id": name}) + "\n" for name in ("A", "B"))
    code, _, err = explained("ships.jsonl", lines)
    assert (code, "holds several records; name one with --id" in err) == (2, True)
    assert "vessel B" in explained("ships.jsonl", lines, "--id", "B")[1]
    assert "holds no record C" in explained("ships.jsonl", lines, "--id", "C")[2]


def test_outside_validity_is_said_and_conditions_are_still_shown(explained):
    out = explained("ship.json", json.dumps({**SHIP, "date": "2015-01-01"}))[1]
    assert "NOT APPLIED: OUTSIDE ITS VALIDITY" in out
    assert "validity    outside: event_date is 2015-01-01" in out
    assert "true        dprk_flag" in out
    assert "0, because the rule did not match" in out


def test_the_day_of_the_run_stands_in_and_that_is_said(explained):
    given = {name: value for name, value in SHIP.items() if name != "date"}
    assert (
        "event_date is 2026-06-01 (the run's day, the record gives none)" in explained("a.json", json.dumps(given))[1]
    )


def test_what_is_missing_is_named(nk, tmp_path):
    given = tmp_path / "test.yaml"
    given.write_text("use: shipment/bulk\nunset: [goods]\n")
    arguments = ("rules", "explain", "NK-SHIP-005", "--record", given, "--as-of", "2026-06-01")
    code, out, _ = nk(*arguments)
    assert (code, "UNKNOWN, RAISES NOTHING" in out, "obtain      goods" in out) == (0, True, True)
    assert "lacks goods" in out
    data = json.loads(nk(*arguments, "--json")[1])
    assert (data["outcome"], data["missing"]) == ("unknown", ["goods"])


def test_hits_may_stand_in_the_record(nk, tmp_path):
    hit = {"path": "vessel", "score": 0.9, "dprk": True}
    record = {"kind": "shipment", "id": "1", "date": "2019-05-02", "vessel": {"name": "X"}, "hits": [hit]}
    (tmp_path / "a.json").write_text(json.dumps(record))
    out = nk("rules", "explain", "NK-SHIP-007", "--record", tmp_path / "a.json", "--as-of", "2026-06-01")[1]
    assert "hits[0].dprk = yes" in out


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", '{"kind": "ship"}', "there is no kind 'ship'"),
        ("a.json", '{"kind": "shipment"}', "holds a shipment, and NK-VSL-001 is about a vessel"),
        ("a.json", '{"flags": "KP"}', "flags: Extra inputs"),
        ("a.json", '{"hits": [{"scor": 1}]}', "scor"),
        ("a.yaml", "use: vessel/bse\n", "there is no fixture 'vessel/bse', did you mean 'vessel/base'?"),
        ("a.yaml", "use: vessel/base\nsets: {}\n", "unknown key 'sets'"),
        ("a.yaml", "use: vessel/base\nunset: [mmsi]\n", "unset mmsi: the fixture does not set it"),
        ("a.jsonl", "{broken\n", "repair the line"),
    ],
)
def test_a_record_that_cannot_be_read_says_why(explained, name, text, message):
    code, out, err = explained(name, text)
    assert (code, out) == (2, "")
    assert message in err


def test_an_unknown_rule_is_named(nk, tmp_path):
    code, _, err = nk("rules", "explain", "NK-VSL-0119", "--record", tmp_path / "a.json")
    assert (code, "there is no rule 'NK-VSL-0119', did you mean" in err) == (2, True)
