"""From a name as written to the letters of the spelling tables."""

import pytest

from nkscreen.matching.names.korean.letters import (
    cyrillic_tokens,
    kana_tokens,
    latin_tokens,
    pinyin_tokens,
    writing,
)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("ch'o'l", ("chʰŏl",)),
        ("myo'ng-ch'o'l", ("myŏng", "chʰŏl")),
        ("chang, myo' ng-ch'o' l", ("chang", "myŏng", "chʰŏl")),
        ("pak, hu'i-pong", ("pak", "hŭi", "pong")),
        ("kim kyŏng-ŭi", ("kim", "kyŏng", "ŭi")),
        ("kim č'ŏl", ("kim", "chʰŏl")),
        ("ri yong ho", ("ri", "yong", "ho")),
    ],
)
def test_apostrophes_are_aspiration_after_a_consonant_and_breve_after_a_vowel(text: str, tokens: tuple[str]) -> None:
    assert latin_tokens(text) == tokens


def test_katakana_becomes_hepburn() -> None:
    assert kana_tokens("キム・ジョンウン") == ("kimu", "jonun")
    assert kana_tokens("チョ・グク") == ("cho", "guku")
    assert kana_tokens("ファン・ビョンソ") == ("fan", "byonso")


def test_pinyin_drops_tones_and_the_apostrophe() -> None:
    assert pinyin_tokens("jīn zhèng'ēn") == ("jin", "zhengen")
    assert pinyin_tokens("lü zhu'ai") == ("lv", "zhuai")


def test_ukrainian_letters_are_kept() -> None:
    assert cyrillic_tokens("кім чен ин") == ("кім", "чен", "ин")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("kim jong un", "latin"),
        ("김정은", "hangul"),
        ("金正恩", "hanja"),
        ("キム・ジョンウン", "kana"),
        ("ким чен ын", "cyrillic"),
        ("김정은 (kim)", None),
        ("محمد", None),
        ("123", None),
        ("", None),
    ],
)
def test_script_of_a_name(text: str, script: str | None) -> None:
    assert writing(text) == script
