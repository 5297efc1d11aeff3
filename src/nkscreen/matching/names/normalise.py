"""From a name as written to the words that are compared.

One way for every script: compatibility forms folded, invisible characters dropped, look-alike letters of another
script put back into the script of their word, marks removed, everything transliterated to lower-case ASCII.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from anyascii import anyascii

Words = tuple[str, ...]

_APOSTROPHES = dict.fromkeys(map(ord, "'`´ʻʼʽʾʿ‘’‛′＇"), None)
"""Apostrophes mark sounds (Ch'o'l) and are not word boundaries: they vanish."""

_LOOKALIKES = str.maketrans("АВЕЅІЈКМНОРСТУХавеѕіјкмнорстух", "ABESIJKMHOPCTYXabesijkmhopctyx")
"""Cyrillic letters drawn like Latin ones, as found mixed into Latin words of real trade data (КADIROV, JОSE)."""

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
    if not text.isascii():
        text = _to_ascii(text)
    text = text.translate(_APOSTROPHES).translate(_ASCII_OTHER)
    if "." in text:
        text = " ".join(_undot(part) for part in text.split())
    return tuple(text.split())


def _undot(part: str) -> str:
    pieces = [piece for piece in part.split(".") if piece]
    return ("" if all(len(piece) == 1 and piece.isalpha() for piece in pieces) else " ").join(pieces)


def _to_ascii(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
    return " ".join(word if word.isascii() else _word_to_ascii(word) for word in text.split())


def _word_to_ascii(word: str) -> str:
    visible = "".join(ch for ch in word if unicodedata.category(ch) != "Cf")
    if any("a" <= ch.lower() <= "z" for ch in visible):
        visible = visible.translate(_LOOKALIKES)
    syllables = "".join(_spaced(ch) for ch in unicodedata.normalize("NFC", visible))
    unmarked = "".join(ch for ch in unicodedata.normalize("NFKD", syllables) if not unicodedata.combining(ch))
    return anyascii(unmarked).translate(_APOSTROPHES)


def _spaced(ch: str) -> str:
    """A Hangul syllable or a Han character stands alone; its reading is a word."""
    return f" {anyascii(ch)} " if "가" <= ch <= "힣" or "一" <= ch <= "鿿" else ch
