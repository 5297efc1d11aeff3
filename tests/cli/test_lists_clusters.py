"""`nkscreen lists clusters`, and one party named once in an alert."""

import json

import pytest

HEAD = "id,schema,name,birth_date,programme,imo,nationality\n"


@pytest.fixture
def lists(tmp_path):
    """Options that name two lists with one person and one ship in common."""
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text(HEAD + "1,person,RI WON HO,1964-07-17,DPRK,,KP\n2,vessel,FAN KE,,DPRK,,\n")
    other.write_text(HEAD + "a,person,Ri Won-ho,1964-07-17,UN 1718,,KP\nb,vessel,EVER BRIGHT 88,,DPRK,,\n")
    return "--list", one, "--list", other


def test_clusters_are_shown_with_their_evidence(nk, lists):
    code, out, _ = nk("lists", "clusters", *lists)
    assert code == 0
    assert "one:1 RI WON HO  =  other:a Ri Won-ho" in out
    assert "one:1, other:a: over 99.9 % (name +11.0, short name −1.8, birth date equal +8.0" in out
    assert "1 parties stand on several lists, with 2 entries of 4" in out
    _, out, _ = nk("lists", "clusters", *lists, "--json")
    (found,) = json.loads(out)
    assert [member["key"] for member in found["members"]] == ["one:1", "other:a"]
    assert found["pairs"][0]["decided_by"] == ""


def test_people_have_the_last_word(nk, lists, tmp_path):
    path = tmp_path / "decisions.csv"
    path.write_text(
        "one,other,same,author,day,reason\none:2,other:b,yes,A. Analyst,2026-11-27,renamed in 2017\n"
        "one:1,other:a,no,A. Analyst,2026-11-27,a namesake\n"
    )
    _, out, _ = nk("lists", "clusters", *lists, "--decisions", path)
    assert "one:2 FAN KE  =  other:b EVER BRIGHT 88" in out
    assert "the same, said A. Analyst on 2026-11-27: renamed in 2017" in out
    assert "RI WON HO" not in out


def test_one_party_is_one_reason_of_an_alert(nk, lists, tmp_path):
    book, out = tmp_path / "book.csv", tmp_path / "alerts.jsonl"
    book.write_text("id,schema,name,birth_date\n1,Person,Ri Won Ho,1964-07-17\n")
    run = ("screen", book, "--kind", "counterparty", *lists, "--as-of", "2026-11-27", "--out", out)
    nk(*run)
    (alert,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert "listed by one (DPRK) and other (UN 1718) (and 1 more)" in alert["headline"]
    assert [hit["same_party"] for hit in alert["hits"]] == [["other:a"], ["one:1"]]
    _, text, _ = nk("explain", alert["id"], "--in", out)
    assert "same party as" in text
    decisions = tmp_path / "decisions.csv"
    decisions.write_text("one,other,same,author,day,reason\none:1,other:a,no,A. Analyst,2026-11-27,a namesake\n")
    nk(*run, "--decisions", decisions)
    (alert,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert "listed by one (DPRK) (and 2 more)" in alert["headline"]


def test_a_table_of_owners_is_followed_to_the_list(nk, lists, tmp_path):
    book, owners, out = tmp_path / "book.csv", tmp_path / "owners.csv", tmp_path / "alerts.jsonl"
    book.write_text("id,schema,name\n1,Company,Heron Holdings\n")
    owners.write_text("subject,owner,share\nHeron Holdings,Ri Won Ho,60\n")
    run = ("--kind", "counterparty", *lists, "--as-of", "2026-11-27", "--out", out, "--ownership", owners)
    assert nk("screen", book, *run)[0] == 0
    (alert,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [finding["rule_id"] for finding in alert["findings"]] == ["TIE-LISTED"]
