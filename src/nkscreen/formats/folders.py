"""Which files of a folder or an archive hold records: by their names, or by what they begin with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO, Final

from nkscreen.errors import InputError
from nkscreen.formats.ams import TableSet
from nkscreen.formats.ams.reading import table_in
from nkscreen.formats.detect import Given
from nkscreen.formats.mapping import Mapping
from nkscreen.formats.reading import FORMATS
from nkscreen.packed import GZIP, ZIP, Member, is_archive, members, unzipped

SUFFIXES: Final = frozenset(
    [".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".jsonl", ".ndjson", ".fin", ".rje", ".edi"]
)
"""Files taken by their names; others are taken if a format knows what they begin with."""

_TEXTS: Final = frozenset([".csv", ".tsv", ".txt"])
_HEAD: Final = 65_536


@dataclass(frozen=True, slots=True)
class Chosen:
    """The files to read, and those passed over, each with the reason."""

    files: tuple[Path | Member | TableSet, ...]
    passed: tuple[tuple[str, str], ...] = ()


def files_of(path: Path) -> Chosen:
    """The file itself, or the files of records in a folder or an archive, in the order of their names.

    Raises:
        InputError: a folder or an archive holds no such file, or an archive is refused (see `packed.members`).
    """
    if path.is_dir():
        inside = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
        return _chosen(_spread(inside), path, "folder")
    if is_archive(path):
        return _chosen(members(path), path, "archive")
    return Chosen((path,))


def _spread(files: Iterable[Path]) -> Iterator[Path | Member]:
    for file in files:
        if is_archive(file):
            yield from members(file)
        else:
            yield file


def _chosen(found: Iterable[Path | Member], path: Path, what: str) -> Chosen:
    taken: list[Path | Member] = []
    passed: list[tuple[str, str]] = []
    for file in found:
        if reason := _why_not(file):
            passed.append((str(file), reason))
        else:
            taken.append(file)
    if not taken:
        kinds = "table (CSV, XLSX, XLS, ODS), message or JSON Lines"
        seen = "".join(f"; {name} was not read: {reason}" for name, reason in passed[:3])
        raise InputError(f"the {what} holds no {kinds}; name a file itself to read it{seen}", file=str(path))
    return Chosen(_with_sets(taken), tuple(passed))


def _with_sets(files: list[Path | Member]) -> tuple[Path | Member | TableSet, ...]:
    """The files, the tables of an AMS extract among them as one set in the place of the first."""
    named = {file: _ams_table(file) for file in files}
    tables = [file for file, name in named.items() if name]
    if "header" not in named.values() or len(tables) < 2:
        return tuple(files)
    kept = [TableSet(tuple(tables)) if file is tables[0] else file for file in files if file not in tables[1:]]
    return tuple(kept)


def _ams_table(file: Path | Member) -> str:
    name = PurePath(file.name.lower())
    if (PurePath(name.stem) if name.suffix == ".gz" else name).suffix not in _TEXTS:
        return ""
    try:
        return table_in(file)
    except (OSError, InputError):
        return ""  # reading it says what is wrong


def _why_not(file: Path | Member) -> str:
    name = PurePath(file.name.lower())
    if isinstance(file, Member) and (name.name.startswith(".") or name.parts[0] == "__macosx"):
        return "made by a system for itself"
    if name.suffix == ".zip":
        return "an archive inside an archive, or a damaged one; unpack it and give the files"
    if (PurePath(name.stem) if name.suffix == ".gz" else name).suffix in SUFFIXES:
        return ""
    try:
        with file.open() if isinstance(file, Member) else file.open("rb") as stream:
            known = _known(stream, str(file))
    except (OSError, InputError):
        return ""  # reading it says what is wrong
    return "" if known else "no format by its name or its beginning; name the file itself to read it as text"


def _known(stream: IO[bytes], file: str) -> bool:
    head = stream.read(_HEAD)
    if head.startswith(GZIP):
        head = unzipped(io.BytesIO(head), file).peek(_HEAD)[:_HEAD]
    if head.startswith(ZIP):
        return False  # a workbook has its suffix; other files packed so are no records
    given = Given(file, head, io.BytesIO(head), "auto", Mapping(), seekable=True)
    return any(form.known(given) for form in FORMATS)
