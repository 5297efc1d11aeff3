"""Thirty rules about shipments: those of the pack, and variants of them about other countries.

A variant is no copy that an engine could answer from the first: every country in it is another one. Its lists of goods
and words are the same, as they are in the rules of one pack.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from nkscreen.rulebook import Rule, load_rulebook
from nkscreen.rulebook.language import Binary, Call, Literal, Name, Node, Quantifier, Select, Unary

OTHERS = ("IR", "SY", "CU", "RU", "BY", "VE", "MM")
"""What stands for KP in the first, second, ... variant of each rule."""


def thirty_rules() -> list[Rule]:
    """The rules, those of the pack first."""
    own = [rule for rule in load_rulebook().rules if rule.file.subject == "shipment"]
    numbers = count(901)
    variants = [_variant(rule, other, f"NK-SHIP-{next(numbers)}") for other in OTHERS for rule in own]
    return [*own, *variants][:30]


def _variant(rule: Rule, country: str, rule_id: str) -> Rule:
    conditions = {name: replace(found, tree=_about(found.tree, country)) for name, found in rule.conditions.items()}
    return replace(rule, file=rule.file.model_copy(update={"id": rule_id}), conditions=conditions)


def _about(node: Node, country: str) -> Node:  # noqa: PLR0911  one return a kind of node
    match node:
        case Literal():
            return replace(node, value=country) if node.value in ("KP", "SG", "CN") else node
        case Select():
            return replace(node, of=_about(node.of, country))
        case Unary():
            return replace(node, operand=_about(node.operand, country))
        case Binary():
            return replace(node, left=_about(node.left, country), right=_about(node.right, country))
        case Call():
            return replace(node, arguments=tuple(_about(argument, country) for argument in node.arguments))
        case Quantifier():
            return replace(node, over=_about(node.over, country), body=_about(node.body, country))
        case Name() | _:
            return node
