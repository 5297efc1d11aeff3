"""Australia's consolidated list of the Department of Foreign Affairs and Trade (XLSX, "regulation8_consolidated").

A row stands for each name: reference 12 is an entry; 12a, 12b and 12b1 are further names of it. Everything but the name
repeats in each row of an entry.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from nkscreen.errors import ListError
from nkscreen.records.codes import dates
from nkscreen.watchlist.model import ListedName, Listing, NameKind, Snapshot
from nkscreen.watchlist.sources.common import Reading, archive, birth_years, clean, load_bytes

COLUMNS: Final = ("Reference", "Name of Individual or Entity", "Type", "Name Type", "Date of Birth", "Committees")
SCHEMATA: Final = {"individual": "Person", "entity": "Organization", "vessel": "Vessel"}

_KINDS: Final[dict[str, NameKind]] = {
    "primary name": "primary",
    "aka": "alias",
    "original script": "original_script",
    "formerly known as": "former",
    "previously listed as": "former",
    "fka": "former",
}
_REFERENCE: Final = re.compile(r"(\d+)(?:\.0)?\s*(?:[a-z]+\d*)?", re.IGNORECASE)
_LETTERED: Final = re.compile(r"\s*\b[a-z]\)\s*")
_RANGE: Final = re.compile(r"(\d{4})\s*-\s*(\d{4})")
_DAY: Final = re.compile(
    r"\d{1,2}[\s/-]+[A-Za-z]{3,9}\.?[\s/-]+\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}|\b\d{4}\b"
)
_LISTED: Final = re.compile(r"\b(\d{1,2} [A-Z][a-z]+\.? \d{4})\b")


def read(path: Path) -> Snapshot:
    """Read the list. Its date is the latest control date of an entry.

    Raises:
        ListError: no spreadsheet, a column is missing, or there are no entries.
    """
    load_bytes(path, 1)
    reading = Reading(path)
    entries: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for line, row in _rows(path):
        match = _REFERENCE.fullmatch(clean(str(row["Reference"])))
        if match:
            entries[match[1]].append((line, row))
        else:
            reading.read += 1
            reading.lose(f"reference {row['Reference']!r} is no number; row not read", line=line)
    controlled: list[date] = []
    for reference, found in entries.items():
        reading.read += 1
        controlled += [row["Control Date"] for _, row in found if isinstance(row.get("Control Date"), date)]
        _add(reading, reference, found)
    return reading.snapshot(
        "Australia",
        "DFAT Consolidated List",
        max(controlled, default=None),
        ("https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list",),
    )


def _rows(path: Path) -> list[tuple[int, dict[str, Any]]]:
    with archive(path):
        pass
    try:
        table = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise ListError(f"cannot be read as a spreadsheet ({error}); download it again", file=str(path)) from error
    header = [clean(str(cell)) for cell in table[0]] if table else []
    if absent := [name for name in COLUMNS if name not in header]:
        raise ListError(f"lacks the columns {', '.join(absent)}; download the list again", file=str(path))
    filled = ((line, row) for line, row in enumerate(table[1:], start=2) if any(str(cell).strip() for cell in row))
    return [(line, dict(zip(header, row, strict=False))) for line, row in filled]


def _add(reading: Reading, reference: str, found: list[tuple[int, dict[str, Any]]]) -> None:
    line, first = found[0]
    cells = {name: clean(str(value)) for name, value in first.items()}
    names = [
        ListedName(value=name, kind=_KINDS.get(clean(str(row["Name Type"])).casefold(), "alias"))
        for _, row in found
        if (name := clean(str(row["Name of Individual or Entity"])))
    ]
    exact, circa, wide = _births(cells["Date of Birth"])
    notes = ([cells["Additional Information"]] if cells.get("Additional Information") else []) + wide
    listed = [day for text in _LISTED.findall(cells.get("Listing Information", "")) if (day := dates.parse_day(text))]
    reading.add(
        {
            "id": reference,
            "schema": SCHEMATA.get(cells["Type"].casefold(), "LegalEntity"),
            "names": tuple(dict.fromkeys(sorted(names, key=lambda name: name.kind != "primary"))),
            "listings": (
                Listing(
                    programme=cells["Committees"] or "DFAT",
                    listed=min(listed, default=None),
                    amended=max(listed, default=None) if len(listed) > 1 else None,
                    legal_basis=cells.get("Listing Information", ""),
                ),
            ),
            "birth_dates": exact,
            "approximate_birth_dates": circa,
            "birth_places": _parts(cells.get("Place of Birth", "")),
            "nationalities": reading.countries(_parts(cells.get("Citizenship", "")), entry=reference, line=line),
            "addresses": _parts(cells.get("Address", "")),
            "notes": tuple(notes),
        },
        line=line,
    )


def _parts(cell: str) -> tuple[str, ...]:
    """`a) Kabul b) Kandahar` in its parts."""
    return tuple(dict.fromkeys(part.strip(" ,;") for part in _LETTERED.split(cell) if clean(part.strip(" ,;"))))


def _births(cell: str) -> tuple[tuple[str, ...], tuple[str, ...], list[str]]:
    """All dates of birth, those of them that are approximate, and as notes the ranges too wide to compare."""
    wide: list[str] = []
    found: dict[str, None] = {}
    circa: dict[str, None] = {}
    for part in _LETTERED.split(cell):
        ranges = _RANGE.findall(part)
        wide += [f"born between {first} and {last}" for first, last in ranges if not birth_years(first, last)]
        days = [year for first, last in ranges for year in birth_years(first, last)]
        days += [day for text in _DAY.findall(_RANGE.sub(" ", part)) if (day := dates.parse_partial(text))]
        found |= dict.fromkeys(days)
        if re.search(r"approx|circa|between", part, re.IGNORECASE):
            circa |= dict.fromkeys(days)
    return tuple(found), tuple(circa), wide
