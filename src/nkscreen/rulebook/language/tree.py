"""The tree of an expression. One tree serves every back end: interpreter, closure, and any that is added.

Nodes are equal when they mean the same: `position`, the place in the text, does not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | date


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant. `true` and `1` are different literals although Python holds them equal."""

    value: Scalar
    position: int = field(default=0, compare=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Literal) and type(other.value) is type(self.value) and other.value == self.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class Items:
    """A list of literals, written out or, when it has a `name`, taken from a list file."""

    items: tuple[Literal, ...]
    name: str = ""
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A field of the record, a loop variable, a list or, in `match`, a condition."""

    name: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Select:
    """`of.name`; `position` is that of the field name."""

    of: Node
    name: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Unary:
    """`!x` or `-x`."""

    operator: str
    operand: Node
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right`; `position` is that of the operator."""

    operator: str
    left: Node
    right: Node
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """`function(arguments)`, or `arguments[0].function(rest)` when `method` is set."""

    function: str
    arguments: tuple[Node, ...]
    method: bool = False
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Quantifier:
    """`over.exists(variable, body)` or `over.all(variable, body)`."""

    kind: str
    over: Node
    variable: str
    body: Node
    position: int = field(default=0, compare=False)


Node: TypeAlias = Literal | Items | Name | Select | Unary | Binary | Call | Quantifier


def children(node: Node) -> tuple[Node, ...]:  # noqa: PLR0911  one return a kind of node
    """The nodes directly below, in the order of the text."""
    match node:
        case Literal() | Name():
            return ()
        case Items():
            return node.items
        case Select():
            return (node.of,)
        case Unary():
            return (node.operand,)
        case Binary():
            return (node.left, node.right)
        case Call():
            return node.arguments
        case Quantifier():
            return (node.over, node.body)


def walk(node: Node) -> Iterator[Node]:
    """The node itself and every node below it, depth first."""
    yield node
    for child in children(node):
        yield from walk(child)


def substitute(node: Node, by_name: Mapping[str, Node]) -> Node:  # noqa: PLR0911  one return a kind of node
    """The tree with every `Name` found in the mapping replaced.

    Loop variables are never captured: the checker refuses one that has the name of a field or a list.
    """
    if isinstance(node, Name):
        return by_name.get(node.name, node)
    if isinstance(node, Literal | Items):
        return node
    if isinstance(node, Select):
        return replace(node, of=substitute(node.of, by_name))
    if isinstance(node, Unary):
        return replace(node, operand=substitute(node.operand, by_name))
    if isinstance(node, Binary):
        return replace(node, left=substitute(node.left, by_name), right=substitute(node.right, by_name))
    if isinstance(node, Call):
        return replace(node, arguments=tuple(substitute(argument, by_name) for argument in node.arguments))
    return replace(node, over=substitute(node.over, by_name), body=substitute(node.body, by_name))


def path_of(node: Node) -> tuple[str, ...] | None:
    """`("legs", "port")` for `legs.port`; None when the node is not a plain path."""
    if isinstance(node, Name):
        return (node.name,)
    if isinstance(node, Select):
        above = path_of(node.of)
        return (*above, node.name) if above else None
    return None
