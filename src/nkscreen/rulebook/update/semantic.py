"""What a new version of a pack does to recorded records: which alerts come, go, change or lose their ground, and why.

Only rules that decide otherwise are asked: first, in one fused function, whether either version may say anything of a
record; then, where it may, all conditions of both. So reading the records, not the rules, is most of the time. Over a
corpus (`columnar`) it is the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from nkscreen.records import Record
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.judge import clock_of, judge
from nkscreen.rulebook.language import Question, compile_questions
from nkscreen.rulebook.rulebook import Rulebook
from nkscreen.rulebook.update.differences import EXAMPLES, Difference, Example, SemanticDiff
from nkscreen.rulebook.update.versions import Compared, Comparison, Pair, State, Values, changed_pairs
from nkscreen.rulebook.vocabulary import view


def diff(
    old: Rulebook, new: Rulebook, records: Iterable[Record], as_of: date, examples: int = EXAMPLES
) -> SemanticDiff:
    """Hold both versions against every record; the records may come from any reader, one at a time.

    `as_of` stands in where a record lacks the date that a rule's validity needs. Records have no list hits here, so
    rules that read them (`unseen`) are compared on what else they ask.
    """
    pairs = changed_pairs(old, new)
    tally = Tally()
    kinds = {
        kind: _Kind([Comparison(pair) for pair in pairs if pair.subject == kind], as_of, examples, tally)
        for kind in {pair.subject for pair in pairs}
    }
    number = 0
    for record in records:
        number += 1
        if record.kind in kinds:
            kinds[record.kind].add(record)
    return tally.result(pairs, number, hits=False)


class Tally:
    """What was found so far."""

    def __init__(self) -> None:
        self.before: Counter[str] = Counter()
        self.after: Counter[str] = Counter()
        self.differences: dict[tuple[Any, ...], Difference] = {}

    def add(self, pair: Pair, found: Compared, number: int = 1) -> Difference | None:
        """Count so many records; the difference that they are part of, if there is one."""
        if found.before.state is State.MATCH:
            self.before[pair.rule_id] += number
        if found.after.state is State.MATCH:
            self.after[pair.rule_id] += number
        if found.kind is None:
            return None
        difference = Difference(pair.rule_id, found.kind, found.flips, found.reasons)
        difference = self.differences.setdefault(difference.key, difference)
        difference.count += number
        return difference

    def result(self, pairs: Sequence[Pair], records: int, *, hits: bool) -> SemanticDiff:
        """All of it, in order. `hits` says whether the records came with their list hits."""
        found = SemanticDiff(
            asked=tuple(pair.rule_id for pair in pairs),
            unseen=() if hits else tuple(pair.rule_id for pair in pairs if pair.reads_hits),
            records=records,
            matches_before=self.before,
            matches_after=self.after,
            differences=list(self.differences.values()),
        )
        found.sort()
        return found


def example(pair: Pair, record_id: str, source: str, shown: Mapping[str, Any], as_of: date) -> Example:
    """A record with the verdicts of both versions."""
    before, after = (judge(rule, shown, as_of) if rule else None for rule in pair.versions)
    return Example(record_id, source, before, after)


class _Kind:
    """The changed rules of one kind of record, asked record by record."""

    def __init__(self, comparisons: Sequence[Comparison], as_of: date, examples: int, tally: Tally) -> None:
        self.as_of, self.examples, self.tally = as_of, examples, tally
        gates: dict[Question, int] = {}
        self.rules = [_Asked(comparison, gates) for comparison in comparisons]
        self.ask: Callable[[Mapping[str, Any]], tuple[bool, ...]] = compile_questions(list(gates))
        self.nothing = tuple(not wanted for _, wanted in gates)

    def add(self, record: Record) -> None:
        shown = view(record)
        answers = self.ask(shown)
        if answers == self.nothing:
            return
        for asked in self.rules:
            if not asked.concerned(answers):
                continue
            comparison = asked.comparison
            found = comparison.compared(asked.values(shown), *(self.valid(rule, shown) for rule in asked.versions))
            if found.weigh:
                found = comparison.weighed(found, shown, self.as_of)
            difference = self.tally.add(comparison.pair, found)
            if difference and len(difference.examples) < self.examples:
                source = str(record.source or "")
                difference.examples.append(example(comparison.pair, record.id, source, shown, self.as_of))

    def valid(self, rule: Rule | None, shown: Mapping[str, Any]) -> bool:
        return rule is None or rule.file.valid.holds(clock_of(rule, shown) or self.as_of)


class _Asked:
    """A comparison with the functions that ask it of one record."""

    def __init__(self, comparison: Comparison, gates: dict[Question, int]) -> None:
        self.comparison, self.versions = comparison, comparison.pair.versions
        self.gates = [(gates.setdefault(question, len(gates)), question[1]) for question in comparison.gates]
        self.ask = compile_questions([(tree, wanted) for tree in comparison.trees for wanted in (True, False)])

    def concerned(self, answers: Sequence[bool]) -> bool:
        """Whether one of the versions may say anything of the record."""
        return any(answers[place] is wanted for place, wanted in self.gates)

    def values(self, shown: Mapping[str, Any]) -> Values:
        answers = iter(self.ask(shown))
        return tuple(True if true else False if false else None for true, false in zip(answers, answers, strict=True))
