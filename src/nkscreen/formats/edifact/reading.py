"""An EDIFACT file as records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from nkscreen.errors import InputError
from nkscreen.formats.edi.draft import Draft
from nkscreen.formats.edi.messages import Dialect, Notes, records
from nkscreen.formats.edi.segments import Segment, segments
from nkscreen.formats.edifact.handlers import HANDLERS, SHIPS, other, starts
from nkscreen.formats.edifact.syntax import is_edifact, syntax_of
from nkscreen.formats.model import Input
from nkscreen.formats.tables.encoding import display_name

__all__ = ["is_edifact", "read_edifact"]


def read_edifact(stream: IO[bytes], head: bytes, *, file: str) -> Input:
    """Shipments of every consignment, and vessels of stowage plans and terminal messages, as they come.

    Raises:
        InputError: while iterating, where the separators change within the file.
    """
    syntax, notes = syntax_of(head), Notes()
    items = records(_checked(segments(stream, syntax), file), DIALECT, file, notes)
    shown = f"UN/EDIFACT, {display_name(syntax.encoding)}"
    return Input(items, file=file, format=shown, kind="shipment", notes=notes, close=stream.close)


def _checked(found: Iterator[Segment], file: str) -> Iterator[Segment]:
    advice: list[str] | None = None
    for segment in found:
        if segment.elements[0].startswith("UNA"):
            if advice is not None and advice != segment.elements:
                raise InputError("the separators change within the file; cut it before the second UNA", file=file)
            advice = segment.elements
        else:
            yield segment


def _type_of(segment: Segment) -> tuple[str, str]:
    return segment.get(2).upper() or "unknown", segment.get(1)


def _begin(_draft: Draft, _segment: Segment) -> None:
    """UNH itself says nothing of a consignment."""


DIALECT = Dialect(
    opening="UNH",
    closing="UNT",
    envelope=frozenset({"UNB", "UNG", "UNE", "UNZ"}),
    type_of=_type_of,
    counted=lambda segment: segment.get(1),
    starts=starts,
    handlers=HANDLERS,
    other=other,
    begin=_begin,
    ships=SHIPS,
)
