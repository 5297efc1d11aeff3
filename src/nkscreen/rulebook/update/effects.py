"""Which way a change of a rule's logic can move its alerts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntFlag
from itertools import product
from typing import Any, Final

from nkscreen.rulebook.language import (
    Binary,
    Literal,
    Name,
    Node,
    Unary,
    compile_outcome,
    parse,
    substitute,
    walk,
)
from nkscreen.rulebook.update.implies import filled, implies
from nkscreen.rulebook.update.locked import Lock, Logic

MAX_TABLE: Final = 8
"""Conditions up to which `match` is compared on every combination of true, false and unknown (3**8 = 6,561)."""


class Effect(IntFlag):
    """What may happen to alerts: some more or louder (MORE), some missing or quieter (LESS), both, or nothing."""

    NONE = 0
    MORE = 1
    LESS = 2
    EITHER = 3


def moved(before: float, after: float) -> Effect:
    """The effect of a number that alerts grow with."""
    return Effect.MORE if after > before else Effect.LESS if after < before else Effect.NONE


def trees(logic: Logic, lock: Lock) -> dict[str, Node]:
    """The conditions of a rule as trees with the items of their lists put in."""
    items = {name: lock.lists[list_id].items for name, list_id in logic.lists.items()}
    return {name: filled(parse(condition.if_), items) for name, condition in logic.conditions.items()}


def condition_effect(name: str, before: Node, after: Node, logic: Logic) -> Effect:
    """The effect of one condition that reads otherwise, in a rule that is else as `logic` says."""
    condition = logic.conditions[name]
    wider, narrower = implies(before, after), implies(after, before)
    if wider and narrower:
        return Effect.NONE
    direction = Effect.MORE if wider else Effect.LESS if narrower else Effect.EITHER
    found = Effect.NONE
    for positive in _signs(parse(logic.match), name, True):
        found |= direction if positive else _opposite(direction)
    if condition.weight:
        found |= direction if condition.weight > 0 else _opposite(direction)
    if logic.unknown == "review" and not condition.exempts:
        found |= direction  # what holds is the hint by which an undecided record is raised
    return found


def match_effect(before: Logic, after: Logic, old: Mapping[str, Node], new: Mapping[str, Node]) -> Effect:
    """The effect of a `match` that reads otherwise. `old` and `new` are the conditions' trees."""
    first, second = parse(before.match), parse(after.match)
    names = sorted({node.name for tree in (first, second) for node in walk(tree) if isinstance(node, Name)})
    same = all(name in old and name in new and old[name] == new[name] for name in names)
    if same and len(names) <= MAX_TABLE:
        return _table(first, second, names, "review" in (before.unknown, after.unknown))
    whole, other = substitute(first, old), substitute(second, new)
    found = Effect.NONE if implies(other, whole) else Effect.MORE
    return found if implies(whole, other) else found | Effect.LESS


def _table(first: Node, second: Node, names: list[str], review: bool) -> Effect:
    rank: dict[Any, int] = {False: 0, None: 1 if review else 0, True: 2}
    ask, again = compile_outcome(first), compile_outcome(second)
    found = Effect.NONE
    for values in product((True, False, None), repeat=len(names)):
        row = dict(zip(names, values, strict=True))
        found |= moved(rank[ask(row)], rank[again(row)])
    return found


def _signs(node: Node, name: str, positive: bool) -> set[bool]:
    """Whether the condition counts for the match (True), against it (False), or both."""
    if isinstance(node, Name):
        return {positive} if node.name == name else set()
    if isinstance(node, Unary):
        return _signs(node.operand, name, not positive)
    if isinstance(node, Binary):
        return _signs(node.left, name, positive) | _signs(node.right, name, positive)
    assert isinstance(node, Literal), "match joins names only"
    return set()


def _opposite(effect: Effect) -> Effect:
    return {Effect.MORE: Effect.LESS, Effect.LESS: Effect.MORE}.get(effect, effect)
