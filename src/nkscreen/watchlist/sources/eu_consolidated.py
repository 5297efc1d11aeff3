"""The EU's consolidated list of financial sanctions: XML 1.1 (root `<export>`), and the same fields as a table (CSV).

Unverified: no real file was at hand. Elements, attributes and columns are those of the published form (namespace
`http://eu.europa.ec/fpi/fsd/export`, columns `Entity_LogicalId` to `Citizenship_CountryDescription`), learned from
excerpts in public projects that read it. In the table a row holds one name, address, birth date, document or
citizenship of an entity, and `Entity_LogicalId` joins them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from nkscreen.records.codes import bic, dates, imo
from nkscreen.watchlist.model import ListedDocument, ListedName, Listing, Snapshot
from nkscreen.watchlist.sources.common import Reading, birth_years, clean, date_in_name, in_other_script, load_bytes
from nkscreen.watchlist.sources.streamed import elements, every, line_of, text
from nkscreen.watchlist.sources.table import rows

ROOT: Final = "export"
COLUMNS: Final = ("Entity_LogicalId", "Entity_EU_ReferenceNumber", "NameAlias_WholeName", "Entity_Regulation_Programme")

_GROUPS: Final = ("NameAlias", "Address", "BirthDate", "Identification", "Citizenship")
_ELEMENTS: Final = {
    "nameAlias": "NameAlias",
    "address": "Address",
    "birthdate": "BirthDate",
    "identification": "Identification",
    "citizenship": "Citizenship",
}
_REGULATION: Final = ("numberTitle", "programme", "publicationDate", "entryIntoForceDate")
_GENDERS: Final = {"m": "male", "f": "female"}
_WEAK: Final = "low quality"

Fields = dict[str, str]


@dataclass
class _Entity:
    """One entity in the words of the XML form, whatever the form it came in."""

    own: Fields
    line: int | None
    regulations: list[Fields] = field(default_factory=list)
    groups: dict[str, list[Fields]] = field(default_factory=lambda: defaultdict(list))


def read(path: Path) -> Snapshot:
    """Read either form. The list's date is the day the file was generated.

    Raises:
        ListError: damaged, or without entries.
    """
    reading = Reading(path)
    made = ""
    if load_bytes(path, 512).decode("utf-8-sig", errors="replace").lstrip().startswith("<"):
        for entity, generated in _from_xml(path):
            made = made or generated
            _add(reading, entity)
    else:
        for entity in _from_table(reading):
            made = made or entity.own["fileGenerationDate"]
            _add(reading, entity)
    return reading.snapshot(
        "EU",
        "EU Consolidated List of Financial Sanctions",
        dates.parse_day(made[:10], day_first=True) or date_in_name(path),
        ("https://webgate.ec.europa.eu/fsd/fsf",),
    )


def _from_xml(path: Path) -> Iterator[tuple[_Entity, str]]:
    for node in elements(path, "sanctionEntity"):
        root = node.getroottree().getroot()
        own = _fields(node.attrib)
        subject = next(iter(every(node, "subjectType")), None)
        own["subjectType"] = subject.get("code") or "" if subject is not None else ""
        own["remark"] = text(node, "remark")
        entity = _Entity(own, line_of(node))
        entity.regulations = [_fields(one.attrib) for one in every(node, "regulation")]
        for name, group in _ELEMENTS.items():
            for child in every(node, name):
                entity.groups[group].append({**_fields(child.attrib), "remark": text(child, "remark")})
        yield entity, clean(root.get("generationDate"))


def _fields(attributes: object) -> Fields:
    return {str(name): clean(value) for name, value in dict(attributes).items()}  # type: ignore[call-overload]


def _from_table(reading: Reading) -> Iterator[_Entity]:
    """Entities of the table; a column `NameAlias_WholeName` is the attribute `wholeName` of a `nameAlias`."""
    found: dict[str, _Entity] = {}
    for line, row in rows(reading, COLUMNS, delimiter=";"):
        entity = found.get(row["Entity_LogicalId"])
        if entity is None:
            own = {_attribute(name, "Entity"): cell for name, cell in row.items() if name.startswith("Entity_")}
            own["euReferenceNumber"] = row["Entity_EU_ReferenceNumber"]
            own["fileGenerationDate"] = row.get("fileGenerationDate", "")
            entity = found[row["Entity_LogicalId"]] = _Entity(own, line)
        entity.regulations.append({name: row.get(f"Entity_Regulation_{_upper(name)}", "") for name in _REGULATION})
        for group in _GROUPS:
            cells = {
                _attribute(name, group): cell
                for name, cell in row.items()
                if name.startswith(f"{group}_") and not name.startswith(f"{group}_Regulation_") and cell
            }
            if cells and cells not in entity.groups[group]:
                entity.groups[group].append(cells)
    yield from found.values()


def _attribute(column: str, group: str) -> str:
    name = column.removeprefix(f"{group}_")
    return {"BirthDate": "birthdate", "TypeCode": "identificationTypeCode"}.get(name, name[:1].lower() + name[1:])


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


def _add(reading: Reading, entity: _Entity) -> None:
    reading.read += 1
    own, line = entity.own, entity.line
    entry = own.get("euReferenceNumber") or own.get("logicalId", "")
    groups = entity.groups
    numbers = groups["Identification"]
    person = own.get("subjectType", "").casefold() in {"person", "p"}
    ships = reading.codes(
        [number for one in numbers if (number := one.get("number", "")) and _kind(one) == "imo"],
        imo.parse,
        imo.why,
        line=line,
        field="identification",
    )
    born, wide = _births(groups["BirthDate"])
    functions = tuple(dict.fromkeys(one["function"] for one in groups["NameAlias"] if one.get("function")))
    reading.add(
        {
            "id": entry,
            "schema": "Person" if person else "Vessel" if ships else "Organization",
            "names": tuple(dict.fromkeys(_names(groups["NameAlias"]))),
            "listings": tuple(_listings(own, entity.regulations)),
            "birth_dates": tuple(born),
            "approximate_birth_dates": tuple(day for day, circa in born.items() if circa),
            "birth_places": tuple(dict.fromkeys(filter(None, map(_place, groups["BirthDate"])))) if person else (),
            "genders": tuple(
                dict.fromkeys(
                    gender
                    for one in groups["NameAlias"]
                    if (gender := _GENDERS.get(one.get("gender", "").casefold()[:1]))
                )
            ),
            "nationalities": reading.countries(map(_country, groups["Citizenship"]), entry=entry, line=line),
            "countries": reading.countries(map(_country, groups["Address"]), entry=entry, line=line),
            "addresses": tuple(dict.fromkeys(filter(None, map(_place, groups["Address"])))),
            "positions": functions if person else (),
            "documents": tuple(_documents(numbers)),
            "imo_number": reading.first(ships, line=line, field="identification"),
            "swift_bics": reading.codes(
                [one["number"] for one in numbers if one.get("number") and _kind(one) == "swiftbic"],
                bic.parse,
                bic.why,
                line=line,
                field="identification",
            ),
            "notes": (
                *wide,
                *(() if person else functions),
                *filter(None, (own.get("remark"), own.get("designationDetails"))),
                *((f"UN reference: {own['unitedNationId']}",) if own.get("unitedNationId") else ()),
            ),
        },
        line=line,
    )


def _names(names: list[Fields]) -> Iterator[ListedName]:
    for number, one in enumerate(names):
        parts = (one.get("firstName"), one.get("middleName"), one.get("lastName"))
        value = one.get("wholeName") or " ".join(filter(None, parts))
        if value:
            weak = one.get("strong", "").casefold() == "false" or _WEAK in one.get("remark", "").casefold()
            kind = "original_script" if in_other_script(value) else "alias" if number else "primary"
            yield ListedName.model_validate({"value": value, "kind": kind, "quality": "weak" if weak else "strong"})


def _listings(own: Fields, regulations: list[Fields]) -> Iterator[Listing]:
    """One listing a programme: since the earliest day stated, amended on the latest, under the latest act."""
    programmes: dict[str, list[Fields]] = defaultdict(list)
    for one in regulations:
        if one.get("programme"):
            programmes[one["programme"]].append(one)
    designated = dates.parse_day(own.get("designationDate", ""))
    for programme, acts in programmes.items():
        days = [(day, act) for act in acts if (day := dates.parse_day(act.get("entryIntoForceDate", "")))]
        last = max(days, key=lambda item: item[0], default=(None, acts[-1]))
        known = [day for day, _ in days] + ([designated] if designated else [])
        yield Listing(
            programme=programme,
            listed=min(known, default=None),
            amended=last[0],
            legal_basis=last[1].get("numberTitle", ""),
            measure="asset freeze",
        )


def _births(births: list[Fields]) -> tuple[dict[str, bool], list[str]]:
    """Dates of birth with whether they are circa, and as notes the ranges too wide to compare."""
    found: dict[str, bool] = {}
    notes = []
    for one in births:
        circa = one.get("circa", "").casefold() == "true"
        first, last = one.get("yearRangeFrom", ""), one.get("yearRangeTo", "")
        stated = one.get("birthdate") or "-".join(
            part.zfill(2)
            for part in (
                one.get("year", ""),
                one.get("monthOfYear") or one.get("month", ""),
                one.get("dayOfMonth") or one.get("day", ""),
            )
            if part
        )
        if day := dates.parse_partial(stated):
            found[day] = circa
        elif first.isdigit() and last.isdigit() and len(first) == len(last) == 4:
            years = birth_years(first, last)
            found |= dict.fromkeys(years, circa)
            notes += [] if years else [f"birth date: {first} to {last}"]
        elif stated:
            notes.append(f"birth date: {stated}")
    return found, notes


def _country(one: Fields) -> str:
    code = one.get("countryIso2Code", "")
    described = one.get("countryDescription", "")
    return "" if described == "UNKNOWN" else code if len(code) == 2 and code != "00" else described


def _place(one: Fields) -> str:
    known = "" if one.get("countryDescription") == "UNKNOWN" else one.get("countryDescription", "")
    parts = [one.get(name, "") for name in ("street", "poBox", "zipCode", "city", "place", "region")]
    return ", ".join(dict.fromkeys(filter(None, [*parts, known]))) if any(parts) else ""


def _kind(one: Fields) -> str:
    """What a number is: `imo`, `swiftbic`, `passport`, ... as the list's own code."""
    code = one.get("identificationTypeCode", "").casefold()
    return "imo" if code.startswith("imo") or "IMO" in one.get("typeDescription", "") else code


def _documents(numbers: list[Fields]) -> Iterator[ListedDocument]:
    seen: set[str] = set()
    for one in numbers:
        kind = _kind(one)
        for number in filter(None, (one.get("number"), one.get("latinNumber"))):
            if kind not in {"imo", "swiftbic"} and number not in seen:
                seen.add(number)
                yield ListedDocument(type=kind, number=number, country=_country(one) or None)
