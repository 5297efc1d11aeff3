"""Documented cases, from records as papers write them to the findings of the whole pack; and neighbours that are clean.

The lists play no part: a case must stand by its rules, whatever is listed in the snapshot of the day.
"""

from datetime import date
from pathlib import Path

import pytest
import yaml
from clean_corpus import corpus

from nkscreen import Screener, Watchlist, load_rulebook
from nkscreen.alerts import Severity
from nkscreen.records import KINDS
from nkscreen.watchlist.model import ListedEntity, ListedName, Listing, Snapshot

CASES = Path(__file__).resolve().parents[2] / "rules" / "cases"
NOBODY = ListedEntity(
    id="1",
    schema="Company",
    names=(ListedName(value="Quillfeather Zyxt Nobody Holdings"),),
    listings=(Listing(programme="TEST", listed=date(2000, 1, 1)),),
)


@pytest.fixture(scope="module")
def rules_alone():
    watchlist = Watchlist(Snapshot(publisher="TEST", title="nobody", entities=(NOBODY,)))
    return Screener(watchlist, load_rulebook(), as_of=date(2026, 6, 1))


def documents(folder):
    return [yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in sorted(folder.glob("*.yaml"))]


def records(folder):
    return [
        pytest.param(entry, id=entry["record"]["id"]) for document in documents(folder) for entry in document["records"]
    ]


def screened(entry, screener):
    return screener.screen(KINDS[entry["kind"]].read(entry["record"]))


@pytest.mark.parametrize("entry", records(CASES))
def test_a_case_gives_the_findings_it_must_and_no_others(entry, rules_alone):
    result = screened(entry, rules_alone)
    expect = entry["expect"]
    found = {
        outcome: sorted(f.rule_id for f in result.findings if f.outcome == outcome)
        for outcome in ("match", "unknown", "exempt")
    }
    assert found == {
        "match": sorted(expect.get("rules", [])),
        "unknown": sorted(expect.get("unknown", [])),
        "exempt": sorted(expect.get("exempted", [])),
    }
    assert (result.alert is None) == (expect.get("silent") == "true")
    if result.alert:
        assert result.alert.severity == Severity(expect["severity"])


@pytest.mark.parametrize("entry", records(CASES / "clean"))
def test_a_neighbour_of_a_case_raises_nothing(entry, rules_alone):
    result = screened(entry, rules_alone)
    assert [finding.rule_id for finding in result.findings if finding.outcome != "data"] == []
    assert result.alert is None or result.alert.severity == Severity.INFO


def test_on_ordinary_trade_nothing_above_low_is_raised(rules_alone):
    loud, low = {}, 0
    for kind, fields in corpus():
        result = rules_alone.screen(KINDS[kind].read(fields))
        if result.alert and result.alert.severity.rank > Severity.LOW.rank:
            loud[fields["id"]] = [(f.rule_id, f.outcome) for f in result.findings]
        low += bool(result.alert)
    assert loud == {}
    assert low <= 5  # remarks cost an analyst's time too


def test_every_case_names_the_facts_it_rests_on():
    for document in documents(CASES):
        assert document["schema"] == "nkscreen/case@1"
        assert document["facts"], document["id"]
        assert (CASES / f"{document['id']}.yaml").is_file()
