"""House rules on names, texts, weights and facts that `rules check` holds a loaded rule to."""

import pytest
from small_pack import RULE, changed, write_pack

from nkscreen.rulebook.checking import check_pack
from nkscreen.rulebook.issues import Issue, UnknownFact

INDICATOR = changed(RULE, "basis: law", "basis: indicator")
QUIET = ("failed", "needs a", "near miss", "no test", "mutants", "undecided")


def messages(folder, text, facts=None):
    """Problems of the rule, those of its tests apart."""
    found = [problem.message for problem in check_pack(write_pack(folder, rule=text), facts).problems]
    return [message for message in found if not any(words in message for words in QUIET)]


def test_the_small_rule_keeps_the_house_rules(tmp_path):
    assert messages(tmp_path, RULE) == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("description: Coal from the DPRK.", "description: Coal is banned since 2017.", "description"),
        ("description: Coal from the DPRK.", "description: A prohibition of 2017.", "description"),
        ("{action: Hold the cargo.}", "{action: The cargo is prohibited.}", "action"),
    ],
)
def test_an_indicator_may_not_speak_of_a_ban_anywhere(tmp_path, old, new, key):
    key = "alert" if key == "action" else key
    expected = f"an indicator is a red flag, not a law: its {key} may not speak of a ban"
    assert messages(tmp_path / "a", changed(INDICATOR, old, new)) == [expected]
    assert messages(tmp_path / "b", changed(RULE, old, new)) == []


@pytest.mark.parametrize("text", ["This is no ban.", "Coal is not banned here.", "Urban coal of Banbury."])
def test_an_indicator_may_say_that_something_is_no_ban(tmp_path, text):
    assert messages(tmp_path, changed(INDICATOR, "description: Coal from the DPRK.", f"description: {text}")) == []


@pytest.mark.parametrize("title", ["coal of DPRK origin", "Coal of DPRK origin.", f"Coal {'of DPRK origin ' * 8}"])
def test_a_title_is_a_line_like_any_other(tmp_path, title):
    assert messages(tmp_path, changed(RULE, "title: Coal of DPRK origin", f"title: {title}")) == [
        "a title is one line of at most 100 characters that begins with a capital and ends without a full stop"
    ]


def test_the_id_says_what_the_rule_is_about(tmp_path):
    folder = write_pack(tmp_path, rule=changed(RULE, "NK-SHIP-901", "NK-VSL-901"))
    (folder / "trade/nk-ship-901.yaml").rename(folder / "trade/nk-vsl-901.yaml")
    assert "an id that begins with NK-VSL- is a rule on a vessel, this one is on a shipment" in {
        problem.message for problem in check_pack(folder).problems
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cap: 75}", "cap: 90}", "base and weights reach 80 at most, so a cap of 90 caps nothing"),
        ("cap: 75}", "cap: 60}", "the weight of 'transshipped' changes no score: base is 60, cap 60"),
        ("weight: 20", "weight: -20", "base and weights reach 60 at most, so a cap of 75 caps nothing"),
        (
            "match: coal &&",
            "match: transshipped && coal &&",
            "'transshipped' holds in every match, so its weight belongs",
        ),
    ],
)
def test_points_that_can_never_show_are_told(tmp_path, old, new, message):
    assert [text[: len(message)] for text in messages(tmp_path, changed(RULE, old, new))] == [message]


def test_facts_must_exist_where_a_fact_list_is_given(tmp_path):
    text = changed(RULE, "seed: [A seed document]", "seed: [A seed document]\nfacts: [F0001, F0002]")
    assert messages(tmp_path / "a", text) == []
    assert messages(tmp_path / "b", text, {"F0001", "F0002"}) == []
    assert messages(tmp_path / "c", text, {"F0001"}) == ["there is no fact F0002"]


def test_an_issue_renders_itself_from_its_fields():
    issue: Issue = UnknownFact(("facts", 1), "F0002")
    assert str(issue) == "there is no fact F0002"
