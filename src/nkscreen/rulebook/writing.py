"""A test as the text that stands in a rule file."""

from __future__ import annotations

import re
from typing import Any, Final

from nkscreen.errors import Problem, RuleError
from nkscreen.rulebook.rule import RuleTest
from nkscreen.rulebook.yaml_file import parse_yaml

WIDTH: Final = 120
_PLAIN = re.compile(r"[^\W_][\w ./()+'-]*")
_PLAIN_LINE = re.compile(r"[^\W_][\w ./()+',-]*")  # outside brackets a comma is a comma
_DIGITS = re.compile(r"[0-9]+")
_CODES: Final = ("code", "codes", "number", "numbers", "mmsi", "bic", "path")
"""Fields whose digits are text, by the last word of their name: written in quotes, as a reader expects."""


def write_test(test: RuleTest) -> str:
    """YAML of one item of `tests`, indented as in a rule file."""
    parts: dict[str, Any] = {"use": test.given.use}
    if test.given.set_:
        parts["set"] = test.given.set_
    if test.given.unset:
        parts["unset"] = list(test.given.unset)
    expect = test.expect.model_dump(mode="json", exclude_defaults=True)
    if test.expect.score is not None:
        expect["score"] = f"{test.expect.score:g}"
    lines = [f"  - name: {test.name if _PLAIN_LINE.fullmatch(test.name) else scalar(test.name)}"]
    lines += [f"    as_of: {test.as_of}"] if test.as_of else []
    lines += _entry("given", parts, 4)
    lines += _entry("expect", expect, 4)
    return "\n".join(lines) + "\n"


def read_back(text: str) -> RuleTest:
    """The test that a text says.

    Raises:
        RuleError: the text is no test.
    """
    value = parse_yaml(f"tests:\n{text}", "suggestion").value["tests"][0]
    try:
        return RuleTest.model_validate(value)
    except ValueError as error:
        raise RuleError(Problem(str(error))) from None


def _entry(key: str, value: Any, indent: int) -> list[str]:
    """`key: value` on one line where it fits, else one line a key below it."""
    line = f"{' ' * indent}{scalar(key)}: {flow(value, key)}"
    if len(line) <= WIDTH or not isinstance(value, dict | list) or not value:
        return [line]
    lines = [f"{' ' * indent}{scalar(key)}:"]
    if isinstance(value, dict):
        for inner, part in value.items():
            lines += _entry(inner, part, indent + 2)
    else:
        lines += [f"{' ' * (indent + 2)}- {flow(part, key)}" for part in value]
    return lines


def flow(value: Any, key: str = "") -> str:
    """A value on one line; digits of codes in quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(name)}: {flow(part, name)}" for name, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(part, key) for part in value) + "]"
    text = str(value)
    if _DIGITS.fullmatch(text) and re.split(r"[._]", key)[-1] in _CODES:
        return f'"{text}"'
    return scalar(text)


def scalar(text: str) -> str:
    """Text that YAML reads back as it is: plain where nobody can mistake it, else in quotes."""
    if _PLAIN.fullmatch(text) and text == text.strip():
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
