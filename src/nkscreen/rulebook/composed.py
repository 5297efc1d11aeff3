"""Trees as nested Python functions: cheaper to build than a compiled closure, faster to run than the interpreter.

Mutation testing asks thousands of trees that differ from each other in one node. A `Composer` builds every node once,
so that a mutant costs the nodes on the way from its change up to the root. The meaning is the interpreter's (a test
holds the two together); no evidence is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from nkscreen.rulebook.language import (
    FUNCTIONS,
    Binary,
    Call,
    Items,
    Literal,
    Name,
    Node,
    Quantifier,
    Select,
    Unary,
    prepared,
)
from nkscreen.rulebook.language.interpreter import OPERATORS, member

Ask: TypeAlias = Callable[[dict[str, Any]], Any]
"""Gives the value of a tree: True, False, or None for unknown. It writes its loop variables into the view it gets."""


class Composer:
    """Functions for trees. Nodes are known by identity, so trees that share nodes share their functions."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Node, Ask]] = {}

    def ask(self, node: Node) -> Ask:
        """The function of a checked tree, its lists filled in."""
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = (node, self._build(node))  # the node is kept, or its id could come again
        return known[1]

    def _build(self, node: Node) -> Ask:  # noqa: PLR0911  one return a kind of node
        match node:
            case Literal(value=value):
                return _constant(value)
            case Items():
                items = frozenset(item.value for item in node.items)
                return _constant(items)
            case Name(name=name):
                return lambda view: view.get(name)
            case Select():
                return _select(self.ask(node.of), node.name)
            case Unary():
                return _not(self.ask(node.operand)) if node.operator == "!" else _minus(self.ask(node.operand))
            case Binary():
                left, right = self.ask(node.left), self.ask(node.right)
                if node.operator in ("&&", "||"):
                    return _connective(left, right, node.operator == "||")
                return _binary(left, right, node.operator)
            case Call():
                return self._call(node)
            case Quantifier():
                return _quantifier(self.ask(node.over), node.variable, self.ask(node.body), node.kind == "exists")

    def _call(self, node: Call) -> Ask:
        if node.function == "has":
            field = self.ask(node.arguments[0])
            return lambda view: field(view) is not None
        function = FUNCTIONS[node.function]
        arguments: list[Ask] = []
        for argument, parameter in zip(node.arguments, function.parameters, strict=True):
            if parameter.constant and isinstance(argument, Items):
                arguments.append(_constant(prepared(function.name, tuple(str(item.value) for item in argument.items))))
            else:
                arguments.append(self.ask(argument))
        call = function.call

        def ask(view: dict[str, Any]) -> Any:
            values = [argument(view) for argument in arguments]
            return None if None in values else call(*values)

        return ask


def _constant(value: Any) -> Ask:
    return lambda _: value


def _select(of: Ask, name: str) -> Ask:
    def ask(view: dict[str, Any]) -> Any:
        part = of(view)
        return None if part is None else part.get(name)

    return ask


def _not(operand: Ask) -> Ask:
    def ask(view: dict[str, Any]) -> Any:
        value = operand(view)
        return None if value is None else not value

    return ask


def _minus(operand: Ask) -> Ask:
    def ask(view: dict[str, Any]) -> Any:
        value = operand(view)
        return None if value is None else -value

    return ask


def _connective(left: Ask, right: Ask, decides: bool) -> Ask:
    def ask(view: dict[str, Any]) -> Any:
        one = left(view)
        if one is decides:
            return decides
        other = right(view)
        if other is decides:
            return decides
        return None if one is None or other is None else not decides

    return ask


def _binary(left: Ask, right: Ask, operator: str) -> Ask:
    if operator == "in":

        def among(view: dict[str, Any]) -> Any:
            item, items = left(view), right(view)
            return None if item is None or items is None else member(item, items)

        return among
    apply = OPERATORS[operator]

    def ask(view: dict[str, Any]) -> Any:
        one, other = left(view), right(view)
        if one is None or other is None or (operator == "/" and other == 0):
            return None
        return apply(one, other)

    return ask


def _quantifier(over: Ask, variable: str, body: Ask, decides: bool) -> Ask:
    def ask(view: dict[str, Any]) -> Any:
        items = over(view)
        if items is None:
            return None
        unknown = False
        for item in items:
            view[variable] = item
            value = body(view)
            if value is decides:
                return decides
            unknown = unknown or value is None
        return None if unknown else not decides

    return ask
