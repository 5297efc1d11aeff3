"""Two versions of one rule, and what the answers to their conditions mean for the alerts of each.

What a combination of answers means is worked out once, however many records give it; the interpreter runs only where it
takes the evidence to tell whether an undecided record is raised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeAlias

from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.judge import judge, points, without_exemptions
from nkscreen.rulebook.language import Name, Node, Question, compile_outcome, walk
from nkscreen.rulebook.rulebook import Rulebook
from nkscreen.rulebook.testing import WORDS
from nkscreen.rulebook.update.differences import ABSENT, Flip, Kind
from nkscreen.rulebook.vocabulary import HITS

Values: TypeAlias = tuple[bool | None, ...]
"""True, false or unknown for each of `Comparison.trees`."""


@dataclass(frozen=True)
class Pair:
    """Both versions of a rule, of one kind of record; one is None where only the other version has the rule."""

    rule_id: str
    subject: str
    old: Rule | None
    new: Rule | None

    @property
    def versions(self) -> tuple[Rule | None, Rule | None]:
        """Old and new."""
        return self.old, self.new

    @property
    def trees(self) -> tuple[Node, ...]:
        """The conditions of both versions, equal ones once."""
        rules = [rule for rule in self.versions if rule]
        return tuple(dict.fromkeys(condition.tree for rule in rules for condition in rule.conditions.values()))

    @property
    def reads_hits(self) -> bool:
        """Whether one of the versions reads the list hits of a record."""
        return any(node == Name(HITS) for tree in self.trees for node in walk(tree))


def changed_pairs(old: Rulebook, new: Rulebook) -> list[Pair]:
    """The rules that may decide otherwise, in the order of their ids."""
    before, after = ({rule.id: rule for rule in book.rules} for book in (old, new))
    pairs = []
    for rule_id in sorted({*before, *after}):
        was, now = before.get(rule_id), after.get(rule_id)
        if was and now and was.logic_hash == now.logic_hash and was.file.status == now.file.status:
            continue
        if was and now and was.file.subject != now.file.subject:
            pairs += [Pair(rule_id, was.file.subject, was, None), Pair(rule_id, now.file.subject, None, now)]
        else:
            subject = now.file.subject if now else was.file.subject if was else ""
            pairs.append(Pair(rule_id, subject, was, now))
    return pairs


class State(StrEnum):
    """What a rule says of a record, as far as anybody sees it."""

    MATCH = "match"
    UNKNOWN = "unknown"
    EXEMPT = "exempt"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One version of a rule on one record. `hint` are the true conditions that may speak for an undecided match."""

    state: State
    score: float
    values: Mapping[str, bool | None]
    inside: bool
    hint: frozenset[Node] = frozenset()


_ABSENT: Final = Outcome(State.SILENT, 0.0, {}, True)


@dataclass(frozen=True, slots=True)
class Compared:
    """Both outcomes and what follows. `weigh` says that only the evidence tells whether an undecided one is raised."""

    before: Outcome
    after: Outcome
    kind: Kind | None
    weigh: bool
    flips: tuple[Flip, ...]
    reasons: tuple[str, ...]


