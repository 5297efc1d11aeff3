"""From the characters of a file to messages, and from a message to its fields.

A message is blocks in braces, `{1:F01...}{2:I103...}{3:...}{4:` and the fields of the text block up to `-}`. Files hold
one after another, parted by `$` (RJE), by line ends or by nothing, with acknowledgements (`{1:F21...}`) between them.
Bare text blocks are messages as well, each from one `:20:` to the next; lines of a bank's own may stand between them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

MAX_MESSAGE: Final = 200_000
"""Characters of one message; SWIFT allows 10,000, so anything longer is something else."""

_START: Final = "{1:"
_NEXT: Final = re.compile(r"\n(?=:20:)")
_ENTRIES: Final = re.compile(r"^:(?:60[FM]|61|62[FM]|34F):", re.MULTILINE)
_FIELD: Final = re.compile(r"^:(\d{2}[A-Z]?|NS):", re.MULTILINE)
_TEXT: Final = re.compile(r"\{4:\s*\r?\n?(.*?)(?:\r?\n-\}|-\}|\Z)", re.DOTALL)
_TYPE: Final = re.compile(r"\{2:([IO])(\d{3})")
_SENDER: Final = re.compile(r"\{1:F\d\d([A-Z0-9]{12})")
_INPUT: Final = re.compile(r"\{2:I\d{3}([A-Z0-9]{12})")
_OUTPUT: Final = re.compile(r"\{2:O\d{3}\d{10}([A-Z0-9]{12})")
_UETR: Final = re.compile(r"\{121:([0-9a-fA-F-]{36})\}")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the text block: its tag (`59F`), and its lines."""

    tag: str
    lines: tuple[str, ...]

    @property
    def number(self) -> str:
        """The tag without its option letter."""
        return self.tag[:2]

    @property
    def option(self) -> str:
        """The option letter, or ""."""
        return self.tag[2:]


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `type` is "103" and the like, "" where no header says so; BICs are of eleven characters."""

    type: str
    fields: tuple[Field, ...]
    sender: str = ""
    receiver: str = ""
    uetr: str = ""
    cover: bool = False


def units(stream: IO[bytes], encoding: str) -> Iterator[str]:
    """The texts of the messages and acknowledgements of a file, in order; of one that is too long, its beginning."""
    buffer, cut = "", False
    decoded = _characters(stream, encoding)
    for part in decoded:
        buffer += part
        while (at := _end(buffer)) >= 0:
            if buffer[:at].strip(" \r\n$\x00\ufeff") and not cut:
                yield buffer[:at]
            buffer, cut = buffer[at:], False
        if len(buffer) > MAX_MESSAGE and not cut:
            yield buffer[: MAX_MESSAGE + 1]
            cut = True
        if cut:
            buffer = buffer[-len(_START) :]
    if buffer.strip(" \r\n$\x00\ufeff") and not cut:
        yield buffer


def _end(buffer: str) -> int:
    """Where the message at the beginning of a text ends because another one begins; -1 where none does."""
    at = buffer.find(_START, len(_START))
    if _START in buffer[:MAX_MESSAGE] and at != buffer.find(_START):
        return at
    first = buffer.find(":20:")
    found = _NEXT.search(buffer, first + 1) if first >= 0 else None
    return found.end() if found and (at < 0 or found.end() < at) else at


def _characters(stream: IO[bytes], encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    while data := stream.read(65_536):
        yield decoder.decode(data)
    yield decoder.decode(b"", final=True)


def is_acknowledgement(text: str) -> bool:
    """Whether this is a network's ACK or NAK, which names nobody."""
    return "{1:F21" in text[:64]


def parse(text: str) -> Message | None:
    """The message in a text; None where there is no field in it."""
    start = text.find("{4:")
    block = _TEXT.search(text) if start >= 0 else None
    body = block[1] if block else text.partition("-}")[0]
    fields = tuple(_fields(body))
    if not fields:
        return None
    header = text[:start] if start >= 0 else ""
    kind = _TYPE.search(header)
    own = _SENDER.search(header)
    other = (_INPUT if kind and kind[1] == "I" else _OUTPUT).search(header)
    near, far = (_bic(found[1]) if found else "" for found in (own, other))
    sent = not kind or kind[1] == "I"
    unique = _UETR.search(header)
    return Message(
        kind[2] if kind else "940" if _ENTRIES.search(body) else "",
        fields,
        sender=near if sent else far,
        receiver=far if sent else near,
        uetr=unique[1].lower() if unique else "",
        cover="{119:COV}" in header,
    )


def _bic(address: str) -> str:
    """A logical terminal's address is a BIC with one more character in its ninth place."""
    return address[:8] + address[9:12]


def _fields(body: str) -> Iterator[Field]:
    starts = list(_FIELD.finditer(body))
    for number, start in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(body)
        lines = [line.strip() for line in body[start.end() : end].splitlines()]
        yield Field(start[1], tuple(line for line in lines if line and line != "-"))
