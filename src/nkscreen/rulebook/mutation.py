"""Mutants: a rule with one small mistake in it. Tests that pass on a mutant would not have noticed the mistake.

What is changed: in conditions and in `match`, comparisons and their boundaries, `&&` and `||`, a part left out, `!`,
`exists` and `all`, constants; the edges of the validity window by a day; weights, base, cap and floor; an exemption
that no longer exempts.

A mutant that decides as the rule does on every record cannot be killed, so as few of them as possible are made:

- of two changes that mean the same on whole numbers and dates (`>= 10` to `> 10` and to `>= 11`) only one is made;
- a sum or quotient never meets a decimal number exactly, so `>` stays apart from `>=` only where a field is compared;
- a beginning or part of a text is cut short only where it is a code: names of fields, as in `h.path`, are a fixed set;
- points change only where some sum of the rule's weights comes out differently after cap and floor;
- a dropped exemption counts only where `match` names the condition;
- a tree equal to the rule's own, or to an earlier mutant of the same place, is left out.

What remains equivalent now and then: parts that imply each other. In `(has(code) || !has(text) || any_word(text, list))
&& hs_in(code, list)` the middle part changes nothing: without a code and a text the whole is unknown either way.
Items of lists are mutants too, but apart (`list_items`): a list of 200 words is proved by the list's own tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil, log10
from typing import Any, Final

from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.judge import points
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
    to_text,
    walk,
)
from nkscreen.rulebook.rule import RuleFile
from nkscreen.rulebook.yaml_file import Path_

MAX_SUMS: Final = 256
"""Sums of weights looked at before a change of points is simply taken to matter."""

ITEM_DROPPED: Final = "list item dropped"

_NEGATED: Final = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_TOGGLED: Final = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_SHOWN: Final = 60
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of a rule. `where` is the path in its file, `position` the character of an expression there.

    `condition` names the condition whose tree was changed, or is empty. `before` and `after` are short.
    """

    kind: str
    where: Path_
    before: str
    after: str
    rule: Rule
    condition: str = ""
    position: int | None = None

    def __str__(self) -> str:
        return f"{self.before} became {self.after}"


@dataclass(frozen=True, slots=True)
class Change:
    """A tree with one node changed, and what that change was."""

    kind: str
    position: int
    before: str
    after: str
    tree: Node


def mutants(rule: Rule) -> list[Mutant]:
    """Every mutant of a rule, in the order of its file: conditions, match, validity, points."""
    return [*_logic(rule, tree_changes), *_window(rule), *_points(rule), *_exemptions(rule)]


def list_items(rule: Rule) -> list[Mutant]:
    """Mutants in which a list written out inside a condition lacks one item; reported, never counted."""
    return list(_logic(rule, _item_changes))


def _logic(rule: Rule, changes: Callable[[Node], Iterator[Change]]) -> Iterator[Mutant]:
    for name, condition in rule.conditions.items():
        for change in _each_once(condition.tree, changes):
            mutated = replace(rule, conditions={**rule.conditions, name: replace(condition, tree=change.tree)})
            where = ("conditions", name, "if")
            yield Mutant(change.kind, where, change.before, change.after, mutated, name, change.position)
    for change in _each_once(rule.match, changes):
        mutated = replace(rule, match=change.tree)
        yield Mutant(change.kind, ("match",), change.before, change.after, mutated, position=change.position)


def _each_once(tree: Node, changes: Callable[[Node], Iterator[Change]]) -> Iterator[Change]:
    seen = {to_text(tree)}  # texts name the lists, which trees would compare item by item
    for change in changes(tree):
        text = to_text(change.tree)
        if text not in seen or change.kind == ITEM_DROPPED:
            seen.add(text)
            yield change


def tree_changes(node: Node) -> Iterator[Change]:
    """Every change of one node of a tree, each with the whole tree it gives."""
    match node:
        case Binary() if node.operator in ("&&", "||"):
            yield from _connective(node)
        case Binary() if node.operator in _NEGATED:
            yield from _comparison(node)
        case Unary(operator="!"):
            yield _change("negation dropped", node, node.operand)
        case Quantifier():
            yield _change("quantifier", node, replace(node, kind="all" if node.kind == "exists" else "exists"))
        case Literal():
            yield from (_change("constant", node, replace(node, value=value)) for value in _near(node.value))
        case Call(function="contains" | "startsWith"):
            yield from _text_part(node)
    yield from _below(node, tree_changes)


def _below(node: Node, changes: Callable[[Node], Iterator[Change]]) -> Iterator[Change]:
    """The changes of the nodes under this one, carried up into it. Lists stay whole, fields are no constants."""
    parts: tuple[tuple[Node, Callable[[Node], Node]], ...] = ()
    match node:
        case Unary():
            parts = ((node.operand, lambda new: replace(node, operand=new)),)
        case Binary():
            parts = (
                (node.left, lambda new: replace(node, left=new)),
                (node.right, lambda new: replace(node, right=new)),
            )
        case Call() if node.function != "has":
            parts = tuple((argument, _argument(node, index)) for index, argument in enumerate(node.arguments))
        case Quantifier():
            parts = ((node.body, lambda new: replace(node, body=new)),)
    for part, put in parts:
        if not isinstance(part, Name | Select):
            for change in changes(part):
                yield replace(change, tree=put(change.tree))


def _argument(node: Call, index: int) -> Callable[[Node], Node]:
    return lambda new: replace(node, arguments=(*node.arguments[:index], new, *node.arguments[index + 1 :]))


