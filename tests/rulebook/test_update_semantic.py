"""Two versions of the rules over records: what comes, goes, changes, and which condition flipped."""

import pickle
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import RULE, changed, write_pack

from nkscreen.records import Shipment, Vessel
from nkscreen.rulebook import RuleHit, judge, load_rulebook, view
from nkscreen.rulebook.corpus import Corpus
from nkscreen.rulebook.update.columnar import diff_corpus
from nkscreen.rulebook.update.differences import Flip, Kind
from nkscreen.rulebook.update.semantic import diff

RUN = date(2020, 1, 1)
COAL = {
    "id": "B/L 1",
    "date": "2019-05-02",
    "origin_country": "KP",
    "destination_country": "CN",
    "remarks": "FREIGHT PREPAID",
    "goods": [{"hs_code": "270112"}],
    "legs": [{"port": "KPNAM"}, {"port": "CNDAL", "transshipment": True}],
}


def shipment(**changes):
    return Shipment.read({key: value for key, value in {**COAL, **changes}.items() if value is not None})


def rulebook(folder, *changes, rule=RULE):
    for old, new in changes:
        rule = changed(rule, old, new)
    return load_rulebook(write_pack(folder, rule=rule))


def compared(tmp_path, *changes, records=(), examples=5):
    return diff(rulebook(tmp_path / "old"), rulebook(tmp_path / "new", *changes), records, RUN, examples)


def summary(found):
    return [(one.kind, one.count, one.flips, one.reasons) for one in found.differences]


def test_a_wider_condition_adds_an_alert_and_is_named(tmp_path):
    found = compared(
        tmp_path,
        ("origin_country == 'KP'", "origin_country in ['KP', 'CN']"),
        records=[shipment(), shipment(id="2", origin_country="CN"), shipment(id="3", origin_country="DE")],
    )
    assert summary(found) == [(Kind.ADDED, 1, (Flip("origin", "false", "true"),), ())]
    assert (found.records, found.asked) == (3, ("NK-SHIP-901",))
    assert (found.matches_before["NK-SHIP-901"], found.matches_after["NK-SHIP-901"]) == (1, 2)
    (example,) = found.differences[0].examples
    assert (example.record_id, example.before.match, example.after.match, example.after.score) == ("2", False, True, 75)


def test_a_narrower_one_removes_it(tmp_path):
    found = compared(tmp_path, ("origin_country == 'KP'", "origin_country == 'CN'"), records=[shipment()])
    assert summary(found) == [(Kind.REMOVED, 1, (Flip("origin", "true", "false"),), ())]


def test_a_weight_rescores_without_a_flip(tmp_path):
    found = compared(tmp_path, ("weight: 20", "weight: 10"), records=[shipment(), shipment(id="2", legs=[])])
    assert summary(found) == [(Kind.RESCORED, 1, (), ("weights or severity",))]


def test_a_severity_regrades_every_match(tmp_path):
    found = compared(tmp_path, ("severity: high", "severity: low"), records=[shipment(), shipment(goods=None)])
    assert summary(found) == [(Kind.RESCORED, 1, (), ("weights or severity",))]


def test_an_alert_that_loses_its_data_goes_unknown(tmp_path):
    found = compared(
        tmp_path,
        ("origin_country == 'KP'", "origin_country == 'KP' && gross_weight_kg > 0.0"),
        records=[shipment()],
    )
    assert summary(found) == [(Kind.UNKNOWN, 1, (Flip("origin", "true", "unknown"),), ())]
    assert found.differences[0].examples[0].after.missing == ("gross_weight_kg",)


def test_an_unknown_that_is_ignored_from_now_on_is_no_longer_raised(tmp_path):
    found = compared(tmp_path, ("unknown: review", "unknown: ignore"), records=[shipment(origin_country=None)])
    assert [(one.kind, one.count) for one in found.differences] == [(Kind.KNOWN, 1)]


def test_what_nothing_speaks_for_was_not_raised_and_is_no_difference(tmp_path):
    silent = shipment(goods=None, origin_country=None, remarks=None, legs=None)
    assert compared(tmp_path, ("unknown: review", "unknown: ignore"), records=[silent]).differences == []


