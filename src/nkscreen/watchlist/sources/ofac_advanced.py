"""OFAC's lists in the advanced XML form (`SDN_ADVANCED.XML`, root `<Sanctions>`, after the UN's sanctions data model).

Everything is a number that refers to a set of values, a location, a document or a party. The file is gone through
twice, one element at a time: first for what is referred to (and what refers to parties: entries and relations), then
for the parties. What they say is put into the words of the remarks column of the CSV sets and read like it, so that an
entity is the same whichever form it came in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
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

ROOT: Final = "Sanctions"

VALUES: Final = (
    *("AliasType", "Country", "DetailReference", "FeatureType", "IDRegDocType", "List", "LocPartType", "NamePartType"),
    *("PartySubType", "PartyType", "RelationType", "SanctionsType", "Script"),
)
"""Sets of values that parties are read with."""

_TITLE: Final = "Title"
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass
class _Known:
    """What parties refer to, and what refers to them by the id of their profile."""

    values: dict[tuple[str, str], str] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)
    locations: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    documents: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    links: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    programmes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    listed: dict[str, date] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)
    issued: date | None = None

    def value(self, name: str, number: str | None) -> str:
        return self.values.get((name, number or ""), "")


def read(path: Path) -> Snapshot:
    """Read a list in this form.

    Raises:
        ListError: see `streamed.elements`; or there are no entries.
    """
    reading = Reading(path)
    known = _Known()
    readers = {
        "DateOfIssue": _issued,
        "Location": _location,
        "IDRegDocument": _document,
        "ProfileRelationship": _relation,
        "SanctionsEntry": _sanction,
    }
    for element in elements(path, *VALUES, *readers):
        name = etree.QName(element).localname
        if name in readers:
            readers[name](element, known)
        elif element.get("ID"):
            known.values[name, element.get("ID", "")] = clean(element.text)
            if name == "PartySubType":
                known.parties[element.get("ID", "")] = element.get("PartyTypeID", "")
    for party in elements(path, "DistinctParty"):
        reading.read += 1
        _add(party, known, reading)
    title = SETS["sdn" if "SDN List" in known.lists or not known.lists else "cons_prim"][0]
    return reading.snapshot("OFAC", title, known.issued, ("https://sanctionslist.ofac.treas.gov",))


def _date(element: etree._Element) -> str:
    """`2015-09-29`, or as much of it as is there."""
    parts = [text(element, name) for name in ("Year", "Month", "Day")]
    return "-".join(part.zfill(2) for part in parts if part)


def _issued(element: etree._Element, known: _Known) -> None:
    known.issued = dates.parse_day(_date(element))


def _location(element: etree._Element, known: _Known) -> None:
    parts: dict[str, str] = {}
    for part in every(element, "LocationPart"):
        kind = known.value("LocPartType", part.get("LocPartTypeID"))
        parts.setdefault(kind, text(part, "LocationPartValue/Value"))
    countries = every(element, "LocationCountry")
    country = known.value("Country", countries[0].get("CountryID")) if countries else ""
    known.locations[element.get("ID", "")] = (*street_and_place(parts), country)


def _document(element: etree._Element, known: _Known) -> None:
    kind = known.value("IDRegDocType", element.get("IDRegDocTypeID"))
    country = known.value("Country", element.get("IssuedBy-CountryID"))
    known.documents[element.get("IdentityID", "")].append(document(kind, text(element, "IDRegistrationNo"), country))


def _relation(element: etree._Element, known: _Known) -> None:
    kind = known.value("RelationType", element.get("RelationTypeID")).casefold()
    known.links[element.get("From-ProfileID", "")].append(Link(kind=kind, target=element.get("To-ProfileID", "")))


def _sanction(element: etree._Element, known: _Known) -> None:
    profile = element.get("ProfileID", "")
    known.lists.add(known.value("List", element.get("ListID")))
    for event in every(element, "EntryEvent/Date"):
        day = dates.parse_day(_date(event))
        if day and (profile not in known.listed or day < known.listed[profile]):
            known.listed[profile] = day
    for measure in every(element, "SanctionsMeasure"):
        if known.value("SanctionsType", measure.get("SanctionsTypeID")) == "Program":
            known.programmes[profile].append(text(measure, "Comment"))


def _add(party: etree._Element, known: _Known, reading: Reading) -> None:
    profiles = every(party, "Profile")
    profile = profiles[0] if profiles else party
    uid, number = party.get("FixedRef", ""), profile.get("ID", "")
    subtype = profile.get("PartySubTypeID", "")
    kind = known.value("PartySubType", subtype)
    kind = kind if kind in ("Vessel", "Aircraft") else known.value("PartyType", known.parties.get(subtype))
    primary, aliases, facts, scripts = _names(profile, known, uid)
    vessel = dict.fromkeys(VESSEL.values(), "")
    title, addresses = "", []
    for feature in every(profile, "Feature"):
        stated = known.value("FeatureType", feature.get("FeatureTypeID"))
        for value in _feature_values(feature, known):
            if stated in VESSEL and not vessel[VESSEL[stated]]:
                vessel[VESSEL[stated]] = value
            elif stated == _TITLE:
                title = title or value
            else:
                facts.append(fact(stated, value))
        if stated == "Location":
            for place in every(feature, "FeatureVersion/VersionLocation"):
                street, city, country = known.locations.get(place.get("LocationID", ""), ("", "", ""))
                addresses.append([uid, "", street, city, country, ""])
    for identity in every(profile, "Identity"):
        facts += known.documents.get(identity.get("ID", ""), [])
    facts += [comment] if (comment := text(party, "Comment")) else []
    entry = Entry(
        id=uid,
        name=primary,
        type=kind.casefold() if kind in ("Individual", "Vessel", "Aircraft") else "",
        programmes="; ".join(dict.fromkeys(known.programmes.get(number, []))),
        title=title,
        remarks="; ".join(facts),
        **vessel,
    )
    more = More(tuple(scripts), known.listed.get(number), tuple(known.links.get(number, ())))
    add(entry, Extra(aliases, addresses, []), reading, line_of(party), more)


def _names(
    profile: etree._Element, known: _Known, uid: str
) -> tuple[str, list[list[str]], list[str], list[ListedName]]:
    """Primary name, rows of aliases, weak aliases as facts, and names in other scripts."""
    primary, aliases, weak, scripts = "", [], [], []
    for identity in every(profile, "Identity"):
        types = {
            group.get("ID", ""): known.value("NamePartType", group.get("NamePartTypeID"))
            for group in every(identity, "NamePartGroups/MasterNamePartGroup/NamePartGroup")
        }
        for alias in every(identity, "Alias"):
            stated = known.value("AliasType", alias.get("AliasTypeID"))
            for documented in every(alias, "DocumentedName"):
                parts = every(documented, "DocumentedNamePart/NamePartValue")
                value = _name([(types.get(part.get("NamePartGroupID", ""), ""), clean(part.text)) for part in parts])
                latin = all(known.value("Script", part.get("ScriptID")) in ("", "Latin") for part in parts)
                if not latin:
                    scripts.append(ListedName(value=value.replace(", ", " "), kind="original_script"))
                elif alias.get("Primary") == "true":
                    primary = primary or value
                elif alias.get("LowQuality") == "true":
                    weak.append(weak_alias(stated, value))
                else:
                    aliases.append([uid, "", stated, value, ""])
    return primary, aliases, weak, scripts


def _name(parts: list[tuple[str, str]]) -> str:
    """`HANIYA, Ismail` of a person's parts, the words of any other name as they stand."""
    last = " ".join(value for kind, value in parts if kind == "Last Name")
    rest = " ".join(value for kind, value in parts if kind != "Last Name")
    return ", ".join(filter(None, (last, rest)))


