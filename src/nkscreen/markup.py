"""XML of strangers: nothing in it is fetched, expanded or executed, and none of it may declare a document type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any, Final, cast

from lxml import etree

MAX_PROLOG: Final = 1024 * 1024
"""Bytes before the root element; real files have a comment or two."""

_SETTINGS: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,  # at most 256 levels, and 10 million characters in one text
    "remove_comments": True,
    "remove_pis": True,
}
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


def document(data: bytes) -> etree._Element:
    """The root of a whole document; comments and processing instructions are left out.

    Raises:
        MarkupError: not well-formed, or a `TypeDeclaredError`.
    """
    _decided(data)
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
    elements, which only lays the text out, is left out.
    """

    def __init__(self, stream: IO[bytes], *tags: str, layout: bool = True) -> None:
        self._events = etree.iterparse(
            _Checked(stream), events=("end",), tag=tags, remove_blank_text=not layout, **_SETTINGS
        )
        self._checked = False

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
    """A stream that is refused as soon as a document type declaration begins, however long that is."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._head = stream, b""
        self._decided = False

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        if data and not self._decided:
            self._head += data
            self._decided = _decided(self._head)
            if not self._decided and len(self._head) > MAX_PROLOG:
                raise MarkupError("no element begins in its first MiB")
            if self._decided:
                self._head = b""
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
