"""One word of a name made into a token: its weight, its rarity and the keys under which it can meet another."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from nkscreen.matching.names import tables
from nkscreen.matching.names.interned import interned
from nkscreen.matching.names.scripts import is_abjad, is_syllabic, skeleton, sound
from nkscreen.matching.names.token import MOST_SPELLED, SHORT_WORD, Kind, Token

WEIGHT_LETTERS = (2, 8)
"""A word weighs its length, within these bounds: a longer word is rarer, but not without end."""

RARE_BITS = 13.0
"""Rarity from which a word weighs in full: fewer than one name in eight thousand bears it."""

USUAL_SHARE = 0.4
"""The least share of its letters that a usual word weighs: `Mohammed` still is a name."""

GENERIC_SHARE = 0.5
"""`trading` or `Iran` tells at most half as much as a distinctive word of its length: thousands of firms share it."""

LIGHT_WEIGHT = 0.5
"""`Co., Ltd.`, `bin`, `Haji` tell next to nothing: registers, banks and manifests add and drop them at will."""

Bearer = Literal["person", "organisation", "vessel"]

LETTERS_FOR_WORDS: dict[Bearer, tuple[int, int]] = {"person": (2, 2), "organisation": (2, 3), "vessel": (9, 0)}
"""Least and most letters that may stand for as many adjacent words: JC for Jean Claude, IT for information technology,
KPA for Korean People's Army. Ships' names are not abbreviated."""

SKELETON_LETTERS = 3
"""Consonants from which a word without vowels is compared by them: with two, Ali, Alaa and Ola are written alike. Three
written vowels count as one more: two consonants then do."""

VOWELLESS_BITS = 8.0
"""Most that a word without vowels tells: it stands for several names, and usual ones among them."""

_HANDLE = re.compile(r"(?<=[a-z]{4})[0-9]+$")
"""The digits with which an account name ends that was made of a person's name."""

_DRAWN_LIKE = str.maketrans("013456789", "oieasgtbg")
"""Digits drawn like letters, as used to slip past a filter: K1m, P4k."""


@interned(4_096)
def light(word: str, kind: Kind, shared: str) -> Token:
    """A word that papers add and drop at will; `shared` is the class it shares with others of its kind."""
    return Token(word, word, kind, LIGHT_WEIGHT, frozenset({f"word:{shared}"} if shared else ()))


@interned(4_096)
def legal_form(word: str, kind: str) -> Token:
    """A legal form with the class that forms of other countries share."""
    return Token(word, word, "legal_form", LIGHT_WEIGHT, frozenset({f"form:{kind}"}))


@interned(4_096)
def class_word(word: str, name: str, kind: str) -> Token:
    """A word of organisations with its class and the kind of that class (`generic`, `domain body`, `named`)."""
    sort, _, body = kind.partition(" ")
    found: Kind = "generic" if sort == "generic" else "domain" if sort == "domain" else "word"
    weight = _weight(word, False, GENERIC_SHARE if sort == "generic" else 1.0)
    keys = {f"word:{name}"} | ({f"body:{name}"} if body else set())
    return Token(word, word, found, weight, frozenset(keys), usual=True)


@interned(16_384)
def phrase(parts: tuple[Token, ...], name: str) -> Token:
    """Adjacent words that stand for a class together."""
    text = "".join(part.spelling for part in parts)
    weight = sum(part.weight for part in parts)
    return Token(text, text, "joined", weight, frozenset({f"word:{name}"}), spanned=len(parts))


@interned(4_096)
def place(word: str, code: str) -> Token:
    """A country or a city with its code."""
    return Token(word, word, "place", _weight(word, False, GENERIC_SHARE), frozenset({f"place:{code}"}), usual=True)


@interned(4_096)
def number(word: str, number: str) -> Token:
    """A number as written, with its value in digits."""
    return Token(word, word, "number", letters(word), frozenset({f"num:{number}"}))


@interned(16_384)
def word_token(word: str, key: str, bearer: Bearer) -> Token:
    """Any other word of the bearer's name; `key` is how forms of names know it, "" for a syllable of Han or Hangul."""
    person = bearer == "person"
    if word.isdigit():
        return number(word, word.lstrip("0"))
    if len(word) == 1 and key and not is_syllabic(key):
        return Token(word, word, "initial", letters(word), frozenset())
    bits = tables.word_bits(person).get(word, RARE_BITS)
    groups = () if _has_broad_forms(word, key, person) else tables.name_forms(key)
    keys = {f"{group[0]}:{group[1:]}" for group in groups} | {f"b:{group[1:]}" for group in groups if group[0] == "x"}
    if not key or is_syllabic(key):
        return Token(word, word, "syllable", letters(word), frozenset(keys), bits)
    spelling = word
    if any(ch.isdigit() for ch in word) and sum(ch.isalpha() for ch in word) * 2 >= len(word):
        spelling = (_HANDLE.sub("", word) if person else word).translate(_DRAWN_LIKE)
    vowelless = is_abjad(key)
    if vowelless:
        bits = min(bits, VOWELLESS_BITS)
    else:
        keys.add(f"s:{sound(spelling)}")
    consonants = skeleton(spelling)
    if vowelless and len(consonants) + sum(letter in "awy" for letter in spelling) // 3 >= SKELETON_LETTERS:
        keys.add(f"ar:{consonants}")
    elif not vowelless and len(consonants) >= SKELETON_LETTERS - 1:
        keys.add(f"la:{consonants}")
    if len(spelling) > 4:
        keys.add(f"r:{''.join(sorted(spelling))}")
    least, most = LETTERS_FOR_WORDS[bearer]
    if least <= len(word) <= most and word.isalpha() and not vowelless:
        keys.add(f"in:{word}")
    usual = word in tables.word_bits(person)
    return Token(word, spelling, "word", _weight(word, person, 1.0), frozenset(keys), bits, usual, vowelless)


def _has_broad_forms(word: str, key: str, person: bool) -> bool:
    """Whether a word is too short for its forms to tell it: one Han character has a reading in every dialect (成 is
    Cheng, Shing, Seng and Jo), and a ship's `Song` is no person.
    """
    return len(key) < 2 or (not person and key.isascii() and len(word) <= SHORT_WORD)


@interned(16_384)
def patronymic(token: Token) -> Token:
    """The same word as a patronymic."""
    return replace(token, kind="patronymic")


@interned(16_384)
def joined(parts: tuple[Token, ...]) -> Token:
    """Adjacent words as one."""
    text = "".join(part.spelling for part in parts)
    exact = len(parts) > MOST_SPELLED or any(part.kind == "syllable" for part in parts)
    vowelless = any(part.vowelless for part in parts)
    keys = set() if exact else {f"s:{sound(text)}"}
    if not vowelless:
        keys.add("of:" + "".join(part.text[0] for part in parts))
    bits, weight = sum(part.bits for part in parts), sum(part.weight for part in parts)
    return Token(text, text, "joined", weight, frozenset(keys), bits, vowelless=vowelless, spanned=len(parts))


def letters(word: str) -> float:
    """The weight of a word that is weighed by its length alone."""
    least, most = WEIGHT_LETTERS
    return float(min(max(len(word), least), most))


def _weight(word: str, person: bool, most: float) -> float:
    bits = tables.word_bits(person).get(word, RARE_BITS)
    return round(letters(word) * min(most, max(USUAL_SHARE, min(bits / RARE_BITS, 1.0))), 2)
