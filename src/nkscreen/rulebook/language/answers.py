"""Answers kept by text: the descriptions, names and codes of a day's records repeat, and words are slow to look for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from nkscreen.rulebook.language.functions import FUNCTIONS
from nkscreen.rulebook.language.tree import Call, Items, Name, Node, Quantifier, Select, children, path_of

MOST_TEXTS: Final = 10_000
"""Texts remembered for one sub-condition; when they are more, all are forgotten. A megabyte or so, the texts apart."""
LONGEST_TEXT: Final = 1_000
"""Characters of a text that is remembered."""


class Answers(dict[str | None, bool]):
    """What was answered for a text, or for a missing one (None); anything not yet asked is asked and kept."""

    __slots__ = ("ask",)

    def __init__(self, ask: Callable[[str | None], bool]) -> None:
        super().__init__()
        self.ask = ask

    def __missing__(self, text: str | None) -> bool:
        answer = self.ask(text)
        if text is None or len(text) <= LONGEST_TEXT:
            if len(self) >= MOST_TEXTS:
                self.clear()
            self[text] = answer
        return answer


def only_text(node: Node) -> tuple[str, ...] | None:
    """The path of the one text field that a condition reads, if it asks a function about it and reads nothing else."""
    found = only_path(node)
    return found[0] if found and found[1] else None


def only_path(node: Node) -> tuple[tuple[str, ...], bool] | None:
    """The one path that a condition reads, and whether it asks a function of texts about it; None if it does more."""
    paths: set[tuple[str, ...]] = set()
    asks = False
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, Quantifier):
            return None
        if isinstance(inner, Call) and inner.function != "has":
            if not FUNCTIONS[inner.function].of_text or path_of(inner.arguments[0]) is None:
                return None
            asks = True
        if isinstance(inner, Name | Select):
            path = path_of(inner)
            assert path is not None, "the checker lets fields be selected from records only"
            paths.add(path)
            if len(paths) > 1:
                return None
        elif not isinstance(inner, Items):
            waiting += children(inner)
    return (paths.pop(), asks) if paths else None
