"""The separators of an X12 file, read off its ISA segment, or off its first segments where it has none."""

from __future__ import annotations

import re

from nkscreen.formats.edi.segments import Syntax
from nkscreen.formats.tables.encoding import detect

NONE = "\x1f"
"""Stands for a separator that a file does not have."""

_START = re.compile(rb"ISA([^\w\s])|(?:GS|ST)([^\w\s])[A-Z0-9]{2,3}\2")
_TERMINATOR = r"([^\w\s]|[\r\n])[\r\n\t ]*[A-Z][A-Z0-9]{1,2}"
"""What stands before the tag of a segment; the separator of elements follows."""


_MARK = re.compile(r"[^\x00-\x7f]+|.", re.DOTALL)
_BLANKS = dict.fromkeys(map(ord, " \t\r\n"))


def is_x12(head: bytes) -> bool:
    """Whether a file begins with ISA, or with GS or ST, and a separator."""
    return _START.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()) is not None


def syntax_of(head: bytes) -> Syntax:
    """The separators and the encoding.

    ISA has sixteen elements; the last is the separator of components, and what follows it ends every segment, several
    bytes where it is no ASCII (`…`). The elements are counted, not measured: real files pad them short, long and over
    two lines.
    """
    encoding = detect(head)
    text = head.decode("latin-1").removeprefix("\xef\xbb\xbf").lstrip()
    element = text[3] if text.startswith("ISA") else text[2]
    component, terminator = NONE, ""
    if text.startswith("ISA"):
        before, group, _ = text[:1000].partition(f"GS{element}")
        tail = before.rpartition(element)[2] if group else text[:1000].split(element, 16)[-1][:6]
        marks = tail.translate(_BLANKS)
        if len(marks) > 1:
            component, terminator = marks[0], _MARK.findall(marks[1:])[0]
        elif marks and tail.rstrip(" ").endswith(("\r", "\n")):
            component, terminator = marks, "\n"
        else:
            terminator = marks
    if not terminator or terminator.isalnum():
        found = re.search(_TERMINATOR + re.escape(element), text[4:4096])
        terminator = found[1] if found and found[1] != element else "\n"
    return Syntax(element, component, "\n" if terminator in "\r\n" else terminator, "", encoding)
