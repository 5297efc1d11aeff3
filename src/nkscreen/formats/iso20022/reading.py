"""Files of ISO 20022 as payments, one transaction at a time; nothing in the XML is fetched, expanded or executed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

from lxml import etree

from nkscreen.errors import InputError
from nkscreen.formats.detect import Given
from nkscreen.formats.iso20022.parties import Values, name_of
from nkscreen.formats.iso20022.payments import TRANSACTIONS, payment
from nkscreen.formats.model import Input, Quarantined
from nkscreen.records import Payment, Record, Source

_NAMESPACE: Final = "urn:iso:std:iso:20022"
_ROOTS: Final = frozenset(["Document", "BusMsg", "BusinessMessage", "RequestPayload", "DataPDU"])

MAX_LOOSE: Final = 20_000
"""Elements outside transactions that are kept while a message is read: a group header has a few dozen."""


def known(given: Given) -> str | None:
    """Why a file is ISO 20022: its namespace, or the root element of its messages."""
    if not given.root:
        return None
    if _NAMESPACE in given.start:
        return f"it is XML of the namespace {_NAMESPACE}"
    return f"its root element is {given.root}" if given.root in _ROOTS else None


def read_iso20022(given: Given) -> Input:
    """The payments of a message or a file of messages in one wrapper."""
    stream = given.rewound()
    return Input(_records(stream, given.file), file=given.file, format="ISO 20022", kind="payment", close=stream.close)


def _records(stream: IO[bytes], file: str) -> Iterator[Record | Quarantined]:
    number = 0
    given: set[etree._Element] = set()
    events = etree.iterparse(
        stream,
        events=("end",),
        tag=tuple(f"{{*}}{name}" for name in TRANSACTIONS),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            _refuse_types(element, file)
            if _inside_one(element):
                continue
            for one in _innermost(element):
                number += 1
                common = _above(one)
                fresh = [header for header in common if header not in given]
                given.update(fresh)
                yield _payment(payment(one, common, fresh), one, number, file)
            _forget(element)
        root = events.root
        _refuse_types(root, file)
        if number == 0:
            yield _payment(payment(root, (), ()), root, 1, file)
        elif rest := list(_rest(root, given)):
            values = payment(etree.Element("Rest"), rest, rest)
            if len(values) > 1 or values["unmapped_text"]:
                yield _payment(values, root, number + 1, file)
    except etree.XMLSyntaxError as error:
        place = f", line {error.lineno}" if error.lineno else ""
        raise InputError(
            f"the XML breaks off or is wrong after {number} transactions ({error.msg}{place}); repair the file",
            file=file,
        ) from error


def _refuse_types(element: etree._Element, file: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise InputError("declares a document type, which messages never do; take it out", file=file)


def _inside_one(element: etree._Element) -> bool:
    return any(name_of(above) in TRANSACTIONS for above in element.iterancestors())


def _innermost(element: etree._Element) -> list[etree._Element]:
    """The transactions inside an entry, or the element itself where there are none."""
    inner = [one for one in element.iterdescendants() if name_of(one) in TRANSACTIONS]
    return [one for one in inner if not any(name_of(below) in TRANSACTIONS for below in one.iterdescendants())] or [
        element
    ]


def _rest(element: etree._Element, given: set[etree._Element]) -> Iterator[etree._Element]:
    """What stands after the last transaction, and so was not there when its headers were given to one."""
    for child in element:
        if child not in given:
            if any(below in given for below in child.iterdescendants()):
                yield from _rest(child, given)
            else:
                yield child


def _above(element: etree._Element) -> tuple[etree._Element, ...]:
    """What stands above a transaction and applies to it: headers and batches, without their transactions."""
    found = []
    child = element
    for above in element.iterancestors():
        for one in above:
            if one is child or name_of(one) in TRANSACTIONS:
                continue
            if not any(name_of(inner) in TRANSACTIONS for inner in one.iterdescendants()):
                found.append(one)
        child = above
        if len(found) > MAX_LOOSE:
            break
    return tuple(found)


def _payment(values: Values, element: etree._Element, number: int, file: str) -> Record | Quarantined:
    source = Source(file=file, path=f"{name_of(element)} {number}", row=_line(element))
    try:
        return Payment.read({"id": f"transaction {number}", **values, "source": source})
    except InputError as error:
        raw = etree.tostring(element, encoding="unicode")
        return Quarantined(source=source, reason=f"{error.message}; repair the transaction", raw=raw)


def _line(element: etree._Element) -> int | None:
    line: int | None = element.sourceline  # type: ignore[assignment]
    return line or None


def _forget(element: etree._Element) -> None:
    """Give the memory of a transaction back; headers before it stay."""
    parent = element.getparent()
    element.clear()
    if parent is not None:
        parent.remove(element)
