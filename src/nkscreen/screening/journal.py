"""What a run has finished, kept so that it can be killed at any moment and taken up again.

A journal is a folder. `run.json` says what the run is; each finished chunk of records is one file, written whole, given
its name by one rename. The outputs of a run are made from the chunks, so no alert is in them twice and none is lost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nkscreen.errors import InputError

CHUNK = 2_000
"""Records of a chunk: what is done again after a kill, some seconds of work."""


class Journal:
    """The finished chunks of one run.

    `run` is everything that the results depend on (inputs, lists, rules, policy), as plain JSON; a folder that was
    begun with another one is refused.

    Raises:
        InputError: the folder belongs to another run, or cannot be written.
    """

    def __init__(self, folder: Path, run: dict[str, Any]) -> None:
        self.folder = folder
        said = json.dumps(run, sort_keys=True, ensure_ascii=False)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            head = folder / "run.json"
            if head.exists():
                self._same(json.loads(head.read_text(encoding="utf-8")), json.loads(said))
            elif any(folder.iterdir()) and not all(file.suffix == ".part" for file in folder.iterdir()):
                raise InputError("holds other files; name an empty folder for --resume", file=str(folder))
            else:
                _write(head, said)
        except OSError as error:
            raise InputError(f"cannot be used to resume: {error.strerror}", file=str(folder)) from error
        except ValueError as error:
            raise InputError("its run.json cannot be read; name another folder", file=str(folder)) from error

    def read(self, name: str) -> list[str] | None:
        """The lines of a finished chunk, None when it is not finished."""
        try:
            return (self.folder / name).read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return None

    def keep(self, name: str, lines: Iterable[str]) -> None:
        """Keep a finished chunk: after this it stays, whatever happens to the process or the power."""
        _write(self.folder / name, "\n".join(lines))

    def _same(self, begun: dict[str, Any], run: dict[str, Any]) -> None:
        other = sorted(name for name in begun.keys() | run.keys() if begun.get(name) != run.get(name))
        if other:
            raise InputError(
                f"was begun with other {', '.join(other)}; give the same as then, or name another folder to begin anew",
                file=str(self.folder),
            )


def _write(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    if os.name == "posix":  # the name itself must survive a power cut
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
