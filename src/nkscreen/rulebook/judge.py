"""One rule on one record: the verdict, with everything needed to explain it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from nkscreen.alerts.model import ConditionResult, Finding, PathValue
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.language import Literal as Constant
from nkscreen.rulebook.language import Node, Outcome, interpret, substitute
from nkscreen.rulebook.rule import RuleFile
from nkscreen.rulebook.says import render

OUTSIDE_VALIDITY: Final = "outside_validity"
EXEMPTED: Final = "exempted"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a rule came out. `match` is None when missing data left it undecided.

    `day` is the date held against the rule's validity: that of its clock field or, when the record has none
    (`clock_assumed`), that of the run. `reason` is `outside_validity`, `exempted` (only an exemption turned the match
    off) or empty. `score` is in points, 0 unless the rule matched.
    """

    rule: Rule
    match: bool | None
    reason: str
    day: date
    clock_assumed: bool
    score: float
    conditions: tuple[ConditionResult, ...]
    missing: tuple[str, ...]

    @property
    def hinted(self) -> bool:
        """Whether any value that was given speaks for the rule, exemptions apart.

        It tells an undecided case from a record that says nothing; what is merely absent is no hint.
        """
        conditions = self.rule.file.conditions
        return any(
            result.holds and result.evidence and not conditions[result.name].exempts for result in self.conditions
        )

    def finding(self) -> Finding:
        """The finding of a rule that matched, is undecided, or was turned off by an exemption alone."""
        file = self.rule.file
        return Finding(
            rule_id=file.id,
            version=file.version,
            title=file.title,
            family=file.family,
            outcome="exempt" if self.reason == EXEMPTED else "unknown" if self.match is None else "match",
            severity=file.severity,
            score=self.score,
            basis=file.basis,
            jurisdictions=file.jurisdiction,
            conditions=self.conditions,
            missing=self.missing,
            legal=tuple(legal.basis() for legal in file.legal),
            seed=file.seed,
            references=file.references,
            falsepositives=file.falsepositives,
            action=file.alert.action,
            as_of=self.day,
            clock=file.valid.clock,
            clock_assumed=self.clock_assumed,
            logic_hash=self.rule.logic_hash,
        )


def judge(rule: Rule, view: Mapping[str, Any], as_of: date) -> Verdict:
    """Evaluate every condition of a rule on the view of a record. `as_of` stands in for a missing clock."""
    known = clock_of(rule, view)
    day = as_of if known is None else known
    if not rule.file.valid.holds(day):
        return Verdict(rule, False, OUTSIDE_VALIDITY, day, known is None, 0.0, (), ())
    outcomes = {name: interpret(condition.tree, view) for name, condition in rule.conditions.items()}
    values = {name: outcome.value for name, outcome in outcomes.items()}
    match = interpret(rule.match, values)
    results = tuple(_result(rule, name, outcome, view) for name, outcome in outcomes.items())
    reason, score = "", 0.0
    missing: tuple[str, ...] = ()
    if match.value is True:
        score = points(rule.file, (result.name for result in results if result.holds))
    elif match.value is None:
        missing = tuple(dict.fromkeys(path for name in match.missing for path in outcomes[name].missing))
    elif _without_exemptions(rule, values) is True:
        reason = EXEMPTED
    return Verdict(rule, match.value, reason, day, known is None, score, results, missing)


def points(file: RuleFile, held: Iterable[str]) -> float:
    """The score of a rule that matched while these conditions held: base plus weights, inside cap and floor."""
    total = file.score.base + sum(file.conditions[name].weight for name in held)
    return max(file.score.floor, min(file.score.cap, total))


def _without_exemptions(rule: Rule, values: Mapping[str, bool | None]) -> bool | None:
    value: bool | None = interpret(without_exemptions(rule), values).value
    return value


def without_exemptions(rule: Rule) -> Node:
    """`match` as if no exemption held."""
    off = {name: Constant(False) for name, condition in rule.file.conditions.items() if condition.exempts}
    return substitute(rule.match, off)


def _result(rule: Rule, name: str, outcome: Outcome, view: Mapping[str, Any]) -> ConditionResult:
    condition = rule.conditions[name]
    read = dict(outcome.read)
    if outcome.value is True:
        for node in condition.evidence:
            read |= interpret(node, view).read
    return ConditionResult(
        name=name,
        holds=outcome.value,
        weight=rule.file.conditions[name].weight,
        says=render(condition.says, view, outcome, condition.list_titles) if outcome.value is True else "",
        evidence=tuple(PathValue(path=path, value=shown_value(value)) for path, value in read.items()),
        missing=outcome.missing,
    )


def shown_value(value: Any) -> Any:
    """A value as evidence: parts and lists of a record are counted, not copied."""
    if isinstance(value, list):
        return f"{len(value)} given"
    return "given" if isinstance(value, dict) else value


def clock_of(rule: Rule, view: Mapping[str, Any]) -> date | None:
    """The date of the record that the rule's validity is held against, None when the record does not give it."""
    value: Any = view
    for name in rule.clock:
        value = None if value is None else value[name]
    found: date | None = value
    return found
