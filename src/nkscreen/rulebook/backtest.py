"""Rules held against a whole corpus at once: what each would have said of every record.

The outcomes are those of `judge`, record by record, hundreds of times faster and without explanations; `judge` a
record again to see why.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from nkscreen.errors import InputError
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.corpus import Corpus
from nkscreen.rulebook.language import Node, substitute
from nkscreen.rulebook.language.columns import FALSE, TRUE, Truth

OUTCOME: Final = pl.Enum(["exempted", "unknown", "match"])
SCHEMA: Final = pl.Schema(
    {"row": pl.UInt32(), "record_id": pl.String(), "rule_id": pl.String(), "outcome": OUTCOME, "score": pl.Float64()}
)
"""Columns of a back-test. `row` is the record's row in the corpus, from 0: ids need not be unique."""


def backtest(rules: Iterable[Rule], corpus: Corpus, as_of: date) -> pl.DataFrame:
    """Everything the rules say of the records: a row for a record and a rule (see `SCHEMA`), in the order of the rules.

    `outcome` is `match`, `unknown` (undecided for want of data; `Rulebook` raises only those that ask for review and
    have a hint) or `exempted` (only an exemption turned the match off). A record that a rule clears, or that lies
    outside its validity, has no row. `score` is in points, 0 unless the rule matched. `as_of` is the day of records
    that have no date of their own. Status is not looked at: choose the rules.

    Raises:
        InputError: for a rule over another kind of record.
    """
    rules = tuple(rules)
    for rule in rules:
        if rule.file.subject != corpus.kind:
            raise InputError(f"{rule.id} is about a {rule.file.subject}; the corpus holds records of {corpus.kind}")
    truths = corpus.columns.truths({name: node for rule in rules for name, node in _questions(rule).items()})
    parts = []
    for number, rule in enumerate(rules):
        match = truths[rule.id]
        spared = (truths[f"{rule.id}!"] == TRUE) if _exempts(rule) else np.False_
        rows = np.flatnonzero(np.broadcast_to((match != FALSE) | spared, len(corpus)))
        rows = rows[valid_on(rule, corpus.days(rule.clock, as_of)[rows])]
        match = _at(match, rows)
        score = np.where(match == TRUE, _points(rule, truths, rows), 0.0)
        parts.append((rows, np.full(len(rows), number), match, score))
    if not parts:
        return pl.DataFrame(schema=SCHEMA)
    rows, numbers, matches, scores = (np.concatenate(column) for column in zip(*parts, strict=True))
    return pl.DataFrame(
        {
            "row": pl.Series(rows, dtype=pl.UInt32),
            "record_id": corpus.frame["id"].gather(rows),
            "rule_id": pl.Series([rule.id for rule in rules]).gather(numbers),
            "outcome": OUTCOME.categories.gather(matches).cast(OUTCOME),
            "score": scores,
        },
        schema=SCHEMA,
    )


def condition_outcomes(rule: Rule, corpus: Corpus) -> pl.DataFrame:
    """How every condition of a rule came out: a Boolean column each, a row a record, null for unknown.

    Validity is not looked at.
    """
    return corpus.outcomes({name: condition.tree for name, condition in rule.conditions.items()})


def _questions(rule: Rule) -> dict[str, Node]:
    """By the rule's id its match, by `id!` the match without exemptions, by `id.name` the conditions with points."""
    asked = {rule.id: substitute(rule.match, {name: condition.tree for name, condition in rule.conditions.items()})}
    if _exempts(rule):
        asked[f"{rule.id}!"] = rule.whole
    return asked | {f"{rule.id}.{name}": rule.conditions[name].tree for name in _weights(rule)}


def _points(rule: Rule, truths: dict[str, Truth], rows: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    limits = rule.file.score
    points = np.full(len(rows), float(limits.base))
    for name, weight in _weights(rule).items():
        points += weight * (_at(truths[f"{rule.id}.{name}"], rows) == TRUE)
    clipped: npt.NDArray[np.float64] = np.clip(points, limits.floor, limits.cap)
    return clipped


def valid_on(rule: Rule, days: npt.NDArray[np.datetime64]) -> npt.NDArray[np.bool_]:
    """Whether a rule is valid on each of the days."""
    valid = rule.file.valid
    inside: npt.NDArray[np.bool_] = days >= np.datetime64(valid.from_)
    return inside if valid.to is None else inside & (days < np.datetime64(valid.to))


def _at(truth: Truth, rows: npt.NDArray[np.intp]) -> Truth:
    return np.broadcast_to(truth, len(rows)) if len(truth) == 1 else truth[rows]


def _exempts(rule: Rule) -> bool:
    return any(condition.exempts for condition in rule.file.conditions.values())


def _weights(rule: Rule) -> dict[str, float]:
    return {name: condition.weight for name, condition in rule.file.conditions.items() if condition.weight}
