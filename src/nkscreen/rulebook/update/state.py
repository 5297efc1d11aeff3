"""A pack as it stands now, folder or archive: its rules, and what they decide as a lock would say it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nkscreen.rulebook.load import load_pack
from nkscreen.rulebook.rulebook import Rulebook
from nkscreen.rulebook.update.archive import build, pack_files
from nkscreen.rulebook.update.check import check_lock
from nkscreen.rulebook.update.locked import Lock, lock_of, read_lock
from nkscreen.rulebook.update.source import rules_folder


@dataclass(frozen=True)
class PackState:
    """`lock` is of what the files say, not of what their own lock says."""

    rulebook: Rulebook
    lock: Lock


def read_state(path: Path, key: Path | None = None, *, fresh: bool = False) -> PackState:
    """Read a folder of rules or a packed archive. `fresh`: its own lock must be there and be of exactly this state.

    Raises:
        RuleError: something in it is wrong, or it is not signed as the key asks.
        InputError: the key cannot be used.
    """
    with rules_folder(path, key) as folder:
        pack = load_pack(folder)
        if fresh:
            check_lock(folder, pack, fresh=True)
        return PackState(Rulebook(pack), lock_of(pack, folder))


def locked_state(path: Path, key: Path | None = None) -> Lock:
    """The state that a later one is held against: of a lock file, or of the rules in a folder or an archive.

    Raises:
        RuleError: there is nothing of the kind here, or it is wrong.
    """
    found = read_lock(path) if path.suffix == ".json" else None
    return found or read_state(path, key).lock


def packed(folder: Path, key: Path | None = None) -> tuple[bytes, PackState]:
    """The bytes of an archive of this folder, and the state it holds. The folder's lock must be of this state.

    Raises:
        RuleError: the rules are wrong, their lock is not of this state, or a file has no place in a pack.
        InputError: the key cannot be used.
    """
    state = read_state(folder, fresh=True)
    return build(state.rulebook.name, state.rulebook.version, pack_files(folder), key), state
