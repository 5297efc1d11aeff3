"""A whole folder checked: everything that is wrong comes at once, and what is sound is checked all the same."""

import pytest
from small_pack import FIXTURE, LIST, RULE, changed, write_pack

from nkscreen.errors import RuleError
from nkscreen.rulebook import bundled_rules
from nkscreen.rulebook.checking import check_pack
from nkscreen.rulebook.update.check import make_lock
from nkscreen.rulebook.update.locked import LOCK

SECOND = changed(changed(RULE, "NK-SHIP-901", "NK-SHIP-902"), "Coal of DPRK origin", "Lignite of DPRK origin")


def test_the_bundled_pack_has_no_problems():
    report = check_pack(bundled_rules())
    assert [str(problem) for problem in report.problems] == []
    assert min(found.mutation.share for found in report.reports if found.rule.file.status == "stable") >= 0.9


def test_a_rule_that_does_not_load_does_not_hide_the_others(tmp_path):
    folder = write_pack(tmp_path, rule=changed(RULE, "name: crude oil\n", "name: crude oil\n    as_of: today\n"))
    (folder / "trade/nk-ship-902.yaml").write_text(
        changed(SECOND, "match: false, conditions: {coal", "match: true, conditions: {coal")
    )
    report = check_pack(folder)
    assert [found.rule.id for found in report.reports] == ["NK-SHIP-902"]
    assert (report.problems[0].file, report.problems[0].line) == ("rules/trade/nk-ship-901.yaml", 48)
    failed = next(problem for problem in report.problems if "failed" in problem.message)
    assert failed.file == "rules/trade/nk-ship-902.yaml"
    assert failed.message.startswith(
        "test 'crude oil' failed: match: expected true, came out false (coal false, origin"
    )


def test_a_test_from_a_fixture_that_is_wrong_stops_its_rule_only(tmp_path):
    folder = write_pack(tmp_path, rule=changed(RULE, "use: shipment/base}", "use: shipment/bse}"))
    (folder / "trade/nk-ship-902.yaml").write_text(SECOND)
    report = check_pack(folder)
    assert [found.rule.id for found in report.reports] == ["NK-SHIP-902"]
    assert "there is no fixture 'shipment/bse', did you mean 'shipment/base'?" in {p.message for p in report.problems}


def test_lists_and_fixtures_that_nothing_uses_are_told(tmp_path):
    folder = write_pack(tmp_path)
    (folder / "lists/more.yaml").write_text(changed(LIST, "id: hs/coal", "id: hs/more"))
    (folder / "fixtures/more.yaml").write_text(changed(FIXTURE, "id: shipment/base", "id: shipment/more"))
    told = [(problem.file, problem.message) for problem in check_pack(folder).problems if "uses" in problem.message]
    assert told == [
        ("rules/fixtures/more.yaml", "no test uses the fixture 'shipment/more'"),
        ("rules/lists/more.yaml", "no rule uses the list 'hs/more'"),
    ]


def test_a_list_that_fails_its_own_test_is_told_at_that_test(tmp_path):
    folder = write_pack(tmp_path, rule_list=changed(LIST, 'lacks: ["2709"]', 'lacks: ["2709", "270119"]'))
    (failed,) = [problem for problem in check_pack(folder).problems if "failed" in problem.message]
    assert failed.message == "test 'lacks 270119' failed: the list contains 270119"
    assert (failed.file, failed.line, failed.column) == ("rules/lists/coal.yaml", 8, 47)


def test_items_that_the_tests_of_a_list_prove_are_counted(tmp_path):
    report = check_pack(write_pack(tmp_path / "a"))
    assert (report.proved, report.items) == (1, 2)  # 2701, not 2702
    text = changed(changed(LIST, '"2701"', '"2701", "27"'), 'lacks: ["2709"]', "lacks: []")
    assert check_pack(write_pack(tmp_path / "b", rule_list=text)).proved == 0  # 27 and 2701 hold 270112 both


def test_figures_of_a_rule(tmp_path):
    (found,) = check_pack(write_pack(tmp_path)).reports
    assert (found.tests, found.failed) == (5, 0)
    assert (found.coverage.seen, found.coverage.all) == (6, 8)
    assert (found.mutation.killed, found.mutation.made) == (14, 18)
    assert [problem.line for problem in found.survivors] == [24, 15, 40, 40]


def test_no_folder_is_an_error(tmp_path):
    with pytest.raises(RuleError, match="there is no folder of rules here"):
        check_pack(tmp_path / "nowhere")


def test_a_rule_that_decides_otherwise_than_its_lock_says_is_a_problem(tmp_path):
    folder = write_pack(tmp_path)
    (folder / LOCK).write_text(make_lock(folder)[0].text(), encoding="utf-8")
    rule = folder / "trade/nk-ship-901.yaml"
    rule.write_text(rule.read_text().replace("weight: 20", "weight: 10"))
    told = [problem.message for problem in check_pack(folder).problems if "decides otherwise" in problem.message]
    assert told == [
        "NK-SHIP-901 decides otherwise than version 1 did (conditions.transshipped.weight):"
        " raise its version to 2, or undo the change"
    ]
