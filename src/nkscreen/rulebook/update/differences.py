"""What two versions of a pack say otherwise of records: the result of a semantic diff."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from nkscreen.rulebook.judge import Verdict

EXAMPLES: Final = 5
"""Records kept, with both verdicts, for every rule and kind of difference."""

ABSENT: Final = "absent"
"""What stands for the value of a condition in the version that does not have it."""


class Kind(StrEnum):
    """How the alerts of a rule on a record differ."""

    ADDED = "added"
    REMOVED = "removed"
    RESCORED = "rescored"
    UNKNOWN = "gone unknown"
    KNOWN = "no longer unknown"
    EXEMPTED = "exempted"
    UNEXEMPTED = "no longer exempted"


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
    """The result. `asked` are the rules that decide otherwise, `unseen` those that read list hits, which lacked."""

    asked: tuple[str, ...]
    unseen: tuple[str, ...]
    records: int = 0
    matches_before: Counter[str] = field(default_factory=Counter)
    matches_after: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def add(self, other: SemanticDiff, examples: int = EXAMPLES) -> None:
        """Take in what was found, between the same two versions, over other records."""
        self.records += other.records
        self.unseen = tuple(dict.fromkeys((*self.unseen, *other.unseen)))
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
        self.sort()

    def sort(self) -> None:
        """Bring the differences into the order of rules, kinds and counts."""
        order = list(Kind)
        self.differences.sort(key=lambda one: (one.rule_id, order.index(one.kind), -one.count, one.key))

    def total(self, kind: Kind) -> int:
        """Alerts that differ in this way."""
        return sum(found.count for found in self.differences if found.kind is kind)
