"""The UK Sanctions List in its full forms: XML (root `<Designations>`) and the table with 58 columns (CSV).

Unverified: no real file was at hand. Elements and columns are those of the published forms, learned from excerpts in
public projects that read them. In the table a row holds one name of a party, with the other particulars repeated or
spread over its rows; `Unique ID` joins them. Dates are day first, unknown parts written `dd` or `mm`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from nkscreen.records.codes import dates, imo
from nkscreen.watchlist.model import Link, ListedDocument, ListedName, Listing, NameKind, Snapshot
from nkscreen.watchlist.sources.common import Reading, clean, date_in_name, load_bytes, tidy
from nkscreen.watchlist.sources.streamed import elements, every, line_of, text
from nkscreen.watchlist.sources.table import rows

ROOT: Final = "Designations"
COLUMNS: Final = ("Unique ID", "Name 6", "Name type", "Regime Name", "Designation Type", "Date Designated")

_NAMES: Final = tuple(f"Name {number}" for number in (1, 2, 3, 4, 5, 6))
_FIELDS: Final = {
    "Last Updated": "LastUpdated",
    "OFSI Group ID": "OFSIGroupID",
    "UN Reference Number": "UNReferenceNumber",
    "Regime Name": "RegimeName",
    "Designation Type": "IndividualEntityShip",
    "Designation source": "DesignationSource",
    "Sanctions Imposed": "SanctionsImposed",
    "Other Information": "OtherInformation",
    "UK Statement of Reasons": "UKStatementofReasons",
    "Date Designated": "DateDesignated",
    "Phone number": "PhoneNumber",
    "Website": "Website",
    "Email address": "EmailAddress",
    "D.O.B": "DOB",
    "Nationality(/ies)": "Nationality",
    "National Identifier number": "NationalIdentifierNumber",
    "Passport number": "PassportNumber",
    "Position": "Position",
    "Gender": "Gender",
    "Type of entity": "TypeOfEntity",
    "Subsidiaries": "Subsidiary",
    "Parent company": "ParentCompany",
    "Business registration number (s)": "BusinessRegistrationNumber",
    "IMO number": "IMONumber",
    "Current owner/operator (s)": "CurrentOwnerOperator",
    "Previous owner/operator (s)": "PreviousOwnerOperator",
    "Current believed flag of ship": "CurrentBelievedFlagOfShip",
    "Previous flags": "PreviousFlag",
    "Type of ship": "TypeOfShip",
    "Tonnage of ship": "TonnageOfShip",
    "Length of ship": "LengthOfShip",
    "Year Built": "YearBuilt",
    "Hull identification number (HIN)": "HullIdentificationNumber",
}
"""Columns of the table, and the elements that hold the same."""

_ADDRESS: Final = (*(f"Address Line {number}" for number in range(1, 7)), "Address Postal Code", "Address Country")
_SCHEMATA: Final = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}
_LINKS: Final = {
    "Current owner/operator (s)": "owned or operated by",
    "Previous owner/operator (s)": "formerly owned or operated by",
    "Parent company": "owned by",
    "Subsidiaries": "owner of",
}
_NOTES: Final = (
    "OFSI Group ID",
    "UN Reference Number",
    "Designation source",
    "Other Information",
    "UK Statement of Reasons",
    "Type of entity",
    "Phone number",
    "Website",
    "Email address",
    "Tonnage of ship",
    "Length of ship",
    "Hull identification number (HIN)",
)
_UNKNOWN_PART: Final = re.compile(r"\b(?:dd|mm|00)/", re.IGNORECASE)

Name = tuple[str, str, str]
"""The name, its type and its strength, as given."""


@dataclass
class _Party:
    """One designation, whatever the form it came in; of each field the values, each once."""

    id: str
    line: int | None
    names: list[Name] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    values: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    births: dict[str, None] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)
    countries: dict[str, None] = field(default_factory=dict)


def read(path: Path) -> Snapshot:
    """Read either form. The list's date is the one it states.

    Raises:
        ListError: damaged, or without entries.
    """
    reading = Reading(path)
    head = load_bytes(path, 512).decode("utf-8-sig", errors="replace").lstrip()
    if head.startswith("<"):
        made = ""
        for node in elements(path, "DateGenerated", "Designation"):
            if etree.QName(node).localname == "DateGenerated":
                made = clean(node.text)
            else:
                _add(reading, _from_xml(node))
    else:
        made = head.partition("\n")[0].partition(":")[2].strip(' ,"\r')
        for party in _from_table(reading, skip=0 if head.startswith("Last Updated,") else 1):
            _add(reading, party)
    return reading.snapshot(
        "UK",
        "UK Sanctions List",
        dates.parse_day(made, day_first=True) or date_in_name(path),
        ("https://www.gov.uk/government/publications/the-uk-sanctions-list",),
    )


def _from_xml(node: etree._Element) -> _Party:
    party = _Party(text(node, "UniqueID"), line_of(node))
    for one in every(node, "Names/Name"):
        parts = (tidy(one.findtext(f"{{*}}Name{number}")) for number in (1, 2, 3, 4, 5, 6))
        party.names.append((" ".join(filter(None, parts)), text(one, "NameType"), text(one, "AliasStrength")))
    party.scripts = [clean(one.text) for one in node.iterfind(".//{*}NameNonLatinScript")]
    for column, name in _FIELDS.items():
        for one in node.iterfind(f".//{{*}}{name}"):
            party.values[column] |= dict.fromkeys(_several(clean(one.text)))
    for one in node.iterfind(".//{*}BirthDetails/{*}Location"):
        _place(party.births, (text(one, "TownOfBirth"), text(one, "CountryOfBirth")))
    for one in every(node, "Addresses/Address"):
        lines = (text(one, f"AddressLine{number}") for number in range(1, 7))
        country = text(one, "AddressCountry")
        _place(party.addresses, (*lines, text(one, "AddressPostalCode"), country))
        party.countries[country] = None
    return party


def _from_table(reading: Reading, skip: int) -> Iterator[_Party]:
    found: dict[str, _Party] = {}
    for line, row in rows(reading, COLUMNS, skip=skip, names=_NAMES):
        party = found.setdefault(row["Unique ID"], _Party(row["Unique ID"], line))
        name = " ".join(part for column in _NAMES if (part := row.get(column)))
        party.names.append((name, row["Name type"], row.get("Alias strength", "")))
        party.scripts.append(row.get("Name non-latin script", ""))
        for column in _FIELDS:
            party.values[column] |= dict.fromkeys(_several(row.get(column, "")))
        _place(party.births, (row.get("Town of birth", ""), row.get("Country of birth", "")))
        _place(party.addresses, [row.get(column, "") for column in _ADDRESS])
        party.countries[row.get("Address Country", "")] = None
    yield from found.values()


def _several(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _place(places: dict[str, None], parts: Iterable[str]) -> None:
    if place := ", ".join(dict.fromkeys(filter(None, parts))):
        places[place] = None


def _add(reading: Reading, party: _Party) -> None:
    reading.read += 1
    line = party.line

    def values(column: str) -> tuple[str, ...]:
        return tuple(party.values[column])

    kind = next(iter(values("Designation Type")), "").casefold()
    stated = {text: dates.parse_partial(_UNKNOWN_PART.sub("", text), day_first=True) for text in values("D.O.B")}
    ships = reading.codes(values("IMO number"), imo.parse, imo.why, line=line, field="IMO number")
    flags = reading.countries(values("Current believed flag of ship"), entry=party.id, line=line)
    built = [year for year in values("Year Built") if re.fullmatch(r"1[89]\d\d|20\d\d", year)]
    reading.add(
        {
            "id": party.id,
            "schema": _SCHEMATA.get(kind, "LegalEntity"),
            "names": tuple(dict.fromkeys(_names(party))),
            "listings": tuple(_listings(values)),
            "birth_dates": tuple(dict.fromkeys(day for day in stated.values() if day)),
            "birth_places": tuple(party.births),
            "genders": tuple(g for text in values("Gender") if (g := text.casefold()) in {"male", "female"}),
            "nationalities": reading.countries(values("Nationality(/ies)"), entry=party.id, line=line),
            "countries": reading.countries(party.countries, entry=party.id, line=line),
            "addresses": tuple(party.addresses),
            "positions": values("Position"),
            "documents": tuple(
                ListedDocument(type=type_, number=number)
                for column, type_ in (
                    ("Passport number", "passport"),
                    ("National Identifier number", "national id"),
                    ("Business registration number (s)", "registration"),
                )
                for number in values(column)
            ),
            "imo_number": reading.first(ships, line=line, field="IMO number"),
            "flag": reading.first(flags, line=line, field="Current believed flag of ship"),
            "past_flags": reading.countries(values("Previous flags"), entry=party.id, line=line),
            "vessel_type": next(iter(values("Type of ship")), None),
            "build_year": int(built[0]) if built else None,
            "links": tuple(Link(kind=how, target=name) for column, how in _LINKS.items() for name in values(column)),
            "notes": (
                *(f"birth date: {text}" for text, day in stated.items() if not day),
                *(f"{column}: {text}" for column in _NOTES for text in values(column)),
            ),
        },
        line=line,
    )


def _names(party: _Party) -> Iterator[ListedName]:
    """The primary name first; one without a type is an alias. Names in other scripts come last."""
    known = [(value, kind.casefold(), strength.casefold()) for value, kind, strength in party.names if value]
    known.sort(key=lambda name: name[1] != "primary name")
    for value, kind, strength in known:
        how: NameKind = "primary" if kind == "primary name" else "alias"
        yield ListedName(value=value, kind=how, quality="weak" if strength.startswith("low") else "strong")
    for script in party.scripts:
        if script:
            yield ListedName(value=script, kind="original_script")


def _listings(of: Callable[[str], tuple[str, ...]]) -> Iterator[Listing]:
    days = [day for text in of("Date Designated") if (day := dates.parse_day(text, day_first=True))]
    amended = [day for text in of("Last Updated") if (day := dates.parse_day(text, day_first=True))]
    for regime in of("Regime Name"):
        yield Listing(
            programme=regime,
            listed=min(days, default=None),
            amended=max(amended, default=None),
            measure=", ".join(of("Sanctions Imposed")).casefold(),
        )
