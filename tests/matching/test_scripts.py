"""Other scripts in Latin letters, consonants of Arabic words, and the sound of a spelling."""

import pytest

from nkscreen.matching.names.normalise import words
from nkscreen.matching.names.scripts import fits, skeleton, sound


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("Сергей Щербаков", ("sergey", "shcherbakov")),
        ("Володимир Гринь, Київ", ("volodymyr", "hryn", "kyyiv")),
        ("Αλέξης Μπούτζας", ("alexis", "butzas")),
        ("محمد", ("mhmd",)),
        ("בנימין", ("bnymyn",)),
        ("ガギグ", ("gagigu",)),
        ("Ђоковић", ("djokovic",)),
    ],
)
def test_scripts_are_read_as_lists_spell_them(written, latin):
    assert words(written) == latin


@pytest.mark.parametrize(("one", "other"), [("mohammed", "mhmd"), ("shakeri", "shakry"), ("qasim", "kasem")])
def test_a_skeleton_keeps_the_consonants(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("abjad", "latin", "expected"),
    [
        ("hmydy", "hamidi", True),
        ("hmydy", "ahmadi", False),
        ("mwswy", "musavi", True),
        ("hsna", "hossein", False),
        ("asama", "osama", True),
    ],
)
def test_long_vowels_that_are_written_must_be_there(abjad, latin, expected):
    assert fits(abjad, latin) is expected


@pytest.mark.parametrize(("one", "other"), [("nooristani", "nuristani"), ("qaeda", "kaida"), ("yusuf", "youssouf")])
def test_spellings_of_one_sound_agree(one, other):
    assert sound(one) == sound(other)


def test_different_vowels_do_not_sound_alike():
    assert sound("karim") != sound("karam")
