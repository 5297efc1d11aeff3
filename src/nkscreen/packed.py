"""Archives and compressed files as inputs: read as streams, bounded, and never unpacked to a disk."""

from __future__ import annotations

import gzip
import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, Final, cast

from nkscreen.errors import InputError

MAX_MEMBERS: Final = 10_000
"""Files in one archive; a month of manifests has some hundreds."""

MAX_BYTES: Final = 16 * 1024**3
"""What an archive or a compressed file may unpack to, all together: a hundred million rows."""

MAX_RATIO: Final = 250
"""How far it may be compressed. Tables pack 5 to 100 times; a deflate bomb about 1,000 times."""

SPARED: Final = 64 * 1024**2
"""Below this size a file may be compressed as it likes: it can do no harm."""

DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises where something packed is damaged, a name in it among that."""

GZIP: Final = b"\x1f\x8b"
ZIP: Final = b"PK\x03\x04"
_WORKBOOKS: Final = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
_TAR: Final = slice(257, 262)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a ZIP archive: it is read where it lies. Shown as `manifests.zip!may/bill.csv`."""

    archive: Path
    name: str

    def __str__(self) -> str:
        return f"{self.archive}!{self.name}"

    @property
    def suffix(self) -> str:
        """The ending of its name, with the point."""
        return PurePosixPath(self.name).suffix

    def open(self) -> io.BufferedReader:
        """A stream that is unpacked as it is read.

        Raises:
            InputError: the archive is damaged, or changed since it was looked at.
        """
        with _damage(self.archive):
            opened = zipfile.ZipFile(self.archive)
            try:
                return io.BufferedReader(_Bounded(opened.open(self.name), MAX_BYTES, opened))
            except KeyError as error:
                opened.close()
                raise InputError(f"the archive holds no {self.name} any more; start again", file=str(self)) from error


def is_archive(file: Path | IO[bytes]) -> bool:
    """Whether a file (or a stream, which is left where it was) is a ZIP archive of files, and not one of the workbooks
    that are ZIP archives inside."""
    if isinstance(file, Path):
        try:
            with file.open("rb") as stream:
                return is_archive(stream)
        except OSError:
            return False
    at = file.tell()
    try:
        file.seek(0)
        if file.read(4) != ZIP:
            return False
        with zipfile.ZipFile(file) as opened:
            return _WORKBOOKS.isdisjoint(opened.namelist())
    except (OSError, *DAMAGE):
        return False
    finally:
        file.seek(at)


def members(path: Path) -> list[Member]:
    """The files of an archive, in the order of their names.

    Raises:
        InputError: the archive is damaged, locked by a password, holds too many files or unpacks to too much, or a name
            in it is given twice, is no file's or leads out of the archive.
    """
    found: dict[str, Member] = {}
    total = 0
    with _damage(path), zipfile.ZipFile(path) as opened:
        entries = opened.infolist()
        if len(entries) > MAX_MEMBERS:
            raise InputError(f"the archive holds {len(entries):,} files; at most {MAX_MEMBERS:,}", file=str(path))
        for entry in entries:
            if entry.is_dir():
                continue
            if reason := _objection(entry, found):
                raise InputError(f"{entry.filename!r}: {reason}; unpack the archive and look", file=str(path))
            total += entry.file_size
            if total > MAX_BYTES or entry.file_size > max(SPARED, MAX_RATIO * entry.compress_size):
                raise InputError(f"the archive unpacks to {total:,} bytes or more; give its files", file=str(path))
            found[entry.filename] = Member(path, entry.filename)
    return [found[name] for name in sorted(found)]


def _objection(entry: zipfile.ZipInfo, found: dict[str, Member]) -> str:
    name = entry.filename
    outside = (
        PureWindowsPath(name).drive
        or name.startswith(("/", "\\"))
        or ".." in PurePosixPath(name.replace("\\", "/")).parts
    )
    if outside:
        return "the name leads out of the archive"
    if name in found:
        return "the name is given twice"
    if entry.flag_bits & 1:
        return "it is locked by a password"
    return "it is a link and no file" if stat.S_ISLNK(entry.external_attr >> 16) else ""


def unzipped(stream: IO[bytes], file: str) -> io.BufferedReader:
    """What a gzip stream holds, unpacked as it is read and bounded; the stream itself is closed with it.

    Raises:
        InputError: it is damaged at its beginning, or holds a tar archive.
    """
    size = _size(stream)
    most = min(MAX_BYTES, max(SPARED, MAX_RATIO * size)) if size else MAX_BYTES
    opened = cast("IO[bytes]", gzip.GzipFile(fileobj=stream))
    inside: io.BufferedReader = io.BufferedReader(_Bounded(opened, most, stream), 65_536)
    try:
        if inside.peek(512)[_TAR] == b"ustar":
            raise InputError("the file is a tar archive; unpack it, or pack its files as ZIP", file=file)
    except OSError as error:
        raise InputError(f"the gzip file is damaged ({error}); get it again", file=file) from error
    return inside


def _size(stream: IO[bytes]) -> int:
    if not stream.seekable():
        return 0
    at = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(at)
    return size


class _Bounded(io.RawIOBase):
    """A stream that is unpacked as it is read, no further than `most` bytes. What is wrong with it is an OSError, as
    with any file."""

    def __init__(self, source: IO[bytes], most: int, holder: IO[bytes] | zipfile.ZipFile) -> None:
        self._source, self._most, self._holder = source, most, holder
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return isinstance(self._holder, zipfile.ZipFile) or self._holder.seekable()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with _unpacking():
            data = self._source.read(len(buffer))
        self._at += len(data)
        if self._at > self._most:
            raise OSError("it unpacks to far more than its size; check where it comes from")
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, back by unpacking anew; the end is found by unpacking all, within the bound."""
        if whence == io.SEEK_END:
            while self.readinto(memoryview(bytearray(1 << 16))):
                pass
        if whence != io.SEEK_SET:
            offset += self._at
        if offset > self._most:
            raise OSError("there is nothing so far behind")
        with _unpacking():
            self._at = self._source.seek(offset)
        return self._at

    def close(self) -> None:
        if not self.closed:
            self._source.close()
            self._holder.close()
        super().close()


@contextmanager
def _unpacking() -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise OSError(f"what is packed is damaged: {error}") from error


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        raise InputError(f"the archive is damaged ({error}); get it again", file=str(path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"the archive cannot be read ({reason}); check its name and rights", file=str(path)) from error
