"""South Korea's own designations over North Korea, as a table that a team keeps.

The government announces them in notices (six times from June 2015 to October 2022 alone, says the Ministry of Foreign
Affairs), as text and PDF; no file for machines is known. So the table is ours: one row a designated party, under the
Korean headings that the notices use or near to them. Unverified: no file of anybody else was at hand.
Legal bases as the press reports of October and December 2022 name them: the guidelines under the Foreign Exchange
Transactions Act, and the act on the financing of terrorism and of weapons of mass destruction.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from nkscreen.records.codes import dates, imo
from nkscreen.watchlist.model import ListedName, Listing, Snapshot
from nkscreen.watchlist.sources.common import Reading, date_in_name
from nkscreen.watchlist.sources.table import rows, several

COLUMNS: Final = ("연번", "구분", "국문명", "영문명", "지정일")
"""Number, kind, name in Korean, name in Latin letters, day of designation."""
MORE: Final = ("별칭", "생년월일", "여권번호", "국적", "직책", "주소", "IMO", "사유")
"""Aliases, date of birth, passport, nationality, position, address, IMO number, reason; any of them may be absent."""

_KINDS: Final = {"개인": "Person", "기관": "Organization", "단체": "Organization", "선박": "Vessel"}
_NAMED: Final = ("국문명", "영문명", "별칭")


def read(path: Path) -> Snapshot:
    """Read the table. Its date is the latest designation, or a later one in the file's name.

    Raises:
        ListError: a column is missing, the file is damaged, or there are no entries.
    """
    reading = Reading(path)
    for line, row in rows(reading, COLUMNS, names=_NAMED):
        reading.read += 1
        _add(reading, {**dict.fromkeys(MORE, ""), **row}, line)
    days = [listing.listed for entity in reading.entities.values() for listing in entity.listings if listing.listed]
    newest = max(filter(None, [*days, date_in_name(path)]), default=None)
    return reading.snapshot("KR", "South Korea designations", newest, ())


def _add(reading: Reading, row: dict[str, str], line: int) -> None:
    entry = row["연번"].rstrip(".")
    names = tuple(dict.fromkeys(_names(row)))
    if not entry or not names:
        reading.lose("the row has no number or no name; row not read", line=line)
        return
    schema = _KINDS.get(row["구분"])
    if schema is None:
        reading.problem(f"{row['구분']!r} is none of {', '.join(_KINDS)}", line=line, field="구분")
    listed = dates.parse_day(row["지정일"])
    if listed is None:
        reading.problem(f"{row['지정일']!r} is no day; counts as always listed", line=line, field="지정일")
    reading.add(
        {
            "id": entry,
            "schema": schema or "LegalEntity",
            "names": names,
            "listings": (
                Listing(
                    programme="KR North Korea",
                    listed=listed,
                    legal_basis="Foreign Exchange Transactions Act; act on the financing of terrorism and of weapons "
                    "of mass destruction",
                    measure="financial sanctions",
                ),
            ),
            "birth_dates": reading.codes(
                several(row["생년월일"]), dates.parse_partial, dates.why, line=line, field="생년월일"
            ),
            "nationalities": reading.countries(several(row["국적"]), entry=entry, line=line),
            "documents": tuple({"type": "Passport", "number": text} for text in several(row["여권번호"])),
            "positions": several(row["직책"]),
            "addresses": several(row["주소"]),
            "imo_number": reading.first(
                reading.codes(several(row["IMO"]), imo.parse, imo.why, line=line, field="IMO"), line=line, field="IMO"
            ),
            "notes": (row["사유"],) if row["사유"] else (),
        },
        line=line,
    )


def _names(row: dict[str, str]) -> Iterator[ListedName]:
    if row["영문명"]:
        yield ListedName(value=row["영문명"])
    if row["국문명"]:
        yield ListedName(value=row["국문명"], kind="original_script" if row["영문명"] else "primary")
    for alias in several(row["별칭"]):
        yield ListedName(value=alias, kind="alias")
