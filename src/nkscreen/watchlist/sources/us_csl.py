"""The US Consolidated Screening List of the International Trade Administration (CSV).

It joins lists of three departments: OFAC's, the Entity List, the Denied Persons List and others. `source` says which
and stands in the programme before the list's own tags. What OFAC's own files say better (types of aliases, remarks) is
lost in it, so give those for OFAC.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from nkscreen.records.codes import dates
from nkscreen.watchlist.model import Link, ListedName, Listing, Snapshot
from nkscreen.watchlist.sources.common import Reading, date_in_name
from nkscreen.watchlist.sources.ofac_remarks import listed_documents, read_remarks
from nkscreen.watchlist.sources.table import rows, several

COLUMNS: Final = ("_id", "source", "type", "programs", "name", "alt_names", "addresses", "start_date", "ids")
SCHEMATA: Final = {"individual": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}

_COUNTRY_AT_END: Final = re.compile(r",?\s([A-Z]{2})$")


def read(path: Path) -> Snapshot:
    """Read the list. Its date is the one in the file's name.

    Raises:
        ListError: a column is missing, the file is damaged, or there are no entries.
    """
    reading = Reading(path)
    for line, row in rows(reading, COLUMNS):
        reading.read += 1
        _add(reading, row, line)
    return reading.snapshot(
        "US CSL",
        "US Consolidated Screening List",
        date_in_name(path),
        ("https://www.trade.gov/consolidated-screening-list",),
    )


def _add(reading: Reading, row: dict[str, str], line: int) -> None:
    schema = SCHEMATA.get(row["type"].casefold(), "LegalEntity")
    stated = "; ".join(", ".join(part.split(", ")[:2]).replace(", ", " ", 1) for part in row["ids"].split("; "))
    facts = read_remarks(stated, vessel=schema == "Vessel")
    born = [day for text in several(row.get("dates_of_birth", "")) if (day := dates.parse_partial(text))]
    addresses = several(row["addresses"])
    ends = [found[1] for address in addresses if (found := _COUNTRY_AT_END.search(f" {address}"))]

    def countries(texts: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        return reading.countries(texts, entry=row["_id"], line=line)

    def country(text: str) -> str | None:
        return next(iter(countries([text])), None)

    flag = row.get("vessel_flag", "")
    reading.add(
        {
            "id": row["_id"],
            "schema": schema,
            "names": tuple(
                dict.fromkeys(
                    [
                        *([ListedName(value=row["name"])] if row["name"] else []),
                        *(ListedName(value=name, kind="alias") for name in several(row["alt_names"])),
                    ]
                )
            ),
            "listings": tuple(_listings(row)),
            "birth_dates": tuple(dict.fromkeys([*born, *facts.birth_dates])),
            "birth_places": several(row.get("places_of_birth", "")),
            "genders": tuple(dict.fromkeys(facts.genders)),
            "nationalities": countries([*several(row.get("nationalities", "")), *several(row.get("citizenships", ""))]),
            "countries": countries(ends),
            "addresses": addresses,
            "positions": several(row.get("title", "")),
            "documents": tuple(listed_documents(facts.documents, country)),
            "imo_number": facts.imo_number,
            "mmsi": facts.mmsi,
            "call_sign": row.get("call_sign") or None,
            "flag": country(flag) if flag else None,
            "vessel_type": row.get("vessel_type") or None,
            "swift_bics": tuple(dict.fromkeys(facts.swift_bics)),
            "lei_code": facts.lei_code,
            "wallets": tuple(dict.fromkeys(facts.wallets)),
            "links": (Link(kind="vessel owner", target=row["vessel_owner"]),) if row.get("vessel_owner") else (),
            "notes": tuple(note for note in (*facts.notes, row.get("remarks", "")) if note),
            "dprk_nexus": facts.dprk,
        },
        line=line,
    )


def _listings(row: dict[str, str]) -> list[Listing]:
    source = row["source"].partition(" - ")[0]
    notice = row.get("federal_register_notice", "")
    ended = dates.parse_day(row["end_date"]) if row.get("end_date") else None
    return [
        Listing(
            programme=f"{source}: {tag}" if tag else source,
            listed=dates.parse_day(row["start_date"]) if row["start_date"] else None,
            removed=ended,
            legal_basis=notice,
        )
        for tag in several(row["programs"]) or ("",)
    ]
