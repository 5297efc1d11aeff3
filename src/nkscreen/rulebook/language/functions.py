"""The functions that rules may call: pure, declared once, with their types.

A back end that cannot call Python (a vectorised one) looks a function up by its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from nkscreen.rulebook.language.types import NUMBERS, Basic, CodeText, HsPrefixes, ListOf, Type, is_text


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an argument must be: `wants` in words, `accepts` as a test. A `constant` one is a list known at load."""

    wants: str
    accepts: Callable[[Type | None], bool]
    constant: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """`call` gets the values of the arguments, none of them missing; a constant list comes as `prepare` left it.

    `cost` orders the operands of `&&` and `||`: 1 is a comparison. A `partial` function may answer None: unknown.
    """

    name: str
    parameters: tuple[Parameter, ...]
    returns: Basic
    call: Callable[..., Any]
    method: bool = False
    prepare: Callable[[tuple[str, ...]], Any] = tuple
    cost: int = 1
    partial: bool = False


_MARKS = re.compile("[\u0300-\u036f]+")
_GAPS = re.compile(r"[\W_]+")


@lru_cache(maxsize=64)  # several conditions look into one description; texts may have 100,000 characters
def words(text: str) -> str:
    """Lower-case words between single spaces, with a space at both ends; accents and punctuation are gone."""
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return f" {_GAPS.sub(' ', text.casefold()).strip()} "


def _phrases(items: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for item in items for form in _forms(words(item))))


def _forms(phrase: str) -> tuple[str, ...]:
    """A phrase as it may stand in a text: with its last word in the plural; without word bounds in scripts that set
    no spaces (Han, kana) or join particles to words (Hangul)."""
    plain = phrase.strip()
    if any(ch >= FIRST_UNSPACED for ch in plain):
        return (plain,)
    last = plain.rpartition(" ")[2]
    if len(last) < SHORTEST_PLURAL or not (last.isascii() and last.isalpha()):
        return (phrase,)
    stem = plain[:-1] + "ies" if last.endswith("y") and last[-2] not in "aeiou" else plain + "es"
    return (phrase, f" {plain}s ", f" {stem} ")


FIRST_UNSPACED = "\u1100"
"""From Hangul Jamo on, scripts of East Asia follow in Unicode."""

SHORTEST_PLURAL = 3
"""Letters from which a word is matched in the plural too; shorter ones are abbreviations."""


def hs_in(code: str, prefixes: tuple[str, ...]) -> bool | None:
    """Whether an HS code falls under one of the prefixes; unknown when it is shorter than one it may grow into."""
    if code.startswith(prefixes):
        return True
    return None if any(prefix.startswith(code) for prefix in prefixes) else False


def any_word(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands in the text: as whole words, in the singular or a regular plural."""
    known = words(text)
    return any(phrase in known for phrase in phrases)


def any_word_but(text: str, phrases: tuple[str, ...], harmless: tuple[str, ...]) -> bool:
    """`any_word` on what is left of the text once the harmless phrases are taken out, longer ones first.

    "wine glasses" is then no wine, and "wine glasses and wine" still is.
    """
    if not any_word(text, phrases):
        return False
    known = words(text)
    for phrase in sorted(harmless, key=len, reverse=True):
        # twice, because two of them in a row share the space between them
        known = known.replace(phrase, " | ").replace(phrase, " | ")
    return any(phrase in known for phrase in phrases)


def days(start: date, end: date) -> int:
    """Days from `start` to `end`; negative when `end` comes first."""
    return (end - start).days


def within_days(one: date, other: date, most: float) -> bool:
    """Whether the two dates lie at most so many days apart, in either order."""
    return abs((other - one).days) <= most


def _is(*kinds: Basic) -> Callable[[Type | None], bool]:
    return lambda kind: kind in kinds


def _code(name: str) -> Callable[[Type | None], bool]:
    return lambda kind: isinstance(kind, CodeText) and kind.code.kind == name


def _texts(kind: Type | None) -> bool:
    return isinstance(kind, ListOf) and kind.item is Basic.STRING


_TEXT = Parameter("text or a code", is_text)
_DATE = Parameter("a date", _is(Basic.DATE))

FUNCTIONS = {
    function.name: function
    for function in (
        Function(
            "hs_in",
            (
                Parameter("an HS code", _code("hs")),
                Parameter("a list of HS prefixes", lambda kind: _texts(kind) or isinstance(kind, HsPrefixes), True),
            ),
            Basic.BOOL,
            hs_in,
            cost=2,
            partial=True,
        ),
        Function("days", (_DATE, _DATE), Basic.INT, days, cost=2),
        Function("within_days", (_DATE, _DATE, Parameter("a number", _is(*NUMBERS))), Basic.BOOL, within_days, cost=3),
        Function(
            "any_word",
            (Parameter("free text", _is(Basic.STRING)), Parameter("a list of words or phrases", _texts, True)),
            Basic.BOOL,
            any_word,
            prepare=_phrases,
            cost=20,
        ),
        Function(
            "any_word_but",
            (
                Parameter("free text", _is(Basic.STRING)),
                Parameter("a list of words or phrases", _texts, True),
                Parameter("a list of harmless phrases", _texts, True),
            ),
            Basic.BOOL,
            any_word_but,
            prepare=_phrases,
            cost=25,
        ),
        Function("size", (Parameter("a list", lambda kind: isinstance(kind, ListOf)),), Basic.INT, len),
        Function("contains", (_TEXT, _TEXT), Basic.BOOL, lambda text, part: part in text, method=True, cost=3),
        Function("startsWith", (_TEXT, _TEXT), Basic.BOOL, str.startswith, method=True, cost=2),
    )
}
"""Every function by name."""


@lru_cache(maxsize=4_096)
def prepared(function: str, items: tuple[str, ...]) -> Any:
    """A constant list in the form that the function wants."""
    return FUNCTIONS[function].prepare(items)
