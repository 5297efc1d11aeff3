"""From a name as written to the words that are compared.

One way for every script: compatibility forms folded, invisible characters dropped, look-alike letters of another
script put back into the script of their word, marks removed, everything transliterated to lower-case ASCII.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from anyascii import anyascii

from nkscreen.matching.names.scripts import is_ukrainian, to_latin

Words = tuple[str, ...]

APOSTROPHES = dict.fromkeys(map(ord, "'`´ʻʼʽʾʿ‘’‛′＇"), None)
"""Apostrophes mark sounds (Ch'o'l) and are not word boundaries: they vanish."""

_LOOKALIKES = str.maketrans("АВЕЅІЈКМНОРСТУХавеѕіјкмнорстух", "ABESIJKMHOPCTYXabesijkmhopctyx")
"""Cyrillic letters drawn like Latin ones, as found mixed into Latin words of real trade data (КADIROV, JОSE)."""

_DOTS = dict.fromkeys(map(ord, "·・‧•"), " ")
"""Dots that part the words of a foreign name in Chinese and Japanese (ジョン・スミス)."""

_ASCII_OTHER = {
    ordinal: (chr(ordinal).lower() if chr(ordinal).isalnum() else " ") for ordinal in range(128) if chr(ordinal) != "."
}


@lru_cache(maxsize=65_536)
def words(text: str) -> Words:
    """The words of a name: lower-case ASCII letters and digits, in the order written.

    `words("KIM, Ch'o'l-su (金 哲洙)")` is `("kim", "chol", "su", "jin", "zhe", "zhu")`: Hangul and Han are split at
    every syllable, since neither script marks where a name part ends. Dotted letters are one word: `S.A.` is `sa`.
    Text without any letter or digit gives `()`.
    """
    return tuple(word for _, parts in written(text) for word in parts)


def written(text: str) -> tuple[tuple[str, Words], ...]:
    """The words of a name, grouped by the word they were written as.

    The first of each pair is `""` for a word in ASCII letters; else the word in its own script, as `form_key` gives it.
    """
    if text.isascii():
        return tuple(("", (word,)) for word in _split(text))
    folded = unicodedata.normalize("NFKC", text).translate(APOSTROPHES).translate(_DOTS)
    ukrainian = is_ukrainian(folded)
    groups: list[tuple[str, Words]] = []
    for word in folded.split():
        if word.isascii():
            groups += [("", (part,)) for part in _split(word)]
        elif parts := _split(_word_to_ascii(word, ukrainian)):
            groups.append((form_key(word), parts))
    return tuple(groups)


@lru_cache(maxsize=65_536)
def form_key(word: str) -> str:
    """How a word is looked up among the forms of names.

    Latin, Cyrillic, Greek, Armenian and Georgian words by their ASCII letters; a word in a script whose transliteration
    is not the name as spelled (Han, kana, Hangul, Arabic, ...) by its own letters.
    """
    bare = "".join(ch for ch in unicodedata.normalize("NFKC", word).casefold() if ch.isalnum())
    alphabetic = all(ch < "\u0590" or "\u10a0" <= ch <= "\u10ff" or "\u1e00" <= ch <= "\u1fff" for ch in bare)
    return "".join(_split(_word_to_ascii(word))) if alphabetic else bare


def _split(text: str) -> Words:
    text = text.translate(APOSTROPHES).translate(_ASCII_OTHER)
    if "." in text:
        text = " ".join(_undot(part) for part in text.split())
    return tuple(text.split())


def _undot(part: str) -> str:
    pieces = [piece for piece in part.split(".") if piece]
    return ("" if all(len(piece) == 1 and piece.isalpha() for piece in pieces) else " ").join(pieces)


@lru_cache(maxsize=65_536)
def _word_to_ascii(word: str, ukrainian: bool = False) -> str:
    visible = "".join(ch for ch in word if unicodedata.category(ch) != "Cf")
    if any("a" <= ch.lower() <= "z" for ch in visible):
        visible = visible.translate(_LOOKALIKES)
    composed = unicodedata.normalize("NFC", visible).lower()
    syllables = "".join(_spaced(ch) for ch in to_latin(composed, ukrainian))
    unmarked = "".join(_unmarked(ch) for ch in syllables)
    return anyascii(to_latin(unmarked, ukrainian))


def _unmarked(ch: str) -> str:
    """A letter without its marks; the voicing marks of kana make another letter and stay."""
    if ch.isascii() or "\u3040" <= ch <= "\u30ff":
        return ch
    return "".join(part for part in unicodedata.normalize("NFKD", ch) if not unicodedata.combining(part))


def _spaced(ch: str) -> str:
    """A Hangul syllable or a Han character stands alone; its reading is a word."""
    return f" {anyascii(ch)} " if "가" <= ch <= "힣" or "一" <= ch <= "鿿" else ch
