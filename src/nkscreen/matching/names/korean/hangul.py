"""The algebra of the Hangul syllable: Unicode composes it from onset, nucleus and coda by arithmetic."""

from __future__ import annotations

from functools import lru_cache

ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
NUCLEI = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

_FIRST = 0xAC00
_LAST = 0xD7A3
_PALATAL = frozenset("ㅑㅕㅖㅛㅠㅣ")


def is_hangul(character: str) -> bool:
    """Whether the character is one composed Hangul syllable."""
    return _FIRST <= ord(character) <= _LAST


def decompose(syllable: str) -> tuple[str, str, str]:
    """Onset, nucleus and coda of a syllable: 철 is ㅊ, ㅓ, ㄹ; the coda may be empty."""
    number = ord(syllable) - _FIRST
    return ONSETS[number // 588], NUCLEI[number % 588 // 28], CODAS[number % 28]


def compose(onset: str, nucleus: str, coda: str) -> str:
    """The syllable of an onset, a nucleus and a coda (empty for none)."""
    return chr(_FIRST + (ONSETS.index(onset) * 21 + NUCLEI.index(nucleus)) * 28 + CODAS.index(coda))


def southern(syllable: str) -> str:
    """The syllable as the South writes it at the beginning of a word: 리 is 이, 로 is 노; others unchanged."""
    onset, nucleus, coda = decompose(syllable)
    if onset == "ㄹ":
        return compose("ㅇ" if nucleus in _PALATAL else "ㄴ", nucleus, coda)
    if onset == "ㄴ" and nucleus in _PALATAL:
        return compose("ㅇ", nucleus, coda)
    return syllable


@lru_cache(maxsize=2048)
def partners(syllable: str) -> tuple[str, ...]:
    """The other syllables that the initial-sound rule may write for this one: 이 may stand for 리 and 니."""
    onset, nucleus, coda = decompose(syllable)
    south = southern(syllable)
    others = {south} | {
        other for other in (compose(o, nucleus, coda) for o in "ㄹㄴ") if southern(other) == south and onset in "ㄹㄴㅇ"
    }
    return tuple(sorted(others - {syllable}))
