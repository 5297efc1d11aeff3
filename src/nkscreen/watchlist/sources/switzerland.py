"""Switzerland's list of sanctioned persons, entities and objects, from SECO (XML, root `<swiss-sanctions-list>`).

Unverified: no real file was at hand. Elements and attributes are those of the published form, learned from public
projects that read it. A name has parts in an order, and parts have spellings in other scripts. The list also keeps who
was de-listed: such entries have a day of removal and are not in force after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from typing import Final

from lxml import etree

from nkscreen.records.codes import dates, imo
from nkscreen.watchlist.model import Link, ListedDocument, ListedName, Listing, NameKind, Snapshot
from nkscreen.watchlist.sources.common import Reading, clean, date_in_name, in_other_script, tidy
from nkscreen.watchlist.sources.streamed import elements, every, line_of, text

ROOT: Final = "swiss-sanctions-list"

MAX_SPELLINGS: Final = 50
"""Names made of one name's parts and their spellings. Real names have a handful; a part with hundreds is hostile."""

_KINDS: Final[dict[str, NameKind]] = {"primary-name": "primary", "alias": "alias", "formerly-known-as": "former"}
_UNSAID: Final = frozenset({"title", "suffix"})
_IMO: Final = re.compile(r"IMO [Nn]umber ?: ?(?:IMO ?)?(\d{7})")

Places = dict[str, tuple[str, str]]
"""Place and country by the place's number."""


def read(path: Path) -> Snapshot:
    """Read the list, once for programmes and places and once for the entries. Its date is the one it states.

    Raises:
        ListError: see `streamed.elements`; or there are no entries.
    """
    programmes: dict[str, str] = {}
    places: Places = {}
    made = ""
    for node in elements(path, "sanctions-program", "place"):
        made = made or clean(node.getroottree().getroot().get("date"))
        if etree.QName(node).localname == "place":
            parts = [text(node, name) for name in ("location", "area", "country")]
            places[node.get("ssid") or ""] = (", ".join(dict.fromkeys(filter(None, parts))), parts[-1])
        else:
            names = every(node, "program-key") + every(node, "program-name")
            english = [one for one in names if one.get("lang") == "eng"] or names
            for one in every(node, "sanctions-set"):
                programmes[one.get("ssid") or ""] = clean(english[-1].text) if english else ""
    reading = Reading(path)
    for node in elements(path, "target"):
        reading.read += 1
        _add(reading, node, programmes, places)
    return reading.snapshot(
        "SECO",
        "SECO Consolidated Sanctions List",
        dates.parse_day(made) or date_in_name(path),
        ("https://www.seco.admin.ch/",),
    )


def _add(reading: Reading, node: etree._Element, programmes: dict[str, str], places: Places) -> None:
    entry, line = node.get("ssid") or "", line_of(node)
    about = next((one for name in ("individual", "entity", "object") for one in every(node, name)), None)
    if about is None:
        reading.lose(f"entry {entry or '?'} not kept: it is neither individual, entity nor object", line=line)
        return
    kind = etree.QName(about).localname
    vessel = kind == "object" and about.get("object-type", "vessel") == "vessel"
    informed = [clean(one.text) for one in every(about, "other-information")]
    ships = dict.fromkeys(number for told in informed for number in _IMO.findall(told)) if vessel else {}
    codes = reading.codes(list(ships), imo.parse, imo.why, line=line, field="other-information")
    identities = every(about, "identity")
    born = [day for one in identities for bday in every(one, "day-month-year") if (day := _day(bday))]
    gender = (about.get("sex") or "").casefold()
    reading.add(
        {
            "id": entry,
            "schema": "Person" if kind == "individual" else "Vessel" if vessel else "Organization",
            "names": tuple(dict.fromkeys(name for one in identities for name in _names(one))),
            "listings": _listings(node, programmes),
            "birth_dates": tuple(dict.fromkeys(born)) if kind == "individual" else (),
            "birth_places": tuple(_places(identities, "place-of-birth", places)),
            "genders": (gender,) if gender in {"male", "female"} else (),
            "nationalities": reading.countries(
                [
                    country.get("iso-code") or clean(country.text)
                    for one in identities
                    for country in every(one, "nationality/country")
                ],
                entry=entry,
                line=line,
            ),
            "countries": reading.countries(
                [
                    places.get(at.get("place-id") or "", ("", ""))[1]
                    for one in identities
                    for at in every(one, "address")
                ],
                entry=entry,
                line=line,
            ),
            "addresses": tuple(_places(identities, "address", places)),
            "documents": tuple(
                ListedDocument(type=(one.get("document-type") or "").replace("-", " "), number=number)
                for identity in identities
                for one in every(identity, "identification-document")
                if (number := text(one, "number"))
            ),
            "imo_number": reading.first(codes, line=line, field="other-information"),
            "links": tuple(
                Link(kind=(one.get("relation-type") or "").replace("-", " "), target=target)
                for one in every(about, "relation")
                if (target := one.get("target-id"))
            ),
            "notes": (
                *((f"foreign identifier: {foreign}",) if (foreign := text(node, "foreign-identifier")) else ()),
                *filter(None, informed),
                *filter(None, (clean(one.text) for one in every(about, "justification"))),
            ),
        },
        line=line,
    )


