"""Types of expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from nkscreen.records.fields import Code


class Basic(Enum):
    """Types without parts, called as CEL calls them."""

    STRING = "string"
    INT = "int"
    DOUBLE = "double"
    BOOL = "bool"
    DATE = "date"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class CodeText:
    """Text of a code: a country, a port, an HS code. Literals beside it must be canonical."""

    code: Code

    def __str__(self) -> str:
        return f"{self.code.kind} code"


@dataclass(frozen=True, slots=True)
class HsPrefixes:
    """A list of HS prefixes: for `hs_in` only, since `in` would compare whole codes."""

    def __str__(self) -> str:
        return "list of HS prefixes"


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one type; None is the type of the items of an empty list."""

    item: Type | None

    def __str__(self) -> str:
        return f"list of {self.item}" if self.item else "empty list"


@dataclass(frozen=True, slots=True)
class Object:
    """A part of a record: fields by name. Those in `certain` always have a value where the part itself is there."""

    name: str
    fields: Mapping[str, Type] = field(hash=False)
    certain: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name


Type: TypeAlias = Basic | CodeText | HsPrefixes | ListOf | Object

NUMBERS = (Basic.INT, Basic.DOUBLE)


def is_text(kind: Type | None) -> bool:
    """Free text and codes; a partial date is compared whole or not at all."""
    return kind is Basic.STRING or (isinstance(kind, CodeText) and kind.code.kind != "date")
