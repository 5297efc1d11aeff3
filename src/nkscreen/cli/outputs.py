"""Files that a run writes: all checked first, none of them there unless the run came to its end."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO, cast

from nkscreen.errors import InputError
from nkscreen.report.jsonl import Writable

PART = ".part"
"""Suffix of a file while it is written; it takes its name when the run is complete."""


def refuse_collisions(inputs: Sequence[str], outputs: Sequence[Path]) -> None:
    """No output may be an input or another output.

    Raises:
        InputError: naming the file.
    """
    read = {Path(name).resolve() for name in inputs if name != "-"}
    written: set[Path] = set()
    for path in outputs:
        place = path.resolve()
        if place in read:
            raise InputError("is an input as well; name another file to write to", file=str(path))
        if place in written:
            raise InputError("is named for two outputs; name a file for each", file=str(path))
        written.add(place)


class Outputs:
    """The output files of one run. Opening the context checks that each can be written; leaving it after an error
    removes what was written, leaving it well gives the files their names."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._stack = ExitStack()
        self._open: dict[Path, TextIO] = {}
        self._spool: TextIO | None = None

    def __enter__(self) -> Self:
        for path in self._paths:
            if path.is_dir():
                raise InputError("is a folder; name a file to write to", file=str(path))
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                _part(path).open("w").close()
            except OSError as error:
                self._remove()
                raise InputError(f"cannot be written: {error.strerror}", file=str(path)) from error
        return self

    def open(self, path: Path, *, newline: str = "\n") -> TextIO:
        """The file to write to, UTF-8."""
        self._open[path] = self._stack.enter_context(_part(path).open("w", encoding="utf-8", newline=newline))
        return self._open[path]

    def spool(self, out: Path | None, *, needed: bool) -> Writable | None:
        """Where alerts go as they are found: the file of `--out`, or a temporary one if table or report need it.

        With `--out -` they go to standard output, and to a temporary file as well if that is needed.
        """
        if out is not None and str(out) != "-":
            self._spool = self.open(out)
            return self._spool
        if needed:
            temporary = tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", suffix=".jsonl")  # noqa: SIM115
            self._spool = cast(TextIO, self._stack.enter_context(temporary))
        if out is None:
            return self._spool
        return _Both(_standard_output(), self._spool) if self._spool else _standard_output()

    def stream(self, out: Path) -> TextIO:
        """The file of `--out`, or standard output."""
        return _standard_output() if str(out) == "-" else self.open(out)

    def spooled(self) -> Path:
        """The file that holds all alerts so far."""
        assert self._spool is not None, "table and report are asked for before the run"
        self._spool.flush()
        return Path(self._spool.name)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        if kind is not None:
            self._remove()
            return
        for path in self._paths:
            if _part(path) != path:
                _part(path).replace(path)

    def _remove(self) -> None:
        for path in self._paths:
            if _part(path) != path:
                _part(path).unlink(missing_ok=True)


def _standard_output() -> TextIO:
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    return sys.stdout


class _Both:
    """Writes to standard output and to a file."""

    def __init__(self, one: TextIO, other: TextIO) -> None:
        self._one, self._other = one, other

    def write(self, text: str) -> int:
        self._one.write(text)
        return self._other.write(text)


def _part(path: Path) -> Path:
    """The file's name while it is written; a device or pipe (/dev/null) is written to as it is."""
    if path.exists() and not path.is_file():
        return path
    return path.with_name(f"{path.name}{PART}")
