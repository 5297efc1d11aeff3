"""Texts of X12 elements. Unlike codes they may hold the separator of components, which then parts nothing."""

from __future__ import annotations

from nkscreen.formats.edi.segments import Segment


def word(segment: Segment, element: int) -> str:
    """A whole element as text, stripped; "" where there is none."""
    return line(segment, element).strip()


def line(segment: Segment, element: int) -> str:
    """A whole element as text, white space kept: where a line was cut matters."""
    return segment.syntax.component.join(segment.parts(element))
