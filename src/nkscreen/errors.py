"""The one tree of errors. Every error says where (file, row, field) and what to do next.

```
NkscreenError
├── InputError      a file or a record cannot be read
├── ListError       a watchlist is missing, empty or malformed
└── RuleError       a rule, a rule list or a policy is wrong
```
"""

from __future__ import annotations

from dataclasses import dataclass


class NkscreenError(Exception):
    """Base of every error that nkscreen raises on purpose."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where. Collected, so that an author sees all of them at once."""

    message: str
    file: str = ""
    line: int | None = None
    column: int | None = None
    field: str = ""
    excerpt: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}" if place else f"line {self.line}"
            if self.column is not None:
                place += f":{self.column}"
        parts = [part for part in (place, self.field) if part]
        text = f"{': '.join(parts)}: {self.message}" if parts else self.message
        return f"{text}\n{self.excerpt}" if self.excerpt else text


class InputError(NkscreenError):
    """A file cannot be read at all, or is not what was asked for."""

    def __init__(self, message: str, *, file: str = "", row: int | None = None, field: str = "") -> None:
        self.message, self.file, self.row, self.field = message, file, row, field
        where = [file] if file else []
        where += [f"row {row}"] if row is not None else []
        where += [f"field {field}"] if field else []
        super().__init__(f"{', '.join(where)}: {message}" if where else message)


class ListError(InputError):
    """A watchlist is missing, empty, malformed or too old: nothing may be called clear with it."""


class RuleError(NkscreenError):
    """One or more problems in rules, rule lists or policy; `problems` holds all of them."""

    def __init__(self, problems: Problem | tuple[Problem, ...] | list[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
