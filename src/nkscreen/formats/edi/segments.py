"""A stream of bytes cut into segments, elements and components: tolerant, streaming, in bounded memory.

Bytes are held as Latin-1 while they are cut, since every separator is ASCII in all encodings these files come in, and a
value is decoded when it is asked for. A released character (`?+`) is held 256 higher, where no separator can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from nkscreen.errors import InputError

MAX_SEGMENT_CHARACTERS = 1024 * 1024
"""The longest segment of the standards has a few thousand characters; what is longer has lost its terminator."""

OVERSIZED = "\x00OVERSIZED"
"""The tag of a segment that was given up as too long; its second element is how it began."""

_CHUNK = 256 * 1024
_SHIELD = 0x100
_UNSHIELD = {_SHIELD + code: code for code in range(256)}
_WHITE = " \t\r\n\x00\x1a"
_LINE_ENDS = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class Syntax:
    """The separators of a file and the encoding of its text. `release` is "" where nothing can be released."""

    element: str
    component: str
    terminator: str
    release: str = ""
    encoding: str = "utf-8"


class Segment:
    """One segment. `number` counts from 1 in its stream, `elements` are as they stand, the tag first; `tag` is in
    capitals, without the nesting that may follow it (`GID:1`)."""

    __slots__ = ("elements", "number", "syntax", "tag")

    def __init__(self, number: int, tag: str, elements: list[str], syntax: Syntax) -> None:
        self.number, self.tag, self.elements, self.syntax = number, tag, elements, syntax

    def get(self, element: int, component: int = 0) -> str:
        """One component, decoded and stripped; "" where there is none.

        Raises:
            InputError: it cannot be decoded.
        """
        if element >= len(self.elements):
            return ""
        text = self.elements[element]
        if component or self.syntax.component in text:
            parts = text.split(self.syntax.component, component + 1)
            if component >= len(parts):
                return ""
            text = parts[component]
        return (text if text.isascii() else self._text(text)).strip(_WHITE)

    def parts(self, element: int) -> list[str]:
        """All components of an element, decoded, white space kept; [] where there is no such element."""
        if element >= len(self.elements):
            return []
        text = self.elements[element]
        parts = text.split(self.syntax.component)
        return parts if text.isascii() else [self._text(part) for part in parts]

    def shown(self, limit: int = 2_000) -> str:
        """The segment as text for people, cut at `limit`."""
        text = self.syntax.element.join(self.elements)[:limit].translate(_UNSHIELD)
        return text.encode("latin-1").decode("utf-8", "replace")

    def _text(self, text: str) -> str:
        if text.isascii():
            return text
        data = text.translate(_UNSHIELD).encode("latin-1")
        try:
            return data.decode("utf-8")  # other text is hardly ever valid UTF-8, whatever the envelope declares
        except UnicodeDecodeError:
            pass
        try:
            return data.decode(self.syntax.encoding)
        except UnicodeDecodeError:
            shown = data[:40].decode("ascii", "replace")
            raise InputError(
                f"“{shown}” is not text in {self.syntax.encoding}, which the file is in as a whole;"
                " ask the sender for the message in UTF-8"
            ) from None


def segments(stream: IO[bytes], syntax: Syntax) -> Iterator[Segment]:
    """The segments of a stream, blank ones left out; white space and line ends around and within them are dropped.

    A segment longer than `MAX_SEGMENT_CHARACTERS` is given as one with the tag `OVERSIZED`, and reading resumes behind
    the next terminator. What stands behind the last terminator is a segment too.
    """
    element, terminator = syntax.element, syntax.terminator
    wrapped = terminator not in "\r\n"
    tags = _Tags(syntax)
    rest, number, skipping = "", 0, False
    for text in _chunks(stream, syntax):
        if skipping:
            found = text.find(terminator)
            if found < 0:
                continue
            text, skipping = text[found + len(terminator) :], False  # noqa: PLW2901
        *whole, rest = _shielded(rest + text, syntax).split(terminator)
        for part in whole:
            raw = part.strip(_WHITE)
            if raw:
                number += 1
                if wrapped and ("\n" in raw or "\r" in raw):
                    raw = _LINE_ENDS.sub("", raw)
                elements = raw.split(element)
                yield Segment(number, tags[elements[0]], elements, syntax)
        if len(rest) > MAX_SEGMENT_CHARACTERS:
            number += 1
            yield Segment(number, OVERSIZED, [OVERSIZED, rest[:200]], syntax)
            rest, skipping = "", True
    raw = rest.strip(_WHITE)
    if raw:
        elements = _LINE_ENDS.sub("", raw).split(element)
        yield Segment(number + 1, tags[elements[0]], elements, syntax)


class _Tags(dict[str, str]):
    """Tags by the first element of segments; a file has a few dozen."""

    def __init__(self, syntax: Syntax) -> None:
        super().__init__()
        self._component = syntax.component

    def __missing__(self, first: str) -> str:
        if len(self) >= 1_000:
            self.clear()
        tag = self[first] = first.partition(self._component)[0].strip(_WHITE).upper()
        return tag


def _chunks(stream: IO[bytes], syntax: Syntax) -> Iterator[str]:
    first = True
    while chunk := stream.read(_CHUNK):
        if first:
            chunk, first = chunk.removeprefix(b"\xef\xbb\xbf"), False
        text = chunk.decode("latin-1")
        yield text.replace("\r", "\n") if syntax.terminator == "\n" else text


def _shielded(text: str, syntax: Syntax) -> str:
    release = syntax.release
    if not release or release not in text:
        return text
    for mark in (release, syntax.element, syntax.component, syntax.terminator):  # two of its own before anything else
        text = text.replace(release + mark, chr(_SHIELD + ord(mark)))
    if release not in text:
        return text
    return re.sub(
        re.escape(release) + "([\\x00-\\xff])", lambda found: chr(_SHIELD + ord(found[1])), text, flags=re.DOTALL
    )


def written(rows: list[list[list[str]]], syntax: Syntax) -> str:
    """Segments as text, what is a separator released: the inverse of `segments` for text without white space at its
    ends."""
    special = re.compile("[" + re.escape(syntax.element + syntax.component + syntax.terminator + syntax.release) + "]")

    def released(text: str) -> str:
        return special.sub(lambda found: syntax.release + found[0], text)

    return "".join(
        syntax.element.join(syntax.component.join(map(released, element)) for element in row) + syntax.terminator
        for row in rows
    )
