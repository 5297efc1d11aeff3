"""The pytest plugin: rules as items, and nothing at all in runs that do not ask for it."""

import subprocess
import sys
from pathlib import Path

import pytest
from _pytest.pytester import Pytester

sys.path.insert(0, str(Path(__file__).parent / "rulebook"))
from small_pack import RULE, changed, write_pack

SOUND = RULE + (
    "  - name: the first day of the ban\n"
    "    given: {use: shipment/base, set: {date: 2017-08-05}}\n"
    "    expect: {match: true}\n"
    "  - name: coal of China\n"
    "    given: {use: shipment/base, set: {origin_country: CN}}\n"
    "    expect: {match: false}\n"
    "  - name: coal and rice, shipped directly\n"
    "    given:\n"
    "      use: shipment/base\n"
    '      set: {goods.1: {hs_code: "100630"}, legs: [{port: CNTAO, transshipment: false}]}\n'
    "    expect: {match: true, score: 60}\n"
)


@pytest.fixture
def pack(pytester: Pytester):
    """A pack of one sound rule in the folder of a pytest run, and one ordinary test beside it."""
    write_pack(pytester.path, rule=SOUND)
    pytester.makepyfile(test_own="def test_own(): pass")
    return pytester


def collected(result):
    return [line for line in result.outlines if "::" in line]


def test_every_test_of_every_rule_and_its_lint_is_an_item(pack):
    assert collected(pack.runpytest("--nkscreen-rules", "rules", "--collect-only", "-q")) == [
        "rules/lists/coal.yaml::contains 270112",
        "rules/lists/coal.yaml::lacks 2709",
        "rules/trade/nk-ship-901.yaml::coal from Nampo",
        "rules/trade/nk-ship-901.yaml::crude oil",
        "rules/trade/nk-ship-901.yaml::origin not given",
        "rules/trade/nk-ship-901.yaml::the day before the ban",
        "rules/trade/nk-ship-901.yaml::Russian coal",
        "rules/trade/nk-ship-901.yaml::the first day of the ban",
        "rules/trade/nk-ship-901.yaml::coal of China",
        "rules/trade/nk-ship-901.yaml::coal and rice, shipped directly",
        "rules/trade/nk-ship-901.yaml::lint",
        "test_own.py::test_own",
    ]


def test_a_sound_pack_passes(pack):
    pack.runpytest("--nkscreen-rules", "rules").assert_outcomes(passed=12)


def test_a_run_without_the_option_collects_no_rules(pack):
    pack.runpytest().assert_outcomes(passed=1)


def test_one_item_can_be_asked_for_alone(pack):
    result = pack.runpytest("--nkscreen-rules", "rules", "rules/trade/nk-ship-901.yaml::crude oil")
    result.assert_outcomes(passed=1)
    pack.runpytest("--nkscreen-rules", "rules", "-k", "crude").assert_outcomes(passed=1, deselected=11)


def test_the_ini_option_collects_the_folder_where_the_arguments_reach_it(pack):
    pack.makeini("[pytest]\nnkscreen_rules = rules\ntestpaths = test_own.py rules\n")
    pack.runpytest().assert_outcomes(passed=12)
    pack.runpytest("test_own.py").assert_outcomes(passed=1)
    pack.runpytest("rules").assert_outcomes(passed=11)


def test_a_failing_test_tells_expected_got_and_conditions_without_a_traceback(pack):
    write_pack(
        pack.path,
        rule=changed(SOUND, "match: false, conditions: {coal: false}", "match: true, conditions: {coal: true}"),
    )
    result = pack.runpytest("--nkscreen-rules", "rules", "-k", "crude")
    result.assert_outcomes(failed=1, deselected=11)
    result.stdout.fnmatch_lines(
        [
            "*nk-ship-901.yaml: crude oil*",
            "match: expected true, came out false *",
            "condition coal: expected true, came out false",
            "the rule came out false",
            "  coal: false  goods?0?.hs_code='270900'",
            "  origin: true  origin_country='KP', *",
            "  transshipped: true  legs?1?.transshipment=True",
        ]
    )
    assert "Traceback" not in result.stdout.str()
    assert "pytest_plugin.py" not in result.stdout.str()


def test_the_lint_of_a_rule_tells_every_issue_with_its_place(pack):
    write_pack(pack.path, rule=RULE)
    result = pack.runpytest("--nkscreen-rules", "rules", "-k", "lint")
    result.assert_outcomes(failed=1, deselected=8)
    result.stdout.fnmatch_lines(["*rules/trade/nk-ship-901.yaml:*: match: no near miss for 'origin'*"])


def test_a_file_that_cannot_be_used_is_one_failing_item_and_the_rest_is_run(pack):
    (pack.path / "rules/trade/nk-ship-902.yaml").write_text("a: &x 1")
    (pack.path / "rules/trade/notes.txt").write_text("x")
    result = pack.runpytest("--nkscreen-rules", "rules")
    result.assert_outcomes(passed=12, failed=2)
    result.stdout.fnmatch_lines(["rules/trade/notes.txt: only .yaml files belong here"])
    result.stdout.fnmatch_lines(["rules/trade/nk-ship-902.yaml:1:4: anchors and aliases*"])


def test_a_folder_that_is_missing_is_a_usage_error(pack):
    result = pack.runpytest("--nkscreen-rules", "nowhere")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--nkscreen-rules nowhere: there is no such folder*"])


def test_workers_of_xdist_collect_the_same(pack):
    pack.runpytest_subprocess("--nkscreen-rules", "rules", "-n", "2").assert_outcomes(passed=12)


def test_a_run_without_the_option_does_not_even_import_the_library(pytester):
    pytester.makepyfile(
        "import sys\ndef test_it(): assert not [name for name in sys.modules if name.split('.')[0] == 'nkscreen']"
    )
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q"], cwd=pytester.path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
