"""British lists: the UK Sanctions List as a table (CSV or ODS), and OFSI's consolidated list in its old CSV form.

The UK Sanctions List here is the short table that the Foreign Office gives out: one row a party, without aliases.
OFSI's list, closed on 28 January 2026, is read for archives: a row stands for each name, birth date and address of a
party, and `Group ID` joins them. Dates are day first.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from nkscreen.errors import ListError
from nkscreen.records.codes import dates
from nkscreen.watchlist.model import ListedDocument, ListedName, Listing, NameKind, Quality, Snapshot
from nkscreen.watchlist.sources.common import MAX_FACT, Reading, clean, date_in_name, load_bytes
from nkscreen.watchlist.sources.ods import first_table
from nkscreen.watchlist.sources.table import rows

HEAD_BYTES: Final = 4096
SANCTIONS_LIST: Final = ("Unique ID", "Name", "Regime Name", "Type", "Date Designated", "Sanctions Imposed")
NAME_PARTS: Final = tuple(f"Name {number}" for number in (1, 2, 3, 4, 5, 6))
OFSI: Final = ("Name 6", "Name 1", "Group Type", "Alias Type", "Regime", "Listed On", "Group ID")

SCHEMATA: Final = {"individual": "Person", "entity": "Organization", "ship": "Vessel"}

_ALIASES: Final[dict[str, tuple[NameKind, Quality]]] = {
    "prime alias": ("primary", "strong"),
    "prime": ("primary", "strong"),
    "aka": ("alias", "strong"),
    "fka": ("former", "strong"),
    "good quality aka": ("alias", "strong"),
    "low quality aka": ("alias", "weak"),
}
_NUMBERED: Final = re.compile(r"\s*(?:\(\d{1,2}\)|\b\d{1,2}\)|\b[a-z]\))\s*(?:-\s*)?")
_DOCUMENT: Final = re.compile(r"[A-Z]{0,3}-?\d[\dA-Z/.-]{3,}")
_IMO: Final = re.compile(r"IMO(?: number)?:?\s*(\d{7})", re.IGNORECASE)


def read(path: Path) -> Snapshot:
    """Read one of the two forms.

    Raises:
        ListError: neither of them, damaged, or without entries.
    """
    if zipfile.is_zipfile(path):
        return _sanctions_list(path, _sheet(path))
    first = load_bytes(path, HEAD_BYTES).decode("utf-8-sig", errors="replace").partition("\n")[0]
    return _ofsi(path, first) if first.startswith("Last Updated,") else _sanctions_list(path, None)


def _sanctions_list(path: Path, sheet: list[dict[str, str]] | None) -> Snapshot:
    reading = Reading(path)
    for line, row in enumerate(sheet, start=2) if sheet is not None else rows(reading, SANCTIONS_LIST):
        reading.read += 1
        listed = dates.parse_day(row["Date Designated"], day_first=True)
        if listed is None:
            reading.problem(f"no readable date ({row['Date Designated']!r})", line=line, field="Date Designated")
        reading.add(
            {
                "id": row["Unique ID"],
                "schema": SCHEMATA.get(row["Type"].casefold(), "LegalEntity"),
                "names": (ListedName(value=row["Name"]),) if row["Name"] else (),
                "listings": (
                    Listing(programme=row["Regime Name"], listed=listed, measure=row["Sanctions Imposed"].casefold()),
                ),
                "notes": tuple(
                    f"{name}: {row[name]}" for name in ("OFSI Group ID", "Designation source") if row.get(name)
                ),
            },
            line=line,
        )
    return reading.snapshot(
        "UK",
        "UK Sanctions List",
        date_in_name(path),
        ("https://www.gov.uk/government/publications/the-uk-sanctions-list",),
    )


def _sheet(path: Path) -> list[dict[str, str]]:
    table = first_table(path)
    header = table[0] if table else []
    if absent := [name for name in SANCTIONS_LIST if name not in header]:
        raise ListError(f"lacks the columns {', '.join(absent)}; download the list again", file=str(path))
    return [dict(zip(header, [*row, *[""] * len(header)], strict=False)) for row in table[1:] if any(row)]


def _ofsi(path: Path, first: str) -> Snapshot:
    reading = Reading(path)
    parties: dict[str, list[tuple[int, dict[str, str]]]] = defaultdict(list)
    for line, row in rows(reading, OFSI, skip=1, names=NAME_PARTS):
        parties[row["Group ID"]].append((line, row))
    for group, found in parties.items():
        reading.read += 1
        _add(reading, group, found)
    return reading.snapshot(
        "OFSI",
        "OFSI Consolidated List of Financial Sanctions Targets",
        dates.parse_day(clean(first.split(",")[1]), day_first=True),
        ("https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets",),
    )


def _add(reading: Reading, group: str, found: list[tuple[int, dict[str, str]]]) -> None:
    line, first = found[0]
    each = [row for _, row in found]

    def values(column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for row in each for part in _parts(row.get(column, ""))))

    born = [day for text in values("DOB") if (day := dates.parse_partial(text, day_first=True))]
    informed = tuple(dict.fromkeys(row["Other Information"] for row in each if row.get("Other Information")))
    ships = dict.fromkeys(number for text in informed for number in _IMO.findall(text))
    schema = SCHEMATA.get(first["Group Type"].casefold(), "LegalEntity")
    reading.add(
        {
            "id": group,
            "schema": schema,
            "names": tuple(dict.fromkeys(sorted(_names(each), key=lambda name: name.kind != "primary"))),
            "listings": tuple(_listing(row) for row in {row["Regime"]: row for row in each}.values()),
            "birth_dates": tuple(dict.fromkeys(born)),
            "birth_places": tuple(
                dict.fromkeys(
                    place
                    for row in each
                    if (place := ", ".join(filter(None, (row.get("Town of Birth"), row.get("Country of Birth")))))
                )
            ),
            "nationalities": reading.countries(values("Nationality"), entry=group, line=line),
            "countries": reading.countries(values("Country"), entry=group, line=line),
            "addresses": tuple(dict.fromkeys(address for row in each if (address := _address(row)))),
            "positions": values("Position"),
            "documents": tuple(_documents(each)),
            "imo_number": next(iter(ships), None) if schema == "Vessel" else None,
            "notes": informed,
        },
        line=line,
    )


def _parts(cell: str) -> list[str]:
    """`1) Saudi Arabia 2) Qatar` in its parts."""
    return [part.strip(" ,;") for part in _NUMBERED.split(cell) if part.strip(" ,;-")]


def _names(each: list[dict[str, str]]) -> Iterator[ListedName]:
    for row in each:
        value = " ".join(part for name in NAME_PARTS if (part := row.get(name)))
        kind, quality = _ALIASES.get(row["Alias Type"].casefold(), ("alias", "strong"))
        if value:
            yield ListedName(value=value, kind=kind, quality=quality)


def _listing(row: dict[str, str]) -> Listing:
    return Listing(
        programme=row["Regime"],
        listed=dates.parse_day(row["Listed On"], day_first=True),
        amended=dates.parse_day(row.get("Last Updated", ""), day_first=True),
        measure="asset freeze",
    )


def _address(row: dict[str, str]) -> str:
    parts = [row.get(f"Address {number}", "") for number in range(1, 7)] + [row.get("Post/Zip Code", "")]
    return ", ".join(dict.fromkeys(filter(None, [*parts, row.get("Country", "")]))) if any(parts) else ""


def _documents(each: list[dict[str, str]]) -> Iterator[ListedDocument]:
    seen: set[str] = set()
    for row in each:
        for column, kind in (("Passport Details", "passport"), ("NI Number", "national id")):
            for part in _parts(row.get(column, "")):
                number = _DOCUMENT.search(part[:MAX_FACT])
                if number and number[0] not in seen:
                    seen.add(number[0])
                    yield ListedDocument(type=kind, number=number[0].rstrip("./-"))