def _connective(node: Binary) -> Iterator[Change]:
    other = "||" if node.operator == "&&" else "&&"
    yield Change("and/or", node.position, node.operator, other, replace(node, operator=other))
    kind = "conjunct dropped" if node.operator == "&&" else "disjunct dropped"
    # of a chain a && b && c only c and the first pair are dropped here; a and b fall to the pair itself
    for dropped, kept in ((node.left, node.right), (node.right, node.left)):
        if not (isinstance(dropped, Binary) and dropped.operator == node.operator):
            yield Change(kind, dropped.position, _short(dropped), "nothing", kept)


def _comparison(node: Binary) -> Iterator[Change]:
    yield _operator(node, _NEGATED[node.operator])
    whole = any(isinstance(side, Literal) and not isinstance(side.value, float) for side in (node.left, node.right))
    computed = any(isinstance(side, Binary) for side in (node.left, node.right))
    if node.operator in _TOGGLED and not whole and not computed:
        yield _operator(node, _TOGGLED[node.operator])


def _operator(node: Binary, operator: str) -> Change:
    return Change("comparison", node.position, node.operator, operator, replace(node, operator=operator))


def _near(value: Any) -> Iterator[Any]:
    """Neighbours of a constant: a unit or a day to either side, another text.

    Of a decimal number the next power of ten above a hundredth of it, as an author would write a near miss: 0.69 and
    0.71 for 0.7, 490000 and 510000 for 500000.
    """
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif isinstance(value, float):
        step = 10.0 ** ceil(log10(abs(value) / 100)) if value else 0.01
        yield from (round(value + step, 9), round(value - step, 9))
    elif isinstance(value, date):
        yield from (value + _DAY, value - _DAY)
    else:
        yield {"KP": "KR", "KR": "KP"}.get(value, f"{value}~")


def _text_part(node: Call) -> Iterator[Change]:
    part = node.arguments[-1]
    if isinstance(part, Literal) and isinstance(part.value, str) and len(part.value) > 1 and not part.value.islower():
        shorter = replace(part, value=part.value[:-1])
        changed = replace(node, arguments=(*node.arguments[:-1], shorter))
        yield Change("constant", part.position, to_text(part), to_text(shorter), changed)


def _change(kind: str, before: Node, after: Node) -> Change:
    if isinstance(before, Quantifier) and isinstance(after, Quantifier):
        return Change(kind, before.position, before.kind, after.kind, after)
    return Change(kind, before.position, _short(before), _short(after), after)


def _item_changes(node: Node) -> Iterator[Change]:
    if isinstance(node, Items) and not node.name and len(node.items) > 1:
        for index, item in enumerate(node.items):
            fewer = replace(node, items=node.items[:index] + node.items[index + 1 :])
            yield Change(ITEM_DROPPED, item.position, to_text(item), "nothing", fewer)
    yield from _below(node, _item_changes)


def _short(node: Node) -> str:
    text = to_text(node)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 4]} ..."


def _window(rule: Rule) -> Iterator[Mutant]:
    window = rule.file.valid
    for key, edge in (("from_", window.from_), ("to", window.to)):
        for moved in () if edge is None else (edge - _DAY, edge + _DAY):
            changed = window.model_copy(update={key: moved})
            where = ("valid", key.rstrip("_"))
            yield Mutant("validity", where, str(edge), str(moved), _with(rule, valid=changed))


def _points(rule: Rule) -> Iterator[Mutant]:
    file = rule.file
    for name, condition in file.conditions.items():
        for weight in (0.0, condition.weight + 1) if condition.weight else ():
            changed = {**file.conditions, name: condition.model_copy(update={"weight": weight})}
            mutated = _with(rule, conditions=changed)
            if _scores_differ(rule, mutated.file):
                yield Mutant("weight", ("conditions", name, "weight"), f"{condition.weight:g}", f"{weight:g}", mutated)
    for key in ("base", "cap", "floor"):
        value = getattr(file.score, key)
        for moved in (value - 1, value + 1):
            mutated = _with(rule, score=file.score.model_copy(update={key: moved}))
            if _scores_differ(rule, mutated.file):
                yield Mutant("score", ("score", key), f"{value:g}", f"{moved:g}", mutated)


def _scores_differ(rule: Rule, other: RuleFile) -> bool:
    """Whether some choice of conditions gives points that the other file would not give."""
    weighted = [name for name, condition in rule.file.conditions.items() if condition.weight]
    if 2 ** len(weighted) > MAX_SUMS:
        return True
    needed = always_true(rule)
    for chosen in range(2 ** len(weighted)):
        held = {name for bit, name in enumerate(weighted) if chosen >> bit & 1}
        possible = needed.isdisjoint(set(weighted) - held)
        if possible and points(rule.file, held) != points(other, held):
            return True
    return False


def always_true(rule: Rule) -> frozenset[str]:
    """Conditions that hold whenever the rule matches, because `match` joins them to the rest with `&&`."""
    return frozenset(part.name for part in conjuncts(rule.match) if isinstance(part, Name))


def conjuncts(node: Node) -> list[Node]:
    """The parts of a tree that `&&` joins at its top, in the order of the text."""
    if isinstance(node, Binary) and node.operator == "&&":
        return conjuncts(node.left) + conjuncts(node.right)
    return [node]


def _exemptions(rule: Rule) -> Iterator[Mutant]:
    named = {node.name for node in walk(rule.match) if isinstance(node, Name)}
    for name, condition in rule.file.conditions.items():
        if condition.exempts and name in named:
            changed = {**rule.file.conditions, name: condition.model_copy(update={"exempts": False})}
            yield Mutant("exemption", ("conditions", name, "exempts"), "true", "false", _with(rule, conditions=changed))


def _with(rule: Rule, **changes: Any) -> Rule:
    return replace(rule, file=rule.file.model_copy(update=changes))