def _feature_values(feature: etree._Element, known: _Known) -> Iterator[str]:
    for version in every(feature, "FeatureVersion"):
        for detail in every(version, "VersionDetail"):
            value = known.value("DetailReference", detail.get("DetailReferenceID")) or clean(detail.text)
            if value:
                yield value
        for period in every(version, "DatePeriod"):
            if value := _period(period):
                yield value
        place = every(version, "VersionLocation")
        if place and not every(version, "VersionDetail"):
            kind = known.value("FeatureType", feature.get("FeatureTypeID"))
            _, city, country = known.locations.get(place[0].get("LocationID", ""), ("", "", ""))
            if kind in ("Nationality Country", "Citizenship Country", "Place of Birth", "Vessel Flag"):
                yield ", ".join(filter(None, (city, country)))


def _period(period: etree._Element) -> str:
    """`1962`, `04 Mar 1962`, or `1961 to 1963`; with "circa" where the date is approximate."""
    start, end = (_date(found[0]) if (found := every(period, path)) else "" for path in ("Start/From", "End/To"))
    circa = "circa " if any(found.get("Approximate") == "true" for found in every(period, "Start")) else ""
    if start.endswith("-01-01") and end.endswith("-12-31"):
        start, end = start[:4], end[:4]
    if not end or start == end:
        return f"{circa}{_written(start)}"
    return f"{circa}{_written(start)} to {_written(end)}"


def _written(day: str) -> str:
    """A date as the remarks write it: `1962`, `Mar 1962`, `04 Mar 1962`."""
    year, *rest = day.split("-")
    if not rest or not rest[0].isdecimal() or not 1 <= int(rest[0]) <= len(_MONTHS):
        return year
    return " ".join([*rest[1:], _MONTHS[int(rest[0]) - 1], year])
