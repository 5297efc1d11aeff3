"""`nkscreen rescreen`, and screening as of a day with a store of lists."""

import json

import pytest

OLD = "id,name,programme,country\nP-1,Wonsan Trading,DPRK,CN\nP-2,Ryugyong Fishery,DPRK,CN\n"
NEW = "id,name,programme,country\nP-1,Wonsan Trading,DPRK,CN\nP-3,Chollima Shipping,DPRK,CN\n"
BOOK = (
    "id,name,country\n1,Wonsan Trading,CN\n2,Ryugyong Fishery,CN\n3,Chollima Shipping,CN\n4,Blue Heron Bakery,GB\n,,\n"
)


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(BOOK)
    return path


@pytest.fixture
def lists(tmp_path):
    """A team's own list of two days."""
    found = [tmp_path / "own_2026-01-01.csv", tmp_path / "own_2026-02-01.csv"]
    for path, text in zip(found, (OLD, NEW), strict=True):
        path.write_text(text)
    return found


@pytest.fixture
def store(nk, tmp_path, lists):
    """A store that had both."""
    for path in lists:
        assert nk("lists", "add", path, "--store", tmp_path / "store", "--accept", "a test")[0] == 0
    return tmp_path / "store"


def alerts(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_book_is_screened_again_against_what_changed_in_a_store(nk, tmp_path, store, book):
    now, gone, full = (tmp_path / f"{name}.jsonl" for name in ("now", "gone", "full"))
    run = ("--kind", "counterparty", "--list", store, "--as-of", "2026-02-03")
    code, out, _ = nk("rescreen", book, *run, "--out", now, "--cleared", gone)
    assert code == 0
    assert "before own of 2026-01-01, 2 entries" in out
    assert "now    own of 2026-02-01, 2 entries" in out
    assert "2 entries were added, removed or amended" in out
    assert "read 4 = screened 4 + quarantined 0; alerts: 1 raised, 0 changed, 1 cleared; all others stand" in out
    assert [alert["record_id"] for alert in alerts(gone)] == ["2"]
    nk("screen", book, *run, "--out", full)
    assert alerts(now) == [alert for alert in alerts(full) if alert["record_id"] == "3"]


def test_rescreening_follows_decisions_and_owners_as_a_full_run_does(nk, tmp_path, store):
    book, owners, decisions = (tmp_path / f"{name}.csv" for name in ("book", "owners", "decisions"))
    book.write_text("id,name,country\n1,Heron Holdings,GB\n2,Woodpecker Ltd,GB\n")
    owners.write_text("subject,owner,share\nHeron Holdings,Chollima Shipping,60\n")
    decisions.write_text("one,other,same,author,day,reason\nown:P-2,own:P-3,no,A. Analyst,2026-02-01,namesakes\n")
    now, full = tmp_path / "now", tmp_path / "full"
    run = (book, "--kind", "counterparty", "--list", store, "--as-of", "2026-02-03", "--ownership", owners)
    code, out, _ = nk("rescreen", *run, "--decisions", decisions, "--out", now)
    assert (code, "alerts: 1 raised, 0 changed, 0 cleared" in out) == (0, True)
    assert "on own:P-2 and own:P-3 has no effect: own:P-2 is on none of the lists" in out
    nk("screen", *run, "--decisions", decisions, "--out", full)
    assert [alert["record_id"] for alert in alerts(now)] == ["1"]
    assert alerts(now) == alerts(full)


def test_lists_are_named_where_there_is_no_store(nk, lists, book):
    run = ("rescreen", book, "--kind", "counterparty", "--list", lists[1], "--as-of", "2026-02-03")
    code, out, _ = nk(*run, "--before", lists[0], "--fail-on", "high")
    assert (code, "1 raised, 0 changed, 1 cleared" in out) == (1, True)
    code, _, err = nk(*run)
    assert (code, "say with --before which lists the last run used" in err) == (2, True)


def test_a_store_with_one_state_cannot_be_rescreened(nk, tmp_path, lists, book):
    nk("lists", "add", lists[0], "--store", tmp_path / "store")
    code, _, err = nk("rescreen", book, "--kind", "counterparty", "--list", tmp_path / "store")
    assert (code, "has had one state only; screen the files in full" in err) == (2, True)


def test_rows_that_cannot_be_read_are_set_aside(nk, tmp_path, store):
    book, aside = tmp_path / "wrong.csv", tmp_path / "aside.jsonl"
    book.write_text("id,name,country\n1,Wonsan Trading,CN\n2,Ryugyong,CN,surplus\n")
    run = ("--kind", "counterparty", "--list", store, "--as-of", "2026-02-03", "--quarantine", aside)
    code, out, _ = nk("rescreen", book, *run)
    assert (code, "read 2 = screened 1 + quarantined 1" in out) == (0, True)
    assert [line["row"] for line in alerts(aside)] == [3]


@pytest.mark.parametrize(
    ("day", "dated", "found"),
    [("2026-01-15", "2026-01-01", True), ("2026-02-15", "2026-02-01", False), ("2025-12-01", "2026-01-01", True)],
)
def test_a_store_gives_the_list_that_stood_on_the_day(nk, store, day, dated, found):
    _, out, _ = nk("match", "Ryugyong Fishery", "--list", store, "--as-of", day)
    assert f"list: own of {dated}, 2 entries" in out
    assert ("P-2" in out) == found
    assert ("by the dates of its listings" in out) == (day < dated)
