"""OFAC's lists in the legacy XML form (`sdn.xml`, `consolidated.xml`; root `<sdnList>`, schema sdn.xsd).

The form says what the CSV sets say, in elements of their own. Each entry is put into the words of the remarks column
and read like it, so that an entity is the same whichever form it came in. Read one entry at a time: memory does not
grow with the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from nkscreen.errors import ListError
from nkscreen.records.codes import dates
from nkscreen.watchlist.model import Snapshot
from nkscreen.watchlist.sources.common import Reading, clean
from nkscreen.watchlist.sources.ofac import SETS, Entry, Extra, add
from nkscreen.watchlist.sources.ofac_words import document, weak_alias
from nkscreen.watchlist.sources.streamed import elements, every, line_of, text

ROOT: Final = "sdnList"

_CONSOLIDATED: Final = re.compile(r"cons", re.IGNORECASE)


def read(path: Path) -> Snapshot:
    """Read a list in this form.

    Raises:
        ListError: not well-formed XML, a document type declaration, or fewer entries than the file says it has.
    """
    reading = Reading(path)
    title = SETS["cons_prim" if _CONSOLIDATED.search(path.name) else "sdn"][0]
    published, said = None, None
    for element in elements(path, "publshInformation", "sdnEntry"):
        name = etree.QName(element).localname
        if name == "publshInformation":
            published = dates.parse_day(text(element, "Publish_Date"), day_first=False)
            said = text(element, "Record_Count")
        else:
            reading.read += 1
            _add(element, reading)
    if said and said.isdecimal() and int(said) != reading.read:
        raise ListError(
            f"holds {reading.read} entries where it says {said}: it was cut; download it again", file=str(path)
        )
    return reading.snapshot("OFAC", title, published, ("https://sanctionslist.ofac.treas.gov",))


def _name(element: etree._Element) -> str:
    return ", ".join(filter(None, (text(element, "lastName"), text(element, "firstName"))))


def _add(element: etree._Element, reading: Reading) -> None:
    uid = text(element, "uid")
    aliases, facts = [], []
    for aka in every(element, "akaList/aka"):
        stated = text(aka, "type")
        if text(aka, "category").casefold() == "weak":
            facts.append(weak_alias(stated, _name(aka)))
        else:
            aliases.append([uid, text(aka, "uid"), stated, _name(aka), ""])
    addresses = [
        [
            uid,
            text(found, "uid"),
            ", ".join(filter(None, (text(found, f"address{number}") for number in (1, 2, 3)))),
            ", ".join(filter(None, (text(found, part) for part in ("city", "stateOrProvince", "postalCode")))),
            text(found, "country"),
            "",
        ]
        for found in every(element, "addressList/address")
    ]
    facts += _facts(element)
    kind = text(element, "sdnType")
    entry = Entry(
        id=uid,
        name=_name(element),
        type="" if kind == "Entity" else kind.casefold(),
        programmes="; ".join(clean(found.text) for found in every(element, "programList/program")),
        title=text(element, "title"),
        call_sign=text(element, "vesselInfo/callSign"),
        vessel_type=text(element, "vesselInfo/vesselType"),
        tonnage=text(element, "vesselInfo/tonnage"),
        gross_tonnage=text(element, "vesselInfo/grossRegisteredTonnage"),
        flag=text(element, "vesselInfo/vesselFlag"),
        owner=text(element, "vesselInfo/vesselOwner"),
        remarks="; ".join(facts),
    )
    add(entry, Extra(aliases, addresses, []), reading, line_of(element))


def _facts(element: etree._Element) -> Iterator[str]:
    """What the remarks column says, in its words."""
    for path, lead in (
        ("dateOfBirthList/dateOfBirthItem/dateOfBirth", "DOB"),
        ("placeOfBirthList/placeOfBirthItem/placeOfBirth", "POB"),
        ("nationalityList/nationality/country", "nationality"),
        ("citizenshipList/citizenship/country", "citizen"),
    ):
        for found in every(element, path):
            yield f"{lead} {clean(found.text)}"
    for number in every(element, "idList/id"):
        yield document(text(number, "idType"), text(number, "idNumber"), text(number, "idCountry"))
    if remarks := text(element, "remarks"):
        yield remarks
