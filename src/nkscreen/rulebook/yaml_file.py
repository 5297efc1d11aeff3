"""Strict YAML with places: every scalar is the text its author wrote, and every error has a line, a column and a caret.

YAML's implicit types read `NO` as false and the HS code `0302` as 194; here no resolver runs at all. Anchors, aliases,
tags, duplicate keys, merge keys and second documents are refused: none of them is needed, each of them hides something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import yaml
from pydantic import ValidationError

from nkscreen.errors import Problem, RuleError
from nkscreen.rulebook.language import ExpressionError
from nkscreen.rulebook.language.errors import caret, clipped

MAX_BYTES: Final = 1_000_000
"""Size of one file; the longest rule with its tests has some 20 kB."""
MAX_DEPTH: Final = 20
"""Levels of nesting; a rule with its tests needs nine."""

MAX_KEYS: Final = 500
"""Keys of one mapping; the rule with the most lists has twenty."""
MAX_ITEMS: Final = 10_000
"""Items of one list; the longest list of a rule has some 300."""

KEY: Final = "key:"
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what YAML counts as the end of a line

Key: TypeAlias = str | int
Path_: TypeAlias = tuple[Key, ...]
Value: TypeAlias = "str | list[Value] | dict[str, Value]"


class Place(NamedTuple):
    """Where a scalar, list or mapping stands: first and last line and column, counted from 0, and how it is quoted."""

    line: int
    column: int
    end_line: int
    end_column: int
    style: str = ""


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file as read: `value` is nested text; `places` are by path, those of keys under `(*path, KEY)`."""

    name: str
    lines: tuple[str, ...]
    value: Mapping[str, Any]
    places: Mapping[Path_, Place]

    def problem(self, message: str, path: Path_ = (), offset: int | None = None) -> Problem:
        """A problem at the node of that path, or at the nearest one above it that exists in the file.

        `offset` counts characters of the scalar's text, for a place inside an expression.
        """
        near = path
        while near not in self.places:
            near = near[:-1]
        line, column = self.places[near].line, self.places[near].column
        if offset is not None and near == path:
            line, column = self._inside(path, offset)
        shown = self.lines[line] if line < len(self.lines) else ""
        field = ".".join(str(key) for key in path if key != KEY)
        return Problem(message, self.name, line + 1, column + 1, field, caret(shown, column))

    def expression_problem(self, error: ExpressionError, path: Path_) -> Problem:
        """The problem of an expression that stands at the path, with the place inside the file."""
        return self.problem(error.message, path, error.position)

    def validation_problems(self, error: ValidationError, path: Path_ = ()) -> Iterator[Problem]:
        """The problems that a model found in what stands at the path."""
        for item in error.errors(include_url=False):
            where = (*path, *(KEY if part == "[key]" else part for part in item["loc"]))
            if item["type"] == "extra_forbidden":
                yield self.problem(f"unknown key {clipped(str(item['loc'][-1]))!r}", (*where, KEY))
            elif item["type"] == "missing":
                yield self.problem(f"the key {item['loc'][-1]!r} is missing", where)
            else:
                message = item["msg"].removeprefix("Value error, ").replace("a valid tuple", "a list")
                yield self.problem(message, where)

    def _inside(self, path: Path_, offset: int) -> tuple[int, int]:
        """Line and column of a character of a scalar: quoting, folding and indentation are stepped over."""
        place = self.places[path]
        text: Any = self.value
        for key in path:
            text = text[key]
        wanted = len("".join(text[:offset].split()))
        line, column = place.line, place.column
        if place.style in ("|", ">"):
            line, column = line + 1, 0
        elif place.style:
            column += 1
        solid = "".join(text.split())
        passed, after = 0, (place.line, place.column)
        while (line, column) < (place.end_line, place.end_column) and line < len(self.lines):
            if column >= len(self.lines[line]):
                line, column = line + 1, 0
                continue
            if passed < len(solid) and self.lines[line][column] == solid[passed]:
                if passed == wanted:
                    return line, column
                passed += 1
                after = line, column + 1
            column += 1
        return after


