"""Messages between their envelopes: what opens, closes and counts them, and what becomes of a broken one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from nkscreen.errors import InputError
from nkscreen.formats.edi.draft import Draft
from nkscreen.formats.edi.segments import OVERSIZED, Segment, Syntax, segments
from nkscreen.formats.model import Input, Quarantined
from nkscreen.formats.tables.encoding import display_name
from nkscreen.records import Record, Source

_RAW = 2_000

_SHOWN = 40
"""Segments of a consignment that are kept for the quarantine."""


@dataclass(frozen=True)
class Dialect:
    """What a standard says of its messages.

    `syntax_of` finds the separators in the first bytes; `checked` gives the segments of a file on, and an InputError
    where the separators change. `type_of` gives type and reference of the message that a segment opens. The closing one
    says in its first element how many segments there are. `starts` tells whether a segment with one of the tags
    `starters` begins the next consignment of a message. `handlers` is tag → what takes the segment; `other` takes those
    of no handler. Messages of `ships` give a vessel of their own as well.
    """

    name: str
    syntax_of: Callable[[bytes], Syntax]
    checked: Callable[[Iterator[Segment], str], Iterator[Segment]]
    opening: str
    closing: str
    envelope: frozenset[str]
    type_of: Callable[[Segment], tuple[str, str]]
    starters: frozenset[str]
    starts: Callable[[str, str, Segment, Draft], bool]
    handlers: Mapping[str, Callable[[Draft, Segment], None]]
    other: Callable[[Draft, Segment], None]
    ships: frozenset[str] = frozenset()


class Notes(list[str]):
    """Warnings of a file: of each kind the first in words, and how many more there were."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[str, tuple[int, str, int]] = {}

    def add(self, kind: str, text: str) -> None:
        index, first, count = self._seen.get(kind, (len(self), text, 0))
        self._seen[kind] = (index, first, count + 1)
        if count:
            self[index] = f"{first}; {count:,} more of this kind"
        else:
            self.append(text)


class Message:
    """One message while it is read."""

    def __init__(self, dialect: Dialect, opening: Segment, count: int, file: str) -> None:
        self.dialect, self._file, self._first = dialect, file, opening.number
        self.type, self.reference = dialect.type_of(opening)
        self.label = f"message {count} ({' '.join(filter(None, (self.type, self.reference)))[:80]})"
        self._header = self._draft = Draft()
        self._shown, self._begins = [opening], 1
        self._error: InputError | None = None
        self._ship_given = self.type not in dialect.ships
        self._given = False
        self._handlers, self._other = dialect.handlers, dialect.other

    def begins(self, segment: Segment) -> bool:
        """Whether a segment begins the next consignment."""
        return self.dialect.starts(self.type, segment.tag, segment, self._draft)

    def next(self, segment: Segment) -> Iterator[Record | Quarantined]:
        """What the consignment before gives; the segment begins another one."""
        yield from self._emit()
        if self._draft is self._header:
            self._header.own = 0
        self._draft = self._header.fork()
        self._shown, self._begins, self._error = [], self.position(segment), None

    def add(self, segment: Segment) -> None:
        """Take what a segment says of the consignment."""
        if len(self._shown) < _SHOWN:
            self._shown.append(segment)
        if self._error is None:
            try:
                self._handlers.get(segment.tag, self._other)(self._draft, segment)
            except InputError as error:
                self._error = error

    def position(self, segment: Segment) -> int:
        """The number of a segment in its message; the opening one is 1."""
        return segment.number - self._first + 1

    def finish(self) -> Iterator[Record | Quarantined]:
        """What is left at the end of the message; a message that gave nothing is quarantined."""
        yield from self._emit(last=True)
        if not self._given:
            reason = f"the {self.type} message names no party, ship, place, goods or text; check what it is for"
            yield self.quarantined(reason)

    def quarantined(self, reason: str) -> Quarantined:
        source = Source(file=self._file, path=f"{self.label}, segment {self._begins}")
        return Quarantined(source=source, reason=reason, raw="\n".join(one.shown(_RAW) for one in self._shown))

    def _emit(self, *, last: bool = False) -> Iterator[Record | Quarantined]:
        header = self._draft is self._header
        if self._error is not None:
            self._given = True
            yield self.quarantined(self._error.message)
            return
        if not self._ship_given:
            self._ship_given = True
            if self._header.vessel:
                self._given = True
                yield self._built(self._header.vessel_record, 1)
        if header and not last:
            return
        if (self._draft.own and not self._draft.empty()) if not header else not (self._given or self._draft.empty()):
            self._given = True
            yield self._built(self._draft.shipment, self._begins)

    def _built(self, build: Callable[[str, Source], Record], begins: int) -> Record | Quarantined:
        name = f"{self.label}, segment {begins}"
        try:
            return build(name, Source(file=self._file, path=name))
        except InputError as error:
            return self.quarantined(f"{error.message}; correct the message")


