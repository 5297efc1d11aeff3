"""XML of strangers: nothing in it is fetched, expanded or executed, and none of it may declare a document type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any, Final, cast

from lxml import etree

MAX_PROLOG: Final = 1024 * 1024
"""Bytes before the root element; real files have a comment or two."""

MAX_HELD: Final = 512 * 1024 * 1024
"""Bytes of memory for the elements that are held at a time, by `weight`. A day's bookings of a large bank in one entry
take a fifth of it."""

_SETTINGS: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,  # at most 256 levels, and 10 million characters in one text
    "remove_comments": True,
    "remove_pis": True,
}
_TOO_MUCH: Final = f"it holds more elements together than {MAX_HELD // 1024**2} MiB of memory"

# Atomic, so that a thousand comments without an element behind them are looked at once.
_BEFORE: Final = rb"(?>\s++|<\?.*?\?>|<!--.*?-->)*+"
_PROLOG: Final = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?+" + _BEFORE, re.DOTALL)
_ROOT: Final = re.compile(
    _BEFORE + rb"(?:<!DOCTYPE[^<>\[]*+(?:\[[^\]]*+\])?+\s*+>)?+" + _BEFORE + rb"<([A-Za-z_][^\s/>]*+)", re.DOTALL
)


class MarkupError(Exception):
    """Text that is no XML. `reason` is the parser's, `line` counts from 1 where it is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


class TypeDeclaredError(MarkupError):
    """XML with a document type declaration, by which entities are defined."""

    def __init__(self) -> None:
        super().__init__("it declares a document type")


def weight(data: bytes) -> int:
    """About how many bytes of memory XML takes as a tree: libxml2 has 120 for an element, for a text and for an
    attribute, whose value is a text again."""
    return len(data) + 120 * data.count(b"<") + 240 * data.count(b"=")


def document(data: bytes) -> etree._Element:
    """The root of a whole document; comments and processing instructions are left out.

    Raises:
        MarkupError: not well-formed, too many elements for `MAX_HELD`, or a `TypeDeclaredError`.
    """
    _decided(data)
    if weight(data) > MAX_HELD:
        raise MarkupError(_TOO_MUCH)
    try:
        root = etree.fromstring(data, etree.XMLParser(**_SETTINGS))
    except etree.XMLSyntaxError as error:
        raise MarkupError(error.msg or "it is empty", error.lineno or None) from error
    except ValueError as error:
        raise MarkupError(str(error)) from error
    _refuse_types(root)
    return root


class Elements(Iterator[etree._Element]):
    """The elements of these tags (`{*}Ntry` of any namespace) as they end; who reads them clears what is behind.

    Iterating raises what `document` raises. `root` is there when all is read. Without `layout` white space between
    elements, which only lays the text out, is left out. A `bounded` reader says with `let_go` when it has cleared what
    was given, and is held to `MAX_HELD` for what comes in between.
    """

    def __init__(self, stream: IO[bytes], *tags: str, layout: bool = True, bounded: bool = False) -> None:
        self._stream = _Checked(stream, MAX_HELD if bounded else None)
        self._events = etree.iterparse(
            self._stream, events=("end",), tag=tags, remove_blank_text=not layout, **_SETTINGS
        )
        self._checked = False

    def let_go(self) -> None:
        """What was given so far is cleared, or is bounded by whoever keeps it."""
        self._stream.held = 0

    @property
    def root(self) -> etree._Element:
        return cast(etree._Element, self._events.root)

    def __next__(self) -> etree._Element:
        try:
            element = cast(etree._Element, next(self._events)[1])
        except etree.XMLSyntaxError as error:
            raise MarkupError(error.msg or "it is empty", error.lineno or None) from error
        except StopIteration:
            _refuse_types(self.root)
            raise
        if not self._checked:
            _refuse_types(element)
            self._checked = True
        return element


def root_name(start: str) -> str:
    """The name of the root element, prefix included, from the beginning of an XML text; "" where it is not there."""
    found = _ROOT.match(start.encode("utf-8", "replace"))
    return found[1].decode("utf-8", "replace") if found else ""


class _Checked:
    """A stream that is refused as soon as a document type declaration begins, however long that is, and where more is
    held than `most`."""

    def __init__(self, stream: IO[bytes], most: int | None) -> None:
        self._stream, self._head, self._most = stream, b"", most
        self._decided, self.held = False, 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        if data and not self._decided:
            self._head += data
            self._decided = _decided(self._head)
            if not self._decided and len(self._head) > MAX_PROLOG:
                raise MarkupError("no element begins in its first MiB")
            if self._decided:
                self._head = b""
        if self._most is not None:
            self.held += weight(data)
            if self.held > self._most:
                raise MarkupError(_TOO_MUCH)
        return data


def _decided(head: bytes) -> bool:
    """Whether something other than comments and instructions has begun; a document type there is refused."""
    plain = head[: MAX_PROLOG + 1].replace(b"\0", b"")  # UTF-16 and UTF-32 as well
    found = _PROLOG.match(plain)
    rest = plain[found.end() :] if found else plain
    if rest.startswith(b"<!DOCTYPE"):
        raise TypeDeclaredError
    return len(rest) >= len(b"<!DOCTYPE") and not rest.startswith((b"<!--", b"<?"))


def _refuse_types(element: etree._Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise TypeDeclaredError
