"""Japan's End User List of the Ministry of Economy, Trade and Industry (METI), as a table.

Unverified: no real file was at hand. METI publishes the list as a PDF whose table has the columns below, each with its
Japanese heading, learned from a public reader. Export that table as CSV with one line of English headings. Entries
are numbered from 1 without gaps, aliases set apart by `・`; a name may have its Japanese form in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from nkscreen.watchlist.model import ListedName, Listing, Snapshot
from nkscreen.watchlist.sources.common import Reading, clean, date_in_name, in_other_script
from nkscreen.watchlist.sources.table import rows

COLUMNS: Final = ("No.", "Country or Region", "Company or Organization", "Also Known As", "Type of WMD")

_WMD: Final = {"B": "biological", "C": "chemical", "M": "missile", "N": "nuclear"}
_BRACKETS: Final = re.compile(r"[(（]([^()（）]{1,200})[)）]")
_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z' .,-]*")


def read(path: Path) -> Snapshot:
    """Read the table. Its date is the one in the file's name.

    Raises:
        ListError: a column is missing, the file is damaged, a number is missing, or there are no entries.
    """
    reading = Reading(path)
    last = 0
    for line, row in rows(reading, COLUMNS, names=("Company or Organization", "Also Known As")):
        reading.read += 1
        number = row["No."].rstrip(".")
        if not number.isdecimal() or len(number) > 6:
            reading.lose(f"number {row['No.']!r} is none; row not read", line=line)
            continue
        for gone in range(last + 1, min(int(number), last + 11)):
            reading.lose(f"entry {gone} is missing; entries are numbered without gaps", line=line)
        last = int(number)
        _add(reading, number, row, line)
    return reading.snapshot(
        "METI",
        "METI End User List",
        date_in_name(path),
        ("https://www.meti.go.jp/policy/anpo/law05.html",),
    )


def _add(reading: Reading, number: str, row: dict[str, str], line: int) -> None:
    stated = row["Country or Region"]
    latin = _LATIN.search(stated)
    countries = reading.countries([latin[0] if latin else stated], entry=number, line=line)
    kinds = re.findall(r"[A-Z]", row["Type of WMD"])
    reading.add(
        {
            "id": number,
            "schema": "LegalEntity",
            "names": tuple(dict.fromkeys(_names(row))),
            "listings": (
                Listing(
                    programme="METI End User List",
                    legal_basis="Foreign Exchange and Foreign Trade Act, catch-all control",
                    measure="export licence",
                ),
            ),
            "countries": countries,
            "notes": tuple(f"type of WMD: {_WMD.get(kind, kind)}" for kind in dict.fromkeys(kinds)),
            "dprk_nexus": "KP" in countries,
        },
        line=line,
    )


def _names(row: dict[str, str]) -> Iterator[ListedName]:
    stated = row["Company or Organization"]
    inside = [text for text in _BRACKETS.findall(stated) if in_other_script(text)]
    for text in inside:
        stated = re.sub(rf"\s*[(（]{re.escape(text)}[)）]", "", stated)
    if stated:
        yield ListedName(value=stated)
    for text in inside:
        yield ListedName(value=clean(text), kind="original_script")
    for alias in filter(None, map(clean, row["Also Known As"].split("・"))):
        yield ListedName(value=alias, kind="original_script" if in_other_script(alias) else "alias")
