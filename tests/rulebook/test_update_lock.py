"""The lock of a pack: what loading refuses, what `rules lock` asks for, and that the pack of the library is locked."""

import json
import re
from pathlib import Path

import pytest
from small_pack import LIST, PACK, RULE, changed, write_pack

from nkscreen.errors import RuleError
from nkscreen.rulebook import bundled_rules, load_rulebook
from nkscreen.rulebook.deprecated import Deprecated
from nkscreen.rulebook.load import load_pack
from nkscreen.rulebook.update.changes import Bump
from nkscreen.rulebook.update.check import check_lock, make_lock
from nkscreen.rulebook.update.locked import LOCK, lock_of, read_lock
from nkscreen.rulebook.yaml_file import read_yaml

NOTE = """\
schema: nkscreen/deprecated@1
id: NK-SHIP-901
last_version: 1
deprecated_on: 2026-02-01
reason: Told by another rule.
"""
WIDER = ("origin_country == 'KP'", "origin_country in ['KP', 'CN']")
OTHER = RULE.replace("NK-SHIP-901", "NK-SHIP-902").replace("title: Coal", "title: More coal")


@pytest.fixture
def locked(tmp_path):
    """A pack with its lock."""
    folder = write_pack(tmp_path)
    (folder / LOCK).write_text(make_lock(folder)[0].text(), encoding="utf-8")
    return folder


def edit(folder, name, *changes):
    path = folder / name
    text = path.read_text()
    for old, new in changes:
        text = changed(text, old, new)
    path.write_text(text)


def refused(call, *arguments, **options):
    with pytest.raises(RuleError) as caught:
        call(*arguments, **options)
    return [str(problem) for problem in caught.value.problems]


def test_the_lock_of_the_library_is_fresh():
    folder = bundled_rules()
    check_lock(folder, load_pack(folder), fresh=True)
    assert (folder / LOCK).read_text(encoding="utf-8") == lock_of(load_pack(folder), folder).text()


def test_a_lock_holds_versions_hashes_and_logic(locked):
    data = json.loads((locked / LOCK).read_text())
    rule = data["rules"]["NK-SHIP-901"]
    assert (data["name"], data["version"], rule["version"]) == ("test", "1.2.3", 1)
    assert rule["sha256"] == load_rulebook(locked).rules[0].logic_hash
    assert rule["logic"]["match"] == "coal && origin && !russian"
    assert rule["logic"]["conditions"]["origin"] == {"if": "origin_country == 'KP'", "weight": 0.0, "exempts": False}
    assert data["lists"]["hs/coal"]["items"] == ["2701", "2702"]


def test_logic_that_changes_under_the_same_version_does_not_load(locked):
    edit(locked, "trade/nk-ship-901.yaml", WIDER)
    assert refused(load_rulebook, locked) == [
        "rules/trade/nk-ship-901.yaml:8: NK-SHIP-901 decides otherwise than version 1 did (conditions.origin.if): "
        "raise its version to 2, or undo the change"
    ]
    assert load_rulebook(locked, locked=False).rules[0].file.version == 1


def test_a_list_that_changes_asks_for_its_own_version_and_that_of_every_rule_that_uses_it(locked):
    edit(locked, "lists/coal.yaml", ('["2701"', '["2703", "2701"'))
    assert refused(load_rulebook, locked) == [
        "rules/trade/nk-ship-901.yaml:8: NK-SHIP-901 decides otherwise than version 1 did (conditions.coal.lists): "
        "raise its version to 2, or undo the change",
        "rules/lists: the items of hs/coal changed, its version did not: raise it to 2, or undo the change",
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("title: Coal", "title: Brown coal"), ("name: crude oil", "name: oil"), WIDER]
)
def test_prose_tests_and_raised_versions_load(locked, old, new):
    edit(locked, "trade/nk-ship-901.yaml", (old, new), ("version: 1", "version: 2"))
    assert load_rulebook(locked).rules[0].file.version == 2


def test_a_version_that_falls_is_a_change_without_a_version(tmp_path):
    folder = write_pack(tmp_path, rule=changed(RULE, "version: 1", "version: 3"))
    (folder / LOCK).write_text(make_lock(folder)[0].text())
    edit(folder, "trade/nk-ship-901.yaml", ("version: 3", "version: 2"))
    (problem,) = refused(load_rulebook, folder)
    assert "raise its version to 4" in problem


def test_a_rule_that_vanished_needs_a_note(locked):
    (locked / "trade/nk-ship-902.yaml").write_text(OTHER)
    (locked / "trade/nk-ship-901.yaml").unlink()
    (problem,) = refused(load_rulebook, locked)
    assert problem.startswith("rules/deprecated/nk-ship-901.yaml: NK-SHIP-901 is gone without a note: write this file")
    (locked / "deprecated").mkdir()
    (locked / "deprecated/nk-ship-901.yaml").write_text(NOTE)
    assert [rule.id for rule in load_rulebook(locked).rules] == ["NK-SHIP-902"]


