"""Loading a folder: what is refused, where, and that nothing hides behind the first error."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import FIXTURE, LIST, PACK, RULE, changed, write_pack

from nkscreen.errors import RuleError
from nkscreen.rulebook import bundled_rules, load_rulebook, run_tests


def problems(folder):
    with pytest.raises(RuleError) as caught:
        load_rulebook(folder)
    return caught.value.problems


def test_a_sound_pack_loads(tmp_path):
    rulebook = load_rulebook(write_pack(tmp_path))
    assert [rule.id for rule in rulebook.rules] == ["NK-SHIP-901"]
    assert (rulebook.name, rulebook.version) == ("test", "1.2.3")
    assert rulebook.lists["hs/coal"].values == ("2701", "2702")


def test_the_bundled_pack_is_where_no_folder_is_given():
    assert (bundled_rules() / "pack.yaml").is_file()


@pytest.mark.parametrize(
    ("old", "new", "message", "at"),
    [
        ("severity: high", "severity: hihg", "Input should be 'info', 'low', 'medium', 'high' or 'critical'", "hihg"),
        ("unknown: review", "unknown: reviw", "Input should be 'review' or 'ignore'", "reviw"),
        ("family: coal", "famly: coal", "unknown key 'famly'", "famly"),
        ("family: coal\n", "", "the key 'family' is missing", "schema"),
        ("from: 2017-08-05", "from: 20170805", "'20170805' is no date; write it as 2017-12-22", "20170805"),
        ("verified: true", "verified: yes", "'yes' is neither true nor false", "yes"),
        ("base: 60", "base: sixty", "'sixty' is no number", "sixty"),
        ("base: 60", "base: 80", "floor, base and cap must rise", "{base"),
        ("clock: date", "clock: dat", "unknown field 'dat', did you mean 'date'?", "dat,"),
        ("clock: date", "clock: remarks", "the clock must be a date field of the record", "remarks"),
        ("hs/coal", "hs/coall", "there is no list 'hs/coall', did you mean 'hs/coal'?", "hs/coall"),
        (
            "lists: {coal: hs/coal}",
            "lists: {coal: hs/coal, more: hs/coal}",
            "no condition uses the list 'more'",
            "more",
        ),
        ("lists: {coal:", "lists: {legs:", "'legs' is a field of a shipment; give the list another name", "hs/coal"),
        ("g.hs_code, coal", "g.hscode, coal", "unknown field 'hscode', did you mean 'hs_code'?", "hscode"),
        ("origin_country == 'KP'", "origin_country == 'DPRK'", "records write this country code as 'KP'", "'DPRK'"),
        ("{g.hs_code} is", "{g.hs} is", "unknown field 'hs'", "hs} is"),
        ("{g.hs_code} is", "{g} is", "a placeholder is one value, this is a GoodsLine", "g} is"),
        ("{g.hs_code} is", "{g.hs_code is", "a brace that belongs to no placeholder; write {field}", "{g.hs_code is"),
        ("{g.hs_code} is", "{g.hs_code!r} is", "unexpected '!' after the end of the expression", "!r"),
        ('"origin {origin_country}"', '"origin {list}"', "unknown field 'list'", "list"),
        ("[destination_country]", "[destination_county]", "unknown field 'destination_county', did you", "destination"),
        ("match: coal &&", "match: coall &&", "unknown field 'coall', did you mean 'coal'?", "coall"),
        ("match: coal &&", "match: true &&", "match joins names of conditions with && || ! only", "true"),
        ("!russian\n", "russian\n", "'russian' exempts, so it may stand in match only as !russian", "russian"),
        ("    weight: 20\n", "", "condition 'transshipped' decides nothing", "transshipped"),
        ("weight: 20", "weight: 20\n    exempts: true", "a condition that exempts has no weight", "if: legs"),
        ("modified: 2026-01-02", "modified: 2025-01-02", "modified before it was created", "2025-01-02"),
        ("effective: 2017-08-05", "effective: 2017-08-06", "takes effect on 2017-08-06, but the rule is", "2017-08-06"),
        ("basis: law\n", "basis: indicator\n", None, None),
        ("from: 2017-08-05}", "from: 2017-08-05, to: 2017-08-05}", "'to' must be later than 'from'", "{clock"),
        ("[destination_country]", "['1 + 1']", "this must be a field, as in vessel.flag", "1 + 1"),
        ("legal:\n  - {id", "legal: []\nx:\n  - {id", "unknown key 'x'", "x:"),
        ("id: NK-SHIP-901", "id: NK-SHIP-902", "the file of this rule must be called nk-ship-902.yaml", "NK-SHIP-902"),
        ("references: [", "tags: [", "a stable rule says references", "stable"),
        ("status: stable", "status: deprecated", "a deprecated rule says since when: deprecated_on", "deprecated"),
        (
            "use: shipment/base}",
            "use: shipment/bse}",
            "there is no fixture 'shipment/bse', did you mean",
            "shipment/bse",
        ),
        (
            "conditions: {coal: true, tr",
            "conditions: {cool: true, tr",
            "no condition 'cool', did you mean 'coal'?",
            "cool",
        ),
        ("name: crude oil", "name: coal from Nampo", "another test of this rule has the same name", "coal from"),
        ("conditions:\n  coal:", "conditions:\n  if:", "'if' is a reserved word", "if:"),
    ],
)
def test_a_mistake_in_a_rule_is_reported_at_its_place(tmp_path, old, new, message, at):
    folder = write_pack(tmp_path, rule=changed(RULE, old, new))
    if message is None:
        load_rulebook(folder)
        return
    found = problems(folder)
    lines = (folder / "trade/nk-ship-901.yaml").read_text().split("\n")
    hit = [one for one in found if one.message.startswith(message)]
    assert hit, [str(one) for one in found]
    assert hit[0].file == "rules/trade/nk-ship-901.yaml"
    assert lines[hit[0].line - 1][hit[0].column - 1 :].startswith(at)


def test_an_indicator_may_not_sound_like_a_law(tmp_path):
    rule = changed(changed(RULE, "basis: law", "basis: indicator"), "title: Coal", "title: Banned coal")
    assert [found.message for found in problems(write_pack(tmp_path, rule=rule))] == [
        "an indicator is a red flag, not a law: its title may not speak of a ban"
    ]


def test_every_error_of_every_file_is_reported_at_once(tmp_path):
    folder = write_pack(
        tmp_path,
        rule=changed(changed(RULE, "origin_country == 'KP'", "orign_country == 'KP'"), "clock: date", "clock: dat"),
        rule_list=changed(LIST, '"2701"', '"271"'),
        fixture=changed(FIXTURE, "date: 2019-05-02", "dat: 2019-05-02"),
        pack=changed(PACK, "1.2.3", "one"),
    )
    (folder / "trade" / "nk-ship-902.yaml").write_text("a: &x 1")
    (folder / "trade" / "notes.txt").write_text("x")
    assert [(found.file.removeprefix("rules/"), found.line) for found in problems(folder)] == [
        ("fixtures/base.yaml", 5),
        ("lists/coal.yaml", 7),
        ("pack.yaml", 3),
        ("trade/nk-ship-901.yaml", 15),
        ("trade/nk-ship-901.yaml", 27),
        ("trade/nk-ship-902.yaml", 1),
        ("trade/notes.txt", None),
    ]


def test_ids_and_titles_are_unique(tmp_path):
    folder = write_pack(tmp_path)
    (folder / "other").mkdir()
    (folder / "other" / "nk-ship-901.yaml").write_text(RULE)
    (folder / "lists" / "again.yaml").write_text(LIST)
    assert {found.message for found in problems(folder)} == {
        "another list has the id 'hs/coal'",
        "another rule has the id 'NK-SHIP-901'",
        "NK-SHIP-901 has the same title",
    }


@pytest.mark.parametrize(
    ("kind", "items", "message"),
    [
        ("hs_prefix", '["270"]', "'270' is no HS prefix: write 2, 4, 6, 8 or 10 digits"),
        ("port", "[CNDLC]", "records write this port code as 'CNDAL', not 'CNDLC'"),
        ("country", "[North Korea]", "records write this country code as 'KP', not 'North Korea'"),
        ("country", "[KP, KP]", "listed more than once: KP"),
        ("text", "['--']", "'--' has no letter or digit to look for"),
    ],
)
def test_items_that_no_record_could_carry_are_refused(tmp_path, kind, items, message):
    text = changed(changed(LIST, "hs_prefix", kind), '["2701", {item: "2702", note: lignite}]', items)
    found = problems(write_pack(tmp_path, rule_list=text))
    assert message in {one.message for one in found}


def test_a_rule_cannot_outlive_its_list(tmp_path):
    text = LIST + "valid: {from: 2018-01-01}\n"
    (found,) = problems(write_pack(tmp_path, rule_list=text))
    assert found.message == "the list is not valid for as long as this rule is"


def test_a_folder_that_is_missing_or_empty_is_an_error(tmp_path):
    assert problems(tmp_path / "nowhere")[0].message == "there is no folder of rules here"
    folder = write_pack(tmp_path)
    (folder / "trade" / "nk-ship-901.yaml").unlink()
    assert problems(folder)[0].message == "no rule was found in this folder"


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("title: Coal of DPRK origin", "title: Coal", True),
        ("goods.exists(g, hs_in(g.hs_code, coal))", "goods.exists(g,hs_in( g.hs_code,coal))", True),
        ("name: crude oil", "name: oil", True),
        ("says: declared as Russian coal", "says: Russian", True),
        ("origin_country == 'KP'", "origin_country != 'KP'", False),
        ("weight: 20", "weight: 10", False),
        ("base: 60", "base: 61", False),
        ("severity: high", "severity: low", False),
        ("from: 2017-08-05}", "from: 2017-08-06}", False),
        ("unknown: review", "unknown: ignore", False),
    ],
)
def test_the_logic_hash_changes_exactly_when_the_logic_does(tmp_path, old, new, same):
    before = load_rulebook(write_pack(tmp_path / "a"))
    after = load_rulebook(write_pack(tmp_path / "b", rule=changed(RULE, old, new)))
    assert (before.rules[0].logic_hash == after.rules[0].logic_hash) is same
    assert (before.sha256 == after.sha256) is (old == "name: crude oil")  # a test decides nothing


def test_a_pack_without_its_tests_is_the_same_pack_and_runs_none(tmp_path):
    folder = write_pack(tmp_path)
    whole, bare = load_rulebook(folder), load_rulebook(folder, tests=False)
    assert (bare.sha256, bare.tested) == (whole.sha256, False)
    assert [rule.logic_hash for rule in bare.rules] == [rule.logic_hash for rule in whole.rules]
    assert (bare.rules[0].file.tests, bare.fixtures) == ((), {})
    with pytest.raises(ValueError, match="loaded without its tests"):
        run_tests(bare)


def test_the_bundled_pack_is_the_same_without_its_tests():
    whole, bare = load_rulebook(), load_rulebook(tests=False)
    assert bare.sha256 == whole.sha256
    assert [rule.logic_hash for rule in bare.rules] == [rule.logic_hash for rule in whole.rules]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("description: Coal from the DPRK.", "description: |\n  Coal.\n  tests:\n  - a\n"),
        ("description: Coal from the DPRK.", 'description: "Coal\ntests:\n  from the DPRK."'),
        ("references: [", "references: [\ntests:\n, "),
        ("alert: {action", "tests:\n  []\nalert: {action"),
        ("tests:\n", "tests: # none\n"),
        ("alert: {action: Hold the cargo.}", "alert: {action: Hold.\n}\nmore: x"),
    ],
)
def test_what_looks_like_the_tests_hides_nothing_that_is_wrong(tmp_path, old, new):
    """Without the tests a file gives the same as with them: the same rule, or the same problems."""
    folder = write_pack(tmp_path, rule=changed(RULE, old, new))

    def loaded(tests):
        try:
            return [rule.logic_hash for rule in load_rulebook(folder, tests=tests).rules]
        except RuleError as error:
            return [(problem.message, problem.line) for problem in error.problems]

    assert loaded(tests=False) == loaded(tests=True)


def test_the_logic_hash_covers_the_items_of_lists_in_any_order(tmp_path):
    def logic(name, items):
        text = changed(LIST, '"2701", {item: "2702", note: lignite}', items)
        return load_rulebook(write_pack(tmp_path / name, rule_list=text)).rules[0].logic_hash

    assert logic("a", '"2701", "2702"') == logic("b", '"2702", "2701"') != logic("c", '"2701"')


def test_comments_and_the_order_of_files_do_not_change_the_hash_of_the_pack(tmp_path):
    one = load_rulebook(write_pack(tmp_path / "a"))
    other = load_rulebook(write_pack(tmp_path / "b", rule="# a comment\n" + RULE))
    assert one.sha256 == other.sha256


def refused(folder):
    try:
        load_rulebook(folder)
    except RuleError:
        return True
    return False


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(RULE) - 1), st.integers(0, 8), st.text(alphabet="{}[]()':>|&*!-#\"\n\t aK0.é", max_size=4))
def test_a_damaged_rule_loads_or_is_refused_with_places(place, removed, inserted):
    text = RULE[:place] + inserted + RULE[place + removed :]
    with TemporaryDirectory() as folder:
        pack = write_pack(Path(folder), rule=text)
        found = problems(pack) if refused(pack) else []
        assert all(problem.file for problem in found)


def test_a_stable_rule_that_is_law_names_its_legal_basis(tmp_path):
    start, end = RULE.index("legal:"), RULE.index("references:")
    (found,) = problems(write_pack(tmp_path, rule=RULE[:start] + RULE[end:]))
    assert found.message == "a stable rule that is law or a measure names its legal basis: legal"


def test_a_fixture_must_be_unique_of_the_right_kind_and_a_valid_record(tmp_path):
    folder = write_pack(
        tmp_path, fixture=changed(changed(FIXTURE, "subject: shipment", "subject: vessel"), "hits: []\n", "")
    )
    (folder / "fixtures" / "twin.yaml").write_text(FIXTURE)
    found = {one.message for one in problems(folder)}
    assert "another fixture has the id 'shipment/base'" in found
    assert any(message.startswith("origin_country") or "originCountry" in message for message in found)
    (folder / "fixtures" / "twin.yaml").write_text(changed(FIXTURE, "shipment/base", "shipment/other"))
    (folder / "fixtures" / "base.yaml").write_text(
        "schema: nkscreen/fixture@1\nid: shipment/base\nsubject: vessel\nrecord: {id: base}\n"
    )
    assert {one.message for one in problems(folder)} == {"the fixture is a vessel, the rule is on a shipment"}


def test_a_pack_without_its_pack_file_is_refused(tmp_path):
    folder = write_pack(tmp_path)
    (folder / "pack.yaml").unlink()
    assert [one.message for one in problems(folder)] == ["a pack has a file pack.yaml with its name and version"]


def test_a_list_of_ports_tests_whole_codes(tmp_path):
    text = changed(LIST, "hs_prefix", "port").replace('["2701", {item: "2702", note: lignite}]', "[CNDAL]")
    text = text.replace('["270112"]', "[CNDAL]").replace('["2709"]', "[CNTAO]")
    rule = changed(RULE, "goods.exists(g, hs_in(g.hs_code, coal))", "port_of_loading in coal")
    rulebook = load_rulebook(write_pack(tmp_path, rule_list=text, rule=changed(rule, "{index}: {g.hs_code}", "port")))
    assert [result.passed for result in run_tests(rulebook, ["hs/coal"])] == [True, True]