def _listings(node: etree._Element, programmes: dict[str, str]) -> tuple[Listing, ...]:
    """Since the first modification; removed when the last one by its day is a de-listing."""
    changes = sorted(
        (day, one.get("modification-type") or "")
        for one in every(node, "modification")
        if (day := dates.parse_day(one.get("effective-date") or one.get("publication-date") or ""))
    )
    sets = [node.get("sanctions-set-id") or "", *(clean(one.text) for one in every(node, "sanctions-set-id"))]
    listed = next((day for day, kind in changes if kind != "de-listed"), None)
    removed = changes[-1][0] if changes and changes[-1][1] == "de-listed" else None
    amended = max((day for day, kind in changes if kind == "amended"), default=None)
    return tuple(
        Listing(programme=programmes.get(number) or f"SECO {number}", listed=listed, amended=amended, removed=removed)
        for number in dict.fromkeys(filter(None, sets))
    )


def _names(identity: etree._Element) -> Iterator[ListedName]:
    for name in every(identity, "name"):
        kind = _KINDS.get(name.get("name-type") or "", "alias")
        quality = "weak" if name.get("quality") == "low" else "strong"
        spellings = list(dict.fromkeys(islice(_spelled(name), MAX_SPELLINGS)))
        for number, value in enumerate(spellings):
            how = "original_script" if in_other_script(value) else "alias" if number and kind == "primary" else kind
            yield ListedName.model_validate({"value": value, "kind": how, "quality": quality})


def _spelled(name: etree._Element) -> Iterator[str]:
    """The name as spelled, then in every other language and script, parts without a spelling there as they are."""
    parts: dict[int, dict[tuple[str, str], list[str]]] = {}
    for part in every(name, "name-part"):
        order = int(number) if (number := part.get("order") or "").isdigit() and len(number) < 4 else len(parts) + 1
        if part.get("name-part-type") in _UNSAID:
            continue
        spellings = parts.setdefault(order, {})
        spellings.setdefault(("", ""), []).append(tidy(part.findtext("{*}value")))
        for variant in every(part, "spelling-variant"):
            culture = (variant.get("lang") or "-", variant.get("script") or "")
            spellings.setdefault(culture, []).append(tidy(variant.text))
    cultures = dict.fromkeys(culture for spellings in parts.values() for culture in spellings)
    for culture in cultures:
        choices = [parts[order].get(culture) or parts[order].get(("", ""), [""]) for order in sorted(parts)]
        for chosen in product(*choices):
            if value := " ".join(filter(None, chosen)):
                yield value


def _day(born: etree._Element) -> str | None:
    year, month, day = (born.get(name) or "" for name in ("year", "month", "day"))
    return dates.parse_partial("-".join(part.zfill(2) for part in (year, month, day) if part)) if year else None


def _places(identities: list[etree._Element], element: str, places: Places) -> Iterator[str]:
    found: dict[str, None] = {}
    for identity in identities:
        for one in every(identity, element):
            details = [text(one, name) for name in ("address-details", "p-o-box", "zip-code")]
            found[", ".join(filter(None, [*details, places.get(one.get("place-id") or "", ("", ""))[0]]))] = None
    yield from filter(None, found)
