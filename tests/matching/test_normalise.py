"""From a name as written to the words that are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.matching.names.normalise import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KIM, Jong-un", ("kim", "jong", "un")),
        ("KIM, Hyo'k-ch'o'l", ("kim", "hyok", "chol")),
        ("O’Neill", ("oneill",)),
        ("S.A. de C.V.", ("sa", "de", "cv")),
        ("No.5", ("no", "5")),
        ("Co.,Ltd.", ("co", "ltd")),
        ("Ｋｉｍ Ａ１", ("kim", "a1")),
        ("КADIROV", ("kadirov",)),
        ("ze\u200bro", ("zero",)),
        ("Łódź Straße", ("lodz", "strasse")),
        ("Путин", ("putin",)),
        ("김정은", ("gim", "jeong", "eun")),
        ("習近平", ("xi", "jin", "ping")),
        ("  ..-- ", ()),
        ("", ()),
    ],
)
def test_names_in_any_script_become_plain_words(text, expected):
    assert words(text) == expected


@given(st.text())
def test_words_are_lower_case_ascii_letters_and_digits(text):
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words(text))


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    once = words(text)
    assert words(" ".join(once)) == once
