"""What a new version of a pack does to recorded records: which alerts come, go, change or lose their ground, and why.

Only rules that decide otherwise are asked: first, in one fused function, whether either version may say anything of a
record; then, where it may, all conditions of both. What the answers mean is worked out once for every combination that
occurs; the interpreter runs for examples alone, and where it takes the evidence to tell whether an undecided record is
raised. So reading the records, not the rules, is most of the time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from nkscreen.records import Record
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.judge import Verdict, judge
from nkscreen.rulebook.language import Name, Node, Question, compile_outcome, compile_questions, walk
from nkscreen.rulebook.rulebook import Rulebook
from nkscreen.rulebook.testing import WORDS
from nkscreen.rulebook.vocabulary import HITS, view

EXAMPLES: Final = 5
"""Records kept, with both verdicts, for every rule and kind of difference."""

ABSENT: Final = "absent"


class Kind(StrEnum):
    """How the alerts of a rule on a record differ."""

    ADDED = "added"
    REMOVED = "removed"
    RESCORED = "rescored"
    UNKNOWN = "gone unknown"
    KNOWN = "no longer unknown"
    EXEMPTED = "exempted"
    UNEXEMPTED = "no longer exempted"


class State(StrEnum):
    """What a rule says of a record, as far as anybody sees it."""

    MATCH = "match"
    UNKNOWN = "unknown"
    EXEMPT = "exempt"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, order=True)
class Flip:
    """A condition that came out otherwise; `before` or `after` is "absent" where that version does not have it."""

    condition: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Example:
    """A record on which a rule's alerts differ. A verdict is None where the version does not have the rule."""

    record_id: str
    source: str
    before: Verdict | None
    after: Verdict | None


