"""`rules check`, `suggest` and `new` from the shell."""

import shutil
import sys
from pathlib import Path

import pytest

from nkscreen.cli import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def nk(monkeypatch, capsys):
    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["nkscreen", *map(str, arguments)])
        monkeypatch.setenv("COLUMNS", "160")
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return ended.value.code or 0, captured.out, captured.err

    return run


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", folder)
    return folder


def edit(pack, name, old, new):
    path = pack / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_sound_pack_is_checked_with_a_table_and_exit_code_0(nk):
    code, out, _ = nk("rules", "check")
    assert code == 0
    assert "0 problems" in out
    assert any(line.split()[:2] == ["NK-VSL-001", "stable"] for line in out.splitlines())


def test_every_problem_is_one_line_with_its_place_and_exit_code_1(nk, pack):
    edit(pack, "cargo/nk-ship-005.yaml", "match: true", "match: false")
    edit(pack, "vessel/nk-vsl-001.yaml", "flag == 'KP'", "flg == 'KP'")
    code, out, _ = nk("rules", "check", "--rules", pack)
    lines = out.splitlines()
    assert code == 1
    assert lines[0].startswith(
        "rules/cargo/nk-ship-005.yaml:88:11: tests.0.name: test 'coal loaded at Nampo in March 2018' failed:"
    )
    assert (
        lines[1]
        == "rules/vessel/nk-vsl-001.yaml:33:22: conditions.dprk_flag.if: unknown field 'flg', did you mean 'flag'?"
    )
    assert out.splitlines()[-1].endswith("2 problems")


def test_legal_lists_what_is_not_verified_and_indicators_that_speak_of_a_ban(nk, pack):
    edit(pack, "trade/nk-ship-001.yaml", "Beverages with alcohol go", "Banned beverages with alcohol go")
    code, out, _ = nk("rules", "check", "--legal", "--rules", pack)
    assert code == 1
    assert "rules/trade/nk-ship-002.yaml:23:5: legal.1: UNSCR-2397 para 7 is not verified" in out
    assert "rules/trade/nk-ship-001.yaml:4:14: description: an indicator speaks of a prohibition" in out
    assert "rules/trade/nk-ship-001.yaml:4:14: description: an indicator is a red flag, not a law" in out


def test_survivors_are_shown_on_request_in_the_order_of_the_file(nk, pack):
    code, out, _ = nk("rules", "check", "--survivors", "--rules", pack)
    assert code == 0
    places = [line.split(":")[:3] for line in out.splitlines() if "no test notices" in line]
    assert places == sorted(places, key=lambda place: (place[0], int(place[1]), int(place[2])))


def test_facts_are_held_against_a_fact_list(nk, pack, tmp_path):
    facts = tmp_path / "facts.csv"
    facts.write_text("fact_id,fact\nF0001,a\nF0099,b\n", encoding="utf-8")
    code, out, _ = nk("rules", "check", "--rules", pack, "--facts", facts)
    assert code == 1
    assert "rules/vessel/nk-vsl-001.yaml:25:23: facts.2: there is no fact F0105" in out
    assert "there is no fact F0001" not in out
    facts.write_text("id\nF0001\n", encoding="utf-8")
    code, _, err = nk("rules", "check", "--facts", facts)
    assert (code, "a fact list has a column fact_id" in err) == (2, True)


def test_the_places_and_exit_code_of_a_folder_that_is_missing(nk, tmp_path):
    code, _, err = nk("rules", "check", "--rules", tmp_path / "nowhere")
    assert code == 2
    assert "there is no folder of rules here" in err


def test_suggest_prints_tests_that_can_be_pasted(nk, pack):
    path = pack / "vessel/nk-vsl-001.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  - name: an operator and a manager in South Korea")], encoding="utf-8")
    code, out, _ = nk("rules", "suggest", "NK-VSL-001", "--rules", pack)
    assert code == 0
    assert "# kills: conditions.dprk_owner.if: operator.country == 'KP' became nothing" in out
    path.write_text(path.read_text(encoding="utf-8") + out, encoding="utf-8")
    assert nk("rules", "test", "NK-VSL-001", "--rules", pack)[0] == 0
    assert (
        nk("rules", "suggest", "NK-VSL-001", "--rules", pack)[1] == "# the tests of NK-VSL-001 kill all its mutants\n"
    )


def test_suggest_for_a_rule_that_does_not_exist(nk):
    code, _, err = nk("rules", "suggest", "NK-VSL-999")
    assert (code, err) == (2, "no rule is called NK-VSL-999\n")


def test_new_writes_a_draft_that_the_check_accepts(nk, pack):
    code, out, _ = nk("rules", "new", "NK-VSL-050", "--title", "A new rule", "--subject", "vessel", "--rules", pack)
    assert code == 0
    assert "nk-vsl-050.yaml" in out
    code, out, _ = nk("rules", "check", "--rules", pack)
    assert code == 0
    assert any(line.split()[:3] == ["NK-VSL-050", "draft", "2"] for line in out.splitlines())
    code, _, err = nk("rules", "new", "NK-VSL-050", "--title", "Again", "--subject", "vessel", "--rules", pack)
    assert (code, "NK-VSL-050 exists already" in err) == (2, True)


def test_one_rule_can_be_tested_by_its_id(nk):
    code, out, _ = nk("rules", "test", "NK-VSL-001")
    assert (code, out.strip().endswith("in 1 rules and 0 lists")) == (0, True)
