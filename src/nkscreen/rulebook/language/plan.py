"""Questions for columns, made ready: every sub-condition once, with what it reads."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Final

from nkscreen.rulebook.language.tree import Binary, Call, Items, Literal, Name, Node, Quantifier, Select, Unary, path_of

RECORD: Final = ""
"""The variable of the record itself."""
DOT: Final = "."


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """A sub-condition or a value in it; equal ones are one object.

    In `node` every path is one `Name`, `variable.field.field`, the record's variable being empty, and loop variables
    are called by their nesting. `names` are all the paths; `reads` are the variables that come from outside.
    """

    node: Node
    parts: tuple[Part, ...]
    names: frozenset[str]
    reads: frozenset[str]
    loops: bool
    spells: bool


class Plan:
    """Makes parts of trees. Conditions that differ only in what they call a variable or a list become one part.

    Trees and lists are known by their identity, so they are kept alive.
    """

    def __init__(self) -> None:
        self.known: dict[Hashable, Part] = {}
        self.lists: dict[int, tuple[Items, Part]] = {}
        self.trees: dict[int, tuple[Node, Part]] = {}

    def part(self, node: Node) -> Part:
        """The part for a checked tree, its lists filled in. A tree that was seen before costs nothing."""
        return self.within(node, {})

    def within(self, node: Node, variables: Mapping[str, str]) -> Part:
        """The part for a tree in which these loop variables have other names."""
        if variables:
            return self.made(node, variables)
        if id(node) not in self.trees:
            self.trees[id(node)] = node, self.made(node, variables)
        return self.trees[id(node)][1]

    def made(self, node: Node, variables: Mapping[str, str]) -> Part:  # noqa: PLR0911  one return a kind of node
        match node:
            case Literal():
                return self.kept((type(node.value), node.value), (), lambda: node)
            case Items():
                if id(node) not in self.lists:
                    key = tuple((type(item.value), item.value) for item in node.items)
                    self.lists[id(node)] = node, self.kept(("[]", key), (), lambda: node)
                return self.lists[id(node)][1]
            case Name() | Select():
                names = path_of(node)
                assert names is not None, "the checker lets fields be selected from records only"
                rest = (variables[names[0]], *names[1:]) if names[0] in variables else (RECORD, *names)
                return self.kept(("name", rest), (), lambda: Name(DOT.join(rest)))
            case Unary():
                inner = self.within(node.operand, variables)
                return self.kept(node.operator, (inner,), lambda: Unary(node.operator, inner.node))
            case Binary():
                left, right = self.within(node.left, variables), self.within(node.right, variables)
                return self.kept(node.operator, (left, right), lambda: Binary(node.operator, left.node, right.node))
            case Call():
                given = tuple(self.within(argument, variables) for argument in node.arguments)
                arguments = tuple(part.node for part in given)
                return self.kept(node.function, given, lambda: Call(node.function, arguments, node.method))
            case Quantifier():
                called = f"#{len(variables) + 1}"
                over = self.within(node.over, variables)
                body = self.within(node.body, {**variables, node.variable: called})
                return self.kept(
                    (node.kind, called), (over, body), lambda: Quantifier(node.kind, over.node, called, body.node)
                )

    def kept(self, key: Hashable, parts: tuple[Part, ...], make: Callable[[], Node]) -> Part:
        """The part of this key over these parts; its node is made where there is none yet."""
        whole = (key, *parts)
        if whole not in self.known:
            node = make()
            names = frozenset[str]().union(*(part.names for part in parts))
            reads = frozenset([RECORD]).union(*(part.reads for part in parts))
            if isinstance(node, Name):
                names, reads = frozenset([node.name]), frozenset([RECORD, node.name.partition(DOT)[0]])
            if isinstance(node, Quantifier):
                reads -= {node.variable}
            self.known[whole] = Part(
                node,
                parts,
                names,
                reads,
                loops=isinstance(node, Quantifier) or any(part.loops for part in parts),
                spells=(isinstance(node, Call) and node.function.startswith("any_word"))
                or any(part.spells for part in parts),
            )
        return self.known[whole]
