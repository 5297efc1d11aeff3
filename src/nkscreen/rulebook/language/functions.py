"""The functions that rules may call: pure, declared once, with their types.

A back end that cannot call Python (a vectorised one) looks a function up by its name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from nkscreen.rulebook.language.phrases import Phrases, words
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

    @property
    def of_text(self) -> bool:
        """Whether the first argument is a text, which answers can be kept by."""
        return self.parameters[0].accepts(Basic.STRING) or self.name == "hs_in"


def hs_in(code: str, prefixes: tuple[str, ...]) -> bool | None:
    """Whether an HS code falls under one of the prefixes; unknown when it is shorter than one it may grow into."""
    if code.startswith(prefixes):
        return True
    return None if any(prefix.startswith(code) for prefix in prefixes) else False


def any_word(text: str, phrases: Phrases) -> bool:
    """Whether one of the phrases stands in the text: as whole words, in the singular or a regular plural."""
    return phrases.found(words(text))


def any_word_but(text: str, phrases: Phrases, harmless: Phrases) -> bool:
    """`any_word` on what is left of the text once the harmless phrases are taken out.

    "wine glasses" is then no wine, and "wine glasses and wine" still is.
    """
    known = words(text)
    return phrases.found(known) and phrases.found(harmless.removed(known))


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
            prepare=Phrases.of,
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
            prepare=Phrases.of,
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
