"""`nkscreen lists add` and `lists diff`."""

import json

from typer.testing import CliRunner

from nkscreen.cli.app import app

OLD = "id,name,programme,country\nP-1,Wonsan Trading,DPRK,KP\nP-2,Hong Gil Dong,DPRK,KP\n"
NEW = "id,name,programme,country\nP-1,Wonsan Trading,DPRK,CN\nP-3,Chollima Shipping,DPRK,KP\n"


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_list_that_lost_entries_is_refused_until_it_is_accepted(tmp_path):
    old, new = tmp_path / "own_2026-01-01.csv", tmp_path / "own_2026-02-01.csv"
    old.write_text(OLD)
    new.write_text(NEW)
    store = tmp_path / "store"
    first = run("lists", "add", old, "--store", store)
    assert (first.exit_code, "of 2026-01-01, 2 entries" in first.output) == (0, True)
    refused = run("lists", "add", new, "--store", store)
    assert (refused.exit_code, "lacks 50.0% of the entries in use" in refused.output) == (1, True)
    taken = run("lists", "add", new, "--store", store, "--accept", "struck off")
    assert (taken.exit_code, "of 2026-02-01, 2 entries" in taken.output) == (0, True)
    status = run("lists", "status", "--list", store, "--as-of", "2026-02-02")
    assert "2026-02-01" in status.output
    more = tmp_path / "more.csv"
    more.write_text("name\nRyugyong Trading\n")
    both = run("match", "Chollima Shipping", "--list", store, "--list", more, "--as-of", "2026-02-02")
    assert "own of 2026-02-01, 2 entries" in both.output
    assert "more without a date, 1 entries" in both.output


def test_a_difference_names_entries_and_fields(tmp_path):
    old, new = tmp_path / "own_2026-01-01.csv", tmp_path / "own_2026-02-01.csv"
    old.write_text(OLD)
    new.write_text(NEW)
    found = run("lists", "diff", old, new)
    assert found.exit_code == 0
    assert "+ P-3 Chollima Shipping [DPRK]" in found.output
    assert "- P-2 Hong Gil Dong [DPRK]" in found.output
    assert "~ P-1 Wonsan Trading [DPRK]" in found.output
    assert "1 added, 1 removed, 1 amended" in found.output


def test_a_difference_is_also_given_as_json(tmp_path):
    old, new = tmp_path / "own_2026-01-01.csv", tmp_path / "own_2026-02-01.csv"
    old.write_text(OLD)
    new.write_text(NEW)
    found = json.loads(run("lists", "diff", old, new, "--json").output)
    assert (found["before"]["listDate"], found["after"]["title"]) == ("2026-01-01", "own")
    assert [[entity["id"] for entity in found[kind]] for kind in ("added", "removed")] == [["P-3"], ["P-2"]]
    assert found["amended"] == [
        {
            "id": "P-1",
            "caption": "Wonsan Trading",
            "changes": [{"field": "countries", "gone": ["KP"], "come": ["CN"]}],
        }
    ]
