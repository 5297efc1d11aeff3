"""Google's CEL runtime asked the same conditions: an outside opinion on what the subset means.

What differs, and how it is bridged. CEL wants a dot in `has(x)`, so the record is a variable `r`, and its fields are
`r.x`. Its maps are untyped and cannot hold "missing": a value that is not given has no key, and reading it is CEL's
error `no such field`, which `&&` and `||` absorb as they do unknown. A part that is not given is an empty map, since
CEL's `has(a.b)` is an error where `a` is absent and false here. Days inside maps are refused by the binding
("Non-CEL value type"): they are passed as text (2017-12-22), which sorts as they do. Lists of rules are variables.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from cel_expr_python import cel

from nkscreen.rulebook.language import (
    FUNCTIONS,
    Items,
    ListOf,
    Name,
    Node,
    Object,
    Select,
    prepared,
    substitute,
    to_text,
    walk,
)
from nkscreen.rulebook.language.types import Type

_TEXTS = cel.Type.List(cel.Type.STRING)
_DYN = cel.Type.DYN


def _listed(name: str) -> Any:
    """A function of a text and constant lists, as Python for CEL; None is an error there, as it is unknown here."""

    def call(text: str, *lists: list[str]) -> bool | None:
        answer: bool | None = FUNCTIONS[name].call(text, *[prepared(name, tuple(items)) for items in lists])
        return answer

    return call


def _days(name: str) -> Any:
    return lambda a, b, *rest: FUNCTIONS[name].call(dt.date.fromisoformat(a), dt.date.fromisoformat(b), *rest)


def _declared(name: str, parameters: list[Any], returns: Any, call: Any) -> Any:
    kinds = "_".join(kind.name() for kind in parameters)
    overload = cel.Overload(f"{name}_{kinds}", return_type=returns, parameters=parameters, impl=call)
    return cel.FunctionDecl(name, [overload])


_FUNCTIONS = [
    _declared("hs_in", [cel.Type.STRING, _TEXTS], cel.Type.BOOL, _listed("hs_in")),
    _declared("any_word", [cel.Type.STRING, _TEXTS], cel.Type.BOOL, _listed("any_word")),
    _declared("any_word_but", [cel.Type.STRING, _TEXTS, _TEXTS], cel.Type.BOOL, _listed("any_word_but")),
    _declared("days", [cel.Type.STRING, cel.Type.STRING], cel.Type.INT, _days("days")),
    _declared("within_days", [cel.Type.STRING, cel.Type.STRING, cel.Type.INT], cel.Type.BOOL, _days("within_days")),
    _declared("date", [cel.Type.STRING], cel.Type.STRING, lambda text: text),
]


class Cel:
    """One condition over a kind of record, compiled by CEL."""

    def __init__(self, node: Node, kind: Object) -> None:
        """Compile.

        Raises:
            Exception: CEL's own, with line, column and caret, where it does not accept the condition.
        """
        lists = {item.name: item for item in walk(node) if isinstance(item, Items) and item.name}
        self.constants = {name: [item.value for item in found.items] for name, found in lists.items()}
        self.text = to_text(substitute(node, {field: Select(Name("r"), field) for field in kind.fields}))
        variables = {"r": cel.Type.Map(cel.Type.STRING, _DYN), **dict.fromkeys(lists, _TEXTS)}
        self.expression = cel.NewEnv(variables=variables, functions=_FUNCTIONS).compile(self.text)

    def outcome(self, shown: Mapping[str, Any]) -> bool | None:
        """True, False or None for a record as `given` shows it."""
        value = self.expression.eval(data={"r": shown, **self.constants})
        return value.value() if value.type() == cel.Type.BOOL else None


def compiles(text: str, variables: Mapping[str, Any]) -> Any:
    """A text compiled over variables of CEL's types, with the functions of rules."""
    return cel.NewEnv(variables=dict(variables), functions=_FUNCTIONS).compile(text)


def can_be_given(shown: Any, kind: Type) -> bool:
    """Whether CEL can hold a view.

    An unreadable item of a list of codes is unknown here and a plain null there; texts end at a NUL there, and days
    cannot be counted from the last day of the calendar.
    """
    if isinstance(kind, Object):
        return all(can_be_given((shown or {}).get(name), field) for name, field in kind.fields.items())
    if isinstance(kind, ListOf) and shown is not None and kind.item is not None:
        scalar = not isinstance(kind.item, Object | ListOf)
        return all(can_be_given(item, kind.item) and not (scalar and item is None) for item in shown)
    return not (isinstance(shown, str) and "\0" in shown) and shown != dt.date.max


def given(shown: Any, kind: Type) -> Any:
    """The view of a record as CEL is given it: only what is there."""
    if isinstance(kind, Object):
        values = {name: given((shown or {}).get(name), field) for name, field in kind.fields.items()}
        return {name: value for name, value in values.items() if value is not None}
    if isinstance(kind, ListOf) and shown is not None and kind.item is not None:
        return [given(item, kind.item) for item in shown]
    return shown.isoformat() if isinstance(shown, dt.date) else shown
