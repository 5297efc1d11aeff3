"""Who owns, controls or manages whom: a team's own table, and the ties that lists state themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nkscreen.csv_rows import csv_rows
from nkscreen.errors import InputError
from nkscreen.matching.names.normalise import words
from nkscreen.watchlist.model import ListedEntity, Watchlist

COLUMNS = ("subject", "owner", "share", "role", "as_of", "source")
MAX_ROWS = 5_000_000
"""Rows of the largest table that is read: a national register of beneficial owners."""


@dataclass(frozen=True, slots=True)
class Stake:
    """One tie: `owner` holds `share` per cent of `subject`, or stands to it in another `role` (manager, director).

    `as_of` and `source` say since when and from where it is known; they are shown as given.
    """

    subject: str
    owner: str
    share: float | None = None
    role: str = "owner"
    as_of: str = ""
    source: str = ""

    def says(self) -> str:
        """`A is owned 60 % by B (register of 2026-01-31)`."""
        held = f"{self.share:g} % by" if self.share is not None else "by"
        how = f"is owned {held}" if self.role == "owner" else f"has as {self.role}"
        known = " of ".join(filter(None, (self.source, self.as_of)))
        return f"{self.subject} {how} {self.owner}{f' ({known})' if known else ''}"


class Stakes:
    """Ties by the names of their subjects. Names are the same whatever their case, marks and punctuation."""

    def __init__(self, stakes: Iterable[Stake] = ()) -> None:
        self._of: dict[str, list[Stake]] = defaultdict(list)
        for stake in stakes:
            self._of[name_key(stake.subject)].append(stake)

    def __len__(self) -> int:
        return sum(map(len, self._of.values()))

    def of(self, name: str) -> Sequence[Stake]:
        """The ties in which somebody of this name is the subject."""
        return self._of.get(name_key(name), ())


def name_key(name: str) -> str:
    """What two writings of one name have in common."""
    return " ".join(words(name))


def read_stakes(path: Path) -> Stakes:
    """A table with the columns subject, owner, share (per cent), role, as_of and source; the last four may be absent
    or empty. `role` is "owner" where it is empty.

    Raises:
        InputError: naming the row and the column that is wrong.
    """
    return Stakes(_stakes(path))


def _stakes(path: Path) -> Iterator[Stake]:
    for number, (line, row) in enumerate(csv_rows(path, COLUMNS, needed=COLUMNS[:2])):
        if number >= MAX_ROWS:
            raise InputError(f"has more than {MAX_ROWS:,} rows; give the part that is needed", file=str(path), row=line)
        for name in COLUMNS[:2]:
            if not name_key(row[name]):
                raise InputError(f"{name} is {row[name] or 'nothing'!r}; give a name", file=str(path), row=line)
        role = row["role"].casefold() or "owner"
        yield Stake(row["subject"], row["owner"], _share(row["share"], path, line), role, row["as_of"], row["source"])


def _share(text: str, path: Path, line: int) -> float | None:
    if not text:
        return None
    try:
        share = float(text.removesuffix("%").strip().replace(",", "."))
    except ValueError:
        share = -1.0
    if not 0 <= share <= 100:
        raise InputError(f"share is {text!r}; give per cent, 0 to 100, or leave it empty", file=str(path), row=line)
    return share


@dataclass(frozen=True, slots=True)
class StatedTie:
    """What a list says of somebody who has no entry of their own: `kind` ties a listed entity to them."""

    publisher: str
    entity: ListedEntity
    kind: str

    @property
    def key(self) -> str:
        """The entry, `publisher:id`."""
        return f"{self.publisher}:{self.entity.id}"


def stated_ties(watchlist: Watchlist) -> dict[str, list[StatedTie]]:
    """Parties that entries name as their owner, operator, subsidiary and the like and that have no entry themselves,
    by `name_key`."""
    listed = {name_key(name.value) for _, entity in watchlist for name in entity.names}
    ids = {(s.publisher, entity.id) for s, entity in watchlist}
    found: dict[str, list[StatedTie]] = defaultdict(list)
    for s, entity in watchlist:
        for link in entity.links:
            key = name_key(link.target)
            if key and key not in listed and (s.publisher, link.target) not in ids:
                found[key].append(StatedTie(s.publisher, entity, link.kind))
    return dict(found)
