"""What changed between two snapshots of one list: entries added, removed and amended, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nkscreen.errors import ListError
from nkscreen.watchlist.dprk import is_dprk
from nkscreen.watchlist.model import ListedEntity, Snapshot, Watchlist


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an entry. Of a list `gone` and `come` are the items that left and joined, of any other field the
    value before and after, as JSON has it."""

    field: str
    gone: tuple[Any, ...]
    come: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Amendment:
    """An entry that stands on both lists and reads otherwise."""

    before: ListedEntity
    after: ListedEntity
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    """The difference, each part in the order of the list that holds the entries."""

    before: Snapshot
    after: Snapshot
    added: tuple[ListedEntity, ...]
    removed: tuple[ListedEntity, ...]
    amended: tuple[Amendment, ...]

    @property
    def touched(self) -> frozenset[str]:
        """The ids of all entries that differ."""
        return frozenset(entity.id for entity in (*self.added, *self.removed, *(one.after for one in self.amended)))

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed or self.amended)


def delta(before: Snapshot, after: Snapshot) -> Delta:
    """What the later snapshot says otherwise than the earlier one. Entries are the same where their ids are.

    Raises:
        ListError: the snapshots are of two publishers, whose ids have nothing to do with each other.
    """
    if before.publisher != after.publisher:
        raise ListError(
            f"{before.publisher} and {after.publisher} are two publishers; compare two snapshots of one list"
        )
    old = {entity.id: entity for entity in before.entities}
    new = {entity.id: entity for entity in after.entities}
    both = (entity for entity in after.entities if entity.id in old)
    return Delta(
        before,
        after,
        added=tuple(entity for entity in after.entities if entity.id not in old),
        removed=tuple(entity for entity in before.entities if entity.id not in new),
        amended=tuple(
            Amendment(old[entity.id], entity, tuple(_changes(old[entity.id], entity)))
            for entity in both
            if entity.content_hash != old[entity.id].content_hash
        ),
    )


@dataclass(frozen=True, slots=True)
class Touched:
    """Two states of all lists, parted: entries that read otherwise or stand in one state only, as they were and as they
    are, and the `unchanged` ones, under the dates of the later state."""

    before: Watchlist
    after: Watchlist
    unchanged: Watchlist

    @property
    def keys(self) -> frozenset[str]:
        """The entries that were added, removed or amended, `publisher:id`."""
        return frozenset(f"{s.publisher}:{entity.id}" for part in (self.before, self.after) for s, entity in part)

    def __len__(self) -> int:
        """How many they are."""
        return len(self.keys)


def touched(before: Watchlist, after: Watchlist) -> Touched:
    """What differs between two states of the lists. Entries are the same where publisher and id are."""
    was, now = (
        {(s.publisher, entity.id): entity.content_hash for s, entity in watchlist} for watchlist in (before, after)
    )
    same = {key for key, value in now.items() if was.get(key) == value}
    return Touched(_part(before, same, inside=False), _part(after, same, inside=False), _part(after, same, inside=True))


def _part(watchlist: Watchlist, keys: set[tuple[str, str]], *, inside: bool) -> Watchlist:
    """The entries whose key is, or is not, among these; lists without any are left out."""
    parts = (
        Snapshot(
            publisher=s.publisher,
            title=s.title,
            list_date=s.list_date,
            entities=tuple(e for e in s.entities if ((s.publisher, e.id) in keys) == inside),
        )
        for s in watchlist.snapshots
    )
    return Watchlist(*(part for part in parts if part.entities))


def lost_share(before: Snapshot, after: Snapshot, *, dprk: bool = False) -> float:
    """The share of the earlier entries that the later snapshot lacks, 0 to 1; of those about the DPRK if asked."""
    kept = {entity.id for entity in after.entities}
    counted = [entity for entity in before.entities if not dprk or is_dprk(entity)]
    return sum(entity.id not in kept for entity in counted) / len(counted) if counted else 0.0


def _changes(before: ListedEntity, after: ListedEntity) -> Iterator[FieldChange]:
    was, now = (entity.model_dump(mode="json", by_alias=False) for entity in (before, after))
    for field in was:
        if was[field] == now[field]:
            continue
        if isinstance(was[field], list):
            gone = tuple(item for item in was[field] if item not in now[field])
            come = tuple(item for item in now[field] if item not in was[field])
            if not gone and not come:  # another order
                gone, come = tuple(was[field]), tuple(now[field])
            yield FieldChange(field.rstrip("_"), gone, come)
        else:
            yield FieldChange(field.rstrip("_"), (was[field],), (now[field],))
