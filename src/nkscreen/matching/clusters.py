"""Entries of several lists that are one party, found over whole lists. Precision comes before recall.

A pair is taken when each entry is the likeliest of its list for the other and no second one is as likely, or when an
identifier decides; the likeliest pairs first. A pair is not taken when it would join two entries that cannot be one
party, that a person said are two, or two of one list, which the publisher keeps apart on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from nkscreen.csv_rows import csv_rows
from nkscreen.errors import InputError
from nkscreen.matching.matcher import Matcher
from nkscreen.matching.same_party import Likeness, likeness, mentions_of
from nkscreen.records.codes.dates import parse_day
from nkscreen.watchlist.model import ListedEntity, Watchlist

LEAST = 0.01
"""Probability below which the matcher's candidates are not looked at: the shared regime adds four bits, not eight."""

COLUMNS = ("one", "other", "same", "author", "day", "reason")


@dataclass(frozen=True, slots=True)
class Entry:
    """A listed entity and the number of its list."""

    list_number: int
    entity: ListedEntity


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two entries, each named `publisher:id`."""

    one: str
    other: str
    same: bool
    author: str
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that are taken for one party, and why; `decision` where a person said so."""

    one: str
    other: str
    likeness: Likeness
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """The entries of one party, each named `publisher:id`, and the pairs that join them, likeliest first."""

    members: tuple[str, ...]
    pairs: tuple[Pair, ...] = ()


@dataclass
class _Groups:
    """Entries joined so far: of each its group, and of each group its members in the order of joining."""

    lists: Mapping[str, int]
    forbidden: frozenset[frozenset[str]]
    of: dict[str, int] = field(default_factory=dict)
    members: dict[int, list[str]] = field(default_factory=dict)
    pairs: dict[int, list[Pair]] = field(default_factory=dict)

    def join(self, pair: Pair) -> None:
        """Take a pair unless it would join what must stay apart."""
        one, other = (self._group(key) for key in (pair.one, pair.other))
        if one == other:
            self.pairs[one].append(pair)
        elif pair.decision or self._may(self.members[one], self.members[other]):
            for key in self.members[other]:
                self.of[key] = one
            self.members[one] += self.members.pop(other)
            self.pairs[one] += [*self.pairs.pop(other), pair]

    def _group(self, key: str) -> int:
        if key not in self.of:
            number = len(self.of)
            self.of[key], self.members[number], self.pairs[number] = number, [key], []
        return self.of[key]

    def _may(self, ours: Sequence[str], theirs: Sequence[str]) -> bool:
        if not {self.lists[key] for key in ours}.isdisjoint(self.lists[key] for key in theirs):
            return False
        return not any(frozenset((one, other)) in self.forbidden for one in ours for other in theirs)


def find_clusters(watchlist: Watchlist, decisions: Iterable[Decision] = ()) -> tuple[Cluster, ...]:
    """All clusters of two or more entries, in the order of the lists.

    `decisions` come before what the matcher finds: two entries said to be the same are joined whatever speaks against
    it, two said to be different never stand in one cluster by the matcher's doing. A decision on an entry that is on
    none of the lists has no effect (`without_entry` names them): entries are delisted, decisions stay in their file.
    """
    entries = entries_of(watchlist)
    said = tuple(one for one in decisions if one.one in entries and one.other in entries)
    known = {frozenset((decision.one, decision.other)) for decision in said}
    pairs = [pair for pair in _candidates(watchlist, entries) if frozenset((pair.one, pair.other)) not in known]
    pairs += [Pair(one.one, one.other, _between(entries, one.one, one.other), one) for one in said]
    return joined({key: entry.list_number for key, entry in entries.items()}, pairs)


def joined(lists: Mapping[str, int], pairs: Sequence[Pair]) -> tuple[Cluster, ...]:
    """The clusters that pairs make of these entries, each given with the number of its list."""
    apart = {frozenset((pair.one, pair.other)) for pair in pairs if pair.likeness.forbidden and not pair.decision}
    apart |= {frozenset((pair.one, pair.other)) for pair in pairs if pair.decision and not pair.decision.same}
    groups = _Groups(lists, frozenset(apart))
    for pair in pairs:
        if pair.decision and pair.decision.same:
            groups.join(pair)
    for pair in _unambiguous([pair for pair in pairs if pair.likeness.same and not pair.decision], lists):
        groups.join(pair)
    order = {key: number for number, key in enumerate(lists)}
    found = [
        Cluster(tuple(sorted(members, key=order.__getitem__)), tuple(groups.pairs[number]))
        for number, members in groups.members.items()
        if len(members) > 1
    ]
    return tuple(sorted(found, key=lambda cluster: order[cluster.members[0]]))


