"""Files of ISO 20022 as payments, one transaction at a time; nothing in the XML is fetched, expanded or executed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

from lxml import etree
from pydantic import ValidationError

from nkscreen.errors import InputError
from nkscreen.formats.detect import Given
from nkscreen.formats.iso20022.headers import TRANSACTIONS, Headers, name_of
from nkscreen.formats.iso20022.parties import Values
from nkscreen.formats.model import Input, Quarantined
from nkscreen.markup import Elements, MarkupError, TypeDeclaredError
from nkscreen.records import Payment, Record, Source
from nkscreen.records.model import validation_message

_NAMESPACE: Final = "urn:iso:std:iso:20022"
_ROOTS: Final = frozenset(["Document", "BusMsg", "BusinessMessage", "RequestPayload", "DataPDU"])

_BATCHES: Final = frozenset(["PmtInf", "Stmt", "Rpt", "Ntfctn", "OrgnlPmtInfAndSts", "OrgnlPmtInfAndRvsl", "Document"])
"""Elements that hold transactions of their own, of which a message or file has many."""


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
    try:
        for one, values in transactions(stream):
            number += 1
            yield _payment(values, one, number, file)
    except TypeDeclaredError as error:
        raise InputError("declares a document type, which messages never do; take it out", file=file) from error
    except MarkupError as error:
        place = f", line {error.line}" if error.line else ""
        raise InputError(
            f"the XML breaks off or is wrong after {number} transactions ({error.reason}{place}); repair the file",
            file=file,
        ) from error


def transactions(stream: IO[bytes]) -> Iterator[tuple[etree._Element, Values]]:
    """The transactions of a file with the values of their payments; a file without any is one.

    Raises:
        MarkupError: while iterating, where it is no XML or declares a document type.
    """
    headers, alone = Headers(), True
    events = Elements(stream, *(f"{{*}}{name}" for name in (*TRANSACTIONS, *_BATCHES)), layout=False, bounded=True)
    for element in events:
        if name_of(element) in _BATCHES:
            found = headers.rest(element)
        elif not headers.inside_one(element):
            found = headers.transactions(element)
        else:
            continue
        for one in found:
            alone = False
            yield one
        if element is not events.root:
            if name_of(element) in _BATCHES:
                headers.ended(element)
            _forget(element)
            events.let_go()
    yield from headers.rest(events.root, alone=alone)


def _payment(values: Values, element: etree._Element, number: int, file: str) -> Record | Quarantined:
    source = Source(file=file, path=f"{name_of(element)} {number}", row=_line(element))
    try:
        return Payment.model_validate({"id": f"transaction {number}", **values, "source": source})
    except ValidationError as error:
        raw = etree.tostring(element, encoding="unicode")
        return Quarantined(source=source, reason=f"{validation_message(error)}; repair the transaction", raw=raw)


def _line(element: etree._Element) -> int | None:
    line: int | None = element.sourceline  # type: ignore[assignment]
    return line or None


def _forget(element: etree._Element) -> None:
    """Give the memory of a transaction back; headers before it stay."""
    parent = element.getparent()
    element.clear()
    if parent is not None:
        parent.remove(element)
