"""Whether one condition can only be wider than another: a proof by shape, which never claims more than it can show.

`implies(a, b)` is True when on every record `b` is at least as true as `a`, in the order false < unknown < true. False
means "not shown", not "disproved": the caller then has to expect both more and fewer matches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from nkscreen.rulebook.language import (
    Binary,
    Call,
    Items,
    Literal,
    Name,
    Node,
    Quantifier,
    Select,
    Unary,
    substitute,
    walk,
)

_UPWARD: Final = (">", ">=")
_DOWNWARD: Final = ("<", "<=")
_LISTED: Final = ("hs_in", "any_word", "any_word_but")
"""Functions that are true when an item of their second argument fits: more items can only make them true more often."""

_PARTS: Final = ("startsWith", "contains")


def implies(a: Node, b: Node) -> bool:
    """Whether `b` is at least as true as `a` on every record. Both trees have their lists filled in."""
    return _implies(_unnamed(a), _unnamed(b))


@lru_cache(maxsize=10_000)  # pairs of parts come up again and again where && and || alternate
def _implies(a: Node, b: Node) -> bool:  # noqa: PLR0911  one return a shape
    if a == b or a == Literal(False) or b == Literal(True):
        return True
    if isinstance(a, Binary) and a.operator == "||":
        return _implies(a.left, b) and _implies(a.right, b)
    if isinstance(b, Binary) and b.operator == "&&":
        return _implies(a, b.left) and _implies(a, b.right)
    if isinstance(b, Binary) and b.operator == "||" and (_implies(a, b.left) or _implies(a, b.right)):
        return True
    if isinstance(a, Binary) and a.operator == "&&":
        return _implies(a.left, b) or _implies(a.right, b)
    if isinstance(a, Unary) and isinstance(b, Unary) and a.operator == b.operator == "!":
        return _implies(b.operand, a.operand)
    if isinstance(a, Quantifier) and isinstance(b, Quantifier):
        body = _renamed(b, a.variable)
        return (a.kind, a.over) == (b.kind, b.over) and body is not None and _implies(a.body, body)
    if isinstance(a, Call) and isinstance(b, Call):
        return _call(a, b)
    if isinstance(a, Binary) and isinstance(b, Binary):
        return _compared(a, b) or _listed(a, b)
    return False


def _renamed(node: Quantifier, variable: str) -> Node | None:
    """The body with another loop variable; None where that name means something in it already."""
    if node.variable == variable:
        return node.body
    taken = {inner.name for inner in walk(node.body) if isinstance(inner, Name)}
    taken |= {inner.variable for inner in walk(node.body) if isinstance(inner, Quantifier)}
    return None if variable in taken else substitute(node.body, {node.variable: Name(variable)})


def _call(a: Call, b: Call) -> bool:
    if a.function != b.function or a.function not in (*_LISTED, *_PARTS) or a.arguments[0] != b.arguments[0]:
        return False
    first, second = a.arguments[1], b.arguments[1]
    if a.function in _PARTS:
        return _part(a.function, first, second)
    if a.arguments[2:] != b.arguments[2:]:
        return False
    if not isinstance(first, Items) or not isinstance(second, Items):
        return False
    wanted, offered = (tuple(str(item.value) for item in side.items) for side in (first, second))
    if a.function == "hs_in":
        return all(code.startswith(offered) for code in wanted)
    return set(wanted) <= set(offered)


def _part(function: str, longer: Node, shorter: Node) -> bool:
    """Whether a text that has the first part (at its beginning) has the second as well."""
    if not isinstance(longer, Literal) or not isinstance(shorter, Literal):
        return False
    whole, part = str(longer.value), str(shorter.value)
    return whole.startswith(part) if function == "startsWith" else part in whole


def _compared(a: Binary, b: Binary) -> bool:
    """`x >= 12` against `x >= 8`, also for dates."""
    if not isinstance(a.right, Literal) or not isinstance(b.right, Literal) or a.left != b.left:
        return False
    for operators, sign in ((_UPWARD, 1), (_DOWNWARD, -1)):
        if a.operator in operators and b.operator in operators:
            given, wanted = _place(a.right), _place(b.right)
            if given is None or wanted is None:
                return False
            strict = a.operator in (">", "<") or b.operator in (">=", "<=")
            return (given - wanted) * sign > 0 or (given == wanted and strict)
    return False


def _place(literal: Literal) -> float | None:
    """Where a number or a date stands on its line."""
    value = literal.value
    if isinstance(value, str | bool):
        return None
    return value if isinstance(value, int | float) else float(value.toordinal())


def _listed(a: Binary, b: Binary) -> bool:
    """`x == 'KP'` against `x in ['KP', 'CN']`, and against more items."""
    given, wanted = _choices(a), _choices(b)
    return given is not None and wanted is not None and a.left == b.left and given <= wanted


def _choices(node: Binary) -> frozenset[Literal] | None:
    if node.operator == "in" and isinstance(node.right, Items):
        return frozenset(node.right.items)
    if node.operator == "==" and isinstance(node.right, Literal):
        return frozenset({node.right})
    return None


def _unnamed(node: Node) -> Node:  # noqa: PLR0911  one return a kind of node
    """The tree with its lists bare and sorted: how a rule calls a list, or orders it, decides nothing."""
    if isinstance(node, Items):
        return Items(tuple(sorted(set(node.items), key=lambda item: (str(type(item.value)), str(item.value)))))
    if isinstance(node, Literal | Name):
        return node
    if isinstance(node, Select):
        return replace(node, of=_unnamed(node.of))
    if isinstance(node, Unary):
        return replace(node, operand=_unnamed(node.operand))
    if isinstance(node, Binary):
        return replace(node, left=_unnamed(node.left), right=_unnamed(node.right))
    if isinstance(node, Call):
        return replace(node, arguments=tuple(_unnamed(argument) for argument in node.arguments))
    return replace(node, over=_unnamed(node.over), body=_unnamed(node.body))


def filled(node: Node, lists: Mapping[str, tuple[str, ...]]) -> Node:
    """A parsed condition with the items of its lists, by local name, put in."""
    return substitute(node, {name: Items(tuple(map(Literal, items)), name) for name, items in lists.items()})