def entries_of(watchlist: Watchlist) -> dict[str, Entry]:
    """Every entry of the lists by its key, `publisher:id`."""
    numbers = {id(snapshot): number for number, snapshot in enumerate(watchlist.snapshots)}
    return {f"{s.publisher}:{entity.id}": Entry(numbers[id(s)], entity) for s, entity in watchlist}


def without_entry(decisions: Iterable[Decision], entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """One sentence for every decision that has no effect, because an entry it names is on none of the lists."""
    return tuple(
        f"the decision of {decision.author} of {decision.day} on {decision.one} and {decision.other} has no effect: "
        f"{' and '.join(absent)} {'are' if len(absent) > 1 else 'is'} on none of the lists"
        for decision in decisions
        if (absent := [key for key in (decision.one, decision.other) if key not in entries])
    )


def _candidates(watchlist: Watchlist, entries: Mapping[str, Entry]) -> Iterator[Pair]:
    """Pairs of entries of two lists that the matcher would show together, each once."""
    matcher = Matcher(watchlist)
    met: set[tuple[str, str]] = set()
    for key, entry in entries.items():
        for mention in mentions_of(entry.entity):
            for hit in matcher.hits(mention, date.max, LEAST):
                other = f"{hit.publisher}:{hit.entity_id}"
                pair = (key, other) if key < other else (other, key)
                if pair not in met and entries[other].list_number != entry.list_number:
                    met.add(pair)
                    yield Pair(*pair, _between(entries, *pair))


def _unambiguous(pairs: Sequence[Pair], lists: Mapping[str, int]) -> Iterator[Pair]:
    """The pairs that are the best for both their entries, and no other as good, likeliest first."""
    best: dict[tuple[str, int], tuple[float, bool, int]] = {}
    rivals: dict[tuple[str, int], int] = {}
    sides = [(pair, side) for pair in pairs for side in _sides(pair, lists)]
    for pair, side in sides:
        rank = pair.likeness.rank
        if side not in best or rank > best[side]:
            best[side], rivals[side] = rank, 1
        elif rank == best[side]:
            rivals[side] += 1
    for pair in sorted(pairs, key=lambda pair: (-pair.likeness.probability, pair.one, pair.other)):
        rank = pair.likeness.rank
        if pair.likeness.decisive or all(best[side] == rank and rivals[side] == 1 for side in _sides(pair, lists)):
            yield pair


def _sides(pair: Pair, lists: Mapping[str, int]) -> tuple[tuple[str, int], tuple[str, int]]:
    """Each entry with the list of the other."""
    return (pair.one, lists[pair.other]), (pair.other, lists[pair.one])


def _between(entries: Mapping[str, Entry], one: str, other: str) -> Likeness:
    return likeness(entries[one].entity, entries[other].entity)


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Decisions of people from a CSV file with the columns one, other, same (yes or no), author, day, reason.

    Raises:
        InputError: naming the row and the column that is wrong.
    """
    return tuple(_decision(row, path, line) for line, row in csv_rows(path, COLUMNS, needed=COLUMNS))


def _decision(row: dict[str, str], path: Path, line: int) -> Decision:
    day = parse_day(row["day"])
    wrong = next((name for name in COLUMNS if not row[name]), None)
    if wrong is None and row["same"].casefold() not in {"yes", "no"}:
        wrong = "same"
    if wrong is None and day is None:
        wrong = "day"
    if wrong or day is None:
        given = row[wrong or "day"] or "nothing"
        raise InputError(f"{wrong} is {given!r}; every column is needed, same is yes or no", file=str(path), row=line)
    return Decision(row["one"], row["other"], row["same"].casefold() == "yes", row["author"], day, row["reason"])
