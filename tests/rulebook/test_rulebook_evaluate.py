"""Holding records against rules: findings, what they carry, and what stays silent."""

import pickle
from datetime import date

import pytest
from small_pack import RULE, changed, write_pack

from nkscreen.alerts.model import Hit, Severity
from nkscreen.records import Shipment, Vessel
from nkscreen.rulebook import Exemption, load_rulebook

RUN = date(2020, 1, 1)
COAL = {
    "id": "B/L 1",
    "date": "2019-05-02",
    "origin_country": "KP",
    "destination_country": "CN",
    "remarks": "FREIGHT PREPAID",
    "goods": [{"hs_code": "940360"}, {"hs_code": "270112"}],
    "legs": [{"port": "KPNAM"}, {"port": "CNDAL", "transshipment": True}],
}


def shipment(**changes):
    return Shipment.read({key: value for key, value in {**COAL, **changes}.items() if value is not None})


@pytest.fixture
def rulebook(tmp_path):
    return load_rulebook(write_pack(tmp_path))


def load(tmp_path, *edits):
    text = RULE
    for old, new in edits:
        text = changed(text, old, new)
    return load_rulebook(write_pack(tmp_path, rule=text))


def test_a_match_carries_what_an_alert_needs(rulebook):
    (finding,) = rulebook.evaluate(shipment(), [], RUN)
    assert (finding.rule_id, finding.outcome, finding.score) == ("NK-SHIP-901", "match", 75)
    assert (finding.severity, finding.basis, finding.jurisdictions) == (Severity.HIGH, "law", ("UN",))
    assert (finding.as_of, finding.clock, finding.clock_assumed) == (date(2019, 5, 2), "date", False)
    assert finding.legal[0].id == "UNSCR-2371"
    assert finding.seed == ("A seed document",)
    assert finding.action == "Hold the cargo."
    assert finding.logic_hash == rulebook.rules[0].logic_hash


def test_conditions_carry_sentence_and_evidence(rulebook):
    (finding,) = rulebook.evaluate(shipment(), [], RUN)
    results = {result.name: result for result in finding.conditions}
    assert results["coal"].says == "line 1: 270112 is on the list Coal"
    assert [(item.path, item.value) for item in results["coal"].evidence] == [("goods[1].hs_code", "270112")]
    assert [item.path for item in results["origin"].evidence] == ["origin_country", "destination_country"]
    assert results["transshipped"].says == "transshipped in CNDAL"
    assert (results["russian"].holds, results["russian"].says) == (False, "")


def test_weights_add_up_to_the_cap_and_only_when_true(tmp_path):
    plain = load(tmp_path, ("cap: 75", "cap: 90"))
    assert plain.evaluate(shipment(), [], RUN)[0].score == 80
    assert plain.evaluate(shipment(legs=[]), [], RUN)[0].score == 60


def test_a_score_never_falls_below_its_floor(tmp_path):
    rulebook = load(tmp_path, ("weight: 20", "weight: -50"), ("cap: 75", "cap: 75, floor: 30"))
    assert rulebook.evaluate(shipment(), [], RUN)[0].score == 30


def test_missing_data_gives_an_unknown_finding_that_names_it(rulebook):
    (finding,) = rulebook.evaluate(shipment(origin_country=None), [], RUN)
    assert (finding.outcome, finding.score, finding.missing) == ("unknown", 0, ("origin_country",))


def test_missing_data_that_decides_nothing_is_silent(rulebook):
    assert rulebook.evaluate(shipment(origin_country=None, goods=[{"hs_code": "940360"}]), [], RUN) == ()


def test_a_rule_that_ignores_the_unknown_is_silent(tmp_path):
    rulebook = load(tmp_path, ("unknown: review", "unknown: ignore"))
    assert rulebook.evaluate(shipment(origin_country=None), [], RUN) == ()
    assert len(rulebook.evaluate(shipment(), [], RUN)) == 1


