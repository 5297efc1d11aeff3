"""Text compared loosely: one key for every way of typing the same words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from importlib.resources import files
from typing import TypeVar

Found = TypeVar("Found")

MAX_LENGTH = 200
"""A longer text is no code: the field types refuse it too, and the readers here stay cheap on hostile input."""

_LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
# Unicode does not decompose these, though people who lack the key type the plain letter.

_APOSTROPHES = "'’‘‛`´ʼʻʹ′＇\ufffd"
# U+FFFD too: it is what a wrong decoding leaves in "People�s".

_FOLD = str.maketrans(dict.fromkeys(_APOSTROPHES, "") | {"&": " and "} | _LETTERS)
_ASCII = {chr(i): " " for i in range(128) if not chr(i).isalnum()} | {"'": "", "`": "", "&": " and "}
_FOLD_ASCII = str.maketrans(_ASCII)


def key(text: str) -> str:
    """The text as words for comparison: casefolded, without accents, punctuation, zero-width characters and "the".

    Letters that stand alone are joined, so that "D.P.R. Korea", "D P R Korea" and "DPR Korea" have one key.
    """
    words = (text.lower().translate(_FOLD_ASCII) if text.isascii() else _plain(text)).split()
    return " ".join(word for word in _join_initials(words) if word != "the")


_LOOKALIKES = str.maketrans("авекмнорстухіјѕԁԛԝһүαβεηικνορτυχ", "abekmhopctyxijsdqwhyabehikvoptux")
# Cyrillic and Greek letters that look like Latin ones in capitals or small.


def unmixed(text: str) -> str:
    """A text that mixes Latin with Cyrillic or Greek letters, read by what it looks like: "Nоrth" with a Cyrillic о."""
    small = text.lower()
    if not any("a" <= ch <= "z" for ch in small):
        return text
    return small.translate(_LOOKALIKES)


def squashed(text: str) -> str:
    """The key without its spaces: "Hai Phong" and "HAIPHONG" are one name."""
    plain = text.replace(" ", "").lower()
    # The short way for most names; initials do not matter once the spaces are gone.
    if plain.isascii() and plain.isalnum() and "the" not in plain:
        return plain
    return key(text).replace(" ", "")


def clean(text: str) -> str:
    """The text in compatibility form (full-width letters become plain), stripped, without zero-width characters."""
    if text.isascii():
        return text.strip()
    return "".join(ch for ch in unicodedata.normalize("NFKC", text) if unicodedata.category(ch) != "Cf").strip()


def remembered(read: Callable[[str], Found | None]) -> Callable[[str], Found | None]:
    """A reader of codes that keeps what it has read, and finds nothing in a text too long to be a code."""
    cached = lru_cache(maxsize=65_536)(read)

    @wraps(read)
    def reader(text: str) -> Found | None:
        return cached(text) if len(text) <= MAX_LENGTH else None

    return reader


def table(name: str) -> Iterator[list[str]]:
    """The rows of a tab-separated file in `data/`; lines that start with "#" are comments."""
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.split("\n") if line and line[0] != "#")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_FOLD)
    kept = "".join(map(_kept, folded))
    return unicodedata.normalize("NFC", kept)


def _kept(ch: str) -> str:
    if ch.isalnum():
        return ch
    category = unicodedata.category(ch)
    if category == "Cf" or unicodedata.combining(ch):
        return ""
    # Vowel signs of Indic scripts are marks without a combining class: they are letters to their readers.
    return ch if category[0] == "M" else " "


def _join_initials(words: list[str]) -> list[str]:
    joined: list[str] = []
    run = ""
    for word in words:
        if len(word) == 1 and word.isascii() and word.isalpha():
            run += word
            continue
        if run:
            joined.append(run)
            run = ""
        joined.append(word)
    return [*joined, run] if run else joined
