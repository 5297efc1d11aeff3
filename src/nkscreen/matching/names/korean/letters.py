"""From a name as written to tokens in the letters that the spelling tables use."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from nkscreen.matching.names.korean.hangul import is_hangul

Writing = Literal["hangul", "hanja", "kana", "cyrillic", "latin"]
WRITINGS: frozenset[Writing] = frozenset({"hangul", "hanja", "kana", "cyrillic", "latin"})

_ASPIRATED = "ʰ"
_APOSTROPHES = re.compile("[’‘ʼʻ`´′＇]")
_FOREIGN = {"dzs": "j", "dž": "j", "č": "ch", "š": "sh", "ž": "zh", "ĝ": "j", "ç": "ch"}
"""Letters for Korean sounds in Hungarian, Czech, Croatian and Esperanto texts, as found in gazetteers."""

_GLIDE_J = re.compile(r"\b[bghkmnpr]j[aeiou]|(?<![aeiouy])hj|sz")
"""Letters that tell that j is y: no Korean word begins with two consonants but in Hungarian (Kjong, Szong)."""

_BREVE = {"o": "ŏ", "u": "ŭ"}
_BREVE_MARKS = "\u0306\u030c"
"""Breve, and the caron often typed in its place."""

_LATIN_TOKEN = re.compile(f"[a-zŏŭ{_ASPIRATED}]+")
_CYRILLIC_TOKEN = re.compile("[а-яёіўґєъ]+")

_SMALL_VOWELS = dict(zip("ァィゥェォ", "aiueo", strict=True))
_SMALL_Y = dict(zip("ャュョ", ("ya", "yu", "yo"), strict=True))
_KANA_ROWS = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "g": "ガギグゲゴ",
    "s": "サシスセソ",
    "z": "ザジズゼゾ",
    "t": "タチツテト",
    "d": "ダヂヅデド",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホ",
    "b": "バビブベボ",
    "p": "パピプペポ",
    "m": "マミムメモ",
    "r": "ラリルレロ",
}
_KANA_OTHERS = {"シ": "shi", "ジ": "ji", "チ": "chi", "ヂ": "ji", "ツ": "tsu", "ヅ": "zu", "フ": "fu", "ヴ": "vu"} | {
    "ヤ": "ya",
    "ユ": "yu",
    "ヨ": "yo",
    "ワ": "wa",
    "ヲ": "o",
    "ン": "n",
    "ッ": "q",
}
_KANA = {
    character: consonant + vowel
    for consonant, row in _KANA_ROWS.items()
    for character, vowel in zip(row, "aiueo", strict=True)
} | _KANA_OTHERS


def writing(text: str) -> Writing | None:
    """The script of a name, None when it mixes two (other than katakana with Han) or has no letter of any."""
    found: set[Writing] = set()
    for character in text:
        kind = _kind(character)
        if kind:
            found.add(kind)
        elif character.isalpha():
            return None
    return found.pop() if len(found) == 1 else None


def _kind(character: str) -> Writing | None:
    number = ord(character)
    if number < 0x250 or 0x1E00 <= number < 0x1F00:
        return "latin" if character.isalpha() else None
    if 0x400 <= number < 0x500:
        return "cyrillic"
    if 0x30A1 <= number <= 0x30FA or 0xFF66 <= number <= 0xFF9D:
        return "kana"
    if is_hangul(character):
        return "hangul"
    if 0x3400 <= number < 0xA000 or 0xF900 <= number < 0xFB00:
        return "hanja"
    return None


def latin_tokens(text: str) -> tuple[str, ...]:
    """Lower-case tokens of a Latin name with breves as ŏ ŭ and aspiration as ʰ; other marks are dropped.

    `Ch'o'l` gives `chʰŏl`: lists write both McCune-Reischauer's apostrophe and its breve as an apostrophe, the first
    after a consonant, the second after a vowel.
    """
    if "j" in text and _GLIDE_J.search(text):
        text = re.sub("(?<![dt])j", "y", text)
    return tuple(_LATIN_TOKEN.findall(text if text.isascii() and "'" not in text else _marked(text)))


def possible_tokens(text: str) -> list[tuple[str, ...]]:
    """What `latin_tokens` may make of a part of a name between two spaces, whatever letters stand beside it."""
    glides = re.sub("(?<![dt])j", "y", text)
    return [tuple(_LATIN_TOKEN.findall(read)) for one in {text, glides} for read in (one, _marked(one))]


def _marked(text: str) -> str:
    for letter, spelling in _FOREIGN.items():
        text = text.replace(letter, spelling)
    letters: list[str] = []
    for character in unicodedata.normalize("NFD", text):
        if character in _BREVE_MARKS and letters and letters[-1] in _BREVE:
            letters[-1] = _BREVE[letters[-1]]
        elif not unicodedata.combining(character):
            letters.append(character)
    text = _APOSTROPHES.sub("'", "".join(letters))
    text = re.sub(r"([ou]) ?'( (?=(?:ng|[klmnp])\b))?", lambda found: _BREVE[found[1]], text)
    return re.sub(r"(ch|[ktp])'(?=[aeiouwyŏŭ])", rf"\1{_ASPIRATED}", text).replace("'", "")


def pinyin_tokens(text: str) -> tuple[str, ...]:
    """Lower-case tokens of a name in pinyin; tone marks and the apostrophe between syllables are dropped."""
    plain = unicodedata.normalize("NFD", _APOSTROPHES.sub("", text.replace("'", "")).replace("ü", "v"))
    return tuple(re.findall("[a-z]+", "".join(c for c in plain if not unicodedata.combining(c))))


def cyrillic_tokens(text: str) -> tuple[str, ...]:
    """Lower-case tokens of a Cyrillic name; the Ukrainian apostrophe is dropped."""
    return tuple(_CYRILLIC_TOKEN.findall(_APOSTROPHES.sub("", text.replace("'", "")).replace("ї", "и")))


def kana_tokens(text: str) -> tuple[str, ...]:
    """Tokens of a katakana name in Hepburn letters; ッ is `q`. `チョ・グク` gives `cho`, `guku`."""
    return tuple(token for token in (_romaji(part) for part in re.split(r"[\s・･=＝.,]+", text)) if token)


def _romaji(text: str) -> str:
    out: list[str] = []
    for character in text:
        last = out[-1] if out else ""
        if character in _SMALL_Y:
            sound = _SMALL_Y[character]
            if last.endswith("i"):
                out[-1] = last[:-1] + (sound[1:] if last in {"shi", "chi", "ji"} else sound)
            else:
                out.append(sound)
        elif character in _SMALL_VOWELS:
            vowel = _SMALL_VOWELS[character]
            if last in {"chi", "ji", "shi", "fu", "te", "de", "to", "do"}:
                out[-1] = last[:-1] + vowel
            elif last in {"u", "ku", "gu", "su", "vu"}:
                out[-1] = last[:-1] + "w" + vowel
            elif last.endswith(("i", "u")):
                out[-1] = last[:-1] + ("y" if last.endswith("i") else "w") + vowel
            else:
                out.append(vowel)
        elif character in _KANA:
            out.append(_KANA[character])
    return "".join(out)
