"""The short way of running tests on mutants gives what running them in full gives."""

import pytest
from small_pack import RULE, changed, write_pack

from nkscreen.rulebook import load_rulebook, run_tests
from nkscreen.rulebook.judge import judge
from nkscreen.rulebook.killing import Killer, mutate, trials
from nkscreen.rulebook.mutation import list_items, mutants
from nkscreen.rulebook.testing import differences

RULEBOOK = load_rulebook()


def killed_in_full(mutant, rule, results):
    for test, result in zip(rule.file.tests, results, strict=True):
        verdict = judge(mutant.rule, result.view, test.as_of or rule.file.modified)
        if next(differences(verdict, test.expect), None) is not None:
            return True
    return False


@pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda rule: rule.id)
def test_the_survivors_of_a_rule_are_those_that_pass_all_its_tests_in_full(rule):
    results = run_tests(RULEBOOK, [rule.id])
    every = [*mutants(rule), *list_items(rule)]
    alive = Killer(rule, trials(rule, results)).survivors(every)
    made = [*every[::9], *alive]  # running them all in full takes half a minute
    survivors = {id(mutant) for mutant in Killer(rule, trials(rule, results)).survivors(made)}
    assert survivors == {id(mutant) for mutant in made if not killed_in_full(mutant, rule, results)}


def small(folder, text=RULE):
    rulebook = load_rulebook(write_pack(folder, rule=text))
    return rulebook.rules[0], run_tests(rulebook, ["NK-SHIP-901"])


def test_a_rule_tells_how_many_of_its_mutants_live(tmp_path):
    found = mutate(*small(tmp_path))
    assert (found.made, found.killed, round(found.share, 2)) == (18, 14, 0.78)
    assert [f"{'.'.join(mutant.where)}: {mutant}" for mutant in found.survivors] == [
        "conditions.coal.if: exists became all",
        "valid.from: 2017-08-05 became 2017-08-06",
        "score.base: 60 became 59",
        "score.base: 60 became 61",
    ]


def test_one_more_test_kills_the_mutant_it_was_written_for(tmp_path):
    text = RULE + (
        "  - name: the first day of the ban\n"
        "    given: {use: shipment/base, set: {date: 2017-08-05}}\n"
        "    expect: {match: true}\n"
    )
    before, after = mutate(*small(tmp_path / "a")), mutate(*small(tmp_path / "b", text))
    assert "valid.from" in {".".join(mutant.where) for mutant in before.survivors}
    assert "valid.from" not in {".".join(mutant.where) for mutant in after.survivors}


def test_a_test_that_fails_kills_nothing(tmp_path):
    rule, results = small(tmp_path, changed(RULE, "match: true, score: 75", "match: false, score: 75"))
    assert [trial.test.name for trial in trials(rule, results)] == [
        "crude oil",
        "origin not given",
        "the day before the ban",
        "Russian coal",
    ]


def test_a_mutant_that_only_changes_what_is_missing_is_seen_by_tests_that_expect_paths(tmp_path):
    text = changed(RULE, "if: origin_country == 'KP'", "if: origin_country == 'KP' || departure_date == arrival_date")
    text = changed(text, "missing: [origin_country]", "missing: [origin_country, departure_date, arrival_date]")
    killed = mutate(*small(tmp_path, text))
    assert "conditions.origin.if" not in {
        ".".join(mutant.where) for mutant in killed.survivors if mutant.kind == "disjunct dropped"
    }
