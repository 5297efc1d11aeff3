"""Answers kept by text and by element: the texts of a day's records repeat, and words are slow to look for.

All that is asked of one text is answered at once, a bit for each question. An element of a list is then known by the
answers about its texts, so that few elements differ, however many texts do.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final

from nkscreen.rulebook.language.functions import FUNCTIONS
from nkscreen.rulebook.language.phrases import Phrases, words
from nkscreen.rulebook.language.tree import (
    Binary,
    Call,
    Items,
    Literal,
    Node,
    Unary,
    children,
    path_of,
)

MOST_KEPT: Final = 10_000
"""Texts, or elements, remembered by one table; when they are more, all are forgotten. A few megabytes at most."""
LONGEST_TEXT: Final = 1_000
"""Characters of a text that is remembered."""


class Answers(dict[Any, int]):
    """Bits by text (None for a missing one) or by element; what was not asked yet is asked and kept.

    Equal answers are one object: few differ, and those stay close to the processor.
    """

    __slots__ = ("ask", "same")

    def __init__(self) -> None:
        super().__init__()
        self.ask: Callable[[Any], int] = lambda _: 0
        self.same: dict[int, int] = {}

    def __missing__(self, key: Hashable) -> int:
        answer = self.ask(key)
        if not isinstance(key, str) or len(key) <= LONGEST_TEXT:
            if len(self) >= MOST_KEPT:
                self.clear()
                self.same.clear()
            answer = self.same.setdefault(answer, answer)
            self[key] = answer
        return answer


class WordSearch:
    """Looks for the words of many lists in one pass over a text.

    A question is a list, or a list and the harmless phrases that are taken out of the text first.
    """

    def __init__(self) -> None:
        self.questions: dict[tuple[int, ...], int] = {}
        self.lists: list[Phrases] = []
        self.forms: dict[str, int] = {}
        self.lengths: dict[str, set[int]] = {}
        self.unspaced: dict[str, dict[str, int]] = {}
        self.but: list[tuple[int, int, int, Phrases, Phrases]] = []

    def bit(self, phrases: Phrases, harmless: Phrases | None = None) -> int:
        """The bit that a search sets when the question is answered by yes."""
        key = (id(phrases), id(harmless)) if harmless else (id(phrases),)
        if key not in self.questions:
            if harmless:
                wanted, spared = self.bit(phrases), self.bit(harmless)
                self.but.append((1 << len(self.questions), wanted, spared, phrases, harmless))
            else:
                self._add(phrases, 1 << len(self.questions))
            self.questions[key] = 1 << len(self.questions)
        return self.questions[key]

    def _add(self, phrases: Phrases, bit: int) -> None:
        self.lists.append(phrases)  # kept alive: it is known by its identity
        for first, forms in phrases.spaced.items():
            for form in forms:
                _set(self.forms, form.strip(), bit)
                self.lengths.setdefault(first, set()).add(form.count(" ") - 1)
        for form in phrases.unspaced:
            _set(self.unspaced.setdefault(form[0], {}), form, bit)

    def __call__(self, text: str | None) -> int:
        """The bits of all questions that are answered by yes; none for a missing text."""
        if text is None:
            return 0
        known = words(text)
        given = known.split()
        found = 0
        for place, word in enumerate(given):
            for length in self.lengths.get(word, ()):
                found |= self.forms.get(word if length == 1 else " ".join(given[place : place + length]), 0)
        if not known.isascii():
            for letter in self.unspaced.keys() & known:
                for form, bits in self.unspaced[letter].items():
                    if form in known:
                        found |= bits
        for bit, wanted, spared, phrases, harmless in self.but:
            if found & wanted and (not found & spared or phrases.found(harmless.removed(known))):
                found |= bit
        return found


def _set(bits: dict[str, int], form: str, bit: int) -> None:
    bits[form] = bits.get(form, 0) | bit


def only_text(node: Node) -> tuple[str, ...] | None:
    """The path of the one text field that a condition reads, if it asks a function about it and reads nothing else."""
    found = _text(node)
    return found[0] if found and found[1] else None


def one_text(node: Node) -> tuple[str, ...] | None:
    """The path of the one text field that a condition reads, if it is sure to be a text and nothing else is read."""
    found = _text(node)
    return found[0] if found else None


def texts_of(node: Node) -> set[tuple[str, ...]]:
    """The paths of all text fields that a condition reads."""
    path = one_text(node)
    return {path} if path else set[tuple[str, ...]]().union(*map(texts_of, children(node)))


def _text(node: Node) -> tuple[tuple[str, ...], bool] | None:
    """The one path that a condition reads, always as a text, and whether a function is asked about it."""
    paths: set[tuple[str, ...]] = set()
    asks = shown = False
    waiting: list[Node] = [node]
    while waiting:
        inner = waiting.pop()
        match inner:
            case Binary(operator="&&" | "||"):
                waiting += (inner.left, inner.right)
                continue
            case Unary(operator="!"):
                waiting.append(inner.operand)
                continue
            case Literal(value=bool()):
                continue
            case Call(function="has"):
                read = inner.arguments[0]
            case Call() if FUNCTIONS[inner.function].of_text and _constants(inner.arguments[1:]):
                read, asks, shown = inner.arguments[0], True, True
            case Binary(operator="==" | "!=", right=Literal(value=str())) | Binary(operator="in", right=Items()):
                read, shown = inner.left, True
                if isinstance(inner.right, Items) and not all(
                    isinstance(item.value, str) for item in inner.right.items
                ):
                    return None
            case Binary(operator="==" | "!=", left=Literal(value=str())):
                read, shown = inner.right, True
            case _:
                return None
        path = path_of(read)
        if path is None or paths - {path}:
            return None
        paths.add(path)
    return (paths.pop(), asks) if paths and shown else None


def _constants(arguments: Sequence[Node]) -> bool:
    return all(isinstance(argument, Items | Literal) for argument in arguments)
