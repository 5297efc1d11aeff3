"""An X12 file as records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from nkscreen.errors import InputError
from nkscreen.formats.edi.draft import Draft
from nkscreen.formats.edi.messages import Dialect, Notes, records
from nkscreen.formats.edi.segments import Segment, segments
from nkscreen.formats.model import Input
from nkscreen.formats.tables.encoding import display_name
from nkscreen.formats.x12.handlers import HANDLERS, other, starts
from nkscreen.formats.x12.syntax import is_x12, syntax_of

__all__ = ["is_x12", "read_x12"]


def read_x12(stream: IO[bytes], head: bytes, *, file: str) -> Input:
    """Shipments of every bill, booking and status, as they come.

    Raises:
        InputError: while iterating, where the separators change within the file.
    """
    syntax, notes = syntax_of(head), Notes()
    items = records(_checked(segments(stream, syntax), file), DIALECT, file, notes)
    shown = f"ANSI X12, {display_name(syntax.encoding)}"
    return Input(items, file=file, format=shown, kind="shipment", notes=notes, close=stream.close)


def _checked(found: Iterator[Segment], file: str) -> Iterator[Segment]:
    for segment in found:
        tag = segment.elements[0]
        if tag.startswith("ISA") and tag != "ISA":
            raise InputError("the separators change within the file; cut it before the second ISA", file=file)
        yield segment


def _begin(_draft: Draft, _segment: Segment) -> None:
    """ST itself says nothing of a consignment."""


DIALECT = Dialect(
    opening="ST",
    closing="SE",
    envelope=frozenset({"ISA", "GS", "GE", "IEA", "TA1"}),
    type_of=lambda segment: (segment.get(1).upper() or "unknown", segment.get(2)),
    counted=lambda segment: segment.get(1),
    starts=starts,
    handlers=HANDLERS,
    other=other,
    begin=_begin,
)
