"""Small changes of the records that a rule's tests start from: where `rules suggest` looks for new tests."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.language import Binary, Call, Items, Literal, Node, Quantifier, path_of, walk
from nkscreen.rulebook.rule import Given

SET_BY: Final = {"event_date": "date", "final_country": "destination_country", "stops": "legs"}
"""Derived fields, and the field that a file sets them by."""
_ROUTE: Final = frozenset({"port_of_loading", "port_of_discharge", "place_of_delivery", "legs"})
UNREADABLE: Final = "Elsewhere"
"""What a file may hold where a code is wanted: it counts as missing."""
_DAY: Final = timedelta(days=1)

Plain: TypeAlias = Any
"""A value as YAML gives it: text, a list or a mapping of such."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change: the path gets the value or, when that is None, loses what it has. `index` may be `n`: append."""

    path: str
    value: Plain

    def __str__(self) -> str:
        if self.value is None:
            return f"without {self.path}"
        return f"{self.path} {shown(self.value)}"


def shown(value: Plain) -> str:
    """A value in a few words, for the name of a test."""
    if isinstance(value, dict):
        return " ".join(shown(part) for part in value.values()) or "empty"
    if isinstance(value, list):
        return " and ".join(shown(part) for part in value) or "empty"
    return str(value)


def apply(given: Given, step: Step) -> Given:
    """The record of a test with one more change, written into what the test sets already where that is possible."""
    inside = f"{step.path}."
    changes = {path: value for path, value in given.set_.items() if path != step.path and not path.startswith(inside)}
    unset = [path for path in given.unset if path != step.path and not path.startswith(inside)]
    above = [step.path.rsplit(".", count)[0] for count in range(1, step.path.count(".") + 1)]
    holder = next((path for path in above if path in changes), None)
    if holder is not None:
        changes[holder] = copy.deepcopy(changes[holder])
        if _put(changes[holder], step.path.removeprefix(f"{holder}.").split("."), step.value):
            return given.model_copy(update={"set_": changes, "unset": tuple(unset)})
    if step.value is None:
        return given.model_copy(update={"set_": changes, "unset": (*unset, step.path)})
    unset = [path for path in unset if path not in above]
    return given.model_copy(update={"set_": {**changes, step.path: step.value}, "unset": tuple(unset)})


def _put(part: Plain, keys: list[str], value: Plain) -> bool:
    """Set or remove a value inside a part; False when the keys lead nowhere in it."""
    *above, last = keys
    part = _value_at(".".join(above), part) if above else part
    if isinstance(part, dict) and (value is not None or last in part):
        if value is None:
            del part[last]
        else:
            part[last] = value
        return True
    if isinstance(part, list) and value is not None and last == str(len(part)):
        part.append(value)
        return True
    return False


def steps(rule: Rule, data: Mapping[str, Any]) -> list[Step]:
    """Changes worth trying on a record: `data` is what the test reads as its record."""
    roots = _roots(rule)
    found = [*_taken_away(data, roots), *_borrowed(rule), *_literal_steps(rule, data), *_clock_steps(rule)]
    found += _appended(found, data, roots)
    unique = {(step.path, repr(step.value)): step for step in found}
    return list(unique.values())


def _roots(rule: Rule) -> frozenset[str]:
    """The top fields that the rule reads, as a file sets them."""
    named = {
        path[0] for condition in rule.conditions.values() for node in walk(condition.tree) if (path := path_of(node))
    }
    route = _ROUTE if named & {"stops", "final_country"} else frozenset()
    return route | {SET_BY.get(name, name) for name in named}


def _taken_away(data: Mapping[str, Any], roots: frozenset[str], above: str = "") -> Iterator[Step]:
    """Every part of the record, taken away."""
    for key, value in data.items():
        if not above and key not in roots:
            continue
        yield Step(f"{above}{key}", None)
        if isinstance(value, dict):
            yield from _taken_away(value, roots, f"{above}{key}.")
        for index, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, dict):
                yield from _taken_away(item, roots, f"{above}{key}.{index}.")


def _borrowed(rule: Rule) -> Iterator[Step]:
    """What the other tests of the rule change."""
    for test in rule.file.tests:
        yield from (Step(path, value) for path, value in test.given.set_.items())


def _clock_steps(rule: Rule) -> Iterator[Step]:
    """The edges of validity, and the day before each."""
    window = rule.file.valid
    path = SET_BY.get(window.clock, window.clock)
    for edge in (window.from_, window.to):
        if edge is not None:
            yield from (Step(path, str(day)) for day in (edge - _DAY, edge))


