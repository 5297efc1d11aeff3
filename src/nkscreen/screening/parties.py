"""Hits of one mention on several lists that are one party."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from nkscreen.alerts import Hit
from nkscreen.matching.clusters import Decision, Entry, Pair, entries_of, joined, without_entry
from nkscreen.matching.same_party import UNLIKE, Likeness, likeness
from nkscreen.watchlist import Watchlist

KEPT = 10_000
"""Comparisons of entries that are remembered: the same entries are met again and again."""


class Parties:
    """Which of the entries that a mention met are one party; people's decisions come first.

    `idle` says of each decision that names an entry on none of the lists that it has no effect.
    """

    def __init__(self, watchlist: Watchlist, decisions: Iterable[Decision] = ()) -> None:
        self._entries: dict[str, Entry] = entries_of(watchlist)
        said = tuple(decisions)
        self.idle = without_entry(said, self._entries)
        self._decisions = {frozenset((one.one, one.other)): one for one in said}
        self._known: dict[tuple[str, str], Likeness] = {}

    def mark(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """The hits, in their order, each with the entries of the same party that the same mention met."""
        if len(hits) < 2:
            return tuple(hits)
        together: dict[tuple[str, str], list[str]] = {}
        for path in dict.fromkeys(hit.path for hit in hits):
            keys = sorted({hit.key for hit in hits if hit.path == path})
            if len(keys) > 1:
                lists = {key: self._entries[key].list_number for key in keys}
                for cluster in joined(lists, list(self._pairs(keys))):
                    for key in cluster.members:
                        together[path, key] = [other for other in cluster.members if other != key]
        return tuple(
            hit.model_copy(update={"same_party": tuple(together[hit.path, hit.key])})
            if (hit.path, hit.key) in together
            else hit
            for hit in hits
        )

    def _pairs(self, keys: Sequence[str]) -> Iterator[Pair]:
        for one, other in combinations(keys, 2):
            decision = self._decisions.get(frozenset((one, other)))
            if self._entries[one].list_number != self._entries[other].list_number or decision:
                yield Pair(one, other, UNLIKE if decision else self._likeness(one, other), decision)

    def _likeness(self, one: str, other: str) -> Likeness:
        known = self._known.get((one, other))
        if known is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            known = self._known[one, other] = likeness(self._entries[one].entity, self._entries[other].entity)
        return known
