"""The separators and the encoding of an EDIFACT file, from its first bytes (ISO 9735)."""

from __future__ import annotations

import re

from nkscreen.formats.edi.segments import Syntax
from nkscreen.formats.tables.encoding import detect

ENCODINGS = {
    "UNOC": "cp1252",
    "UNOD": "iso8859-2",
    "UNOE": "iso8859-5",
    "UNOF": "iso8859-7",
    "UNOG": "iso8859-3",
    "UNOH": "iso8859-4",
    "UNOI": "iso8859-6",
    "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9",
    "UNOL": "iso8859-15",
    "UNOY": "utf-8",
    "UNOW": "utf-8",
}
"""Code list 0001 of ISO 9735. UNOC is Latin-1, of which Windows' cp1252 is the form that is written. UNOA and UNOB are
ASCII and UNOX switches sets: what is not ASCII in them is in the encoding that the file as a whole reads in."""

_START = re.compile(rb"UNA[^\w\s].{5}\s*|UN[BGH][^\w\s]", re.DOTALL)
_UNA = re.compile(r"\s*UNA(.)(.)(.)(.)(.)(.|$)", re.DOTALL)
_UNB = re.compile(r"UN[BGH]([^\w\s])(?:(UN[O-Z][A-Z])(?:([^\w\s])(?=\d))?)?")
"""What stands between the syntax and its version parts components; where no version follows, it is something else."""

_BEFORE_MESSAGE = re.compile(r"(?:UNB|UNH).{10,4000}?(.)[\r\n\t ]*UN[HG]|UNH.{3,200}?(.)[\r\n\t ]*BGM", re.DOTALL)


def is_edifact(head: bytes) -> bool:
    """Whether a file begins as EDIFACT does: UNA, or UNB, UNG or UNH and a separator."""
    return _START.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()) is not None


def syntax_of(head: bytes) -> Syntax:
    """UNA decides; without it the separators are read off the first segments, and else those of the standard."""
    text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip()
    opening = _UNB.search(text[:4096])
    encoding = ENCODINGS.get(opening[2] or "" if opening else "") or detect(head)
    if found := _UNA.match(text):
        component, element, _, release, _, terminator = found.groups()
        terminator = "\n" if terminator in "\r\n" else terminator
        return Syntax(element, component, terminator, release.strip(), encoding)
    element = opening[1] if opening else "+"
    component = opening[3] if opening and opening[3] and opening[3] != element else ":"
    before = _BEFORE_MESSAGE.search(text[:8192])
    last = (before[1] or before[2]) if before else "'"
    if last.isalnum() or last in (element, component):
        last = "\n"  # nothing but line ends between the segments
    return Syntax(element, "\x1f" if element == "\x1d" else component, last, "?" if element != "\x1d" else "", encoding)
