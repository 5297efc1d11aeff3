"""One rule on one record, with everything that decided it: also what did not hold, and also outside its validity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nkscreen.alerts.model import PathValue
from nkscreen.records import Record
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.judge import Verdict, judge, shown_value
from nkscreen.rulebook.language import Name, interpret, substitute, to_text
from nkscreen.rulebook.says import render
from nkscreen.rulebook.testing import WORDS
from nkscreen.rulebook.vocabulary import RuleHit, view


@dataclass(frozen=True, slots=True)
class ConditionTrace:
    """A condition. `read` are the values that decided it, `elements` the list elements by loop variable (`l` is
    `legs[1]`), `missing` the fields whose absence left it unknown."""

    name: str
    expression: str
    holds: bool | None
    weight: float
    exempts: bool
    says: str
    read: tuple[PathValue, ...]
    elements: Mapping[str, str]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What a rule made of a record. `match` is its formula, `match_values` the same with outcomes for names."""

    record: Record
    verdict: Verdict
    conditions: tuple[ConditionTrace, ...]
    match: str
    match_values: str

    @property
    def rule(self) -> Rule:
        """The rule."""
        return self.verdict.rule

    @property
    def inside(self) -> bool:
        """Whether the record's date lies in the rule's validity."""
        return self.rule.file.valid.holds(self.verdict.day)

    @property
    def points(self) -> tuple[tuple[str, float], ...]:
        """What the score of a match adds up from: the base, then every true condition that weighs."""
        base = ("base", self.rule.file.score.base)
        return (base, *((one.name, one.weight) for one in self.conditions if one.holds and one.weight))


def trace(rule: Rule, record: Record, hits: Sequence[RuleHit], as_of: date) -> Trace:
    """Trace a rule on a record of its kind. `as_of` stands in where the record lacks the date that validity needs."""
    shown = view(record, hits)
    conditions = tuple(_condition(rule, name, shown) for name in rule.conditions)
    outcomes = {one.name: Name(WORDS[one.holds]) for one in conditions}
    return Trace(
        record=record,
        verdict=judge(rule, shown, as_of),
        conditions=conditions,
        match=to_text(rule.match),
        match_values=to_text(substitute(rule.match, outcomes)),
    )


def _condition(rule: Rule, name: str, shown: Mapping[str, Any]) -> ConditionTrace:
    condition, written = rule.conditions[name], rule.file.conditions[name]
    outcome = interpret(condition.tree, shown)
    says = render(condition.says, shown, outcome, condition.list_titles) if outcome.value is True else ""
    return ConditionTrace(
        name=name,
        expression=to_text(condition.tree),
        holds=outcome.value,
        weight=written.weight,
        exempts=written.exempts,
        says=says,
        read=tuple(PathValue(path=path, value=shown_value(value)) for path, value in outcome.read.items()),
        elements={variable: witness.path for variable, witness in outcome.witnesses.items()},
        missing=outcome.missing,
    )
