"""Two versions of the rules over recorded files.

Large JSON Lines are cut into parts that several processes read. A corpus in Parquet is asked as a whole, by columns.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from nkscreen.errors import InputError
from nkscreen.formats import Input, Quarantined, open_input
from nkscreen.formats.jsonl import read_jsonl
from nkscreen.records import Record
from nkscreen.rulebook import Rulebook
from nkscreen.rulebook.update.differences import SemanticDiff
from nkscreen.rulebook.update.semantic import diff

PART_BYTES: Final = 8_000_000
"""Bytes of a part: some 15,000 records, so that no process waits long for another and memory stays small."""
MAX_JOBS: Final = 8
_KEPT_REASONS: Final = 3
_LINES: Final = (".jsonl", ".ndjson")
_PARQUET: Final = ".parquet"


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes of a JSON Lines file from `start` on, beginning with line `row`; the whole file when `size` is 0."""

    file: Path
    start: int = 0
    size: int = 0
    row: int = 1

    def open(self) -> Input:
        """The records in it."""
        if not self.size:
            return open_input(self.file)
        with self.file.open("rb") as stream:
            stream.seek(self.start)
            data = stream.read(self.size)
        return read_jsonl(io.BytesIO(data), "auto", file=str(self.file), first_row=self.row)


@dataclass
class Unread:
    """Rows that could not be read: they are in neither version's alerts."""

    count: int = 0
    reasons: list[str] = field(default_factory=list)

    def add(self, other: Unread) -> None:
        """Count those of another part as well."""
        self.count += other.count
        self.reasons = [*self.reasons, *other.reasons][:_KEPT_REASONS]


@dataclass(frozen=True)
class _Job:
    """What every process works with."""

    old: Rulebook
    new: Rulebook
    as_of: date
    examples: int

    def run(self, part: Part) -> tuple[SemanticDiff, Unread]:
        unread = Unread()
        with part.open() as source:
            return diff(self.old, self.new, _readable(source, unread), self.as_of, self.examples), unread


def over_files(
    old: Rulebook, new: Rulebook, files: Sequence[Path], as_of: date, *, examples: int, jobs: int | None = None
) -> tuple[SemanticDiff, Unread]:
    """The difference over all files, whatever the number of processes (by default one for each processor).

    Raises:
        InputError: a file cannot be read at all, or none of them holds a record.
    """
    job = _Job(old, new, as_of, examples)
    corpora = [file for file in files if file.suffix.lower() == _PARQUET]
    parts = [part for file in files if file not in corpora for part in cut(file)]
    workers = min(jobs or os.cpu_count() or 1, MAX_JOBS, len(parts))
    if workers > 1:
        with ProcessPoolExecutor(workers, initializer=_start, initargs=(job,)) as pool:
            results = list(pool.map(_run, parts))
    else:
        results = [job.run(part) for part in parts]
    results += [
        (_over_corpus(job, file), Unread()) for file in corpora
    ]  # after the other processes: polars has threads
    found, unread = results[0]
    for one, rows in results[1:]:
        found.add(one, examples)
        unread.add(rows)
    if not found.records:
        raise InputError("no record could be read", file=", ".join(map(str, files)))
    return found, unread


def _over_corpus(job: _Job, file: Path) -> SemanticDiff:
    from nkscreen.rulebook.corpus import Corpus  # noqa: PLC0415  polars, for those who use it
    from nkscreen.rulebook.update.columnar import diff_corpus  # noqa: PLC0415

    return diff_corpus(job.old, job.new, Corpus.read_parquet(file), job.as_of, job.examples, file=str(file))


def cut(file: Path, part_bytes: int = PART_BYTES) -> Iterator[Part]:
    """The file in parts that end with a line; one part where it is small or no JSON Lines."""
    if file.suffix.lower() not in _LINES or not file.is_file() or file.stat().st_size <= part_bytes:
        yield Part(file)
        return
    with file.open("rb") as stream:
        start, row = 0, 1
        while data := stream.read(part_bytes):
            data += stream.readline()
            yield Part(file, start, len(data), row)
            start += len(data)
            row += data.count(b"\n")


def _readable(source: Input, unread: Unread) -> Iterator[Record]:
    for item in source:
        if isinstance(item, Quarantined):
            unread.add(Unread(1, [f"{item.source}: {item.reason}"]))
        else:
            yield item


_jobs: list[_Job] = []
"""The job of a worker process, put there once when it starts."""


def _start(job: _Job) -> None:
    _jobs.append(job)


def _run(part: Part) -> tuple[SemanticDiff, Unread]:
    return _jobs[-1].run(part)
