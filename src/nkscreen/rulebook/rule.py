"""A rule as its file gives it: closed models, so that a mistyped key is an error and never a silent default."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from nkscreen.alerts.model import Basis, LegalBasis, Severity
from nkscreen.rulebook.language import RESERVED
from nkscreen.rulebook.language.errors import clipped

MAX_CONDITIONS: Final = 60
"""Conditions of one rule; the longest has nine, and a reader loses track long before sixty."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def _read_day(value: Any) -> Any:
    # pydantic alone would read 20171222 as seconds since 1970
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError(f"{clipped(value)!r} is no date; write it as 2017-12-22")
    return value


def _read_bool(value: Any) -> Any:
    if isinstance(value, str) and value not in ("true", "false"):
        raise ValueError(f"{clipped(value)!r} is neither true nor false")
    return value


def _read_number(value: Any) -> Any:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError(f"{clipped(value)!r} is no number")
    return value


def _read_name(value: str) -> str:
    if value in RESERVED:
        raise ValueError(f"{value!r} is a reserved word")
    return value


Day = Annotated[date, BeforeValidator(_read_day)]
Flag = Annotated[bool, BeforeValidator(_read_bool)]
Points = Annotated[float, BeforeValidator(_read_number), Field(ge=-100, le=100)]
Version = Annotated[int, BeforeValidator(_read_number), Field(ge=1)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]
Expression = Annotated[str, StringConstraints(min_length=1)]
LocalName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60), BeforeValidator(_read_name)]
RuleId = Annotated[str, StringConstraints(pattern=r"^NK-[A-Z]{2,8}-[0-9]{3}$")]
ListId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)+$", max_length=100)
]
Subject = Literal["counterparty", "vessel", "shipment", "payment", "employment"]
Status = Literal["draft", "experimental", "stable", "deprecated"]


class Strict(BaseModel):
    """Base of what rule files hold: frozen and closed, keys as they are written."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=False, validate_by_alias=True, defer_build=True
    )


class Window(Strict):
    """Half-open validity `[from, to)` of a rule, by a date field of the record (a dotted path)."""

    clock: Line
    from_: Day = Field(alias="from")
    to: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to is not None and self.to <= self.from_:
            raise ValueError("'to' must be later than 'from'; the day of 'to' is the first one outside")
        return self

    def holds(self, day: date) -> bool:
        """Whether the day lies inside."""
        return self.from_ <= day and (self.to is None or day < self.to)


class Legal(Strict):
    """An instrument that a rule rests on. `verified` says that its text was read at the source."""

    id: Line
    para: str = ""
    effective: Day | None = None
    ends: Day | None = None
    url: str = ""
    verified: Flag
    note: str = ""

    def basis(self) -> LegalBasis:
        """The form that findings carry."""
        return LegalBasis(id=self.id, para=self.para, effective=self.effective, url=self.url, verified=self.verified)


class Condition(Strict):
    """A named condition. `weight` is points when true; an exemption (`exempts`) may only turn a match off."""

    if_: Expression = Field(alias="if")
    weight: Points = 0.0
    says: Line
    evidence: tuple[Line, ...] = ()
    exempts: Flag = False

    @model_validator(mode="after")
    def _exemptions_weigh_nothing(self) -> Self:
        if self.exempts and self.weight:
            raise ValueError("a condition that exempts has no weight")
        return self


class Score(Strict):
    """Points of a match: `base` plus the weights of true conditions, at most `cap`, at least `floor`."""

    base: Points = Field(ge=0)
    cap: Points = Field(ge=0)
    floor: Points = Field(default=0.0, ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.floor <= self.base <= self.cap:
            raise ValueError("floor, base and cap must rise")
        return self


class AlertAdvice(Strict):
    """What the analyst should do, and the key under which repeated alerts are one."""

    key: str = ""
    action: str = ""


class Given(Strict):
    """The record of a test: a fixture, some values set (dotted paths, `legs.1.port`), some taken away."""

    use: Line
    set_: dict[str, Any] = Field(default_factory=dict, alias="set")
    unset: tuple[Line, ...] = ()


Expected = Literal["true", "false", "unknown"]
Reason = Literal["outside_validity", "exempted"]


class Expect(Strict):
    """What must come out. Only what is written is compared.

    `evidence` are paths that must justify a true condition, `missing` all the paths that leave the match unknown.
    """

    match: Expected
    score: Points | None = None
    severity: Severity | None = None
    conditions: dict[LocalName, Expected] = {}
    evidence: tuple[Line, ...] = ()
    missing: tuple[Line, ...] | None = None
    reason: Reason | None = None


class RuleTest(Strict):
    """A test of a rule, written inside it. `as_of` is the day of the run, by default the day the rule was modified."""

    name: Line
    source: str = ""
    given: Given
    as_of: Day | None = None
    expect: Expect


class RuleFile(Strict):
    """Everything a rule file holds."""

    schema_: Literal["nkscreen/rule@1"] = Field(alias="schema")
    id: RuleId
    title: Line
    description: Line
    authors: tuple[Line, ...] = Field(min_length=1)
    created: Day
    modified: Day
    version: Version
    status: Status
    replaced_by: RuleId | None = None
    deprecated_on: Day | None = None
    severity: Severity
    subject: Subject
    family: Line
    jurisdiction: tuple[Line, ...] = ()
    basis: Basis
    valid: Window
    legal: tuple[Legal, ...] = ()
    references: tuple[Line, ...] = ()
    seed: tuple[Line, ...] = ()
    facts: tuple[Line, ...] = ()
    tags: tuple[Line, ...] = ()
    falsepositives: tuple[Line, ...] = ()
    lists: dict[LocalName, ListId] = {}
    conditions: dict[LocalName, Condition] = Field(min_length=1, max_length=MAX_CONDITIONS)
    match: Expression
    unknown: Literal["review", "ignore"]
    score: Score
    alert: AlertAdvice = AlertAdvice()
    tests: tuple[RuleTest, ...] = ()