def read_yaml(path: Path, name: str, *, without: str = "") -> YamlFile:
    """Read one file whose top is a mapping. `name` is what errors call the file. The key `without` is left unread where
    it is the last of the file.

    Raises:
        RuleError: the file cannot be read, is too large, not UTF-8, or not the plain YAML described above.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        size = path.stat().st_size
    except OSError as error:
        raise RuleError(Problem(f"cannot be read: {error.strerror}", name)) from None
    if len(data) > MAX_BYTES:
        raise RuleError(Problem(f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read", name))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(Problem(f"not UTF-8 at byte {error.start}; save the file as UTF-8", name)) from None
    head = _head(text, without) if without else None
    if head is not None:
        try:
            return parse_yaml(head, name)
        except RuleError:  # what seemed a key was part of a longer text, or the error is told with its whole file
            pass
    return parse_yaml(text, name)


def _head(text: str, key: str) -> str | None:
    """The text before a key of the top, None unless it is there and the last one.

    The cut can fall into a quoted text or brackets over several lines; what is left of them is then no YAML.
    """
    found = re.search(rf"^{re.escape(key)}:\s*(?:#.*)?$", text, re.MULTILINE)
    if found is None or re.search(r"^[^\s#-]", text[found.end() :], re.MULTILINE):
        return None
    return text[: found.start()]


def parse_yaml(text: str, name: str) -> YamlFile:
    """Read YAML text. Raises like `read_yaml`."""
    builder = _Builder(text, name)
    try:
        value = builder.document()
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        raise builder.error(f"not YAML: {error.problem or error.context}", mark) from None
    except yaml.YAMLError as error:
        raise RuleError(Problem(f"not YAML: {str(error).splitlines()[0]}", name)) from None
    return YamlFile(name, builder.lines, value, builder.places)


class _Builder:
    """Events of the YAML parser to nested text. No construction stage runs, so nothing is typed or executed."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.lines = tuple(_BREAK.split(text))
        self.events = yaml.parse(text, Loader=yaml.CSafeLoader)
        self.places: dict[Path_, Place] = {}

    def error(self, message: str, mark: Any) -> RuleError:
        if mark is None:
            return RuleError(Problem(message, self.name))
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        excerpt = caret(line, mark.column)
        return RuleError(Problem(message, self.name, mark.line + 1, mark.column + 1, excerpt=excerpt))

    def document(self) -> dict[str, Value]:
        next(self.events)  # stream start
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            raise RuleError(Problem("the file is empty", self.name))
        top = next(self.events)
        if not isinstance(top, yaml.MappingStartEvent):
            raise self.error("the file must hold keys and values", top.start_mark)
        value = self.node(top, ())
        next(self.events)  # document end
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise self.error("the file holds a second document", event.start_mark)
        assert isinstance(value, dict)
        return value

    def node(self, event: Any, path: Path_) -> Value:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self.error("anchors and aliases (& and *) are not allowed; write the value out", event.start_mark)
        if event.tag is not None:
            raise self.error(f"the tag {clipped(event.tag)!r} is not allowed", event.start_mark)
        if len(path) > MAX_DEPTH:
            raise self.error(f"nested over {MAX_DEPTH} levels", event.start_mark)
        self.places[path] = _place(event)
        if isinstance(event, yaml.ScalarEvent):
            text: str = event.value
            return text
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.mapping(path)

    def sequence(self, path: Path_) -> list[Value]:
        items: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            if len(items) == MAX_ITEMS:
                raise self.error(f"a list may have {MAX_ITEMS:,} items", event.start_mark)
            items.append(self.node(event, (*path, len(items))))
        return items

    def mapping(self, path: Path_) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.tag is not None or event.anchor is not None:
                raise self.error("a key must be plain text", event.start_mark)
            key = event.value
            if key in found:
                raise self.error(f"duplicate key {clipped(key)!r}", event.start_mark)
            if len(found) == MAX_KEYS:
                raise self.error(f"{MAX_KEYS} keys side by side are the most there may be", event.start_mark)
            if key == "<<":
                raise self.error("merge keys are not allowed; write the values out", event.start_mark)
            self.places[(*path, key, KEY)] = _place(event)
            found[key] = self.node(next(self.events), (*path, key))
        return found


def _place(event: Any) -> Place:
    start, end = event.start_mark, event.end_mark
    return Place(start.line, start.column, end.line, end.column, getattr(event, "style", None) or "")
