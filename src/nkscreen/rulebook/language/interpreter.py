"""The reference back end: three-valued (Kleene) evaluation that says which values decided.

A value that the record lacks is unknown (None). Unknown loses against false in `&&` and against true in `||`; anything
else computed from it is unknown too, and so is a division by zero. `has(x)` is never unknown.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from nkscreen.rulebook.language.functions import FUNCTIONS, prepared
from nkscreen.rulebook.language.tree import (
    Binary,
    Call,
    Items,
    Literal,
    Name,
    Node,
    Quantifier,
    Select,
    Unary,
    path_of,
)

MAX_EVIDENCE: Final = 50
"""Most paths kept to explain one condition: a reader gains nothing from the 51st leg that was not in Dalian."""

OPERATORS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@dataclass(frozen=True, slots=True)
class Witness:
    """The element that decided a quantifier: where it stands, its index, and the element itself."""

    path: str
    index: int
    value: Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """The value of an expression and why.

    `read` maps the paths that justify the value to what stood there: for a true `||` only its true side, for an
    `exists` only the element found. `missing` are the paths whose absence left it unknown. `witnesses` are by loop
    variable.
    """

    value: Any
    read: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    witnesses: Mapping[str, Witness] = field(default_factory=dict)


def interpret(node: Node, view: Mapping[str, Any]) -> Outcome:
    """Evaluate a checked tree, its lists filled in, against the view of a record. The value is True, False or None."""
    return _evaluate(node, view, {})


def _evaluate(node: Node, view: Mapping[str, Any], variables: Mapping[str, Witness]) -> Outcome:  # noqa: PLR0911  one return a kind of node
    match node:
        case Literal():
            return Outcome(node.value)
        case Items():
            return Outcome(tuple(item.value for item in node.items))
        case Name() | Select():
            return _read(node, view, variables)
        case Unary():
            inner = _evaluate(node.operand, view, variables)
            if inner.value is None:
                return inner
            return replace(inner, value=not inner.value if node.operator == "!" else -inner.value)
        case Binary():
            if node.operator in ("&&", "||"):
                return _connective(node, view, variables)
            sides = [_evaluate(side, view, variables) for side in (node.left, node.right)]
            return _binary(node, *sides)
        case Call():
            return _call(node, view, variables)
        case Quantifier():
            return _quantifier(node, view, variables)


def _read(node: Node, view: Mapping[str, Any], variables: Mapping[str, Witness]) -> Outcome:
    names = path_of(node)
    assert names is not None, "the checker lets fields be selected from records only"
    root = variables.get(names[0])
    path, value = (root.path, root.value) if root else (names[0], view.get(names[0]))
    for name in names[1:]:
        path = f"{path}.{name}"
        value = None if value is None else value.get(name)
    return Outcome(None, missing=(path,)) if value is None else Outcome(value, {path: value})


def _connective(node: Binary, view: Mapping[str, Any], variables: Mapping[str, Witness]) -> Outcome:
    decides = node.operator == "||"
    left = _evaluate(node.left, view, variables)
    if left.value is decides:
        return left
    right = _evaluate(node.right, view, variables)
    if right.value is decides:
        return right
    unknown = [side for side in (left, right) if side.value is None]
    return _merged(None, unknown) if unknown else _merged(not decides, (left, right))


def _binary(node: Binary, left: Outcome, right: Outcome) -> Outcome:
    if left.value is None or right.value is None:
        return _merged(None, [side for side in (left, right) if side.value is None])
    if node.operator == "in":
        return _membership(left, right)
    if node.operator == "/" and right.value == 0:
        return Outcome(None, missing=tuple(right.read))
    return _merged(OPERATORS[node.operator](left.value, right.value), (left, right))


def _membership(item: Outcome, among: Outcome) -> Outcome:
    known = member(item.value, among.value)
    if known is None:
        path = next(iter(among.read))
        holes = [f"{path}[{index}]" for index, value in enumerate(among.value) if value is None]
        return Outcome(None, missing=tuple(holes[:MAX_EVIDENCE]))
    return _merged(known, (item, among))


def member(item: Any, among: Iterable[Any]) -> bool | None:
    """Whether the item is in the list; unknown when it is not found and an entry of the list is missing."""
    if item in among:
        return True
    return None if None in among else False


def _call(node: Call, view: Mapping[str, Any], variables: Mapping[str, Witness]) -> Outcome:
    given = [_evaluate(argument, view, variables) for argument in node.arguments]
    if node.function == "has":
        return Outcome(given[0].value is not None, given[0].read)
    unknown = [argument for argument in given if argument.value is None]
    if unknown:
        return _merged(None, unknown)
    function = FUNCTIONS[node.function]
    values = [
        prepared(function.name, argument.value) if parameter.constant else argument.value
        for argument, parameter in zip(given, function.parameters, strict=True)
    ]
    answer = function.call(*values)
    return Outcome(None, missing=tuple(given[0].read)) if answer is None else _merged(answer, given)


def _quantifier(node: Quantifier, view: Mapping[str, Any], variables: Mapping[str, Witness]) -> Outcome:
    over = _evaluate(node.over, view, variables)
    if over.value is None:
        return over
    path = next(iter(over.read))
    decides = node.kind == "exists"
    seen: list[Outcome] = []
    unknown: list[Outcome] = []
    for index, value in enumerate(over.value):
        element = Witness(f"{path}[{index}]", index, value)
        inner = _evaluate(node.body, view, {**variables, node.variable: element})
        if inner.value is decides:
            return replace(inner, witnesses={node.variable: element, **inner.witnesses})
        (unknown if inner.value is None else seen).append(inner)
    return _merged(None, unknown) if unknown else _merged(not decides, seen)


def _merged(value: Any, parts: Iterable[Outcome]) -> Outcome:
    read: dict[str, Any] = {}
    missing: dict[str, None] = {}
    witnesses: dict[str, Witness] = {}
    for part in parts:
        if len(read) < MAX_EVIDENCE:
            read |= part.read
        if len(missing) < MAX_EVIDENCE:
            missing |= dict.fromkeys(part.missing)
        witnesses |= part.witnesses
    if value is None:
        return Outcome(None, missing=tuple(missing)[:MAX_EVIDENCE])
    return Outcome(value, dict(list(read.items())[:MAX_EVIDENCE]), witnesses=witnesses)
