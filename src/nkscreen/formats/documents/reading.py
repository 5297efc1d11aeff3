"""Documents of DCSA, the WCO and UBL as formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from lxml import etree

from nkscreen.errors import InputError
from nkscreen.formats.detect import Format, Given, by_root
from nkscreen.formats.documents.leaves import (
    Leaf,
    json_document,
    json_leaves,
    local,
    whole,
    xml_document,
    xml_leaves,
)
from nkscreen.formats.documents.shipment import Words, read_shipment
from nkscreen.formats.documents.standards import DCSA, UBL, WCO
from nkscreen.formats.model import Input, Quarantined
from nkscreen.records import Record, Source

_DCSA_KEYS = (
    "transportDocumentReference",
    "transportDocumentTypeCode",
    "carrierBookingReference",
    "documentParties",
    "UNLocationCode",
)
_UBL_ROOTS = (
    "Waybill",
    "BillOfLading",
    "ForwardingInstructions",
    "FreightInvoice",
    "DespatchAdvice",
    "GoodsItemItinerary",
    "PackingList",
    "TransportExecutionPlan",
    "TransportExecutionPlanRequest",
    "TransportationStatus",
)
_BY_ROOT = by_root("MetaData", "Declaration")
_ENVELOPES = ("events", "notifications", "arrivalNotices", "arrivalNoticeNotifications", "vesselSchedules")


def _is_wco(given: Given) -> str | None:
    """A declaration may stand in an envelope of any name; then the namespaces of the WCO's model tell it."""
    if given.root and "urn:wco:datamodel:" in given.start:
        return f"its root element is {given.root}, with namespaces of the WCO's data model"
    return _BY_ROOT(given)


def _is_dcsa(given: Given) -> str | None:
    if "kind" in given.keys:  # records of our own may hold any text
        return None
    found = [key for key in _DCSA_KEYS if key in given.keys]
    return f"it is JSON with DCSA's {', '.join(found)}" if found else None


def _read_dcsa(given: Given) -> Input:
    content = json_document(whole(given.rewound(), given.file), given.file)
    around: dict[str, Any] = {}
    for name in _ENVELOPES:
        if isinstance(content, dict) and isinstance(content.get(name), list):
            around = {key: value for key, value in content.items() if key != name}
            content = content[name]
    items: list[Any] = content if isinstance(content, list) else [content]
    parts = (
        (f"[{number}]" if isinstance(content, list) else "", chain(json_leaves(around), json_leaves(item)))
        for number, item in enumerate(items, 1)
    )
    return Input(_records(given, parts, DCSA), file=given.file, format="DCSA JSON", kind="shipment")


def _read_xml(given: Given, name: str, element: str, words: Words) -> Input:
    root = xml_document(whole(given.rewound(), given.file), given.file)
    found = [root] if element in ("", local(root)) else list(root.iter(f"{{*}}{element}"))
    if not found:
        raise InputError(f"the file holds no {element} element; give the whole document", file=given.file)
    parts = ((_place(item), xml_leaves(item, (local(item),), (local(item),))) for item in found)
    return Input(_records(given, parts, words), file=given.file, format=name, kind="shipment")


def _place(element: etree._Element) -> str:
    before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
    after = element.getnext() is not None and next(element.itersiblings(element.tag), None) is not None
    return f"{local(element)}[{before + 1}]" if before or after else local(element)


def _records(given: Given, parts: Iterable[tuple[str, Iterable[Leaf]]], words: Words) -> Iterator[Record | Quarantined]:
    for number, (place, leaves) in enumerate(parts, 1):
        source = Source(file=given.file, path=place)
        try:
            yield read_shipment(leaves, words, id=f"document {number}", source=source)
        except InputError as error:
            yield Quarantined(source=source, reason=f"{error.message}; repair the document and read it again")


DOCUMENTS: tuple[Format, ...] = (
    Format(
        "WCO declaration",
        _is_wco,
        lambda given: _read_xml(given, "WCO declaration, XML", "Declaration", WCO),
    ),
    Format("UBL", by_root(*_UBL_ROOTS), lambda given: _read_xml(given, f"UBL {given.root}", "", UBL)),
    Format("DCSA", _is_dcsa, _read_dcsa),
)
