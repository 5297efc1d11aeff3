"""What comes out: hits, findings and the alert that holds them. All of it is data; text is rendered from it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from nkscreen.records.model import Model, Source


class Severity(StrEnum):
    """How urgent an alert is, in rising order: `info low medium high critical`."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for info up to 4 for critical."""
        return list(Severity).index(self)


class Evidence(Model):
    """One step of an identity comparison. `weight` is a match weight in bits: log2 of the Bayes factor, signed.

    `code` names the effect (`name`, `imo_equal`, `imo_conflict`, `birth_date_equal`, ...); `path` is where the given
    value stands in the record.
    """

    code: str
    path: str = ""
    given: str = ""
    listed: str = ""
    weight: float
    detail: str = ""


class TokenPair(Model):
    """One step of a name alignment: which token met which, by which effect, and what similarity was left (0..1).

    `reading` is the Hangul that explains both sides of a Korean step.
    """

    given: str = ""
    listed: str = ""
    effect: str
    similarity: float
    reading: str = ""


class ListedBasis(Model):
    """Under which programme an entity was listed, since when, and on what legal ground."""

    programme: str
    listed: date | None = None
    legal_basis: str = ""
    measure: str = ""


class Hit(Model):
    """A mention and a listed entity that may be the same. `score` is the probability that they are, 0..1.

    `in_force` is false when the entity was not (or no longer) listed on the day the record is about; such a hit is
    shown as context and raises nothing. `same_party` names the entries of other lists, `publisher:id`, that the same
    mention met and that are the same party.
    """

    path: str
    role: str = ""
    given_name: str = ""
    entity_id: str
    publisher: str
    list_date: date | None = None
    schema_: str
    caption: str
    matched_name: str = ""
    matched_name_kind: str = ""
    matched_name_quality: str = ""
    name_score: float = 0.0
    score: float
    decisive_identifier: str = ""
    conflict: bool = False
    dprk: bool = False
    in_force: bool = True
    prior: float
    evidence: tuple[Evidence, ...] = ()
    alignment: tuple[TokenPair, ...] = ()
    listings: tuple[ListedBasis, ...] = ()
    entity_hash: str = ""
    same_party: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What names the entry among all lists: `publisher:id`."""
        return f"{self.publisher}:{self.entity_id}"


class PathValue(Model):
    """A value of the record that a condition read."""

    path: str
    value: Any = None


class ConditionResult(Model):
    """How one named condition of a rule came out; `holds` is None when data it needs is missing."""

    name: str
    holds: bool | None
    weight: float = 0.0
    says: str = ""
    evidence: tuple[PathValue, ...] = ()
    missing: tuple[str, ...] = ()


COUNTING = frozenset({"match", "data"})
"""Outcomes of findings with points and a severity of their own; policy sets that of undecided and exempted rules."""


class LegalBasis(Model):
    """The law or measure a rule rests on."""

    id: str
    para: str = ""
    effective: date | None = None
    url: str = ""
    verified: bool = True


Basis = Literal["law", "measure", "indicator"]


class Finding(Model):
    """A rule that matched, stayed unknown for want of data, or was turned off by an exemption alone; or a defect of
    the record itself.

    `rule_id` of a defect starts with `DATA-`. `score` is in points, 0 to 100; unknown and exempt outcomes have none.
    """

    rule_id: str
    version: int = 1
    title: str
    family: str
    outcome: Literal["match", "unknown", "exempt", "data"]
    severity: Severity
    score: float
    basis: Basis = "indicator"
    jurisdictions: tuple[str, ...] = ()
    conditions: tuple[ConditionResult, ...] = ()
    missing: tuple[str, ...] = ()
    legal: tuple[LegalBasis, ...] = ()
    seed: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    falsepositives: tuple[str, ...] = ()
    action: str = ""
    as_of: date | None = None
    clock: str = ""
    clock_assumed: bool = False
    logic_hash: str = ""
    detail: str = ""


class Contribution(Model):
    """What one family adds to an alert: its own points, and the alert's score without it."""

    family: str
    score: float
    score_without: float
    by: str


class ListVersion(Model):
    """Which list, of which day, with which content."""

    publisher: str
    list_date: date | None = None
    sha256: str


class Provenance(Model):
    """Everything needed to produce the same alert again. `outdated` names the lists that were too old on that day."""

    library: str
    as_of: date
    lists: tuple[ListVersion, ...]
    rulebook: str
    rulebook_sha256: str
    policy_sha256: str
    outdated: tuple[str, ...] = ()


class Alert(Model):
    """Hits and findings on one record, scored. `id` is the same whenever the same record meets the same evidence."""

    id: str
    record_kind: str
    record_id: str
    source: Source | None = None
    subject: str
    event_date: date | None = None
    score: float
    severity: Severity
    headline: str
    hits: tuple[Hit, ...] = ()
    findings: tuple[Finding, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    record: dict[str, Any] = Field(default_factory=dict)
    provenance: Provenance

    def explain(self) -> str:
        """The alert in plain text: who or what, why, on what legal ground, and how the score came about."""
        from nkscreen.alerts.explain import explain  # noqa: PLC0415  the renderer reads this module

        return explain(self)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types with a stable order of keys; the same alert gives the same bytes when dumped."""
        return self.model_dump(mode="json", by_alias=False)
