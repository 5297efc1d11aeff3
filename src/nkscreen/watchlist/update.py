"""Bringing a store up to date: every list asked for at once, each taken, unchanged, refused or failed on its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from nkscreen.watchlist.catalogue import ListSource
from nkscreen.watchlist.fetch import Fetched, Fetcher, Report, Validators
from nkscreen.watchlist.store import Incoming, State, Store

NOTE = "validators"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source. `reason` says why it was refused or failed; the list in use then stays."""

    source: ListSource
    status: Literal["taken", "unchanged", "refused", "failed"]
    reason: str = ""


def update_store(
    store: Store,
    wanted: Sequence[ListSource],
    fetcher: Fetcher,
    now: datetime,
    *,
    accept: str = "",
    report: Report | None = None,
) -> tuple[State, tuple[Outcome, ...]]:
    """Fetch lists and put those that are accepted into use, all as one new state.

    Args:
        now: the time of the run, with its time zone.
        accept: a reason to take lists that would be refused (see `Store.update`).

    Raises:
        ListError: the store is damaged or cannot be written to.
        ValueError: `now` has no time zone.
    """
    known = _known(store, wanted)
    with tempfile.TemporaryDirectory(prefix="nkscreen-") as folder:
        found = list(fetcher.fetch_all(wanted, Path(folder), known, now.date(), report))
        changed = [one for one in found if not one.error and not one.unchanged]
        state, refusals = store.update([_incoming(store, one) for one in changed], now, accept=accept)
    reasons = {refusal.name: refusal.reason for refusal in refusals}
    outcomes = {one.source.name: _outcome(one, reasons) for one in found}
    store.confirm([one.source.list_ for one in found if one.unchanged], now)
    _note(store, (one for one in changed if one.source.list_ not in reasons))
    return state, tuple(outcomes[source.name] for source in wanted)


def _outcome(one: Fetched, reasons: dict[str, str]) -> Outcome:
    if one.error:
        return Outcome(one.source, "failed", one.error)
    if one.unchanged:
        return Outcome(one.source, "unchanged")
    reason = reasons.get(one.source.list_)
    return Outcome(one.source, "refused", reason) if reason else Outcome(one.source, "taken")


def _incoming(store: Store, one: Fetched) -> Incoming:
    """The files of a source, complete: what did not change is taken from the store."""
    for file in one.files:
        if file.unchanged:
            file.path.write_bytes(store.raw(file.validators.sha256).read_bytes())
    first = one.files[0]
    return Incoming(first.path, expected=one.source.list_, url=first.address.url)


def _known(store: Store, wanted: Iterable[ListSource]) -> dict[str, Validators]:
    """What servers said of those files that the lists in use were made of; any other file is fetched anew."""
    lists, noted = store.state().lists, store.note(NOTE)
    found = {}
    for source in wanted:
        kept = lists.get(source.list_)
        for address in source.files:
            said = noted.get(address.url)
            if not kept or not isinstance(said, dict):
                continue
            one = Validators(*(str(said.get(name, "")) for name in ("etag", "last_modified", "sha256")))
            if one.sha256 in kept.raw and store.raw(one.sha256).is_file():
                found[address.url] = one
    return found


def _note(store: Store, taken: Iterable[Fetched]) -> None:
    said = {file.address.url: asdict(file.validators) for one in taken for file in one.files}
    if said:
        store.add_to_note(NOTE, said)
