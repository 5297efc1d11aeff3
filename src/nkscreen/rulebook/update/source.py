"""Where rules come from: a folder, or a packed archive that is checked and unpacked for as long as it is read."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nkscreen.errors import Problem, RuleError

_ODD = re.compile(r"[^A-Za-z0-9._-]")


@contextmanager
def rules_folder(path: Path, key: Path | None = None) -> Iterator[Path]:
    """The folder of rules at `path`: itself, or a temporary one with what the archive holds.

    With a public key only an archive signed with its other half is accepted: a folder carries no signature, so it is
    refused like any pack without one.

    Raises:
        RuleError: the archive is broken, or not signed as the key asks.
        InputError: the key cannot be used.
    """
    if not path.is_file():
        if key is not None:
            what = "a folder carries no signature" if path.is_dir() else "there is no pack here"
            raise RuleError(Problem(f"{what}, and a key is set: name a signed pack (a .zip)", str(path)))
        yield path
        return
    from nkscreen.rulebook.update.archive import read_archive  # noqa: PLC0415  where there is an archive

    archive = read_archive(path, key)
    with tempfile.TemporaryDirectory(prefix="nkscreen-") as temporary:
        folder = Path(temporary) / (_ODD.sub("_", path.stem).strip(".") or "pack")  # what errors call it
        archive.write(folder)
        yield folder
