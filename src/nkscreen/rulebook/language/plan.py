"""Questions for columns, made ready: every sub-condition once, with what it reads."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
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
    """Makes parts of trees. Conditions that differ only in what they call a variable or a list become one part."""

    def __init__(self) -> None:
        self.known: dict[Hashable, Part] = {}

    def part(self, node: Node, variables: Mapping[str, str] | None = None) -> Part:  # noqa: PLR0911  one return a kind of node
        """The part for a checked tree, its lists filled in."""
        variables = variables or {}
        match node:
            case Literal():
                return self.kept((type(node.value), node.value), node, ())
            case Items():
                key = tuple((type(item.value), item.value) for item in node.items)
                return self.kept(("[]", key), node, ())
            case Name() | Select():
                names = path_of(node)
                assert names is not None, "the checker lets fields be selected from records only"
                rest = (variables[names[0]], *names[1:]) if names[0] in variables else (RECORD, *names)
                return self.kept(("name", rest), Name(DOT.join(rest)), ())
            case Unary():
                inner = self.part(node.operand, variables)
                return self.kept(node.operator, replace(node, operand=inner.node), (inner,))
            case Binary():
                left, right = self.part(node.left, variables), self.part(node.right, variables)
                return self.kept(node.operator, replace(node, left=left.node, right=right.node), (left, right))
            case Call():
                given = tuple(self.part(argument, variables) for argument in node.arguments)
                return self.kept(node.function, replace(node, arguments=tuple(part.node for part in given)), given)
            case Quantifier():
                called = f"#{len(variables) + 1}"
                over = self.part(node.over, variables)
                body = self.part(node.body, {**variables, node.variable: called})
                flat = replace(node, over=over.node, variable=called, body=body.node)
                return self.kept((node.kind, called), flat, (over, body))

    def kept(self, key: Hashable, node: Node, parts: tuple[Part, ...]) -> Part:
        whole = (key, *parts)
        if whole not in self.known:
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
