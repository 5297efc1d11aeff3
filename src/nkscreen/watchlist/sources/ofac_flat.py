"""OFAC's SDN list as one flat CSV file, a row an entry, as third parties make it from the XML.

Columns: ID, Subject Type, Primary Name, All Names, Sanction Imposed, Addresses, ID Documents, Comments; values in a
cell are separated by ` | `. It has no birth dates, no quality of names and no vessel particulars but those among the
documents: where OFAC's own files are at hand, give those.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from nkscreen.watchlist.model import Snapshot
from nkscreen.watchlist.sources.common import Reading, date_in_name
from nkscreen.watchlist.sources.ofac import Entry, Extra, add
from nkscreen.watchlist.sources.table import rows

COLUMNS: Final = ("ID", "Subject Type", "Primary Name", "All Names", "Sanction Imposed", "Addresses", "ID Documents")
_BETWEEN: Final = " | "


def read(path: Path) -> Snapshot:
    """Read the flat file. Its date is the one in its name.

    Raises:
        ListError: a column is missing, the file is damaged, or there are no entries.
    """
    reading = Reading(path)
    for line, row in rows(reading, COLUMNS):
        reading.read += 1
        number, kind = row["ID"], row["Subject Type"].casefold()
        names = [name for name in row["All Names"].split(_BETWEEN) if name and name != row["Primary Name"]]
        addresses = [address for address in row["Addresses"].split(_BETWEEN) if address]
        facts = [fact.replace(";", ",") for fact in row["ID Documents"].split(_BETWEEN) if fact]
        facts += [row["Comments"].strip("()")] if row.get("Comments") else []
        entry = Entry(
            id=number,
            name=row["Primary Name"],
            type="" if kind == "entity" else kind,
            programmes=row["Sanction Imposed"],
            title=row.get("Positions", ""),
            call_sign="",
            vessel_type="",
            tonnage="",
            gross_tonnage="",
            flag="",
            owner="",
            remarks="; ".join(facts),
        )
        parts = [[number, "", address, "", _country(address), ""] for address in addresses]
        add(entry, Extra([[number, "", "aka", name, ""] for name in names], parts, []), reading, line)
    return reading.snapshot(
        "OFAC",
        "OFAC Specially Designated Nationals and Blocked Persons List (flat file)",
        date_in_name(path),
        ("https://sanctionslist.ofac.treas.gov",),
    )


def _country(address: str) -> str:
    """The country at the end of an address; `Korea, North` has a comma in it."""
    *_, before, last = ["", *address.split(", ")]
    return f"{before}, {last}" if last in ("North", "South") else "" if last == "undetermined" else last
