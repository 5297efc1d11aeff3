"""A folder that keeps lists: every snapshot ever accepted, and which of them are in use.

```
store/
  current.json          which snapshots are in use, as one state: a reader sees the whole of one update or nothing of it
  states/000007.json    every state there was, in order
  snapshots/<hash>.jsonl   snapshots by the hash of what they say; written once, never changed
  raw/<hash>            files as their publishers gave them
  confirmed.json        when each list was last found to be the newest
  validators.json       what servers said of their files, to ask whether they changed
```

Files take their names when they are complete, `current.json` last. A writer that dies leaves the state before. Only one
writer works at a time; readers never wait.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal

from filelock import FileLock
from pydantic import Field, ValidationError

from nkscreen._version import __version__
from nkscreen.errors import ListError
from nkscreen.records.model import Model, validation_message
from nkscreen.watchlist.delta import lost_share
from nkscreen.watchlist.load import load_snapshot
from nkscreen.watchlist.model import Snapshot, Watchlist
from nkscreen.watchlist.snapshot import dump_snapshot, parse_snapshot
from nkscreen.watchlist.sources import ofac

FORMAT: Final = "nkscreen/store@1"
MOST_LOST: Final = 0.05
"""Share of its entries that a list may lose from one snapshot to the next. The UN list lost 18 % from November 2020 to
April 2025, about 4 % a year, and 0.3 % in the seven months after: more than 5 % at once is a damaged download, or an
event that somebody should look at."""
MOST_DPRK_LOST: Final = 0.02
"""The same for entries about North Korea, which the library is for. Of the UN's 155 none left in those years."""


class Kept(Model):
    """A snapshot in use: what it says by its hash, and how it came here.

    `retrieved` is when the file was fetched or handed in (with its time zone), `url` where from, `raw` the SHA-256 of
    its files' bytes, `version` that of the library that read it. `accepted` is the reason by which a person took a list
    that would have been refused.
    """

    publisher: str
    title: str
    list_date: date | None = None
    entries: int
    sha256: str
    raw: tuple[str, ...] = ()
    origin: str = ""
    url: str = ""
    retrieved: datetime
    version: str
    accepted: str = ""


class State(Model):
    """The lists in use, by the name each has in the store."""

    format: Literal["nkscreen/store@1"] = FORMAT
    number: int = Field(default=0, ge=0)
    lists: dict[str, Kept] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A list handed to a store: a file, or a folder with one OFAC set. It is called `name`, or after its title; with
    `expected`, a list that is called otherwise is refused."""

    path: Path
    name: str = ""
    expected: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A list that was not taken, and why; the one before stays in use."""

    name: str
    reason: str


