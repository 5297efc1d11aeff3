"""Type checker: every name, field, operator and code in an expression is right before any record is seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Final

from nkscreen.rulebook.language.errors import ExpressionError
from nkscreen.rulebook.language.functions import FUNCTIONS, Function
from nkscreen.rulebook.language.tree import (
    Binary,
    Call,
    Items,
    Literal,
    Name,
    Node,
    Quantifier,
    Scalar,
    Select,
    Unary,
    path_of,
)
from nkscreen.rulebook.language.types import NUMBERS, Basic, CodeText, HsPrefixes, ListOf, Object, Type

MAX_NESTING: Final = 2
"""Quantifiers inside quantifiers: two levels over lists of 2,000 already make four million comparisons."""
MAX_ARITHMETIC: Final = 8
"""Operators + - * / in one expression; with inputs up to 2**53 no result leaves the range of a double."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What names mean: the fields of the record, and the lists that a rule declares."""

    fields: Mapping[str, Type]
    lists: Mapping[str, Type] = field(default_factory=dict)


def suggestion(name: str, known: Iterable[str]) -> str:
    """`, did you mean 'port'?` when something like the name is known."""
    close = get_close_matches(name, sorted(known), 1)
    return f", did you mean {close[0]!r}?" if close else ""


def check_condition(node: Node, text: str, scope: Scope) -> Mapping[str, Type]:
    """Check an expression that must be true or false, and give the types of its loop variables.

    `text` is what `node` was parsed from.

    Raises:
        ExpressionError: at the first thing that is wrong.
    """
    checker = _Checker(text, scope)
    found = checker.check(node, {})
    if found is not Basic.BOOL:
        raise ExpressionError(f"a condition must be true or false, this is {found}", text, node.position)
    return checker.bound


def type_of(node: Node, text: str, scope: Scope, variables: Mapping[str, Type] | None = None) -> Type:
    """The type of an expression, all of it checked.

    Raises:
        ExpressionError: at the first thing that is wrong.
    """
    return _Checker(text, scope).check(node, dict(variables or {}))


