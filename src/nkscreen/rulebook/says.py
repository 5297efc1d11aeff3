"""The sentence of a condition: `onward leg to {l.port}`, filled from the record.

`{field}` and `{part.field}` are paths of the record, `{x.field}` of the element that decided `exists(x, ...)`,
`{index}` is that element's index and `{list}` the title of the list. Nothing else is a placeholder: there is no
attribute access, no format specification, and no code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

from nkscreen.rulebook.language import (
    Basic,
    CodeText,
    ExpressionError,
    Outcome,
    Scope,
    Type,
    parse,
    path_of,
    type_of,
)

NOT_GIVEN: Final = "(not given)"
MAX_SHOWN: Final = 200
"""Characters shown of one value; a goods description may have 100,000."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A path of the record or of a loop variable; `("index",)` or `("list",)`."""

    names: tuple[str, ...]


Template: TypeAlias = tuple[str | Placeholder, ...]


def read_template(text: str, scope: Scope, variables: Mapping[str, Type], *, has_list: bool) -> Template:
    """Parse and check a sentence. `variables` are the loop variables of its condition.

    Raises:
        ExpressionError: for a stray brace or a placeholder that means nothing.
    """
    parts: list[str | Placeholder] = []
    end = 0
    for found in _PLACEHOLDER.finditer(text):
        parts.append(_plain(text, end, found.start()))
        parts.append(_placeholder(text, found, scope, variables, has_list))
        end = found.end()
    parts.append(_plain(text, end, len(text)))
    return tuple(part for part in parts if part)


def render(template: Template, view: Mapping[str, Any], outcome: Outcome, titles: str) -> str:
    """The sentence with values; what the record does not give is `(not given)`. `titles` names the lists used."""
    return "".join(part if isinstance(part, str) else _value(part.names, view, outcome, titles) for part in template)


def show(value: Any) -> str:
    """A value of the record as text, shortened to `MAX_SHOWN` characters."""
    if value is None:
        return NOT_GIVEN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def _plain(text: str, start: int, end: int) -> str:
    for place in range(start, end):
        if text[place] in "{}":
            raise ExpressionError("a brace that belongs to no placeholder; write {field}", text, place)
    return text[start:end]


def _placeholder(
    text: str, found: re.Match[str], scope: Scope, variables: Mapping[str, Type], has_list: bool
) -> Placeholder:
    inner, start = found[1], found.start(1)
    if inner == "index" and variables:
        return Placeholder(("index",))
    if inner == "list" and has_list:
        return Placeholder(("list",))
    try:
        node = parse(inner)
        names = path_of(node)
        if names is None:
            raise ExpressionError("a placeholder is a field, as in {vessel.flag}", inner, 0)
        kind = type_of(node, inner, Scope(scope.fields), variables)
        if not isinstance(kind, Basic | CodeText):
            raise ExpressionError(f"a placeholder is one value, this is a {kind}", inner, 0)
    except ExpressionError as error:
        raise ExpressionError(error.message, text, start + error.position) from None
    return Placeholder(names)


def _value(names: tuple[str, ...], view: Mapping[str, Any], outcome: Outcome, titles: str) -> str:
    if names == ("list",):
        return titles
    if names == ("index",):
        first = next(iter(outcome.witnesses.values()), None)
        return NOT_GIVEN if first is None else str(first.index)
    if names[0] in view:
        value: Any = view[names[0]]
    else:
        witness = outcome.witnesses.get(names[0])
        value = witness.value if witness else None
    for name in names[1:]:
        value = None if value is None else value.get(name)
    return show(value)