@dataclass(slots=True)
class Difference:
    """All records on which a rule differs in one way, for one reason."""

    rule_id: str
    kind: Kind
    flips: tuple[Flip, ...]
    reasons: tuple[str, ...]
    count: int = 0
    examples: list[Example] = field(default_factory=list)

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes it one difference and not another."""
        return (self.rule_id, self.kind, self.flips, self.reasons)


@dataclass(slots=True)
class SemanticDiff:
    """The result. `asked` are the rules that decide otherwise, `unseen` those of them that read list hits."""

    asked: tuple[str, ...]
    unseen: tuple[str, ...]
    records: int = 0
    matches_before: Counter[str] = field(default_factory=Counter)
    matches_after: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def add(self, other: SemanticDiff, examples: int = EXAMPLES) -> None:
        """Take in what was found, between the same two versions, over other records."""
        self.records += other.records
        self.matches_before += other.matches_before
        self.matches_after += other.matches_after
        known = {found.key: found for found in self.differences}
        for found in other.differences:
            same = known.get(found.key)
            if same is None:
                self.differences.append(found)
            else:
                same.count += found.count
                same.examples = [*same.examples, *found.examples][:examples]
        self._sort()

    def _sort(self) -> None:
        order = list(Kind)
        self.differences.sort(key=lambda one: (one.rule_id, order.index(one.kind), -one.count, one.key))

    def total(self, kind: Kind) -> int:
        """Alerts that differ in this way."""
        return sum(found.count for found in self.differences if found.kind is kind)


def diff(
    old: Rulebook, new: Rulebook, records: Iterable[Record], as_of: date, examples: int = EXAMPLES
) -> SemanticDiff:
    """Hold both versions against every record; the records may come from any reader, one at a time.

    `as_of` stands in where a record lacks the date that a rule's validity needs. Records have no list hits here, so
    rules that read them (`unseen`) are compared on what else they ask.
    """
    pairs = _changed(old, new)
    comparisons = {
        kind: _Comparison([pair for pair in pairs if pair.subject == kind], as_of, examples)
        for kind in {pair.subject for pair in pairs}
    }
    found = SemanticDiff(
        asked=tuple(pair.rule_id for pair in pairs),
        unseen=tuple(pair.rule_id for pair in pairs if pair.reads_hits),
    )
    for record in records:
        found.records += 1
        comparison = comparisons.get(record.kind)
        if comparison is not None:
            comparison.add(record)
    for comparison in comparisons.values():
        found.matches_before += comparison.before
        found.matches_after += comparison.after
        found.differences += comparison.differences.values()
    found._sort()
    return found


@dataclass(frozen=True)
class _Pair:
    """Both versions of a rule, of one kind of record."""

    rule_id: str
    subject: str
    old: Rule | None
    new: Rule | None

    @property
    def versions(self) -> tuple[Rule | None, Rule | None]:
        return self.old, self.new

    @property
    def reads_hits(self) -> bool:
        trees = [condition.tree for rule in self.versions if rule for condition in rule.conditions.values()]
        return any(node == Name(HITS) for tree in trees for node in walk(tree))


def _changed(old: Rulebook, new: Rulebook) -> list[_Pair]:
    before, after = ({rule.id: rule for rule in book.rules} for book in (old, new))
    pairs = []
    for rule_id in sorted({*before, *after}):
        was, now = before.get(rule_id), after.get(rule_id)
        if was and now and was.logic_hash == now.logic_hash and was.file.status == now.file.status:
            continue
        if was and now and was.file.subject != now.file.subject:
            pairs += [_Pair(rule_id, was.file.subject, was, None), _Pair(rule_id, now.file.subject, None, now)]
        else:
            subject = now.file.subject if now else was.file.subject if was else ""
            pairs.append(_Pair(rule_id, subject, was, now))
    return pairs


@dataclass(frozen=True, slots=True)
class _Outcome:
    """One version of a rule on one record. `hint` are the true conditions that may speak for an undecided match."""

    state: State
    score: float
    values: Mapping[str, bool | None]
    inside: bool
    hint: frozenset[Node] = frozenset()


_ABSENT: Final = _Outcome(State.SILENT, 0.0, {}, True)


class _Version:
    """One version of a rule: where its answers stand among all, and what they mean."""

    def __init__(self, rule: Rule, questions: dict[Question, int]) -> None:
        self.rule = rule
        self.places = {
            name: tuple(questions.setdefault((condition.tree, asked), len(questions)) for asked in (True, False))
            for name, condition in rule.conditions.items()
        }
        self.match = compile_outcome(rule.match)
        self.live = rule.file.status == "stable"
        self.exempting = [name for name, condition in rule.file.conditions.items() if condition.exempts]

    def inside(self, shown: Mapping[str, Any], as_of: date) -> bool:
        """Whether the record's date lies inside the rule's validity."""
        day: Any = shown
        for name in self.rule.clock:
            day = None if day is None else day[name]
        return self.rule.file.valid.holds(as_of if day is None else day)

    def outcome(self, answers: Sequence[bool], inside: bool) -> _Outcome:
        values = {
            name: True if answers[true] else False if answers[false] else None
            for name, (true, false) in self.places.items()
        }
        if not (inside and self.live):
            return _Outcome(State.SILENT, 0.0, values, inside)
        match = self.match(values)
        if match is True:
            limits, conditions = self.rule.file.score, self.rule.file.conditions
            points = limits.base + sum(conditions[name].weight for name, value in values.items() if value)
            return _Outcome(State.MATCH, max(limits.floor, min(limits.cap, points)), values, inside)
        if match is None:
            state = State.UNKNOWN if self.rule.file.unknown == "review" else State.SILENT
            hint = {self.rule.conditions[name].tree for name, value in values.items() if value}
            hint -= {self.rule.conditions[name].tree for name in self.exempting}
            return _Outcome(state if hint else State.SILENT, 0.0, values, inside, frozenset(hint))
        if self.exempting and self.match({**values, **dict.fromkeys(self.exempting, False)}) is True:
            return _Outcome(State.EXEMPT, 0.0, values, inside)
        return _Outcome(State.SILENT, 0.0, values, inside)


class _Comparison:
    """The changed rules of one kind of record, and what was found so far."""

    def __init__(self, pairs: Sequence[_Pair], as_of: date, examples: int) -> None:
        self.as_of, self.examples = as_of, examples
        self.before: Counter[str] = Counter()
        self.after: Counter[str] = Counter()
        self.differences: dict[tuple[Any, ...], Difference] = {}
        questions: dict[Question, int] = {}
        self.slots = [_Slot(pair, questions) for pair in pairs]
        self.ask: Callable[[Mapping[str, Any]], tuple[bool, ...]] = compile_questions(list(questions))
        self.nothing = tuple(not asked for _, asked in questions)

    def add(self, record: Record) -> None:
        shown = view(record)
        answers = self.ask(shown)
        if answers == self.nothing:
            return
        for slot in self.slots:
            if not slot.concerned(answers):
                continue
            found = slot.compared(shown, self.as_of)
            if found.weigh:
                found = slot.weighed(found, shown, self.as_of)
            if found.before.state is State.MATCH:
                self.before[slot.pair.rule_id] += 1
            if found.after.state is State.MATCH:
                self.after[slot.pair.rule_id] += 1
            if found.kind is not None:
                self.note(slot.pair, found.kind, found, record, shown)

    def note(self, pair: _Pair, kind: Kind, found: _Compared, record: Record, shown: Mapping[str, Any]) -> None:
        key = (pair.rule_id, kind, found.flips, found.reasons)
        if key not in self.differences:
            self.differences[key] = Difference(*key)
        difference = self.differences[key]
        difference.count += 1
        if len(difference.examples) < self.examples:
            before, after = (judge(rule, shown, self.as_of) if rule else None for rule in pair.versions)
            difference.examples.append(Example(record.id, str(record.source or ""), before, after))


@dataclass(frozen=True, slots=True)
class _Compared:
    """Both outcomes and what follows. `weigh` says that only the evidence tells whether an undecided one is raised."""

    before: _Outcome
    after: _Outcome
    kind: Kind | None
    weigh: bool
    flips: tuple[Flip, ...]
    reasons: tuple[str, ...]


class _Slot:
    """A pair of versions, with the outcomes of every combination of answers met so far."""

    def __init__(self, pair: _Pair, gates: dict[Question, int]) -> None:
        self.pair = pair
        # as in screening: a rule that reviews the undecided is out when definitely false, others unless true
        asked = [(rule.whole, rule.file.unknown != "review") for rule in pair.versions if rule]
        self.gates = [(gates.setdefault(question, len(gates)), question[1]) for question in asked]
        questions: dict[Question, int] = {}
        self.old, self.new = (_Version(rule, questions) if rule else None for rule in pair.versions)
        self.ask: Callable[[Mapping[str, Any]], tuple[bool, ...]] = compile_questions(list(questions))
        self.known: dict[tuple[tuple[bool, ...], bool, bool], _Compared] = {}

    def concerned(self, answers: Sequence[bool]) -> bool:
        """Whether one of the versions may say anything of the record."""
        return any(answers[place] is asked for place, asked in self.gates)

    def compared(self, shown: Mapping[str, Any], as_of: date) -> _Compared:
        was = self.old is None or self.old.inside(shown, as_of)
        now = self.new is None or self.new.inside(shown, as_of)
        answers = self.ask(shown)
        key = (answers, was, now)
        found = self.known.get(key)
        if found is None:
            before = self.old.outcome(answers, was) if self.old else _ABSENT
            after = self.new.outcome(answers, now) if self.new else _ABSENT
            found = self.known[key] = self.result(before, after)
        return found

    def result(self, before: _Outcome, after: _Outcome) -> _Compared:
        undecided = State.UNKNOWN in (before.state, after.state)
        weigh = undecided and (before.state, before.hint) != (after.state, after.hint)
        severities = {rule.file.severity for rule in self.pair.versions if rule}
        kind = _kind(before, after, regraded=len(severities) > 1)
        return _Compared(before, after, kind, weigh, _flips(before, after), tuple(self.reasons(before, after)))

    def weighed(self, found: _Compared, shown: Mapping[str, Any], as_of: date) -> _Compared:
        """The same where an undecided rule for which no value speaks is silent."""
        sides = []
        for rule, outcome in zip(self.pair.versions, (found.before, found.after), strict=True):
            silent = rule and outcome.state is State.UNKNOWN and not judge(rule, shown, as_of).hinted
            sides.append(replace(outcome, state=State.SILENT) if silent else outcome)
        return self.result(*sides)

    def reasons(self, before: _Outcome, after: _Outcome) -> Iterator[str]:
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


def _kind(before: _Outcome, after: _Outcome, *, regraded: bool) -> Kind | None:
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


def _flips(before: _Outcome, after: _Outcome) -> tuple[Flip, ...]:
    if not before.values or not after.values:
        return ()
    names = [*before.values, *(name for name in after.values if name not in before.values)]
    found = []
    for name in names:
        was, now = (WORDS[values[name]] if name in values else ABSENT for values in (before.values, after.values))
        if was != now:
            found.append(Flip(name, was, now))
    return tuple(found)