class Comparison:
    """A pair of versions, with what follows from every combination of answers met so far.

    `gates` are the questions of which one comes out as asked where a version may say anything of a record.
    """

    def __init__(self, pair: Pair) -> None:
        self.pair, self.trees = pair, pair.trees
        # as in screening: a rule that reviews the undecided is out when definitely false, others unless true
        self.gates: tuple[Question, ...] = tuple(
            (rule.whole, rule.file.unknown != "review") for rule in pair.versions if rule
        )
        self.old, self.new = (_Version(rule, self.trees) if rule else None for rule in pair.versions)
        self.known: dict[tuple[Values, bool, bool], Compared] = {}

    def compared(self, values: Values, was: bool, now: bool) -> Compared:
        """What follows from the values of `trees`; `was` and `now` say whether each version is valid on the day."""
        key = (values, was, now)
        found = self.known.get(key)
        if found is None:
            before = self.old.outcome(values, was) if self.old else _ABSENT
            after = self.new.outcome(values, now) if self.new else _ABSENT
            found = self.known[key] = self._result(before, after)
        return found

    def weighed(self, found: Compared, shown: Mapping[str, Any], as_of: date) -> Compared:
        """The same where an undecided rule for which no value of the record speaks is silent."""
        sides = []
        for rule, outcome in zip(self.pair.versions, (found.before, found.after), strict=True):
            silent = rule and outcome.state is State.UNKNOWN and not judge(rule, shown, as_of).hinted
            sides.append(replace(outcome, state=State.SILENT) if silent else outcome)
        return self._result(*sides)

    def _result(self, before: Outcome, after: Outcome) -> Compared:
        undecided = State.UNKNOWN in (before.state, after.state)
        weigh = undecided and (before.state, before.hint) != (after.state, after.hint)
        severities = {rule.file.severity for rule in self.pair.versions if rule}
        kind = _kind(before, after, regraded=len(severities) > 1)
        return Compared(before, after, kind, weigh, _flips(before, after), tuple(self._reasons(before, after)))

    def _reasons(self, before: Outcome, after: Outcome) -> Iterator[str]:
        """What differs besides conditions."""
        was, now = self.pair.versions
        if was is None or now is None:
            yield "rule added" if was is None else "rule removed"
            return
        if was.file.status != now.file.status:
            yield f"status {was.file.status} -> {now.file.status}"
        if before.inside != after.inside:
            yield "validity"
        if was.match != now.match:
            yield "match"
        if before.state is after.state is State.MATCH and before.values == after.values:
            yield "weights or severity"


class _Version:
    """One version of a rule: what the values of conditions mean for it."""

    def __init__(self, rule: Rule, trees: Sequence[Node]) -> None:
        self.rule = rule
        self.places = {name: trees.index(condition.tree) for name, condition in rule.conditions.items()}
        self.match, self.bare = compile_outcome(rule.match), compile_outcome(without_exemptions(rule))
        self.exempting = {name for name, condition in rule.file.conditions.items() if condition.exempts}

    def outcome(self, given: Values, inside: bool) -> Outcome:
        values = {name: given[place] for name, place in self.places.items()}
        silent = Outcome(State.SILENT, 0.0, values, inside)
        if not inside or self.rule.file.status != "stable":
            return silent
        match = self.match(values)
        held = [name for name, value in values.items() if value]
        if match is True:
            return replace(silent, state=State.MATCH, score=points(self.rule.file, held))
        if match is None:
            hint = frozenset(self.rule.conditions[name].tree for name in held if name not in self.exempting)
            raised = hint and self.rule.file.unknown == "review"
            return replace(silent, state=State.UNKNOWN if raised else State.SILENT, hint=hint)
        return replace(silent, state=State.EXEMPT) if self.bare(values) is True else silent


def _kind(before: Outcome, after: Outcome, *, regraded: bool) -> Kind | None:
    was, now = before.state, after.state
    if was is now:
        louder = was is State.MATCH and (before.score != after.score or regraded)
        return Kind.RESCORED if louder else None
    if now is State.MATCH:
        return Kind.ADDED
    if now is State.UNKNOWN:
        return Kind.UNKNOWN
    if was is State.MATCH:
        return Kind.REMOVED
    if was is State.UNKNOWN:
        return Kind.KNOWN
    return Kind.EXEMPTED if now is State.EXEMPT else Kind.UNEXEMPTED


def _flips(before: Outcome, after: Outcome) -> tuple[Flip, ...]:
    if not before.values or not after.values:
        return ()
    names = [*before.values, *(name for name in after.values if name not in before.values)]
    found = []
    for name in names:
        was, now = (WORDS[values[name]] if name in values else ABSENT for values in (before.values, after.values))
        if was != now:
            found.append(Flip(name, was, now))
    return tuple(found)
