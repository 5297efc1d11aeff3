"""Tree to text: the one spelling of an expression, so that white space never changes what a rule is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from nkscreen.rulebook.language.parser import POWERS
from nkscreen.rulebook.language.tree import Binary, Call, Items, Literal, Name, Node, Quantifier, Scalar, Select, Unary

_TIGHTEST: Final = 9
_MEMBER: Final = 8
_UNARY: Final = 7


def to_text(node: Node) -> str:
    """CEL text that parses to an equal tree; a named list is written by its name."""
    return _text(node, 0)


def _text(node: Node, power: int) -> str:
    text, binds = _bare(node)
    return f"({text})" if binds < power else text


def _bare(node: Node) -> tuple[str, int]:  # noqa: PLR0911  one return a kind of node
    match node:
        case Literal():
            negative = type(node.value) in (int, float) and str(node.value).startswith("-")
            return _literal(node.value), _UNARY if negative else _TIGHTEST
        case Items():
            return node.name or f"[{', '.join(_literal(item.value) for item in node.items)}]", _TIGHTEST
        case Name():
            return node.name, _TIGHTEST
        case Select():
            return f"{_text(node.of, _MEMBER)}.{node.name}", _MEMBER
        case Unary():
            return f"{node.operator}{_text(node.operand, _UNARY)}", _UNARY
        case Binary():
            binds = POWERS[node.operator]
            left = binds + 1 if binds == POWERS["=="] else binds
            return f"{_text(node.left, left)} {node.operator} {_text(node.right, binds + 1)}", binds
        case Call():
            first, rest = node.arguments[:1], node.arguments[1:]
            if node.method:
                arguments = ", ".join(_text(argument, 0) for argument in rest)
                return f"{_text(first[0], _MEMBER)}.{node.function}({arguments})", _MEMBER
            return f"{node.function}({', '.join(_text(argument, 0) for argument in node.arguments)})", _TIGHTEST
        case Quantifier():
            body = _text(node.body, 0)
            return f"{_text(node.over, _MEMBER)}.{node.kind}({node.variable}, {body})", _MEMBER


def _literal(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    return format(Decimal(repr(value)), "f")