def read(stream: IO[bytes], head: bytes, dialect: Dialect, *, file: str) -> Input:
    """Shipments of every consignment, and ships of their own, as they come.

    Raises:
        InputError: while iterating, where the separators change within the file.
    """
    syntax, notes = dialect.syntax_of(head), Notes()
    items = records(dialect.checked(segments(stream, syntax), file), dialect, file, notes)
    shown = f"{dialect.name}, {display_name(syntax.encoding)}"
    return Input(items, file=file, format=shown, kind="shipment", notes=notes, close=stream.close)


def records(found: Iterator[Segment], dialect: Dialect, file: str, notes: Notes) -> Iterator[Record | Quarantined]:  # noqa: PLR0912
    """The consignments and ships of all messages of a file, in order, and what could not become one.

    Wrong counts, missing closing segments and messages outside an envelope are notes; segments outside any message,
    segments that are too long and a message that the file breaks off in are quarantined.
    """
    message: Message | None = None
    count, stray = 0, _Stray(file)
    handlers, starters = dialect.handlers, dialect.starters
    for segment in found:
        tag = segment.tag
        if message and tag in handlers:  # most segments
            if tag in starters and message.begins(segment):
                yield from message.next(segment)
            message.add(segment)
        elif tag == OVERSIZED:
            reason = "a segment is longer than 1 MiB: a terminator is missing; ask the sender for a sound file"
            if message:
                yield message.quarantined(f"{reason}. Nothing of this message from here on was read")
                message = None
            else:
                yield Quarantined(source=Source(file=file), reason=reason, raw=segment.elements[1])
        elif tag == dialect.opening:
            yield from stray.done()
            if message:
                notes.add("open", f"{message.label} has no {dialect.closing}; it was read up to the next message")
                yield from message.finish()
            count += 1
            message = Message(dialect, segment, count, file)
        elif tag in dialect.envelope:
            yield from stray.done()
            if message:
                notes.add("open", f"{message.label} has no {dialect.closing}; it was read up to {tag}")
                yield from message.finish()
                message = None
        elif message is None:
            stray.add(segment)
        elif tag == dialect.closing:
            said, there = segment.get(1), message.position(segment)
            if said.isascii() and said.isdigit() and len(said) < 12 and int(said) != there:
                text = f"{message.label}: {tag} counts {int(said):,} segments where {there:,} were read"
                notes.add("count", f"{text}; ask the sender whether segments are missing")
            yield from message.finish()
            message = None
        else:
            if tag in starters and message.begins(segment):
                yield from message.next(segment)
            message.add(segment)
    yield from stray.done()
    if message:
        reason = f"the file ends within {message.label}: its {dialect.closing} is missing; get the whole file"
        yield message.quarantined(reason)


class _Stray:
    """Segments outside any message, each run of them one quarantined item."""

    def __init__(self, file: str) -> None:
        self._file, self._count, self._first, self._raw = file, 0, 0, ""

    def add(self, segment: Segment) -> None:
        self._first = self._first or segment.number
        self._count += 1
        if len(self._raw) < _RAW:
            self._raw += segment.shown(_RAW - len(self._raw)) + "\n"

    def done(self) -> Iterator[Quarantined]:
        if self._count:
            reason = f"{self._count:,} segments stand outside any message; ask the sender where they belong"
            source = Source(file=self._file, path=f"segment {self._first} of the file")
            yield Quarantined(source=source, reason=reason, raw=self._raw)
        self._count, self._first, self._raw = 0, 0, ""