class _Checker:
    def __init__(self, text: str, scope: Scope) -> None:
        self.text, self.scope = text, scope
        self.bound: dict[str, Type] = {}
        self.arithmetic = 0

    def error(self, message: str, node: Node) -> ExpressionError:
        return ExpressionError(message, self.text, node.position)

    def check(self, node: Node, variables: dict[str, Type]) -> Type:  # noqa: PLR0911  one return a kind of node
        match node:
            case Literal():
                return _literal_type(node.value)
            case Items():
                return self.items(node)
            case Name():
                return self.name(node, variables)
            case Select():
                return self.select(node, variables)
            case Unary():
                return self.unary(node, variables)
            case Binary():
                return self.binary(node, variables)
            case Call():
                return self.call(node, variables)
            case Quantifier():
                return self.quantifier(node, variables)

    def items(self, node: Items) -> Type:
        kinds = {_literal_type(item.value) for item in node.items}
        if len(kinds) > 1:
            raise self.error("the items of a list must be of one type", node)
        return ListOf(kinds.pop() if kinds else None)

    def name(self, node: Name, variables: dict[str, Type]) -> Type:
        known = {**self.scope.fields, **self.scope.lists, **variables}
        if node.name not in known:
            raise self.error(f"unknown field {node.name!r}{suggestion(node.name, known)}", node)
        return known[node.name]

    def select(self, node: Select, variables: dict[str, Type]) -> Type:
        of = self.check(node.of, variables)
        if isinstance(of, ListOf):
            raise self.error(f"a {of} has no fields; write .exists(x, x.{node.name} ...)", node)
        if not isinstance(of, Object):
            raise self.error(f"{of} has no fields", node)
        if node.name not in of.fields:
            raise self.error(f"unknown field {node.name!r}{suggestion(node.name, of.fields)}", node)
        return of.fields[node.name]

    def unary(self, node: Unary, variables: dict[str, Type]) -> Type:
        found = self.check(node.operand, variables)
        if node.operator == "!" and found is not Basic.BOOL:
            raise self.error(f"'!' needs true or false, not {found}", node.operand)
        if node.operator == "-" and found not in NUMBERS:
            raise self.error(f"'-' needs a number, not {found}", node.operand)
        return found

    def binary(self, node: Binary, variables: dict[str, Type]) -> Type:
        left, right = self.check(node.left, variables), self.check(node.right, variables)
        operator = node.operator
        if operator in ("&&", "||"):
            for side, found in ((node.left, left), (node.right, right)):
                if found is not Basic.BOOL:
                    raise self.error(f"'{operator}' needs true or false, not {found}", side)
            return Basic.BOOL
        if operator in ("+", "-", "*", "/"):
            self.arithmetic += 1
            if self.arithmetic > MAX_ARITHMETIC:
                raise self.error(f"at most {MAX_ARITHMETIC} of + - * / in one expression; split it", node)
            if left not in NUMBERS or right not in NUMBERS:
                hint = "; write days(a, b) for the days between dates" if Basic.DATE in (left, right) else ""
                raise self.error(f"'{operator}' needs numbers, not {left} and {right}{hint}", node)
            return Basic.INT if left is right is Basic.INT and operator != "/" else Basic.DOUBLE
        if operator == "in":
            self.membership(node, left, right)
        elif operator in ("==", "!="):
            self.equality(node, left, right)
        elif not (left in NUMBERS and right in NUMBERS) and not left is right is Basic.DATE:
            raise self.error(f"'{operator}' compares two numbers or two dates, not {left} and {right}", node)
        return Basic.BOOL

    def membership(self, node: Binary, left: Type, right: Type) -> None:
        if isinstance(right, HsPrefixes):
            raise self.error("write hs_in(code, list): the list holds prefixes of HS codes", node)
        if not isinstance(right, ListOf):
            raise self.error(f"'in' needs a list on its right, not {right}", node)
        if right.item is None:
            raise self.error("nothing is in an empty list", node.right)
        if isinstance(left, ListOf | Object) or left is Basic.BOOL:
            raise self.error(f"'in' asks for one text, number or date, not {left}", node)
        if isinstance(node.right, Items) and isinstance(left, CodeText):
            for item in node.right.items:
                self.canonical(item, left)
        elif isinstance(right.item, CodeText) and isinstance(node.left, Literal) and left is Basic.STRING:
            self.canonical(node.left, right.item)
        elif left != right.item:
            raise self.error(f"a {left} cannot be in a {right}", node)

    def equality(self, node: Binary, left: Type, right: Type) -> None:
        for code, literal in ((left, node.right), (right, node.left)):
            if isinstance(code, CodeText) and isinstance(literal, Literal) and isinstance(literal.value, str):
                self.canonical(literal, code)
                return
        if isinstance(left, ListOf | Object | HsPrefixes) or (left != right and not {left, right} <= {*NUMBERS}):
            raise self.error(f"'{node.operator}' cannot compare {left} with {right}", node)
        if left is Basic.BOOL and not all(
            isinstance(side, Literal) or path_of(side) for side in (node.left, node.right)
        ):
            raise self.error(f"'{node.operator}' compares fields and constants; join conditions with && || !", node)

    def canonical(self, literal: Literal, kind: CodeText) -> None:
        """A code in a rule must be spelt as records spell it, or the comparison is never true."""
        given = literal.value
        canonical = kind.code.parse(given) if isinstance(given, str) else None
        if canonical is None:
            why = kind.code.why(given) if isinstance(given, str) else f"not a {kind}"
            raise self.error(f"{given!r} is no {kind}: {why}", literal)
        if canonical != given:
            raise self.error(f"records write this {kind} as {canonical!r}, not {given!r}", literal)

    def call(self, node: Call, variables: dict[str, Type]) -> Type:
        if node.function == "has" and not node.method:
            return self.has(node, variables)
        function = FUNCTIONS.get(node.function)
        if function is None or function.method != node.method:
            known = [name for name, declared in FUNCTIONS.items() if declared.method == node.method]
            hint = f"; write {_usage(function)}" if function else suggestion(node.function, known)
            raise self.error(f"unknown function {node.function!r}{hint}", node)
        if len(node.arguments) != len(function.parameters):
            raise self.error(f"write {_usage(function)}", node)
        for argument, parameter in zip(node.arguments, function.parameters, strict=True):
            found = self.check(argument, variables)
            if not parameter.accepts(found):
                raise self.error(f"{function.name} needs {parameter.wants} here, not {found}", argument)
            if parameter.constant:
                self.constant(function, argument)
        part = node.arguments[-1]
        if node.method and isinstance(part, Literal) and not part.value:
            raise self.error(f"{function.name}('') is always true", part)
        return function.returns

    def constant(self, function: Function, argument: Node) -> None:
        named = isinstance(argument, Name) and argument.name in self.scope.lists
        if not named and not isinstance(argument, Items):
            raise self.error(f"{function.name} needs a list of the rule or one written out", argument)
        for item in argument.items if isinstance(argument, Items) else ():
            problem = item_problem(function.name, str(item.value))
            if problem:
                raise self.error(problem, item)

    def has(self, node: Call, variables: dict[str, Type]) -> Type:
        path = path_of(node.arguments[0]) if len(node.arguments) == 1 else None
        if path is None:
            raise self.error("write has(field) or has(part.field)", node)
        if isinstance(self.check(node.arguments[0], variables), HsPrefixes) or path[0] in self.scope.lists:
            raise self.error(f"has() asks for a field of the record, {path[0]!r} is a list of the rule", node)
        return Basic.BOOL

    def quantifier(self, node: Quantifier, variables: dict[str, Type]) -> Type:
        over = self.check(node.over, variables)
        if not isinstance(over, ListOf) or over.item is None or isinstance(node.over, Items):
            raise self.error(f"{node.kind} needs a list of the record, not {over}", node)
        if isinstance(node.over, Name) and node.over.name in self.scope.lists:
            raise self.error(f"{node.kind} needs a list of the record; write field in {node.over.name}", node)
        if len(variables) == MAX_NESTING:
            raise self.error(f"quantifiers nest at most {MAX_NESTING} deep", node)
        taken = {**self.scope.fields, **self.scope.lists, **variables}
        if node.variable in taken:
            raise self.error(f"{node.variable!r} already means something here; give the variable another name", node)
        if self.bound.setdefault(node.variable, over.item) != over.item:
            raise self.error(f"{node.variable!r} stands for a {self.bound[node.variable]} before; rename it", node)
        body = self.check(node.body, {**variables, node.variable: over.item})
        if body is not Basic.BOOL:
            raise self.error(f"what {node.kind} asks must be true or false, this is {body}", node.body)
        return Basic.BOOL


def item_problem(function: str, item: str) -> str | None:
    """What is wrong with an item of a constant list, or None."""
    if function == "hs_in" and not (item.isascii() and item.isdigit() and len(item) in (2, 4, 6, 8, 10)):
        return f"{item!r} is no HS prefix: write 2, 4, 6, 8 or 10 digits"
    if function in ("any_word", "any_word_but") and not any(ch.isalnum() for ch in item):
        return f"{item!r} has no letter or digit to look for"
    return None


def _usage(function: Function) -> str:
    wants = [parameter.wants.removeprefix("a ").removeprefix("an ") for parameter in function.parameters]
    if function.method:
        return f"{wants[0]}.{function.name}({', '.join(wants[1:])})"
    return f"{function.name}({', '.join(wants)})"


def _literal_type(value: Scalar) -> Basic:
    if isinstance(value, bool):
        return Basic.BOOL
    if isinstance(value, int):
        return Basic.INT
    if isinstance(value, float):
        return Basic.DOUBLE
    return Basic.DATE if isinstance(value, date) else Basic.STRING
