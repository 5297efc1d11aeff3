"""Policy: the numbers by which hits and findings become alerts. Each carries the reason why it is what it is."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from nkscreen.alerts.model import Severity
from nkscreen.records.model import Model


class Ladder(Model):
    """Alert scores, 0 to 100, from which an alert is at least of that severity. Below `low` it is info."""

    low: float = Field(ge=0, le=100)
    medium: float = Field(ge=0, le=100)
    high: float = Field(ge=0, le=100)
    critical: float = Field(ge=0, le=100)

    @model_validator(mode="after")
    def _rising(self) -> Ladder:
        if not self.low < self.medium < self.high < self.critical:
            raise ValueError("the steps of the ladder must rise: low < medium < high < critical")
        return self

    def severity(self, score: float) -> Severity:
        """The severity that a score reaches on its own."""
        steps = ((self.critical, Severity.CRITICAL), (self.high, Severity.HIGH), (self.medium, Severity.MEDIUM))
        return next((step for least, step in steps if score >= least), None) or (
            Severity.LOW if score >= self.low else Severity.INFO
        )


class Setting(Model):
    """One setting and the reason for it."""

    reason: str = Field(min_length=1)


class NumberSetting(Setting):
    """A number and the reason for it."""

    value: float


class DaysSetting(Setting):
    """A number of days and the reason for it."""

    value: int = Field(ge=1)


class SeveritySetting(Setting):
    """A severity and the reason for it."""

    value: Severity


class LadderSetting(Setting):
    """The ladder and the reason for it."""

    value: Ladder


class NamesSetting(Setting):
    """Names and the reason for them."""

    value: tuple[str, ...]


class DataFinding(Model):
    """How loud a defect of the record itself is."""

    severity: Severity
    score: float = Field(ge=0, le=100)
    reason: str = Field(min_length=1)


class OwnershipRule(Model):
    """From which share of a party its listed owners make it count as listed, in per cent.

    `more_than`: the share must be exceeded, not reached. `together`: shares of several listed owners are added up.
    `publishers` are the lists that count; none named means every list.
    """

    least: float = Field(gt=0, le=100)
    more_than: bool = False
    together: bool = True
    publishers: tuple[str, ...] = ()

    def is_met(self, share: float) -> bool:
        """Whether so many per cent are enough."""
        return share > self.least if self.more_than else share >= self.least

    def counts(self, publisher: str) -> bool:
        """Whether an owner on this publisher's list counts."""
        return not self.publishers or publisher in self.publishers


class OwnershipSetting(Setting):
    """Rules of ownership by jurisdiction, and where they are from."""

    value: dict[str, OwnershipRule]


class Policy(Model):
    """Everything that decides how loud an alert is, and when a list is too old for "clear" to be said."""

    schema_: Literal["nkscreen/policy@1"] = Field(alias="schema")
    version: int
    alert_threshold: NumberSetting
    list_too_old: DaysSetting
    ladder: LadderSetting
    floor_hard_identifier_dprk: SeveritySetting
    floor_list_hit_dprk: SeveritySetting
    floor_list_hit: SeveritySetting
    jurisdictions: NamesSetting
    undecided_rule: SeveritySetting
    exempted_rule: SeveritySetting
    nameless_party: DataFinding
    nothing_to_screen: DataFinding
    invalid_identifier: DataFinding
    unclear_country: DataFinding
    payment_transparency: DataFinding
    ownership: OwnershipSetting
    owned_by_listed: DataFinding
    tied_to_listed: DataFinding

    @cached_property
    def sha256(self) -> str:
        """Hash of the policy's canonical JSON."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()
