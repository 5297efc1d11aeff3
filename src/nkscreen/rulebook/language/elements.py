"""Quantifiers that can be answered element by element, apart from what the record alone decides.

`goods.exists(g, any_word(g.description, fuel) && final_country == 'KP')` asks of an element for its text; the rest is
the same for all of them. With the rest set to true or to false, what is left depends on an element alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

from nkscreen.rulebook.language.answers import one_text
from nkscreen.rulebook.language.tree import Binary, Call, Literal, Name, Node, Quantifier, Unary, path_of, walk

MOST_OUTER: Final = 2
"""Parts of a body that the record alone decides: each doubles the questions about an element."""


@dataclass(frozen=True, slots=True)
class Outer:
    """A part of a body that the record alone decides, and what it is asked to be.

    `held` is the body where it is that, `missed` where it is not.
    """

    part: Node
    wanted: bool
    held: Node
    missed: Node


def by_element(node: Quantifier) -> bool:
    """Whether all the body reads are texts of an element, flags of it, what it has at all, and the record."""
    if path_of(node.over) is None or not _readable(node.body, node.variable):
        return False
    body: Node = node.body
    for _ in range(MOST_OUTER):
        outer = outer_part(body, node.variable, True)
        if outer is None:
            return True
        body = outer.held
    return outer_part(body, node.variable, True) is None


def outer_part(body: Node, variable: str, wanted: bool) -> Outer | None:
    """The first part that does not concern the variable, if there is one; `wanted` is what the body is asked to be."""
    if not _reads(body, variable):
        return None if isinstance(body, Literal) else Outer(body, wanted, Literal(wanted), Literal(not wanted))
    if isinstance(body, Unary):
        inner = outer_part(body.operand, variable, not wanted)
        return inner and Outer(inner.part, inner.wanted, Unary("!", inner.held), Unary("!", inner.missed))
    if not isinstance(body, Binary) or body.operator not in ("&&", "||"):
        return None
    operands = flattened(body, body.operator)
    alone = [operand for operand in operands if not (_reads(operand, variable) or isinstance(operand, Literal))]
    if alone:
        rest = [operand for operand in operands if operand not in alone]
        held, missed = (_joined(body.operator, [*rest, Literal(value)]) for value in (wanted, not wanted))
        return Outer(_joined(body.operator, alone), wanted, held, missed)
    for number, operand in enumerate(operands):
        inner = outer_part(operand, variable, wanted)
        if inner is not None:
            before, after = operands[:number], operands[number + 1 :]
            held, missed = (_joined(body.operator, [*before, side, *after]) for side in (inner.held, inner.missed))
            return Outer(inner.part, inner.wanted, held, missed)
    return None


def flattened(node: Node, operator: str) -> list[Node]:
    """What a chain of one operator joins."""
    if isinstance(node, Binary) and node.operator == operator:
        return flattened(node.left, operator) + flattened(node.right, operator)
    return [node]


def _joined(operator: str, operands: Sequence[Node]) -> Node:
    return reduce(lambda left, right: Binary(operator, left, right), operands)


def _reads(node: Node, variable: str) -> bool:
    return any(isinstance(inner, Name) and inner.name == variable for inner in walk(node))


def _readable(node: Node, variable: str) -> bool:
    if not _reads(node, variable) or one_text(node) is not None:
        return True
    match node:
        case Unary(operator="!"):
            return _readable(node.operand, variable)
        case Binary(operator="&&" | "||"):
            return _readable(node.left, variable) and _readable(node.right, variable)
        case Call(function="has"):
            return True
    return path_of(node) is not None