def test_a_note_stays_for_ever(locked):
    (locked / "deprecated").mkdir()
    (locked / "deprecated/nk-ship-901.yaml").write_text(NOTE)
    (locked / "trade/nk-ship-902.yaml").write_text(OTHER)
    (locked / "trade/nk-ship-901.yaml").unlink()
    edit(locked, "pack.yaml", ("1.2.3", "2.0.0"))
    (locked / LOCK).write_text(make_lock(locked)[0].text())
    (locked / "deprecated/nk-ship-901.yaml").unlink()
    assert "NK-SHIP-901 is gone without a note" in refused(load_rulebook, locked)[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (NOTE, "a rule of the pack has the id 'NK-SHIP-901'; ids are never reused"),
        (NOTE.replace("901", "903"), "this file must be called nk-ship-903.yaml"),
        (NOTE.replace("reason", "replaced_by: [NK-SHIP-999]\nreason"), "there is no rule 'NK-SHIP-999'"),
        (NOTE.replace("last_version: 1\n", ""), "the key 'last_version' is missing"),
    ],
)
def test_a_wrong_note_is_refused(tmp_path, text, message):
    folder = write_pack(tmp_path)
    (folder / "deprecated").mkdir()
    (folder / "deprecated/nk-ship-901.yaml").write_text(text)
    assert any(message in problem for problem in refused(load_rulebook, folder))


def test_the_note_in_the_guide_is_one(tmp_path):
    guide = Path(__file__).resolve().parents[2] / "docs/rule-updates.md"
    (text,) = re.findall(r"```yaml\n(# rules/deprecated.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "note.yaml").write_text(text)
    note = Deprecated.model_validate(read_yaml(tmp_path / "note.yaml", "note.yaml").value)
    assert (note.id, note.last_version, note.replaced_by) == ("NK-SHIP-012", 4, ("NK-SHIP-017",))


def test_a_note_with_another_last_version_is_refused(locked):
    (locked / "deprecated").mkdir()
    (locked / "deprecated/nk-ship-901.yaml").write_text(changed(NOTE, "last_version: 1", "last_version: 7"))
    (locked / "trade/nk-ship-902.yaml").write_text(OTHER)
    (locked / "trade/nk-ship-901.yaml").unlink()
    assert "the last version of NK-SHIP-901 was 1, not 7" in refused(load_rulebook, locked)[0]


def test_locking_without_a_lock_refuses_nothing(tmp_path):
    lock, changes, bump = make_lock(write_pack(tmp_path))
    assert (lock.version, changes, bump) == ("1.2.3", (), Bump.NONE)


@pytest.mark.parametrize(
    ("changes", "least", "reason"),
    [
        ([("name: crude oil", "name: oil")], "1.2.4", "this is a patch change"),
        ([WIDER, ("version: 1", "version: 2")], "1.3.0", "this is a minor change"),
        ([("base: 60", "base: 50"), ("version: 1", "version: 2")], "2.0.0", "this is a major change"),
    ],
)
def test_locking_asks_for_the_version_that_the_effect_needs(locked, changes, least, reason):
    edit(locked, "trade/nk-ship-901.yaml", *changes)
    first, *rest = refused(make_lock, locked)
    assert first.startswith(f"rules/pack.yaml:3: {reason} since 1.2.3, so the pack must be at least {least}, not 1.2.3")
    assert "NK-SHIP-901" in rest[0]
    edit(locked, "pack.yaml", ("1.2.3", least))
    assert make_lock(locked)[0].version == least


def test_two_changes_since_one_release_need_one_bump(locked, tmp_path):
    released = read_lock(locked)
    edit(locked, "trade/nk-ship-901.yaml", WIDER, ("version: 1", "version: 2"))
    edit(locked, "pack.yaml", ("1.2.3", "1.3.0"))
    (locked / LOCK).write_text(make_lock(locked)[0].text())
    edit(locked, "trade/nk-ship-901.yaml", ("'CN']", "'CN', 'RU']"), ("version: 2", "version: 3"))
    assert "at least 1.4.0" in refused(make_lock, locked)[0]
    assert make_lock(locked, released)[0].version == "1.3.0"


def test_a_fresh_lock_is_of_exactly_this_state(locked):
    check_lock(locked, load_pack(locked), fresh=True)
    edit(locked, "trade/nk-ship-901.yaml", ("name: crude oil", "name: oil"))
    check_lock(locked, load_pack(locked))
    assert refused(check_lock, locked, load_pack(locked), fresh=True) == [
        "rules/rules.lock.json: the lock is not of this state (NK-SHIP-901 texts or tests changed); "
        "run `nkscreen rules lock`"
    ]


def test_a_pack_without_a_lock_loads_and_is_not_fresh(tmp_path):
    folder = write_pack(tmp_path)
    check_lock(folder, load_pack(folder))
    assert "there is no lock" in refused(check_lock, folder, load_pack(folder), fresh=True)[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "no JSON"),
        ('{"rules": {}, "rules": {}}', "the key 'rules' stands there twice"),
        ('{"rules": {}}', "name: Field required"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_a_lock_that_is_none_is_refused(tmp_path, text, message):
    folder = write_pack(tmp_path)
    (folder / LOCK).write_text(text)
    assert message in refused(load_rulebook, folder)[0]


def test_white_space_order_and_notes_leave_the_logic_alone(tmp_path):
    one = write_pack(tmp_path / "a")
    other = write_pack(
        tmp_path / "b",
        rule=changed(RULE, "origin_country == 'KP'", "(origin_country)=='KP'"),
        rule_list=changed(LIST, '["2701", {item: "2702", note: lignite}]', '["2702", "2701"]'),
        pack=PACK,
    )
    first, second = (lock_of(load_pack(folder), folder) for folder in (one, other))
    assert first.rules["NK-SHIP-901"].sha256 == second.rules["NK-SHIP-901"].sha256
    assert first.lists["hs/coal"].sha256 == second.lists["hs/coal"].sha256