def _appended(found: list[Step], data: Mapping[str, Any], roots: frozenset[str]) -> list[Step]:
    """One more element: a copy of the first, and that copy with one field changed or missing; or one field alone."""
    more: list[Step] = []
    for name in sorted(roots):
        items = data.get(name)
        first = items[0] if isinstance(items, list) and items and isinstance(items[0], dict) else None
        if not isinstance(items, list) or first is None:
            continue
        end = f"{name}.{len(items)}"
        more.append(Step(end, first))
        for step in found:
            head, _, field = step.path.partition(".0.")
            if head == name and field and "." not in field:
                kept = {key: value for key, value in first.items() if key != field}
                if step.value is not None:
                    more.append(Step(end, {field: step.value}))
                    kept[field] = step.value
                more.append(Step(end, kept))
    return more


def _literal_steps(rule: Rule, data: Mapping[str, Any]) -> Iterator[Step]:
    """Values at and beside the constants that a condition compares a field with."""
    for condition in rule.conditions.values():
        yield from _beside(condition.tree, {}, data)


def _beside(node: Node, variables: Mapping[str, str], data: Mapping[str, Any]) -> Iterator[Step]:
    match node:
        case Quantifier():
            over = _place(node.over, variables)
            if over is not None:
                yield from _beside(node.body, {**variables, node.variable: f"{over}.0"}, data)
            return
        case Binary(left=left, right=right) if node.operator not in ("&&", "||"):
            for field, constant in ((left, right), (right, left)):
                yield from _values(field, constant, variables)
            for field, other in ((left, right), (right, left)):
                yield from _same(field, other, variables, data)
        case Call(arguments=(text, Literal(value=str(wanted)))) if node.method:
            path = _place(text, variables)
            yield from (Step(path, value) for value in _likely(wanted, data) if path)
        case Call(arguments=(text, *constants)):
            for constant in constants:
                yield from _values(text, constant, variables)
                yield from _longer(text, constant, variables, data)
    for part in _parts(node):
        yield from _beside(part, variables, data)


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case Binary():
            return (node.left, node.right)
        case Call():
            return node.arguments
    operand = getattr(node, "operand", None)
    return () if operand is None else (operand,)


def _place(node: Node, variables: Mapping[str, str]) -> str | None:
    """The path by which a file sets a field."""
    names = path_of(node)
    if names is None:
        return None
    first = variables.get(names[0], SET_BY.get(names[0], names[0]))
    return ".".join((first, *names[1:]))


def _values(field: Node, constant: Node, variables: Mapping[str, str]) -> Iterator[Step]:
    path = _place(field, variables)
    if path is None:
        return
    if isinstance(constant, Literal):
        yield from (Step(path, value) for value in _near(constant.value))
    elif isinstance(constant, Items):
        yield Step(path, str(constant.items[0].value))


def _longer(field: Node, constant: Node, variables: Mapping[str, str], data: Mapping[str, Any]) -> Iterator[Step]:
    """The text that the record has, and a phrase of a list behind it."""
    path = _place(field, variables)
    text = _value_at(path, data) if path else None
    if path and isinstance(text, str) and isinstance(constant, Items):
        yield Step(path, f"{text} AND {str(constant.items[0].value).upper()}")


def _value_at(path: str, data: Any) -> Any:
    for key in path.split("."):
        if isinstance(data, list):
            data = data[int(key)] if key.isdigit() and int(key) < len(data) else None
        else:
            data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _same(field: Node, other: Node, variables: Mapping[str, str], data: Mapping[str, Any]) -> Iterator[Step]:
    """Two fields compared with each other: the one gets the value of the other."""
    path, source = _place(field, variables), _place(other, variables)
    value = _value_at(source, data) if source else None
    if path and isinstance(value, str):
        yield Step(path, value)


def _near(value: Any) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("true", "false")
    if isinstance(value, int):
        return tuple(str(number) for number in (value - 1, value, value + 1))
    if isinstance(value, float):
        return tuple(f"{number:.10g}" for number in (value * 0.99, value, value * 1.01, value - 0.01, value + 0.01))
    if isinstance(value, date):
        return tuple(str(day) for day in (value - _DAY, value, value + _DAY))
    return (str(value), "KR", UNREADABLE) if value == "KP" else (str(value), UNREADABLE)


def _likely(part: str, data: Any) -> Iterator[str]:
    """Texts that begin with the part or nearly so: the part itself, longer, and what the record holds elsewhere."""
    yield from (part, f"{part}1", f"{part[:-1]}9")
    for value in data.values() if isinstance(data, Mapping) else data if isinstance(data, list) else ():
        if isinstance(value, str) and value.startswith(part[:-1]):
            yield value
        elif not isinstance(value, str):
            yield from (text for text in _likely(part, value) if text.startswith(part[:-1]))
