"""An X12 file as records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from nkscreen.errors import InputError
from nkscreen.formats.edi.messages import Dialect, read
from nkscreen.formats.edi.segments import Segment
from nkscreen.formats.model import Input
from nkscreen.formats.x12.handlers import HANDLERS, STARTERS, other, starts
from nkscreen.formats.x12.syntax import is_x12, syntax_of

__all__ = ["is_x12", "read_x12"]


def read_x12(stream: IO[bytes], head: bytes, *, file: str) -> Input:
    """Shipments of every bill, booking and status, as they come.

    Raises:
        InputError: while iterating, where the separators change within the file.
    """
    return read(stream, head, DIALECT, file=file)


def _checked(found: Iterator[Segment], file: str) -> Iterator[Segment]:
    for segment in found:
        if segment.tag != "ISA" and segment.tag.startswith("ISA"):
            raise InputError("the separators change within the file; cut it before the second ISA", file=file)
        yield segment


DIALECT = Dialect(
    name="ANSI X12",
    syntax_of=syntax_of,
    checked=_checked,
    opening="ST",
    closing="SE",
    envelope=frozenset({"ISA", "GS", "GE", "IEA", "TA1"}),
    type_of=lambda segment: (segment.get(1).upper() or "unknown", segment.get(2)),
    starters=STARTERS,
    starts=starts,
    handlers=HANDLERS,
    other=other,
)
