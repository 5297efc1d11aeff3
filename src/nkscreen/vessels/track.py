"""Tracks: AIS messages of one or many ships, read from files into one frame, with an account of every row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path

import polars as pl

from nkscreen.errors import InputError
from nkscreen.packed import GZIP, ZIP, Member, members, unzipped
from nkscreen.vessels.ais.columns import SCHEMA, STATEMENTS, merged
from nkscreen.vessels.ais.delimited import read_delimited
from nkscreen.vessels.ais.jsonl import read_json
from nkscreen.vessels.ais.known import PARQUET, SENTENCES
from nkscreen.vessels.ais.model import Batch
from nkscreen.vessels.ais.nmea import CONTINUED, NO_POSITION, read_nmea
from nkscreen.vessels.ais.parquet import read_parquet

EARLIEST = datetime(1998, 1, 1, tzinfo=UTC)
"""The ITU recommended AIS in 1998 (ITU-R M.1371); an earlier time is a clock that was not set."""

File = Path | Member
"""A file, or one in a ZIP archive."""

DOUBLED = "the same message stands in the row before it or another"
HARMLESS = frozenset({DOUBLED, CONTINUED, NO_POSITION})
"""Why rows are no messages of their own though nothing is wrong with them."""


@dataclass(frozen=True)
class Track:
    """Messages in the schema of `nkscreen.vessels.ais.columns.SCHEMA`, by `mmsi` and `time`, and how they were read.

    Attributes:
        frame: the messages; the same message twice is kept once.
        read: rows (for NMEA, sentences) that the files had: the height of the frame and all counts of `refused`.
        refused: reason → how many rows, and the first of them as `file:row`.
        statements: what the ships say of themselves, in the schema of `nkscreen.vessels.ais.columns.STATEMENTS`.
    """

    frame: pl.DataFrame
    read: int
    refused: dict[str, tuple[int, str]] = field(default_factory=dict)
    statements: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=STATEMENTS))

    @property
    def ships(self) -> int:
        """How many MMSI were heard."""
        return self.frame.get_column("mmsi").n_unique()


def read_track(
    files: File | str | Iterable[File | str], *, mmsi: int | None = None, earliest: datetime = EARLIEST
) -> Track:
    """The messages of AIS files, of any of the formats together: delimited text, JSON, NMEA (with the extra `ais`),
    Parquet; also in a ZIP archive or packed with gzip.

    Args:
        files: one file or several.
        mmsi: keep the messages of this MMSI alone; those of others are counted.
        earliest: messages before this time are refused and counted.

    Raises:
        InputError: a file is missing, is of no known format, or has no header that can be read.
    """
    paths = [files] if isinstance(files, Path | Member | str) else list(files)
    return together([messages_of(path, mmsi=mmsi, earliest=earliest) for path in paths])


def messages_of(file: File | str, *, mmsi: int | None = None, earliest: datetime = EARLIEST) -> Track:
    """The messages of one file as it has them, in its order; `together` makes a track of those of all files."""
    file = Path(file) if isinstance(file, str) else file
    read, frames, told = 0, [], pl.DataFrame(schema=STATEMENTS)
    refused: dict[str, tuple[int, str]] = {}
    for batch in _batches(file):
        read += batch.read
        for reason, (count, row) in batch.refused.items():
            _count(refused, reason, count, f"{file.name}:{row}")
        frame = batch.frame
        if batch.statements is not None:
            told = merged(pl.concat([told, batch.statements]))
        for reason, keep in _checks(mmsi, earliest):
            out = frame.filter(~keep)
            if out.height:
                _count(refused, reason, out.height, f"{file.name}:{out.item(0, 'row')}")
                frame = frame.filter(keep)
        frames.append(frame)
    told = told.filter(pl.col("mmsi") == mmsi) if mmsi is not None else told
    return Track(pl.concat(frames) if frames else pl.DataFrame(schema=SCHEMA), read, refused, told)


def together(tracks: Sequence[Track]) -> Track:
    """The messages of several files as one track, by MMSI and time, each message once."""
    refused: dict[str, tuple[int, str]] = {}
    for track in tracks:
        for reason, (count, where) in track.refused.items():
            _count(refused, reason, count, where)
    frame = pl.concat([pl.DataFrame(schema=SCHEMA), *(track.frame for track in tracks)]).sort("mmsi", "time", "row")
    doubled = _doubled(frame)
    if doubled.any():
        first = frame.filter(doubled).item(0, "row")
        _count(refused, DOUBLED, int(doubled.sum()), f"row {first}")
        frame = frame.filter(~doubled)
    told = merged(pl.concat([pl.DataFrame(schema=STATEMENTS), *(track.statements for track in tracks)]))
    return Track(frame, sum(track.read for track in tracks), refused, told.sort("mmsi", "first", "row"))


def _doubled(frame: pl.DataFrame) -> pl.Series:
    """Which messages, by MMSI and time, are those of an earlier row: only those of one moment can be the same."""
    moment = pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in ("mmsi", "time"))
    again = frame.select(moment.fill_null(value=False)).to_series()
    crowded = again | again.shift(-1, fill_value=False)
    doubled = pl.repeat(value=False, n=frame.height, dtype=pl.Boolean, eager=True)
    at = crowded.arg_true()
    if len(at):
        fields = [name for name in SCHEMA if name != "row"]
        first = frame.select(pl.struct(fields).alias("all").gather(at).is_first_distinct()).to_series()
        doubled = doubled.scatter(at, ~first)
    return doubled


def _checks(mmsi: int | None, earliest: datetime) -> Iterator[tuple[str, pl.Expr]]:
    yield "there is no MMSI of up to nine digits", pl.col("mmsi").is_not_null()
    yield "the time cannot be read", pl.col("time").is_not_null()
    yield f"the time is before {earliest:%Y}, when there was no AIS", pl.col("time") >= earliest
    if mmsi is not None:
        yield "the message is of another MMSI", pl.col("mmsi") == mmsi


def _count(refused: dict[str, tuple[int, str]], reason: str, count: int, where: str) -> None:
    before, first = refused.get(reason, (0, where))
    refused[reason] = (before + count, first)


def _batches(path: File) -> Iterator[Batch]:
    try:
        with path.open() if isinstance(path, Member) else path.open("rb") as stream:
            head = stream.peek(4096)
            if isinstance(path, Path) and head.startswith(PARQUET):
                yield from read_parquet(path)
            elif isinstance(path, Path) and head.startswith(ZIP):
                yield from _members(path)
            elif head.startswith(GZIP):
                with unzipped(stream, str(path)) as inside:
                    yield from _reader(inside, str(path))
            else:
                yield from _reader(stream, str(path))
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror or error}); check it", file=str(path)) from error


def _members(path: Path) -> Iterator[Batch]:
    """The files of a ZIP archive one after another, as the Danish days are published."""
    files = members(path)
    if not files:
        raise InputError("the archive is empty; give the file that should be in it", file=str(path))
    for file in files:
        with file.open() as inside:
            yield from _reader(inside, str(file))


def _reader(stream: BufferedReader, file: str) -> Iterator[Batch]:
    head = stream.peek(4096)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((GZIP, ZIP, PARQUET, b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ")):
        raise InputError("the file is compressed; unpack it first", file=file)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("the file is UTF-16; save it as UTF-8", file=file)
    if start.startswith((b"{", b"[")):
        return read_json(stream, file=file)
    if any(mark in head for mark in SENTENCES):
        return read_nmea(stream, file=file)
    return read_delimited(stream, file=file)
