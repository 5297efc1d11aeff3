"""The annexes of Regulation (EU) 2017/1509 on the DPRK, as a table of the Official Journal's text (CSV).

OpenSanctions keeps this table of what the regulation lists by name; the EU's own consolidated list has the same entries
in another form. A vessel stands in an annex for each measure on it and is one entry here, under its IMO number. The
columns, and what the annexes order, are those of the regulation: XIII and XV are asset freezes, XIV port entry bans.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from nkscreen.records.codes import bic, dates, imo, mmsi
from nkscreen.watchlist.model import ListedDocument, ListedName, Listing, NameKind, Snapshot
from nkscreen.watchlist.sources.common import Reading, birth_years, date_in_name
from nkscreen.watchlist.sources.table import rows, several

COLUMNS: Final = ("celex", "programKey", "annex", "measure", "startDate", "schema", "name", "imoNumber")

SCHEMATA: Final = ("Person", "LegalEntity", "Organization", "Company", "Vessel")

_BRACKETED: Final = re.compile(r"\(([^()]+)\)")
_SCRIPT: Final = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3\u4e00-\u9fff]+")
_FORMER: Final = re.compile(r"^f\.?k\.?a\.?:?\s*", re.IGNORECASE)
_STATED: Final = re.compile(r"^(?:aliases?|a\.?k\.?a\.?):?\s*", re.IGNORECASE)
_DATE: Final = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}")
_YEARS: Final = re.compile(r"(\d{4})\s*-\s*(\d{4})")
_NUMBER: Final = re.compile(r"[A-Z]{0,3}\s?\d{5,}")

Row = dict[str, str]


def read(path: Path) -> Snapshot:
    """Read the table of the annexes. Its date is the one in the file's name, since it carries none.

    Raises:
        ListError: a column is missing, the file is damaged, or there are no entries.
    """
    reading = Reading(path)
    entries: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for line, row in rows(reading, COLUMNS):
        number = imo.parse(row["imoNumber"]) if row["imoNumber"] else None
        own = f"{row['annex']}-{row.get('recordId') or row['name']}"
        entries[f"IMO{number}" if number and row["schema"] == "Vessel" else own].append((line, row))
    for entry, found in entries.items():
        reading.read += 1
        _add(reading, f"{found[0][1]['celex']}-{entry}", found)
    return reading.snapshot(
        "EU",
        "EU Regulation 2017/1509, annexes on the DPRK",
        date_in_name(path),
        ("https://eur-lex.europa.eu/eli/reg/2017/1509/oj",),
    )


def _add(reading: Reading, entry: str, found: list[tuple[int, Row]]) -> None:
    line, first = found[0]
    cells = {name: "; ".join(dict.fromkeys(row[name] for _, row in found if row.get(name))) for name in first}
    exact, notes = _births(cells["birthDate"])
    notes += [f"reason: {reason}" for reason in dict.fromkeys(row["reason"] for _, row in found if row["reason"])]
    notes += [f"{name}: {cells[name]}" for name in ("phone", "email", "website", "notes") if cells.get(name)]
    numbers = reading.codes(several(cells["imoNumber"]), imo.parse, imo.why, line=line, field="imoNumber")
    radio = reading.codes(several(cells["mmsi"]), mmsi.parse, mmsi.why, line=line, field="mmsi")
    reading.add(
        {
            "id": entry,
            "schema": first["schema"] if first["schema"] in SCHEMATA else "LegalEntity",
            "names": tuple(dict.fromkeys(_names(cells))),
            "listings": tuple(_listing(reading, row, at) for at, row in found),
            "birth_dates": exact,
            "birth_places": several(cells["birthPlace"]),
            "genders": tuple(g for g in (cells["gender"].rstrip(".").casefold(),) if g in {"male", "female"}),
            "nationalities": reading.countries(several(cells["nationality"]), entry=entry, line=line),
            "countries": reading.countries(several(cells["country"]), entry=entry, line=line),
            "addresses": (cells["address"],) if cells["address"] else (),
            "positions": (cells["position"],) if cells["position"] else (),
            "documents": tuple(_documents(cells)),
            "imo_number": reading.first(numbers, line=line, field="imoNumber"),
            "mmsi": reading.first(radio, line=line, field="mmsi"),
            "swift_bics": reading.codes(several(cells["swiftBic"]), bic.parse, bic.why, line=line, field="swiftBic"),
            "notes": tuple(notes),
        },
        line=line,
    )


def _names(cells: Row) -> Iterator[ListedName]:
    """Name and aliases. What stands in brackets behind a name is another name; Hangul is the original script."""
    for part in several(cells["name"]):
        inside = _BRACKETED.findall(part)
        bare = " ".join(_BRACKETED.sub(" ", part).split())
        place = len(inside) == 1 and inside[0] in ("Hong Kong",)  # "Leader (Hong Kong) International" is one name
        yield from _written(part if place else bare, "primary")
        for other in () if place else inside:
            for name in _STATED.sub("", other).split(","):
                yield from _written(name, "former" if cells["schema"] == "Vessel" else "alias")
    for alias in several(cells.get("alias", "")):
        yield from _written(_FORMER.sub("", alias), "former" if _FORMER.match(alias) else "alias")
    for alias in several(cells.get("weakAlias", "")):
        yield from (name.model_copy(update={"quality": "weak"}) for name in _written(alias, "alias"))
    for former in several(cells.get("previousName", "")):
        yield from _written(former, "former")


def _written(text: str, kind: NameKind) -> Iterator[ListedName]:
    """A name, and the same in Hangul or Han where that stands beside it: `KIM Ho Kyu 김호규`."""
    own = " ".join(_SCRIPT.findall(text))
    latin = " ".join(_SCRIPT.sub(" ", text).split())
    if any(letter.isalpha() for letter in latin):
        yield ListedName(value=latin, kind=kind)
    if own:
        yield ListedName(value=own, kind="original_script")


def _listing(reading: Reading, row: Row, line: int) -> Listing:
    listed = dates.parse_partial(row["startDate"].rstrip("."))
    day = dates.parse_day(listed) if listed else None
    if day is None:
        reading.problem(
            f"no readable date of listing ({row['startDate'] or 'none given'})", line=line, field="startDate"
        )
    return Listing(
        programme=row["programKey"],
        listed=day,
        legal_basis=f"Regulation (EU) 2017/1509 Annex {row['annex']}",
        measure=row["measure"].casefold(),
    )


def _births(cell: str) -> tuple[tuple[str, ...], list[str]]:
    """Dates of birth, partial ones too, and as notes what no date could be made of."""
    found: dict[str, None] = {}
    for first, last in _YEARS.findall(cell):
        found |= dict.fromkeys(birth_years(first, last))
    rest = _YEARS.sub(" ", cell)
    for text in _DATE.findall(rest):
        day = dates.parse_partial(text)
        if day:
            found[day] = None
    wide = any(not birth_years(first, last) for first, last in _YEARS.findall(cell))
    return tuple(found), [f"birth date: {cell}"] if cell and (wide or not found) else []


def _documents(cells: Row) -> Iterator[ListedDocument]:
    for column, kind in (
        ("passportNumber", "passport"),
        ("idNumber", "national id"),
        ("registrationNumber", "registration"),
    ):
        for stated in several(cells.get(column, "")):
            number = _NUMBER.search(stated)
            diplomatic = "diplomatic " if "diplomatic" in stated.casefold() else ""
            if number:
                yield ListedDocument(type=f"{diplomatic}{kind}", number=number[0].replace(" ", ""))
