"""A pack held against its lock, and the writing of a new lock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from nkscreen.errors import Problem, RuleError
from nkscreen.rulebook.load import PACK, Pack, load_pack
from nkscreen.rulebook.update.changes import WHY, Bump, Change, compare, enough, least_version, needed
from nkscreen.rulebook.update.effects import Effect
from nkscreen.rulebook.update.locked import LOCK, Lock, lock_of, read_lock

RENEW: Final = "run `nkscreen rules lock`"
_SHOWN: Final = 5
"""Changes that are named as reasons; a lock command that prints hundreds is not read."""


def check_lock(folder: Path, pack: Pack, *, fresh: bool = False) -> None:
    """Refuse a pack that decides otherwise than its lock says; a pack without a lock passes unless `fresh`.

    With `fresh` the lock must also be there and be exactly what `rules lock` would write.

    Raises:
        RuleError: with one problem a rule or list: its logic changed and its version did not, or it is gone without a
            note in `deprecated/`.
    """
    lock = read_lock(folder)
    if lock is None:
        if fresh:
            raise RuleError(Problem(f"there is no lock; {RENEW}", f"{folder.name}/{LOCK}"))
        return
    problems = [*_broken(folder, lock, pack)]
    if fresh and not problems and lock != (now := lock_of(pack, folder)):
        first = next((str(change) for change in compare(lock, now)), f"version {now.version}")
        problems.append(Problem(f"the lock is not of this state ({first}); {RENEW}", f"{folder.name}/{LOCK}"))
    if problems:
        raise RuleError(problems)


def make_lock(folder: Path, since: Lock | None = None) -> tuple[Lock, tuple[Change, ...], Bump]:
    """The lock that the pack in this folder should have, the changes since the old one, and the bump they need.

    The old state is `since`, by default the lock in the folder; without either, everything is new and nothing refused.

    Raises:
        RuleError: the pack is wrong, or a version was not raised as the changes ask.
    """
    pack = load_pack(folder)
    lock = lock_of(pack, folder)
    old = since or read_lock(folder)
    if old is None:
        return lock, (), Bump.NONE
    changes = compare(old, lock)
    bump = needed(changes)
    problems = [*_broken(folder, old, pack), *_version(folder, old, lock, changes, bump)]
    if problems:
        raise RuleError(problems)
    return lock, changes, bump


def _version(folder: Path, old: Lock, new: Lock, changes: tuple[Change, ...], bump: Bump) -> Iterator[Problem]:
    if enough(old.version, new.version, bump):
        return
    wanted = least_version(old.version, bump)
    effect = Effect.LESS if bump is Bump.MAJOR else Effect.MORE if bump is Bump.MINOR else Effect.NONE
    reasons = [change for change in changes if change.effect & effect or not effect]
    yield _place(
        folder / PACK,
        "version",
        f"this is a {bump.name.lower()} change since {old.version}, so the pack must be at least {wanted}, not"
        f" {new.version}; the reasons:",
        folder,
    )
    for change in reasons[:_SHOWN]:
        yield Problem(f"  {change} ({WHY[change.effect]})")
    if len(reasons) > _SHOWN:
        yield Problem(f"  and {len(reasons) - _SHOWN} more")


def _broken(folder: Path, lock: Lock, pack: Pack) -> Iterator[Problem]:
    """One problem for every rule and list that is not what the lock says of its version."""
    rules = {rule.id: rule for rule in pack.rules}
    changed = [
        rule_id
        for rule_id, locked in lock.rules.items()
        if rule_id in rules
        and (rules[rule_id].logic_hash != locked.sha256 or rules[rule_id].file.version < locked.version)
    ]
    lists = [list_id for list_id, locked in lock.lists.items() if _stale_list(pack, lock, list_id)]
    parts: dict[str, list[str]] = {}
    if changed or lists:
        for change in compare(lock, lock_of(pack, folder)):
            if change.decides:
                parts.setdefault(change.id, []).append(change.part)
    for rule_id in changed:
        locked, version = lock.rules[rule_id], rules[rule_id].file.version
        if version > locked.version:
            continue
        what = ", ".join(dict.fromkeys(parts.get(rule_id, ["its hash"])))
        message = f"{rule_id} decides otherwise than version {locked.version} did ({what}): raise its version to"
        yield _rule_place(folder, rule_id, f"{message} {locked.version + 1}, or undo the change")
    for list_id in lists:
        version = lock.lists[list_id].version
        yield Problem(
            f"the items of {list_id} changed, its version did not: raise it to {version + 1}, or undo the change",
            f"{folder.name}/lists",
        )
    yield from _vanished(folder, lock, pack, set(rules))


def _stale_list(pack: Pack, lock: Lock, list_id: str) -> bool:
    found, locked = pack.lists.get(list_id), lock.lists[list_id]
    return found is not None and found.version <= locked.version and tuple(sorted(found.values)) != locked.items


def _vanished(folder: Path, lock: Lock, pack: Pack, rules: set[str]) -> Iterator[Problem]:
    last = {**lock.deprecated, **{rule_id: locked.version for rule_id, locked in lock.rules.items()}}
    for rule_id in sorted(last):
        note = pack.deprecated.get(rule_id)
        file = f"{folder.name}/deprecated/{rule_id.lower()}.yaml"
        if note is None and rule_id not in rules:
            yield Problem(
                f"{rule_id} is gone without a note: write this file (id, last_version: {last[rule_id]},"
                " deprecated_on, replaced_by, reason), or bring the rule back",
                file,
            )
        elif note is not None and note.last_version != last[rule_id]:
            yield Problem(f"the last version of {rule_id} was {last[rule_id]}, not {note.last_version}", file)


def _rule_place(folder: Path, rule_id: str, message: str) -> Problem:
    file = next(iter(sorted(folder.rglob(f"{rule_id.lower()}.yaml"))), folder)
    return _place(file, "version", message, folder)


def _place(file: Path, key: str, message: str, folder: Path) -> Problem:
    """A problem at the line where a key of the file stands."""
    name = file.relative_to(folder.parent).as_posix()
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    row = next((number for number, line in enumerate(lines, start=1) if line.startswith(f"{key}:")), None)
    return Problem(message, name, row)
