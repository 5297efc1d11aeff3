"""What changed between two states of a pack, which way its alerts can move, and which version that asks for."""

import pytest
from small_pack import FIXTURE, LIST, PACK, RULE, changed, write_pack

from nkscreen.rulebook.load import load_pack
from nkscreen.rulebook.update.changes import Bump, compare, enough, least_version, needed
from nkscreen.rulebook.update.locked import lock_of


def state(folder, **files):
    rules = write_pack(folder, **files)
    return lock_of(load_pack(rules), rules)


def compared(tmp_path, **files):
    return compare(state(tmp_path / "old"), state(tmp_path / "new", **files))


@pytest.mark.parametrize(
    ("old", "new", "part", "effect"),
    [
        ("severity: high", "severity: critical", "severity", "MORE"),
        ("severity: high", "severity: low", "severity", "LESS"),
        ("base: 60", "base: 65", "score.base", "MORE"),
        ("cap: 75", "cap: 70", "score.cap", "LESS"),
        ("weight: 20", "weight: 15", "conditions.transshipped.weight", "LESS"),
        ("unknown: review", "unknown: ignore", "unknown", "LESS"),
        ("family: coal", "family: fuel", "family", "EITHER"),
        ("from: 2017-08-05}", "from: 2017-08-06}", "valid", "LESS"),
        ("from: 2017-08-05}", "from: 2017-08-05, to: 2030-01-01}", "valid", "LESS"),
        ("clock: date", "clock: departure_date", "valid", "EITHER"),
        ("jurisdiction: [UN]", "jurisdiction: [UN, US]", "jurisdiction", "MORE"),
        ("jurisdiction: [UN]", "jurisdiction: []", "jurisdiction", "MORE"),
        ("jurisdiction: [UN]", "jurisdiction: [US]", "jurisdiction", "EITHER"),
        ("status: stable", "status: experimental", "status", "LESS"),
        ("match: coal && origin && !russian", "match: coal && (origin || transshipped) && !russian", "match", "MORE"),
        (
            "match: coal && origin && !russian",
            "match: coal && origin && transshipped && !russian",
            "match",
            "LESS",
        ),
        ("match: coal && origin && !russian", "match: origin && !russian && coal", "match", "NONE"),
        ("origin_country == 'KP'", "origin_country in ['KP', 'CN']", "conditions.origin.if", "MORE"),
        ("origin_country == 'KP'", "origin_country == 'CN'", "conditions.origin.if", "EITHER"),
        ("['russian origin']", "['russian origin', 'rajin']", "conditions.russian.if", "LESS"),
        ("['russian origin']", "['rajin']", "conditions.russian.if", "EITHER"),
    ],
)
def test_the_effect_of_a_change_is_told(tmp_path, old, new, part, effect):
    found = {change.part: change.effect.name for change in compared(tmp_path, rule=changed(RULE, old, new))}
    assert found[part] == effect


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Coal of DPRK origin", "title: DPRK coal"),
        ("says: declared as Russian coal", "says: Russian coal"),
        ("name: crude oil", "name: oil"),
        ("origin_country == 'KP'", "( origin_country  ==  'KP' )"),
    ],
)
def test_prose_tests_and_white_space_change_no_alert(tmp_path, old, new):
    (change,) = compared(tmp_path, rule=changed(RULE, old, new))
    assert (change.id, change.part, change.effect.name) == ("NK-SHIP-901", "texts or tests", "NONE")
    assert needed([change]) is Bump.PATCH


def test_a_list_that_grows_adds_alerts_where_a_rule_uses_it(tmp_path):
    found = compared(tmp_path, rule_list=changed(LIST, '["2701"', '["2703", "2701"'))
    assert [(one.id, one.part, one.before, one.after, one.effect.name) for one in found] == [
        ("NK-SHIP-901", "conditions.coal.lists", "", "2703", "MORE"),
        ("hs/coal", "items", "", "2703", "NONE"),
    ]
    assert needed(found) is Bump.MINOR


