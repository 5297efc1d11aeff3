"""OFAC's lists in the enhanced XML form (root `<sanctionsData>`, schema ENHANCED_XML.xsd), as XML or zipped.

The form names lists, programmes, legal authorities and the day an entry was published. Features are put into the words
of the remarks column of the CSV sets and read like it, so that an entity is the same whichever form it came in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from lxml import etree

from nkscreen.records.codes import dates
from nkscreen.watchlist.model import Link, ListedName, Snapshot
from nkscreen.watchlist.sources.common import Reading, clean
from nkscreen.watchlist.sources.ofac import SETS, Entry, Extra, More, add
from nkscreen.watchlist.sources.ofac_words import VESSEL, document, fact, street_and_place, weak_alias
from nkscreen.watchlist.sources.streamed import elements, every, line_of, text

ROOT: Final = "sanctionsData"

_LATIN: Final = ("", "Latin")


def read(path: Path) -> Snapshot:
    """Read a list in this form.

    Raises:
        ListError: see `streamed.elements`; or there are no entries.
    """
    reading = Reading(path)
    published: date | None = None
    lists: set[str] = set()
    for element in elements(path, "publicationInfo", "entity"):
        if etree.QName(element).localname == "publicationInfo":
            published = dates.parse_day(text(element, "dataAsOf")[:10])
            lists = {clean(found.text) for found in every(element, "filters/sanctionsLists/sanctionsList")}
        else:
            reading.read += 1
            _add(element, reading)
    title = SETS["cons_prim" if lists == {"Consolidated List"} else "sdn"][0]
    return reading.snapshot("OFAC", title, published, ("https://sanctionslist.ofac.treas.gov",))


def _add(element: etree._Element, reading: Reading) -> None:
    uid = element.get("id", "")
    kind = text(element, "generalInfo/entityType")
    primary, aliases, facts, scripts = "", [], [], []
    for name in every(element, "names/name"):
        for translation in every(name, "translations/translation"):
            value = text(translation, "formattedFullName")
            if text(translation, "script") not in _LATIN:
                scripts.append(ListedName(value=value, kind="original_script"))
            elif text(name, "isPrimary") == "true":
                primary = primary or value
            elif text(name, "isLowQuality") == "true":
                facts.append(weak_alias(text(name, "aliasType"), value))
            else:
                aliases.append([uid, name.get("id", ""), text(name, "aliasType"), value, ""])
    vessel = dict.fromkeys(VESSEL.values(), "")
    for stated, value in _features(element):
        if stated in VESSEL and not vessel[VESSEL[stated]]:
            vessel[VESSEL[stated]] = value
        else:
            facts.append(fact(stated, value))
    for found in every(element, "identityDocuments/identityDocument"):
        facts.append(document(text(found, "type"), text(found, "documentNumber"), text(found, "issuingCountry")))
    facts += [remarks] if (remarks := text(element, "generalInfo/remarks")) else []
    days = [
        day
        for found in every(element, "sanctionsLists/sanctionsList")
        if (day := dates.parse_day(found.get("datePublished", "")))
    ]
    links = tuple(
        Link(kind=text(found, "type").casefold(), target=text(found, "relatedEntity"))
        for found in every(element, "relationships/relationship")
        if text(found, "relatedEntity")
    )
    programmes = "; ".join(clean(found.text) for found in every(element, "sanctionsPrograms/sanctionsProgram"))
    entry = Entry(
        id=uid,
        name=primary,
        type="" if kind == "Entity" else kind.casefold(),
        programmes=programmes,
        title=text(element, "generalInfo/title"),
        remarks="; ".join(facts),
        **vessel,
    )
    extra = Extra(aliases, list(_addresses(element, uid)), [])
    add(entry, extra, reading, line_of(element), More(tuple(scripts), min(days, default=None), links))


def _features(element: etree._Element) -> Iterator[tuple[str, str]]:
    """What a feature is and its value; a feature whose value is in a reference stands without it."""
    for feature in every(element, "features/feature"):
        value = text(feature, "value") or text(feature, "reference")
        if value:
            yield text(feature, "type"), value


def _addresses(element: etree._Element, uid: str) -> Iterator[list[str]]:
    for address in every(element, "addresses/address"):
        parts: dict[str, str] = {}
        for part in every(address, "translations/translation/addressParts/addressPart"):
            parts.setdefault(text(part, "type"), text(part, "value"))
        yield [uid, address.get("id", ""), *street_and_place(parts), text(address, "country"), ""]