def test_an_exemption_turns_the_rule_off_and_stays_visible(rulebook):
    found = rulebook.evaluate_all(shipment(remarks="Russian origin"), [], RUN)
    assert [(finding.outcome, finding.score) for finding in found.findings] == [("exempt", 0)]
    assert found.exempted == (Exemption("NK-SHIP-901", ("russian",)),)


def test_an_exemption_on_a_record_that_would_not_match_is_not_counted(rulebook):
    found = rulebook.evaluate_all(shipment(remarks="Russian origin", origin_country="RU"), [], RUN)
    assert found.exempted == ()


def test_an_exemption_that_cannot_be_decided_leaves_the_rule_undecided(rulebook):
    (finding,) = rulebook.evaluate(shipment(remarks=None), [], RUN)
    assert (finding.outcome, finding.missing) == ("unknown", ("remarks",))


@pytest.mark.parametrize(
    ("day", "matches"), [("2017-08-04", 0), ("2017-08-05", 1), ("2018-12-31", 1), ("2019-01-01", 0)]
)
def test_validity_is_half_open_on_the_records_own_date(tmp_path, day, matches):
    rulebook = load(tmp_path, ("from: 2017-08-05}", "from: 2017-08-05, to: 2019-01-01}"))
    assert len(rulebook.evaluate(shipment(date=day), [], RUN)) == matches


def test_the_day_of_the_run_stands_in_for_a_missing_date_and_the_finding_says_so(rulebook):
    (finding,) = rulebook.evaluate(shipment(date=None), [], RUN)
    assert (finding.as_of, finding.clock_assumed) == (RUN, True)
    assert rulebook.evaluate(shipment(date=None), [], date(2017, 8, 4)) == ()


@pytest.mark.parametrize(("status", "found", "shadow"), [("experimental", 0, 1), ("draft", 0, 0)])
def test_only_stable_rules_raise_findings(tmp_path, status, found, shadow):
    evaluation = load(tmp_path, ("status: stable", f"status: {status}")).evaluate_all(shipment(), [], RUN)
    assert (len(evaluation.findings), len(evaluation.shadow)) == (found, shadow)


def test_a_deprecated_rule_does_not_run(tmp_path):
    rulebook = load(tmp_path, ("status: stable", "status: deprecated\ndeprecated_on: 2026-01-01"))
    assert rulebook.evaluate(shipment(), [], RUN) == ()


def test_rules_of_another_kind_of_record_are_not_asked(rulebook):
    assert rulebook.evaluate(Vessel.read({"id": "1"}), [], RUN) == ()


def test_rules_read_hits_as_a_field_of_the_record(tmp_path):
    rulebook = load(
        tmp_path, ("origin_country == 'KP'", "hits.exists(h, h.dprk && h.score > 0.5)"), ("{origin_country}", "")
    )
    hit = Hit(
        path="shipper", entity_id="1", publisher="UN", schema_="Company", caption="X", score=0.9, prior=0, dprk=True
    )
    assert rulebook.evaluate(shipment(), [], RUN) == ()
    (finding,) = rulebook.evaluate(shipment(), [hit], RUN)
    origin = next(result for result in finding.conditions if result.name == "origin")
    assert [item.path for item in origin.evidence] == ["hits[0].dprk", "hits[0].score", "destination_country"]


def test_a_list_or_part_as_evidence_is_counted_not_copied(tmp_path):
    rulebook = load(tmp_path, ("legs.exists(l, l.transshipment)", "size(legs) == 2"), ("{l.port}", "on the way"))
    (finding,) = rulebook.evaluate(shipment(), [], RUN)
    transshipped = next(result for result in finding.conditions if result.name == "transshipped")
    assert [(item.path, item.value) for item in transshipped.evidence] == [("legs", "2 given")]


def test_a_rulebook_travels_to_a_worker(rulebook):
    copy = pickle.loads(pickle.dumps(rulebook))
    assert copy.sha256 == rulebook.sha256
    assert copy.evaluate(shipment(), [], RUN) == rulebook.evaluate(shipment(), [], RUN)
