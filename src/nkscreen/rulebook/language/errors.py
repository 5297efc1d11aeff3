"""What is wrong with an expression, and at which character."""

from __future__ import annotations

from typing import Final

from nkscreen.errors import Problem, RuleError

WIDTH: Final = 160
"""Characters of a line that an error shows; of a longer one, those around the place."""


def clipped(text: str, most: int = 80) -> str:
    """A text short enough to be quoted in a message."""
    return text if len(text) <= most else f"{text[: most - 4]} ..."


def caret(line: str, column: int) -> str:
    """The line, and under it a caret at the column (counted from 0); tabs keep their width."""
    if len(line) > WIDTH:
        start = max(0, min(column - WIDTH // 2, len(line) - WIDTH))
        line, column = line[start : start + WIDTH], column - start
    blank = "".join("\t" if ch == "\t" else " " for ch in line[:column])
    return f"  {line}\n  {blank}^"


class ExpressionError(RuleError):
    """An expression that cannot be used. `position` counts characters of its text from 0."""

    def __init__(self, message: str, text: str, position: int) -> None:
        self.message, self.position = message, position
        before = text[:position]
        start = before.rfind("\n") + 1
        line = text[start:].partition("\n")[0]
        column = position - start
        super().__init__(
            Problem(message, line=before.count("\n") + 1, column=column + 1, excerpt=caret(line, column)),
        )
