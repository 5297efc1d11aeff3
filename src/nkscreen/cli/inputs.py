"""What commands read: the files of folders and archives, how each is understood, and progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Fields
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from nkscreen.cli import common
from nkscreen.errors import InputError
from nkscreen.formats import Input, Mapping, Member, TableSet, files_of, open_input
from nkscreen.records import KINDS

File = Path | Member | TableSet | str
"""A file, a file in an archive, a set of tables that belong together, or "-", which is standard input."""


@dataclass(frozen=True)
class Files:
    """The files to read in their order, and which of them nobody named: they were found in a folder or an archive."""

    all: tuple[File, ...]
    found: frozenset[File]

    def __iter__(self) -> Iterator[File]:
        return iter(self.all)


@dataclass(frozen=True)
class Reader:
    """How the input files are to be read; `opened` are files that something else opens, such as AIS."""

    kind: str
    mapping: Mapping | None
    console: Console
    show_mapping: bool = False
    opened: Fields[File, Callable[[], Input]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind != "auto" and self.kind not in KINDS:
            raise InputError(f"--kind {self.kind!r} is not known; use auto, {', '.join(KINDS)}")

    def open(self, file: File) -> Input:
        """One of the files."""
        if file in self.opened:
            return self.opened[file]()
        return open_input(file, kind=self.kind, mapping=self.mapping, stdin=sys.stdin.buffer)

    def check(self, files: Files) -> None:
        """Open every file that was named once, so that one that cannot be read ends the run before anything is
        screened."""
        for file in files:
            if file != "-" and file not in files.found:
                self.open(file).close()

    def again(self, files: Files) -> Iterator[Input]:
        """The files, to be read once before they are screened; standard input can be read once only and is left out."""
        return (self._found(file) if file in files.found else self.open(file) for file in files if file != "-")

    def read(self, files: Files) -> Iterator[Input]:
        """The files one after another, each shown and closed in its turn."""
        for file in files:
            with self._found(file) if file in files.found else self.open(file) as source:
                self._show(source)
                yield source

    def _found(self, file: File) -> Input:
        """A file of a folder or an archive: what cannot be read of it is quarantined, and the others are read."""
        try:
            source = self.open(file)
        except InputError as error:
            source = Input.unread(str(file), error)
        source.quarantine_break = True
        return source

    def _show(self, source: Input) -> None:
        how = f"{source.format}, {source.kind} records ({source.why})" if source.kind else source.format
        common.say(self.console, f"reading {source.file}: {how}")
        for sheet, columns in source.columns.items():
            if self.show_mapping:
                for column in columns:
                    target = column.path or "(not read)"
                    common.say(self.console, f"  {sheet} {column.header} -> {target}  {column.how}")
            elif source.unmapped:
                used = sum(1 for column in columns if column.path)
                left = ", ".join(source.unmapped)[:200]
                common.say(self.console, f"  {used} of {len(columns)} columns read; not read: {left}", style="dim")


def input_files(paths: Sequence[Path], console: Console) -> Files:
    """The files named, `-`, and those in folders and archives; what is passed over there is named."""
    files: list[File] = []
    found: set[File] = set()
    for path in paths:
        if str(path) == "-":
            files.append("-")
            continue
        chosen = files_of(path)
        for name, reason in chosen.passed:
            common.say(console, f"not read: {name} ({reason})")
        files += chosen.files
        if chosen.files != (path,):
            found.update(chosen.files)
    return Files(tuple(files), frozenset(found))


def progress_bar() -> Progress:
    """Records so far, file by file; nothing where nobody looks."""
    console = Console(stderr=True)
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("records"),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
