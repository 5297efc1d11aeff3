"""Canada's consolidated list of autonomous sanctions, under SEMA and the Magnitsky law (XML, root `<data-set>`).

Records have no number: what names one here is country, schedule, item and name. Texts are bilingual, English before the
slash. Sanctions on the DPRK stand in regulations under the UN Act and are not in this list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from nkscreen.records.codes import dates, imo
from nkscreen.watchlist.model import ListedName, Listing, Snapshot
from nkscreen.watchlist.sources.common import Reading, clean, date_in_name
from nkscreen.watchlist.sources.streamed import elements, line_of

ROOT: Final = "data-set"

_BETWEEN: Final = re.compile(
    r"\s*;\s*|\s*\n\s*|,\s+(?!(?:ltd|inc|llc|l\.l\.c|co|corp|company|limited|s\.?a|gmbh|plc|jsc|ojsc|pjsc|fze)\b)",
    re.IGNORECASE,
)
_FRENCH: Final = re.compile(r"\s*/\s*")
_LANGUAGE: Final = re.compile(
    r"^(?:russian|belarussian|belarusian|arabic|persian|farsi|chinese|ukrainian)\s*:\s*", re.I
)


def read(path: Path) -> Snapshot:
    """Read the list. Its date is the one in the file's name, or that of its latest listing.

    Raises:
        ListError: see `streamed.elements`; or there are no entries.
    """
    reading = Reading(path)
    met: dict[str, int] = {}
    for record in elements(path, "record"):
        reading.read += 1
        _add(record, reading, met)
    latest = max((day for entity in reading.entities.values() if (day := entity.listings[0].listed)), default=None)
    return reading.snapshot(
        "Canada",
        "Consolidated Canadian Autonomous Sanctions List",
        date_in_name(path) or latest,
        ("https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/",),
    )


def _add(record: etree._Element, reading: Reading, met: dict[str, int]) -> None:
    given = {str(child.tag): clean(child.text) for child in record}
    line = line_of(record)
    person = " ".join(filter(None, (given.get("GivenName"), given.get("LastName"))))
    name = person or given.get("EntityOrShip", "")
    country = _FRENCH.split(given.get("Country", ""))[0]
    entry = " | ".join((country, given.get("Schedule", ""), given.get("Item", ""), name))
    met[entry] = met.get(entry, 0) + 1
    number = given.get("ShipIMONumber", "")
    ship = bool(number) and not person
    year = given.get("DateOfBirthOrShipBuildDate", "")
    born = dates.parse_partial(year) if year else None
    codes = reading.codes((number,) if number else (), imo.parse, imo.why, line=line, field="ShipIMONumber")
    title = given.get("TitleOrShip", "")
    reading.add(
        {
            "id": entry if met[entry] == 1 else f"{entry} #{met[entry]}",
            "schema": "Person" if person else "Vessel" if ship else "Organization",
            "names": tuple(dict.fromkeys(_names(name, given.get("Aliases", ""), split=not person))),
            "listings": (
                Listing(
                    programme=f"SEMA {country}",
                    listed=dates.parse_day(given.get("DateOfListing", "")),
                    legal_basis=f"Schedule {given['Schedule']}, item {given.get('Item', '')}"
                    if given.get("Schedule")
                    else "",
                ),
            ),
            "birth_dates": (born,) if born and person else (),
            "build_year": int(born[:4]) if born and ship else None,
            "positions": (title,) if title and person else (),
            "vessel_type": title if ship and title else None,
            "imo_number": codes[0] if codes else None,
            "notes": (f"date: {year}",) if year and not born else (),
        },
        line=line,
    )


def _names(name: str, aliases: str, *, split: bool) -> Iterator[ListedName]:
    first, *others = _FRENCH.split(name) if split else [name]
    if first:
        yield ListedName(value=first)
    for other in others:
        if len(other) > 3:
            yield ListedName(value=other, kind="alias")
    for alias in _BETWEEN.split(aliases):
        for part in _FRENCH.split(_LANGUAGE.sub("", alias)):
            if len(part.strip(" .,")) > 1:
                yield ListedName(value=part.strip(" ,"), kind="alias")
