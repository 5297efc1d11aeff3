"""Expression text to tree: precedence climbing (Pratt) over CEL's operators."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from nkscreen.rulebook.language.errors import ExpressionError
from nkscreen.rulebook.language.lexer import RESERVED, Token, tokens
from nkscreen.rulebook.language.tree import (
    Binary,
    Call,
    Items,
    Literal,
    Name,
    Node,
    Quantifier,
    Select,
    Unary,
    children,
)

MAX_DEPTH: Final = 40
"""Levels of one tree. Real conditions have under ten; the bound keeps every back end far from Python's own limits."""
MAX_NUMBER: Final = 2**53
"""Above it a double no longer holds every integer."""

POWERS: Final = {
    "||": 1,
    "&&": 2,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "in"), 3),
    **dict.fromkeys(("+", "-"), 4),
    **dict.fromkeys(("*", "/"), 5),
}
"""How tightly each operator binds."""
_RELATION: Final = POWERS["=="]
_UNARY: Final = 6

QUANTIFIERS: Final = ("exists", "all")
_TOO_DEEP = f"nested over {MAX_DEPTH} levels; split this into conditions or a list"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ESCAPE = re.compile(r"\\(.)")


def parse(text: str) -> Node:
    """The tree of an expression.

    Raises:
        ExpressionError: with the character where the text stops being an expression.
    """
    parser = _Parser(text)
    node = parser.expression(0, 0)
    end = parser.peek()
    if end.kind != "end":
        raise parser.error(f"unexpected {end.text!r} after the end of the expression", end)
    _measure(node, text)
    return node


def _measure(root: Node, text: str) -> None:
    """Refuse a deep tree. Without recursion: a chain of operators nests without a single bracket."""
    level: list[Node] = [root]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in children(node)]
        if not level:
            return
    raise ExpressionError(_TOO_DEEP, text, min(node.position for node in level))


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.place = 0

    def peek(self) -> Token:
        return self.tokens[self.place]

    def take(self) -> Token:
        token = self.tokens[self.place]
        self.place += token.kind != "end"
        return token

    def error(self, message: str, token: Token) -> ExpressionError:
        return ExpressionError(message, self.text, token.position)

    def expect(self, text: str) -> Token:
        token = self.take()
        if token.text != text or token.kind == "text":
            raise self.error(f"expected {text!r}, found {_shown(token)}", token)
        return token

    def at(self, text: str) -> bool:
        token = self.peek()
        return token.text == text and token.kind != "text"

    def expression(self, power: int, depth: int) -> Node:
        """An expression whose operators all bind tighter than `power`."""
        node = self.operand(self.deeper(depth))
        while True:
            token = self.peek()
            binds = POWERS.get(token.text, 0) if token.kind in ("operator", "name") else 0
            if binds <= power:
                return node
            self.take()
            node = Binary(token.text, node, self.expression(binds, depth + 1), token.position)
            after = self.peek()
            if binds == _RELATION and POWERS.get(after.text) == _RELATION and after.kind != "text":
                raise self.error("comparisons cannot be chained; join two with '&&'", after)

    def deeper(self, depth: int) -> int:
        if depth >= MAX_DEPTH:
            raise self.error(_TOO_DEEP, self.peek())
        return depth + 1

    def operand(self, depth: int) -> Node:
        token = self.peek()
        if token.kind == "operator" and token.text in ("!", "-"):
            self.take()
            operand = self.operand(self.deeper(depth))
            number = isinstance(operand, Literal) and type(operand.value) in (int, float)
            if token.text == "-" and number and isinstance(operand, Literal) and not str(operand.value).startswith("-"):
                return Literal(-operand.value, token.position)  # type: ignore[operator]  # a number, tested above
            return Unary(token.text, operand, token.position)
        node = self.primary(depth)
        while self.at("."):
            self.take()
            depth = self.deeper(depth)
            node = self.member(node, depth)
        return node

    def member(self, node: Node, depth: int) -> Node:
        token = self.take()
        if token.kind != "name":
            raise self.error(f"expected a field name, found {_shown(token)}", token)
        if not self.at("("):
            return Select(node, token.text, token.position)
        if token.text not in QUANTIFIERS:
            return Call(token.text, (node, *self.arguments(depth)), method=True, position=token.position)
        self.take()
        variable = self.take()
        if variable.kind != "name" or variable.text in RESERVED:
            raise self.error(f"expected the name of a loop variable, found {_shown(variable)}", variable)
        self.expect(",")
        body = self.expression(0, depth)
        self.expect(")")
        return Quantifier(token.text, node, variable.text, body, token.position)

    def arguments(self, depth: int) -> tuple[Node, ...]:
        self.expect("(")
        found: list[Node] = []
        while not self.at(")"):
            if found:
                self.expect(",")
            found.append(self.expression(0, depth))
        self.take()
        return tuple(found)

    def primary(self, depth: int) -> Node:
        token = self.take()
        if token.kind in ("int", "double"):
            return self.number(token)
        if token.kind == "text":
            return Literal(self.unquote(token), token.position)
        if token.kind == "name":
            return self.named(token, depth)
        if token.text == "(":
            node = self.expression(0, depth)
            self.expect(")")
            return node
        if token.text == "[":
            return self.items(token, depth)
        raise self.error(f"expected a value, found {_shown(token)}", token)

    def named(self, token: Token, depth: int) -> Node:
        if token.text in ("true", "false"):
            return Literal(token.text == "true", token.position)
        if token.text == "null":
            raise self.error("there is no null: ask has(field) whether a value is given", token)
        if token.text in RESERVED:
            raise self.error(f"expected a value, found {token.text!r}", token)
        if not self.at("("):
            return Name(token.text, token.position)
        arguments = self.arguments(depth)
        if token.text != "date":
            return Call(token.text, arguments, position=token.position)
        given = arguments[0].value if len(arguments) == 1 and isinstance(arguments[0], Literal) else None
        try:
            if not isinstance(given, str) or not _DAY.fullmatch(given):
                raise ValueError
            return Literal(date.fromisoformat(given), token.position)
        except ValueError:
            raise self.error("a date is written date('2017-12-22'), with a day that exists", token) from None

    def items(self, opening: Token, depth: int) -> Node:
        found: list[Literal] = []
        while not self.at("]"):
            if found:
                self.expect(",")
            token = self.peek()
            item = self.operand(self.deeper(depth))
            if not isinstance(item, Literal):
                raise self.error("a list holds constants only", token)
            found.append(item)
        self.take()
        return Items(tuple(found), position=opening.position)

    def number(self, token: Token) -> Literal:
        if len(token.text) > 40 or float(token.text) > MAX_NUMBER:
            raise self.error("this number is too large to be exact", token)
        value = float(token.text) if token.kind == "double" else int(token.text)
        return Literal(value, token.position)

    def unquote(self, token: Token) -> str:
        inner = token.text[1:-1]
        for escape in _ESCAPE.finditer(inner):
            if escape[1] not in "\\'\"":
                raise ExpressionError(
                    rf"only \\, \' and \" may follow a backslash, not {escape[1]!r}",
                    self.text,
                    token.position + 1 + escape.start(),
                )
        return _ESCAPE.sub(r"\1", inner)


def _shown(token: Token) -> str:
    return "the end of the expression" if token.kind == "end" else repr(token.text)
