"""What the closure wants to know of a sub-condition before it writes it: which text it reads, what it costs.

Trees repeat and nest, so everything is found once for a node, whose identity is the key; the nodes are kept alive.
"""

from __future__ import annotations

from typing import Final

from nkscreen.rulebook.language.answers import one_text, only_text
from nkscreen.rulebook.language.elements import by_element, flattened
from nkscreen.rulebook.language.functions import FUNCTIONS
from nkscreen.rulebook.language.tree import Binary, Call, Node, Quantifier, children

_ELEMENTS: Final = 2
"""How often the body of a quantifier is asked, about: lists of real records hold a handful of items."""
_LOOP_COST: Final = 8
"""To enter a quantifier, against a comparison."""


class Facts:
    """Facts about the nodes of some trees; with `keeping`, answers about texts and elements are kept: cheap to ask."""

    def __init__(self, *, keeping: bool) -> None:
        self.keeping = keeping
        self._texts: dict[int, tuple[Node, tuple[str, ...] | None]] = {}
        self._gathered: dict[int, tuple[Node, bool]] = {}
        self._costs: dict[int, tuple[Node, float]] = {}
        self._operands: dict[int, tuple[Node, list[Node]]] = {}

    def text(self, node: Node) -> tuple[str, ...] | None:
        """The path of the text that the answer is kept by, or None where it is not kept."""
        if id(node) not in self._texts:
            self._texts[id(node)] = node, only_text(node) if self.keeping else None
        return self._texts[id(node)][1]

    def gathered(self, node: Quantifier) -> bool:
        """Whether the answers about an element are kept."""
        if id(node) not in self._gathered:
            self._gathered[id(node)] = node, self.keeping and by_element(node)
        return self._gathered[id(node)][1]

    def cost(self, node: Node) -> float:
        """What it costs to ask, against a comparison of two values."""
        if id(node) not in self._costs:
            self._costs[id(node)] = node, self._cost(node)
        return self._costs[id(node)][1]

    def _cost(self, node: Node) -> float:
        if self.text(node) is not None:
            return 1
        if isinstance(node, Quantifier):
            return 1 if self.gathered(node) else _LOOP_COST + _ELEMENTS * self.cost(node.body)
        own = FUNCTIONS[node.function].cost if isinstance(node, Call) and node.function in FUNCTIONS else 1
        return own + sum(self.cost(child) for child in children(node))

    def operands(self, node: Binary) -> list[Node]:
        """What a chain of one operator joins; all that reads one and the same text is one operand, to be kept as one.

        A node whose answer is kept by text itself is in no need of it.
        """
        if id(node) not in self._operands:
            self._operands[id(node)] = node, self._joined(node)
        return self._operands[id(node)][1]

    def _joined(self, node: Binary) -> list[Node]:
        plain = flattened(node, node.operator)
        on_text = {path for path in map(self.text, plain) if path is not None}
        if not on_text:
            return plain
        joined: dict[tuple[str, ...] | int, Node] = {}
        for number, operand in enumerate(plain):
            path = one_text(operand)
            key = path if path in on_text and path is not None else number
            joined[key] = Binary(node.operator, joined[key], operand) if key in joined else operand
        return list(joined.values())
