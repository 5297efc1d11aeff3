"""Every row of the example files gives what `fixtures/expected.yaml` says: stories alert, near misses do not."""

from pathlib import Path

import pytest
import yaml

from nkscreen import Batch, open_input
from nkscreen.formats import Quarantined

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
EXPECTED = yaml.safe_load((FIXTURES / "expected.yaml").read_text(encoding="utf-8"))["rows"]


@pytest.fixture(scope="module")
def outcomes(screener):
    """Every row of every file by (file, row): a result, or a quarantined row."""
    found = {}
    for name in sorted({row["file"] for row in EXPECTED}):
        batch = Batch(screener)
        with open_input(FIXTURES / name) as source:
            for item in batch.run(source):
                if isinstance(item, Quarantined):
                    found[name, item.raw["RECORD ID"]] = item
                else:
                    found[name, item.record.id] = item
        assert batch.summary().balanced
    return found


def test_every_row_of_every_file_has_an_expectation(outcomes):
    assert set(outcomes) == {(row["file"], row["row"]) for row in EXPECTED}


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["row"])
def test_a_row_gives_what_is_expected_of_it(row, outcomes, screener):
    outcome = outcomes[row["file"], row["row"]]
    assert isinstance(outcome, Quarantined) == row.get("quarantined", False)
    if isinstance(outcome, Quarantined):
        assert outcome.reason
        return
    by_outcome = {
        kind: [f.rule_id for f in outcome.findings if f.outcome == kind]
        for kind in ("match", "unknown", "exempt", "data")
    }
    assert sorted(by_outcome["match"]) == sorted(row.get("rules", []))
    assert sorted(by_outcome["unknown"]) == sorted(row.get("unknown", []))
    assert sorted(by_outcome["exempt"]) == sorted(row.get("exempted", []))
    assert sorted(by_outcome["data"]) == sorted(row.get("data", []))
    counting = {hit.entity_id for hit in outcome.hits if screener.counts(hit)}
    assert set(row.get("list_hits", [])) <= counting
    if not row.get("list_hits"):
        assert counting == set()
    assert (outcome.alert is None) == (row.get("silent", False) and not row.get("exempted"))


def test_every_alert_of_a_rule_names_its_law_and_what_it_was_drawn_from(outcomes):
    matched = [
        f for o in outcomes.values() if not isinstance(o, Quarantined) for f in o.findings if f.outcome == "match"
    ]
    assert {finding.rule_id for finding in matched} == {rule for row in EXPECTED for rule in row.get("rules", ())}
    for finding in matched:
        assert finding.legal or finding.basis == "indicator", finding.rule_id
        assert finding.seed or finding.references or finding.basis != "indicator", finding.rule_id


def test_every_alert_explains_itself(outcomes):
    for outcome in outcomes.values():
        alert = getattr(outcome, "alert", None)
        if alert:
            text = alert.explain()
            assert alert.id in text
            assert all(finding.rule_id in text for finding in alert.findings)
            assert all(hit.entity_id in text for hit in alert.hits)
