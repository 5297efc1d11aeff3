"""Which encoding a text file is in, and its bytes as UTF-8 or in an encoding whose line ends are single bytes."""

from __future__ import annotations

import codecs
import io
from typing import IO

from nkscreen.formats.tables import legacy

SAMPLE_BYTES = 256 * 1024
"""Read before anything is decided. A larger sample changed no decision on real files."""

SCAN_BYTES = 64 * 1024 * 1024
"""How far into a file the first line that is not ASCII is looked for; it alone can tell the encoding."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DISPLAY = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32"}
_CHUNK = 64 * 1024


def display_name(encoding: str) -> str:
    """The name shown to the user: "UTF-8", "cp1251"."""
    base = encoding.removesuffix("-le").removesuffix("-be")
    return _DISPLAY.get(base, encoding)


def detect(head: bytes, stream: IO[bytes] | None = None) -> str:
    """The encoding of a file from its first bytes; `stream`, when given, is seekable and searched for non-ASCII lines.

    A byte-order mark decides; then NUL bytes in every other place (UTF-16); then, of the lines that are not ASCII,
    whether most are UTF-8 and else how they read in the encodings before Unicode. When they read well in none, UTF-8
    is assumed: the rows that are not will be quarantined, which is better than screening garbled names.
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    pairs = len(head) // 2
    if pairs:
        if head[1::2].count(0) > pairs * 0.4 and head[0::2].count(0) < pairs * 0.1:
            return "utf-16-le"
        if head[0::2].count(0) > pairs * 0.4 and head[1::2].count(0) < pairs * 0.1:
            return "utf-16-be"
    sample = _telling_lines(head)
    if not sample and stream is not None:
        sample = _search(stream)
    lines = sample.split(b"\n")
    if 2 * sum(map(_is_utf8, lines)) >= len(lines):  # other text is hardly ever valid UTF-8; damaged rows are
        return "utf-8"
    return legacy.best(sample) or "utf-8"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _telling_lines(data: bytes) -> bytes:
    """The lines that are not ASCII, up to a bound; without the last of many, which may be cut within a character."""
    lines = data.split(b"\n") if not data.isascii() else []
    found, size = [], 0
    for line in lines[:-1] or lines:
        if not line.isascii() and size + len(line) <= _CHUNK:
            found.append(line)
            size += len(line)
    return b"\n".join(found)


def _search(stream: IO[bytes]) -> bytes:
    here = stream.tell()
    try:
        for _ in range(SCAN_BYTES // SAMPLE_BYTES):
            block = stream.read(SAMPLE_BYTES) + stream.readline(SAMPLE_BYTES)  # whole lines
            if not block:
                break
            if not block.isascii():
                return _telling_lines(block + b"\n")
    finally:
        stream.seek(here)
    return b""


class Replayed(io.RawIOBase):
    """A stream whose first bytes were already read, put back in front; for standard input, which cannot seek."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)]
        self._head = self._head[len(data) :]
        data = data or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class AsLines(io.RawIOBase):
    """UTF-16 and UTF-32 as UTF-8, and lone carriage returns as line feeds. What cannot be decoded becomes the byte FF,
    which no UTF-8 row may hold, so that its row is found unreadable later."""

    def __init__(self, source: IO[bytes], encoding: str, *, carriage_returns: bool) -> None:
        wide = encoding.startswith(("utf-16", "utf-32"))
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace") if wide else None
        self._source, self._cr = source, carriage_returns
        self._ready, self._done = b"", False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready and not self._done:
            chunk = self._source.read(_CHUNK)
            self._done = not chunk
            self._ready = self._converted(chunk)
        data = self._ready[: len(buffer)]
        self._ready = self._ready[len(data) :]
        buffer[: len(data)] = data
        return len(data)

    def _converted(self, chunk: bytes) -> bytes:
        if self._decoder is not None:
            text = self._decoder.decode(chunk, final=self._done)
            chunk = text.encode("utf-8", "surrogatepass").replace("\ufffd".encode(), b"\xff")
        return chunk.replace(b"\r", b"\n") if self._cr else chunk


def as_lines(source: IO[bytes], encoding: str, *, carriage_returns: bool) -> tuple[IO[bytes], str]:
    """A stream that can be cut at line feeds, and the encoding of its lines."""
    if encoding.startswith(("utf-16", "utf-32")):
        return io.BufferedReader(AsLines(source, encoding, carriage_returns=carriage_returns)), "utf-8"
    if carriage_returns:
        source = io.BufferedReader(AsLines(source, encoding, carriage_returns=True))
    return source, "utf-8" if encoding == "utf-8-sig" else encoding