def test_a_list_that_shrinks_is_a_major_change(tmp_path):
    found = compared(tmp_path, rule_list=changed(LIST, ', {item: "2702", note: lignite}', ""))
    assert needed(found) is Bump.MAJOR


def test_a_note_of_a_list_is_prose(tmp_path):
    found = compared(tmp_path, rule_list=changed(LIST, "note: lignite", "note: brown coal"))
    assert [str(change) for change in found] == ["hs/coal texts or tests changed"]


def test_a_rule_added_is_minor_and_a_rule_removed_major(tmp_path):
    before = state(tmp_path / "old")
    rules = write_pack(tmp_path / "new")
    second = RULE.replace("NK-SHIP-901", "NK-SHIP-902").replace("title: Coal", "title: More coal")
    (rules / "trade/nk-ship-902.yaml").write_text(second)
    after = lock_of(load_pack(rules), rules)
    assert [str(change) for change in compare(before, after)] == [
        "NK-SHIP-902 rule: added version 1, stable, high, on a shipment"
    ]
    assert needed(compare(before, after)) is Bump.MINOR
    assert needed(compare(after, before)) is Bump.MAJOR


def test_what_an_experimental_rule_does_changes_no_alert(tmp_path):
    shadow = changed(RULE, "status: stable", "status: experimental")
    before, after = (
        state(tmp_path / "a", rule=shadow),
        state(tmp_path / "b", rule=changed(shadow, "base: 60", "base: 1")),
    )
    assert needed(compare(before, after)) is Bump.PATCH


def test_a_policy_that_changes_may_lower_any_alert_and_its_reasons_are_prose(tmp_path):
    folders = [write_pack(tmp_path / name) for name in "abc"]
    texts = ("value: 0.5\n  reason: x\n", "value: 0.5\n  reason: y\n", "value: 0.9\n  reason: x\n")
    for folder, text in zip(folders, texts, strict=True):
        (folder / "policy").mkdir()
        (folder / "policy/scoring.yaml").write_text(f"alert_threshold:\n  {text}")
    one, other, third = (lock_of(load_pack(folder), folder) for folder in folders)
    assert compare(one, other) == ()
    assert [(change.part, change.effect.name) for change in compare(one, third)] == [("policy/scoring.yaml", "EITHER")]


def test_another_fixture_is_a_patch(tmp_path):
    found = compared(tmp_path, fixture=changed(FIXTURE, "remarks: FREIGHT PREPAID", "remarks: FREIGHT COLLECT"))
    assert needed(found) is Bump.PATCH


def test_the_same_state_has_no_changes(tmp_path):
    assert compared(tmp_path) == ()
    assert needed(()) is Bump.NONE


@pytest.mark.parametrize(
    ("old", "bump", "least"),
    [
        ("1.2.3", Bump.NONE, "1.2.3"),
        ("1.2.3", Bump.PATCH, "1.2.4"),
        ("1.2.3", Bump.MINOR, "1.3.0"),
        ("1.2.3", Bump.MAJOR, "2.0.0"),
        ("0.1.0", Bump.PATCH, "0.1.1"),
        ("0.1.0", Bump.MINOR, "0.1.1"),
        ("0.1.9", Bump.MAJOR, "0.2.0"),
    ],
)
def test_versions_rise_by_effect(old, bump, least):
    assert least_version(old, bump) == least
    assert enough(old, least, bump)
    assert enough(old, "9.0.0", bump)
    assert enough(old, old, bump) is (bump is Bump.NONE)


def test_a_version_that_falls_is_never_enough():
    assert not enough("1.10.0", "1.9.9", Bump.NONE)


def test_the_pack_file_alone_needs_no_bump(tmp_path):
    assert compared(tmp_path, pack=changed(PACK, "1.2.3", "1.2.4")) == ()