def test_an_exemption_that_grows_turns_a_match_off(tmp_path):
    found = compared(tmp_path, ("['russian origin']", "['freight prepaid']"), records=[shipment()])
    assert summary(found) == [(Kind.REMOVED, 1, (Flip("russian", "false", "true"),), ())]
    back = compared(tmp_path / "b", ("['russian origin']", "['nothing']"), records=[shipment(remarks="Russian origin")])
    assert [one.kind for one in back.differences] == [Kind.ADDED]


def test_validity_that_shrinks_is_the_reason(tmp_path):
    found = compared(tmp_path, ("from: 2017-08-05}", "from: 2017-08-05, to: 2019-01-01}"), records=[shipment()])
    assert summary(found) == [(Kind.REMOVED, 1, (), ("validity",))]


def test_a_formula_that_changes_is_the_reason(tmp_path):
    found = compared(
        tmp_path,
        ("match: coal && origin &&", "match: coal && (origin || transshipped) &&"),
        records=[shipment(origin_country="DE")],
    )
    assert summary(found) == [(Kind.ADDED, 1, (), ("match",))]


def test_a_rule_that_leaves_the_stable_ones_loses_its_alerts(tmp_path):
    found = compared(tmp_path, ("status: stable", "status: experimental"), records=[shipment()])
    assert summary(found) == [(Kind.REMOVED, 1, (), ("status stable -> experimental",))]


def test_a_rule_that_is_new_or_gone_has_one_side_only(tmp_path):
    one = rulebook(tmp_path / "a")
    folder = write_pack(tmp_path / "b")
    other = RULE.replace("NK-SHIP-901", "NK-SHIP-902").replace("title: Coal", "title: More coal")
    (folder / "trade/nk-ship-902.yaml").write_text(other)
    two = load_rulebook(folder)
    (added,) = diff(one, two, [shipment()], RUN).differences
    assert (added.rule_id, added.kind, added.reasons, added.examples[0].before) == (
        "NK-SHIP-902", Kind.ADDED, ("rule added",), None,
    )  # fmt: skip
    (removed,) = diff(two, one, [shipment()], RUN).differences
    assert (removed.kind, removed.reasons) == (Kind.REMOVED, ("rule removed",))


def test_rules_with_the_same_logic_are_not_asked(tmp_path):
    found = compared(tmp_path, ("title: Coal", "title: Brown coal"), records=[shipment()])
    assert (found.asked, found.records, found.differences) == ((), 1, [])


def test_rules_that_read_list_hits_are_named(tmp_path):
    found = compared(
        tmp_path, ("origin_country == 'KP'", "origin_country == 'KP' || hits.exists(h, h.dprk)"), records=[shipment()]
    )
    assert found.unseen == ("NK-SHIP-901",)


def test_records_of_another_kind_are_counted_and_pass(tmp_path):
    found = compared(tmp_path, ("weight: 20", "weight: 10"), records=[Vessel.read({"id": "1"})])
    assert (found.records, found.differences) == (1, [])


def test_examples_are_bounded_and_counts_are_not(tmp_path):
    records = (shipment(id=str(number)) for number in range(20))
    found = compared(tmp_path, ("weight: 20", "weight: 10"), records=records, examples=3)
    assert (found.differences[0].count, [one.record_id for one in found.differences[0].examples]) == (
        20, ["0", "1", "2"],
    )  # fmt: skip


def test_parts_add_up_to_the_whole(tmp_path):
    old, new = rulebook(tmp_path / "a"), rulebook(tmp_path / "b", ("weight: 20", "weight: 10"), ("'KP'", "'CN'"))
    records = [shipment(id=str(number), origin_country="KP" if number % 3 else "CN") for number in range(9)]
    whole = diff(old, new, records, RUN, 4)
    parts = diff(old, new, records[:4], RUN, 4)
    parts.add(pickle.loads(pickle.dumps(diff(old, new, records[4:], RUN, 4))), 4)
    assert summary(parts) == summary(whole)
    assert (parts.records, parts.matches_after) == (whole.records, whole.matches_after)
    assert [[one.record_id for one in part.examples] for part in parts.differences] == [
        [one.record_id for one in part.examples] for part in whole.differences
    ]


