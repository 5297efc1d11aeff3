"""What is found about a vessel's identity: a code, how much it says, the reason, and the values that show it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import yaml

from nkscreen.alerts import PathValue
from nkscreen.records import Source
from nkscreen.records.model import Model


class Statement(Protocol):
    """What says something of a vessel: a record, or what was kept of one."""

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> Source | None: ...


Told = tuple[Statement, str]
"""A statement about a vessel, and the path of one of its fields."""


class Strength(StrEnum):
    """How much a finding says, in rising order; data/findings.yaml says why."""

    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"


class IdentityFinding(Model):
    """Something about a vessel's identity that the papers or the AIS show.

    `code` is a key of data/findings.yaml; `detail` is one sentence with the values; `evidence` are the values with the
    record and field they stand in (`register.csv row 7: flag`).
    """

    code: str
    title: str
    strength: Strength
    detail: str
    why: str
    evidence: tuple[PathValue, ...] = ()


def finding(code: str, detail: str, told: Iterable[Told] = ()) -> IdentityFinding:
    """The finding of a code, with its title, strength and reason from the table."""
    known = _codes()[code]
    evidence = tuple(PathValue(path=place(vessel, path), value=_value(vessel, path)) for vessel, path in told)
    return IdentityFinding(
        code=code,
        title=known["title"],
        strength=Strength(known["strength"]),
        detail=detail,
        why=known["why"],
        evidence=evidence,
    )


def place(vessel: Statement, path: str) -> str:
    """Where a field stands: file, sheet and row if the record was read from one, else the record's id."""
    source = vessel.source
    if not source:
        return f"{vessel.id}: {path}"
    return f"{source.file}{f' {source.sheet}' if source.sheet else ''} row {source.row}: {path}"


def limit(name: str) -> float:
    """A number of data/limits.yaml."""
    return float(_limits()[name]["value"])


def _value(vessel: Statement, path: str) -> Any:
    value: Any = vessel
    for name in path.replace("[", ".").replace("]", "").split("."):
        if isinstance(value, tuple):
            value = value[int(name)] if name.isdecimal() and int(name) < len(value) else None
        else:
            value = getattr(value, name, None)
    return value if isinstance(value, str | int | float) or value is None else str(value)


@cache
def registries() -> dict[str, dict[str, Any]]:
    """Country → what is known of registers that its state disowns, from data/fraudulent_registries.yaml."""
    return _data("fraudulent_registries.yaml")


@cache
def _codes() -> dict[str, dict[str, str]]:
    return _data("findings.yaml")


@cache
def _limits() -> dict[str, dict[str, Any]]:
    return _data("limits.yaml")


def _data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("data", name).read_text(encoding="utf-8"))
    return data
