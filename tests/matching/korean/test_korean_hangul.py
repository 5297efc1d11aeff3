"""The algebra of the syllable."""

from hypothesis import given
from hypothesis import strategies as st

from nkscreen.matching.names.korean.hangul import compose, decompose, is_hangul, partners, southern

SYLLABLES = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@given(SYLLABLES)
def test_a_syllable_is_its_parts(syllable: str) -> None:
    assert compose(*decompose(syllable)) == syllable
    assert is_hangul(syllable)


def test_parts_of_a_syllable() -> None:
    assert decompose("철") == ("ㅊ", "ㅓ", "ㄹ")
    assert decompose("리") == ("ㄹ", "ㅣ", "")


def test_the_south_drops_the_initial_sound() -> None:
    assert [southern(s) for s in "리로녀련김"] == ["이", "노", "여", "연", "김"]


@given(SYLLABLES)
def test_partners_are_mutual(syllable: str) -> None:
    assert all(syllable in partners(other) for other in partners(syllable))
    assert syllable not in partners(syllable)