class Store:
    """A folder of lists. `Store(path)` creates nothing: the first `update` does."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    def state(self, number: int | None = None) -> State:
        """The state in use, or an earlier one by its number; an empty one where nothing was ever taken.

        Raises:
            ListError: the file of the state is damaged, or there never was such a state.
        """
        file = self.path / "current.json" if number is None else self._state_file(number)
        try:
            text = file.read_text(encoding="utf-8")
        except FileNotFoundError:
            if number is None:
                return State()
            raise ListError(f"there is no state {number} in this store", file=str(self.path)) from None
        except OSError as error:
            raise ListError(f"cannot be read ({error.strerror}); check the path", file=str(file)) from None
        try:
            return State.model_validate_json(text)
        except ValidationError as error:
            raise ListError(f"is damaged: {validation_message(error)}", file=str(file)) from None

    def snapshot(self, kept: Kept) -> Snapshot:
        """A snapshot that is or was in use, under the date and title it had then.

        Raises:
            ListError: it is not here, or was changed since.
        """
        file = self._snapshot_file(kept.sha256)
        try:
            data = file.read_bytes()
        except OSError as error:
            raise ListError(f"cannot be read ({error.strerror}); the store is damaged", file=str(file)) from None
        found = parse_snapshot(data, str(file))
        if found.sha256 != kept.sha256:
            raise ListError("holds another list than its name says; the store is damaged", file=str(file))
        return found.model_copy(update={"list_date": kept.list_date, "title": kept.title})

    def raw(self, sha256: str) -> Path:
        """The file with these bytes, as its publisher gave it."""
        return self.path / "raw" / sha256

    def watchlist(self, state: State | None = None) -> Watchlist:
        """The lists in use (or of a given state), ready to screen against.

        Raises:
            ListError: there are none, or the store is damaged.
        """
        used = state or self.state()
        if not used.lists:
            raise ListError("holds no list yet; add one with `nkscreen lists add`", file=str(self.path))
        confirmed = self.confirmed()
        snapshots = ((self.snapshot(kept), confirmed.get(name)) for name, kept in used.lists.items())
        return Watchlist(*(found.model_copy(update={"confirmed": day}) for found, day in snapshots))

    def watchlist_on(self, day: date) -> Watchlist:
        """The lists as they stood on a day: of each the last snapshot that is not of a later day, by the list's date
        or, where it has none, by the day it came here. Of a list that is younger than the day, the first snapshot.

        Raises:
            ListError: see `watchlist`.
        """
        stood: dict[str, Kept] = {}
        for state in self.states():
            for name, kept in state.lists.items():
                if name not in stood or (kept.list_date or kept.retrieved.date()) <= day:
                    stood[name] = kept
        return self.watchlist(State(lists=stood))

    def states(self) -> Iterator[State]:
        """Every state there was, the first one first."""
        for number in range(1, self.state().number + 1):
            yield self.state(number)

    def update(
        self, lists: Iterable[Path | Incoming], retrieved: datetime, *, accept: str = ""
    ) -> tuple[State, tuple[Refusal, ...]]:
        """Read lists and put them into use, all that are accepted as one new state. The others stay as they are.

        A list is refused that cannot be read, lacks one of its files, is older than the one in use, or lost more of its
        entries than `MOST_LOST`, or more of those about North Korea than `MOST_DPRK_LOST`. `accept` is a reason to take
        it all the same; it is recorded.

        Raises:
            ListError: the store is damaged or cannot be written to.
            ValueError: `retrieved` has no time zone.
        """
        if retrieved.tzinfo is None:
            raise ValueError("retrieved needs a time zone")
        refused: list[Refusal] = []
        seen: list[str] = []
        with self._writing():
            before = self.state()
            after = dict(before.lists)
            for given in lists:
                one = given if isinstance(given, Incoming) else Incoming(given)
                try:
                    found = load_snapshot(one.path)
                except ListError as error:
                    refused.append(Refusal(one.expected or one.path.name, str(error)))
                    continue
                name = one.name or name_of(found)
                if one.expected and name != one.expected:
                    refused.append(Refusal(one.expected, f"is another list ({name}); check its address"))
                    continue
                kept = after.get(name)
                reasons = self._objections(kept, found)
                if reasons and not accept:
                    refused.append(Refusal(name, "; ".join(reasons)))
                    continue
                seen.append(name)
                if kept is None or (kept.sha256, kept.list_date) != (found.sha256, found.list_date):
                    after[name] = self._keep(found, one, retrieved, accept if reasons else "")
            state = before
            if after != before.lists:
                state = State(number=before.number + 1, lists=after)
                self._promote(state)
            self._confirm(seen, retrieved)
        return state, tuple(refused)

    def confirm(self, names: Iterable[str], when: datetime) -> None:
        """Note that the publishers of these lists had nothing newer at that time."""
        with self._writing():
            self._confirm(names, when)

    def confirmed(self) -> dict[str, date]:
        """The day on which each list was last fetched, handed in, or found unchanged."""
        known: dict[str, str] = self.note("confirmed")
        return {name: date.fromisoformat(day) for name, day in known.items()}

    def note(self, name: str) -> dict[str, Any]:
        """What was noted beside the lists under a name; empty where nothing was.

        Raises:
            ListError: the file is damaged.
        """
        file = self.path / f"{name}.json"
        try:
            found = json.loads(file.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise ListError(f"is damaged ({error}); delete it, it only saves work", file=str(file)) from None
        return found if isinstance(found, dict) else {}

    def add_to_note(self, name: str, said: Mapping[str, Any]) -> None:
        """Note something beside the lists, beside what was noted there before."""
        with self._writing():
            self._add_to_note(name, said)

    def _add_to_note(self, name: str, said: Mapping[str, Any]) -> None:
        data = json.dumps(self.note(name) | dict(said), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
        self._write(self.path / f"{name}.json", data, again=True)

    def _confirm(self, names: Iterable[str], when: datetime) -> None:
        known, day = self.note("confirmed"), when.date().isoformat()
        newer = {name: day for name in names if known.get(name, "") < day}
        if newer:
            self._add_to_note("confirmed", newer)

    def _objections(self, kept: Kept | None, found: Snapshot) -> list[str]:
        """Why a list is not simply taken in the place of the one in use."""
        reasons = [f"lacks {', '.join(found.report.missing)} beside it"] if found.report.missing else []
        if kept is None:
            return reasons
        if kept.publisher != found.publisher:
            reasons.append(f"is a list of {found.publisher}, the one in use is of {kept.publisher}")
            return reasons
        if kept.list_date and found.list_date and found.list_date < kept.list_date:
            reasons.append(f"is of {found.list_date}, older than the one in use ({kept.list_date})")
        if kept.list_date and not found.list_date:
            reasons.append(f"carries no date, the one in use is of {kept.list_date}")
        before = self.snapshot(kept)
        for share, most, what in (
            (lost_share(before, found), MOST_LOST, "entries"),
            (lost_share(before, found, dprk=True), MOST_DPRK_LOST, "entries about North Korea"),
        ):
            if share > most:
                reasons.append(f"lacks {share:.1%} of the {what} in use, more than {most:.0%}")
        return reasons

    def _keep(self, found: Snapshot, one: Incoming, retrieved: datetime, accepted: str) -> Kept:
        self._write(self._snapshot_file(found.sha256), dump_snapshot(found))
        raw = []
        for file in ofac.files_of(one.path):
            data = file.read_bytes()
            raw.append(hashlib.sha256(data).hexdigest())
            self._write(self.raw(raw[-1]), data)
        return Kept(
            publisher=found.publisher,
            title=found.title,
            list_date=found.list_date,
            entries=len(found.entities),
            sha256=found.sha256,
            raw=tuple(raw),
            origin=one.path.name,
            url=one.url,
            retrieved=retrieved,
            version=__version__,
            accepted=accepted,
        )

    def _promote(self, state: State) -> None:
        data = (json.dumps(state.model_dump(mode="json", by_alias=False), ensure_ascii=False, indent=1) + "\n").encode()
        self._write(self._state_file(state.number), data, again=True)
        self._write(self.path / "current.json", data, again=True)

    def _state_file(self, number: int) -> Path:
        return self.path / "states" / f"{number:06d}.json"

    def _snapshot_file(self, sha256: str) -> Path:
        return self.path / "snapshots" / f"{sha256}.jsonl"

    def _write(self, file: Path, data: bytes, *, again: bool = False) -> None:
        """Write a file so that it is there whole or not at all, also when the power fails."""
        if file.exists() and not again:
            return
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=file.parent, prefix=".writing-")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(data)
                    stream.flush()
                    os.fsync(stream.fileno())
                Path(name).chmod(0o644)
                Path(name).replace(file)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise ListError(f"cannot be written ({error.strerror})", file=str(file)) from None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """The right to write, waited for. What a writer that died left half done is removed."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path / ".lock"):
                for left in _left_over(self.path):
                    left.unlink(missing_ok=True)
                yield
        except OSError as error:
            raise ListError(f"cannot be written to ({error.strerror})", file=str(self.path)) from None


def is_store(path: Path) -> bool:
    """Whether a folder is a store in which a list was put into use."""
    return (path / "current.json").is_file()


def name_of(snapshot: Snapshot) -> str:
    """What a list is called in a store: publisher and title in small letters, joined by hyphens."""
    title = snapshot.title if snapshot.publisher in snapshot.title else f"{snapshot.publisher} {snapshot.title}"
    return "-".join(re.findall(r"[^\W_]+", title.casefold())) or "list"


def _left_over(path: Path) -> Sequence[Path]:
    return [*path.glob(".writing-*"), *path.glob("*/.writing-*")]
