"""`nkscreen rules lock | pack | verify | keygen`, and screening with a signed pack."""

import json
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def rules(tmp_path):
    """A copy of the rules of the library."""
    return shutil.copytree(ROOT / "rules", tmp_path / "rules")


def edit(path, *changes):
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def raise_pack(rules, version):
    """Write the pack's version, whatever it was."""
    path = rules / "pack.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(f"version: {version}" if line.startswith("version") else line for line in lines) + "\n")


def test_locking_twice_writes_the_same_bytes(nk, rules):
    assert nk("rules", "lock", "--rules", rules)[0] == 0
    before = (rules / "rules.lock.json").read_bytes()
    code, out, _ = nk("rules", "lock", "--rules", rules)
    assert (code, (rules / "rules.lock.json").read_bytes()) == (0, before)
    assert out.startswith(f"{rules / 'rules.lock.json'}: nkscreen-dprk ")


def test_an_edit_without_a_version_is_refused_by_screening_and_by_lock_but_can_be_tested(nk, rules, fixtures):
    rule = rules / "vessel/nk-vsl-001.yaml"
    edit(rule, ("flag == 'KP'", "flag in ['KP', 'RU']"))
    code, _, err = nk("screen", fixtures / "vessels", "--rules", rules, "--as-of", "2026-06-01")
    assert code == 2
    (line,) = err.splitlines()
    assert line.startswith("rules/vessel/nk-vsl-001.yaml:")
    assert "NK-VSL-001 decides otherwise than version" in line
    assert nk("rules", "lock", "--rules", rules)[0] == 2
    assert nk("rules", "test", "NK-VSL-001", "--rules", rules)[0] == 0


def test_lock_says_which_version_is_needed_and_why(nk, rules):
    raise_pack(rules, "1.0.0")
    assert nk("rules", "lock", "--rules", rules)[0] == 0
    rule = rules / "vessel/nk-vsl-001.yaml"
    text = rule.read_text(encoding="utf-8")
    version = int(text.split("\nversion: ")[1].split()[0])
    edit(rule, ("weight: 10", "weight: 5"), (f"version: {version}", f"version: {version + 1}"))
    code, _, err = nk("rules", "lock", "--rules", rules)
    assert code == 2
    assert "this is a major change since 1.0.0, so the pack must be at least 2.0.0, not 1.0.0; the reasons:" in err
    assert "NK-VSL-001 conditions.dprk_mmsi.weight: 10 -> 5 (alerts may be lost or fall)" in err
    raise_pack(rules, "2.0.0")
    code, out, _ = nk("rules", "lock", "--rules", rules)
    assert (code, "a major change" in out) == (0, True)
    assert json.loads((rules / "rules.lock.json").read_text())["version"] == "2.0.0"


def test_since_measures_against_the_last_release(nk, rules, tmp_path):
    raise_pack(rules, "1.0.0")
    nk("rules", "lock", "--rules", rules)
    release = tmp_path / "release.zip"
    assert nk("rules", "pack", release, "--rules", rules)[0] == 0
    edit(rules / "vessel/nk-vsl-001.yaml", ("title: ", "title: The "))
    raise_pack(rules, "1.0.1")
    assert nk("rules", "lock", "--rules", rules)[0] == 0
    edit(rules / "vessel/nk-vsl-001.yaml", ("title: The ", "title: A "))
    assert nk("rules", "lock", "--rules", rules)[0] == 2
    assert nk("rules", "lock", "--rules", rules, "--since", release)[0] == 0
    assert nk("rules", "verify", rules)[0] == 0


def test_pack_sign_verify_and_screen(nk, rules, fixtures, tmp_path):
    nk("rules", "lock", "--rules", rules)
    code, out, _ = nk("rules", "keygen", tmp_path / "desk")
    assert code == 0
    pack = tmp_path / "out" / "rules.zip"
    assert nk("rules", "pack", pack, "--rules", rules, "--sign", tmp_path / "desk.key")[0] == 0
    again = tmp_path / "again.zip"
    nk("rules", "pack", again, "--rules", rules, "--sign", tmp_path / "desk.key")
    assert pack.read_bytes() == again.read_bytes()
    code, out, _ = nk("rules", "verify", pack, "--key", tmp_path / "desk.pub")
    assert (code, "signed with key" in out, "as locked" in out) == (0, True, True)
    assert "give --key to have that checked" in nk("rules", "verify", pack)[1]
    arguments = ("screen", fixtures / "vessels", "--as-of", "2026-06-01", "--rules", pack)
    code, out, _ = nk(*arguments, "--rules-key", tmp_path / "desk.pub")
    assert (code, "screened" in out) == (0, True)


def test_verify_and_screen_refuse_what_the_key_did_not_sign(nk, rules, fixtures, tmp_path, monkeypatch):
    nk("rules", "lock", "--rules", rules)
    nk("rules", "keygen", tmp_path / "desk")
    pack = tmp_path / "rules.zip"
    nk("rules", "pack", pack, "--rules", rules)
    code, _, err = nk("rules", "verify", pack, "--key", tmp_path / "desk.pub")
    assert (code, "rules.zip: refused: not signed" in err) == (2, True)
    monkeypatch.setenv("NKSCREEN_RULES_KEY", str(tmp_path / "desk.pub"))
    for given in (("--rules", pack), ("--rules", rules), ()):
        code, out, err = nk("screen", fixtures / "vessels", "--as-of", "2026-06-01", *given)
        assert (code, "signed" in err or "signature" in err, "screened" in out) == (2, True, False)
        assert nk("match", "CHONG CHON GANG", *given)[0] == 2


def test_a_pack_that_fails_its_tests_or_lies_in_its_own_folder_is_not_written(nk, rules, tmp_path):
    edit(rules / "vessel/nk-vsl-001.yaml", ("match: true, score: 80", "match: false, score: 80"))
    raise_pack(rules, "7.0.0")
    assert nk("rules", "lock", "--rules", rules)[0] == 0
    out = tmp_path / "out.zip"
    code, _, err = nk("rules", "pack", out, "--rules", rules)
    assert (code, out.exists()) == (2, False)
    assert 'NK-VSL-001: the test "the DPRK\'s flag" fails; not packed' in err
    assert "lies in the folder that is packed" in nk("rules", "pack", rules / "out.zip", "--rules", rules)[2]


def test_working_on_a_pack_asks_for_its_folder(nk, rules, tmp_path):
    nk("rules", "lock", "--rules", rules)
    pack = tmp_path / "rules.zip"
    nk("rules", "pack", pack, "--rules", rules)
    assert "is no folder of rules" in nk("rules", "lock", "--rules", pack)[2]
    assert nk("rules", "test", "NK-VSL-001", "--rules", pack)[0] == 0
    assert nk("rules", "verify", tmp_path / "nowhere.zip")[0] == 2