VARIANTS = (
    ("origin_country == 'KP'", "origin_country in ['KP', 'CN']"),
    ("origin_country == 'KP'", "(!has(origin_country))"),
    ("weight: 20", "weight: -10"),
    ("unknown: review", "unknown: ignore"),
    ("['russian origin']", "['freight prepaid']"),
    ("match: coal && origin &&", "match: coal && (origin || transshipped) &&"),
    ("from: 2017-08-05}", "from: 2017-08-05, to: 2019-01-01}"),
)
RECORDS = st.builds(
    shipment,
    origin_country=st.sampled_from(("KP", "CN", "Korea", None)),
    remarks=st.sampled_from(("FREIGHT PREPAID", "russian origin", None)),
    date=st.sampled_from(("2016-01-01", "2018-05-05", "2019-05-02", None)),
    goods=st.sampled_from(([{"hs_code": "270112"}], [{"hs_code": "27"}], [{"hs_code": "940360"}], [{}], None)),
    legs=st.sampled_from(([{"transshipment": True}], [{}], [])),
)


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    return [rulebook(tmp_path_factory.mktemp("v"), *change) for change in [(), *((variant,) for variant in VARIANTS)]]


def visible(book, record):
    """What anybody sees of the rule on this record, by judging it in full."""
    verdict = judge(book.rules[0], view(record), RUN)
    if verdict.match is None:
        return ("unknown", 0) if book.rules[0].file.unknown == "review" and verdict.hinted else ("silent", 0)
    if verdict.match:
        return ("match", verdict.score)
    return ("exempt" if verdict.reason == "exempted" else "silent", 0)


@settings(max_examples=200, deadline=None)
@given(record=RECORDS, one=st.integers(0, len(VARIANTS)), other=st.integers(0, len(VARIANTS)))
def test_the_difference_is_that_of_judging_both_in_full(versions, record, one, other):
    old, new = versions[one], versions[other]
    found = diff(old, new, [record], RUN)
    before, after = visible(old, record), visible(new, record)
    assert bool(found.differences) == (before != after)
    if found.differences:
        kind = found.differences[0].kind
        assert (kind is Kind.ADDED) == (after[0] == "match" != before[0])
        assert (kind is Kind.UNKNOWN) == (after[0] == "unknown" != before[0])
        assert (kind is Kind.RESCORED) == (before[0] == after[0] == "match")
    if found.asked:
        assert found.matches_before.total() == (before[0] == "match")
        assert found.matches_after.total() == (after[0] == "match")


def told(found):
    """All that a difference says, examples with the verdicts of both versions included."""
    return (
        found.asked, found.records, found.matches_before, found.matches_after,
        [(*one.key, one.count, [(each.record_id, each.before, each.after) for each in one.examples])
         for one in found.differences],
    )  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(
    records=st.lists(RECORDS, min_size=1, max_size=12),
    one=st.integers(0, len(VARIANTS)),
    other=st.integers(0, len(VARIANTS)),
)
def test_a_corpus_gives_what_its_records_give_one_by_one(versions, records, one, other):
    old, new = versions[one], versions[other]
    records = [record.model_copy(update={"id": str(number)}) for number, record in enumerate(records)]
    found = diff_corpus(old, new, Corpus.of(records), RUN, 2)
    assert told(found) == told(diff(old, new, records, RUN, 2))
    assert found.unseen == ()


def test_a_corpus_has_the_hits_on_its_records(tmp_path):
    old = rulebook(tmp_path / "old")
    new = rulebook(tmp_path / "new", ("origin_country == 'KP'", "origin_country == 'KP' || hits.exists(h, h.dprk)"))
    corpus = Corpus.of([(shipment(origin_country="DE"), [RuleHit(path="shipper", score=0.9, dprk=True)])])
    (found,) = diff_corpus(old, new, corpus, RUN, file="kept.parquet").differences
    assert (found.kind, found.flips) == (Kind.ADDED, (Flip("origin", "false", "true"),))
    assert found.examples[0].source == "kept.parquet row 1"


def test_every_rule_of_the_pack_over_the_records_of_its_tests():
    pack = load_rulebook()
    none = load_rulebook()
    none = type(none)(replace(none._pack, rules=()))
    records = {}
    for rule in pack.rules:
        for test in rule.file.tests:
            record, _ = pack.fixtures[test.given.use].build(test.given)
            records.setdefault(record.kind, []).append(record)
    for kind, given_records in records.items():
        corpus = Corpus.of(given_records)
        assert [corpus.view(row) for row in range(len(corpus))] == [view(record) for record in given_records], kind
        assert told(diff_corpus(none, pack, corpus, RUN)) == told(diff(none, pack, given_records, RUN))
