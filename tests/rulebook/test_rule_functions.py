"""Functions of the rule language."""

from datetime import date

import pytest

from nkscreen.rulebook.language import FUNCTIONS, prepared


def call(name, *arguments, items=None):
    function = FUNCTIONS[name]
    return function.call(*arguments, *([prepared(name, items)] if items else []))


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("BLENDED SCOTCH WHISKY, 12 CASES", "whisky", True),
        ("whiskyfass", "whisky", False),
        ("Wines & spirits", "wine", True),
        ("COGNAC-BRANDY", "brandy", True),
        ("eau-de-vie", "eau de vie", True),
        ("CACHAÇA", "cachaca", True),
        ("cachaca", "CACHAÇA", True),
        ("coal_tar", "coal", True),
        ("anthracite  coal\n in bulk", "coal in bulk", True),
        ("석탄 수출", "석탄", True),
        ("북한산무연탄", "무연탄", True),
        ("单一麦芽威士忌", "威士忌", True),
        ("Whiskies, 12 boxes", "whisky", True),
        ("EMPTY BOXES", "box", True),
        ("days", "day", True),
        ("tar", "ta", False),
        ("", "coal", False),
    ],
)
def test_any_word_finds_whole_words_and_phrases_without_regard_to_case_accents_and_punctuation(text, phrase, found):
    assert call("any_word", text, items=(phrase,)) is found


@pytest.mark.parametrize(
    ("code", "found"),
    [("845811", True), ("84", True), ("870810", True), ("870323", False), ("8", None), ("87", None), ("", None)],
)
def test_hs_in_is_a_prefix_match_from_the_left(code, found):
    assert call("hs_in", code, items=("84", "8708")) is found


def test_days_counts_forward_and_within_days_both_ways():
    assert call("days", date(2020, 2, 28), date(2020, 3, 1)) == 2
    assert call("days", date(2020, 3, 1), date(2020, 2, 28)) == -2
    assert call("within_days", date(2020, 3, 1), date(2020, 2, 28), 2) is True
    assert call("within_days", date(2020, 3, 1), date(2020, 2, 28), 1) is False
