"""An EDIFACT file as records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from nkscreen.errors import InputError
from nkscreen.formats.edi.messages import Dialect, read
from nkscreen.formats.edi.segments import Segment
from nkscreen.formats.edifact.handlers import HANDLERS, SHIPS, STARTERS, other, starts
from nkscreen.formats.edifact.syntax import is_edifact, syntax_of
from nkscreen.formats.model import Input

__all__ = ["is_edifact", "read_edifact"]


def read_edifact(stream: IO[bytes], head: bytes, *, file: str) -> Input:
    """Shipments of every consignment, and vessels of stowage plans and terminal messages, as they come.

    Raises:
        InputError: while iterating, where the separators change within the file.
    """
    return read(stream, head, DIALECT, file=file)


def _checked(found: Iterator[Segment], file: str) -> Iterator[Segment]:
    advice: list[str] | None = None
    for segment in found:
        if not segment.tag.startswith("UNA"):
            yield segment
        elif advice is not None and advice != segment.elements:
            raise InputError("the separators change within the file; cut it before the second UNA", file=file)
        else:
            advice = segment.elements


def _type_of(segment: Segment) -> tuple[str, str]:
    return segment.get(2).upper() or "unknown", segment.get(1)


DIALECT = Dialect(
    name="UN/EDIFACT",
    syntax_of=syntax_of,
    checked=_checked,
    opening="UNH",
    closing="UNT",
    envelope=frozenset({"UNB", "UNG", "UNE", "UNZ"}),
    type_of=_type_of,
    starters=STARTERS,
    starts=starts,
    handlers=HANDLERS,
    other=other,
    ships=SHIPS,
)
