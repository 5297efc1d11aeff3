"""Shared lists that rules name: HS prefixes, ports, countries and words, each with its source and its own tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, field_validator

from nkscreen.records import Shipment
from nkscreen.rulebook.language import (
    FUNCTIONS,
    Basic,
    CodeText,
    HsPrefixes,
    Items,
    ListOf,
    Type,
    item_problem,
    prepared,
)
from nkscreen.rulebook.language import Literal as Constant
from nkscreen.rulebook.rule import Day, Flag, Line, ListId, Strict, Version
from nkscreen.rulebook.vocabulary import record_type

Kind = Literal["hs_prefix", "port", "country", "text"]

_SHIPMENT = record_type(Shipment).fields
_CODES = {"port": _SHIPMENT["port_of_loading"], "country": _SHIPMENT["origin_country"]}
_FUNCTIONS = {"hs_prefix": "hs_in", "text": "any_word"}


class ListSource(Strict):
    """Where the items come from. `verified` says that they were read at the source."""

    ref: Line
    para: str = ""
    effective: Day | None = None
    url: str = ""
    verified: Flag
    note: str = ""


class ListWindow(Strict):
    """Half-open validity `[from, to)`; a rule that uses the list must be valid inside it."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None

    def covers(self, start: date, end: date | None) -> bool:
        """Whether the half-open span lies inside."""
        begins = self.from_ is None or self.from_ <= start
        return begins and (self.to is None or (end is not None and end <= self.to))


class ListItem(Strict):
    """An item with a note for the reader."""

    item: Line
    note: str = ""


class ListTests(Strict):
    """Values that the list must and must not hold (texts: sentences in which a phrase must or must not be found)."""

    contains: tuple[Line, ...] = ()
    lacks: tuple[Line, ...] = ()


class RuleList(Strict):
    """Everything a list file holds."""

    schema_: Literal["nkscreen/list@1"] = Field(alias="schema")
    id: ListId
    title: Line
    kind: Kind
    version: Version
    source: ListSource
    valid: ListWindow = ListWindow()
    items: tuple[ListItem, ...] = Field(min_length=1)
    tests: ListTests = ListTests()

    @field_validator("items", mode="before")
    @classmethod
    def _plain_items(cls, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return [{"item": entry} if isinstance(entry, str) else entry for entry in value]

    @field_validator("items")
    @classmethod
    def _each_once(cls, items: tuple[ListItem, ...]) -> tuple[ListItem, ...]:
        twice = [value for value, times in Counter(entry.item for entry in items).items() if times > 1]
        if twice:
            raise ValueError(f"listed more than once: {', '.join(twice)}")
        return items

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The items without their notes."""
        return tuple(entry.item for entry in self.items)

    @property
    def type(self) -> Type:
        """What the list is in an expression."""
        if self.kind == "hs_prefix":
            return HsPrefixes()
        return ListOf(_CODES.get(self.kind, Basic.STRING))

    def tree(self, name: str) -> Items:
        """The list as a constant of an expression, under its local name."""
        return Items(tuple(Constant(value) for value in self.values), name)

    def item_problems(self) -> Iterator[tuple[int, str]]:
        """Index and message for every item that could never be found in a record."""
        for index, value in enumerate(self.values):
            problem = item_problem(_FUNCTIONS.get(self.kind, ""), value) or self._code_problem(value)
            if problem:
                yield index, problem

    def holds(self, value: str) -> bool:
        """Whether a code (or, for a list of texts, a sentence) is held, by the test that rules use."""
        function = FUNCTIONS.get(_FUNCTIONS.get(self.kind, ""))
        if function is None:
            return value in self.values
        return bool(function.call(value, prepared(function.name, self.values)))

    def proved(self) -> int:
        """How many items the list's own tests prove: without such an item one of them would fail."""
        function = FUNCTIONS.get(_FUNCTIONS.get(self.kind, ""))
        holders: dict[str, list[str]] = {value: [] for value in self.tests.contains}
        for item in self.values:
            alone = function.prepare((item,)) if function else None
            for value, found in holders.items():
                if len(found) < 2 and (function.call(value, alone) if function else value == item):
                    found.append(item)
        return len({found[0] for found in holders.values() if len(found) == 1})

    def _code_problem(self, value: str) -> str | None:
        kind = _CODES.get(self.kind)
        if not isinstance(kind, CodeText):
            return None
        canonical = kind.code.parse(value)
        if canonical is None:
            return f"{value!r} is no {kind}: {kind.code.why(value)}"
        return None if canonical == value else f"records write this {kind} as {canonical!r}, not {value!r}"
