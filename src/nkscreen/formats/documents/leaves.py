"""A JSON or XML document as its leaves, each with the names above it and the place where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from lxml import etree

from nkscreen.errors import InputError
from nkscreen.formats.jsonl import decoded
from nkscreen.markup import MarkupError, TypeDeclaredError, document

MAX_BYTES = 64 * 1024 * 1024
"""A document is read as a whole. Real ones have up to 50 kB; a larger file than this is no single document."""

MAX_VALUES = 4_000_000
"""Values of a JSON document, which take some 100 bytes of memory each; real ones have up to a few thousand."""

MAX_DEPTH = 100
"""Levels of a document; real ones have up to 15."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value. `keys` are the names from the top, `places` the same with numbers (`GoodsItem[2]`) where several
    stand beside each other, counted from 1."""

    keys: tuple[str, ...]
    places: tuple[str, ...]
    text: str

    @property
    def place(self) -> str:
        return "/".join(self.places)


def whole(stream: IO[bytes], file: str) -> bytes:
    """All bytes of a document; the stream is closed.

    Raises:
        InputError: more than `MAX_BYTES`.
    """
    data = stream.read(MAX_BYTES + 1)
    stream.close()
    if len(data) > MAX_BYTES:
        raise InputError("the file is larger than 64 MiB; give what is in it in several files", file=file)
    return data


def json_document(data: bytes, file: str) -> Any:
    """The content of a JSON text in UTF-8.

    Raises:
        InputError: not JSON, or nested too deep.
    """
    values = data.count(b",") + data.count(b"[") + data.count(b"{")
    if values > MAX_VALUES:
        raise InputError(f"the document holds more values than {MAX_VALUES:,}; give it in several files", file=file)
    try:
        return decoded(data)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise InputError(
            f"the JSON breaks off or is wrong: it is no whole JSON in UTF-8 ({reason}); ask the sender for it again",
            file=file,
        ) from error


def json_leaves(value: Any, keys: tuple[str, ...] = (), places: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """The leaves of JSON content in its order; null and empty texts are none."""
    if len(places) > MAX_DEPTH:
        raise InputError(f"the document is nested deeper than {MAX_DEPTH} levels and cannot be one of its kind")
    if isinstance(value, dict):
        for key, item in value.items():
            yield from json_leaves(item, (*keys, key), (*places, key))
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from json_leaves(item, keys, (*places[:-1], f"{places[-1] if places else ''}[{number}]"))
    elif value is not None and str(value).strip():
        yield Leaf(keys, places, str(value).strip())


def xml_document(data: bytes, file: str) -> etree._Element:
    """The root of an XML document. Nothing is fetched or expanded: a document with a DOCTYPE is refused.

    Raises:
        InputError: not well-formed, or with a DOCTYPE.
    """
    try:
        return document(data)
    except TypeDeclaredError as error:
        raise InputError("the XML has a DOCTYPE, which no such document needs; it was not read", file=file) from error
    except MarkupError as error:
        raise InputError(
            f"the file is no well-formed XML ({error.reason}); ask the sender for it again", file=file
        ) from error


def local(element: etree._Element) -> str:
    """The name without its namespace."""
    return etree.QName(element).localname


def xml_leaves(element: etree._Element, keys: tuple[str, ...] = (), places: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """The leaves below an element in the order of the document, text beside child elements included."""
    if len(places) > MAX_DEPTH:
        raise InputError(f"the document is nested deeper than {MAX_DEPTH} levels and cannot be one of its kind")
    names = Counter(map(local, element))
    seen: Counter[str] = Counter()
    if element.text and element.text.strip():
        yield Leaf(keys, places, element.text.strip())
    for child in element:
        name = local(child)
        seen[name] += 1
        place = f"{name}[{seen[name]}]" if names[name] > 1 else name
        yield from xml_leaves(child, (*keys, name), (*places, place))
        if child.tail and child.tail.strip():
            yield Leaf(keys, places, child.tail.strip())
