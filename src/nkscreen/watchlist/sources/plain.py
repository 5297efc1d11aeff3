"""A team's own list as a plain CSV file with a header. The columns are described in docs/lists.md."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path
from types import ModuleType

from nkscreen.errors import ListError
from nkscreen.records.codes import bic, country, dates, imo, mmsi
from nkscreen.watchlist.model import ListedName, Listing, Snapshot
from nkscreen.watchlist.sources.common import Reading, clean, date_in_name, load_bytes

COLUMNS = frozenset(
    {"id", "schema", "name", "aliases", "weak_aliases", "former_names"}
    | {"birth_date", "birth_place", "gender", "nationality", "country", "address", "position", "passport", "document"}
    | {"imo", "mmsi", "flag", "past_flags", "call_sign", "vessel_type", "bic", "lei", "wallet"}
    | {"programme", "listed", "removed", "legal_basis", "measure", "linked_to", "notes"}
)

SCHEMATA = {
    "": "LegalEntity",
    "person": "Person",
    "individual": "Person",
    "company": "Company",
    "organization": "Organization",
    "organisation": "Organization",
    "publicbody": "PublicBody",
    "legalentity": "LegalEntity",
    "entity": "LegalEntity",
    "vessel": "Vessel",
    "ship": "Vessel",
    "airplane": "Airplane",
    "aircraft": "Airplane",
    "cryptowallet": "CryptoWallet",
    "wallet": "CryptoWallet",
}

GENDERS = ("male", "female")

SHOWN = 10
"""How many faults an error names; one systematic mistake can have as many as the file has rows."""

_DAY = re.compile(r"[ _-]?(?<!\d)\d{4}-\d\d-\d\d(?!\d)")


def read(path: Path) -> Snapshot:
    """Read a plain CSV list. Columns may stand in any order and case; only `name`, `imo` or `wallet` must be filled.

    Its authors can correct it, so nothing in a row is left out or guessed: any fault in a row is an error.

    Raises:
        ListError: not a CSV with a `name` column, a column twice, more than half of the columns unknown, no rows, or
            rows that cannot be understood in full (all are named, up to `SHOWN`): an id met before, a code or date
            that cannot be read, more or fewer cells than columns.
    """
    reading = Reading(path)
    text = decode(path)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        header = [column_name(cell) for cell in next(rows)]
        if "name" not in header:
            raise ListError(f"has no column 'name' in its first row ({', '.join(header[:8])})", file=str(path), row=1)
        unknown = [name for name in header if name not in COLUMNS]
        if len(unknown) > len(header) / 2:
            # Another publisher's table that happens to have a name column would lose its aliases and programmes.
            columns = ", ".join(unknown[:8])
            raise ListError(f"is not in the format of docs/lists.md: unknown columns {columns}", file=str(path), row=1)
        if twice := sorted({name for name in header if name and header.count(name) > 1}):
            raise ListError(f"has a column twice ({', '.join(twice)}); keep one of each", file=str(path), row=1)
        line = rows.line_num + 1
        for cells in rows:
            if any(cell.strip() for cell in cells):
                reading.read += 1
                if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
                    reading.problem(
                        f"{len(cells)} cells under {len(header)} columns: the row was cut, or a separator is missing "
                        "or not between quotes",
                        line=line,
                    )
                _add(dict(zip(header, cells, strict=False)), reading, line)
            line = rows.line_num + 1
    except csv.Error as error:
        raise ListError(
            f"cannot be read as CSV ({error}); correct the row, or export the list again", file=str(path), row=line
        ) from error
    if reading.problems:
        count, shown = len(reading.problems), reading.problems[:SHOWN]
        more = [f"... and {count - SHOWN} more"] if count > SHOWN else []
        raise ListError("\n".join([f"has faults to correct ({count}):", *shown, *more]), file=str(path))
    for column in unknown:
        reading.problem(f"column {column!r} is not one of the columns of docs/lists.md and is not read", line=1)
    return reading.snapshot(_title(path), _title(path), date_in_name(path), ())


def column_name(cell: str) -> str:
    """`Weak aliases` is `weak_aliases`."""
    return "_".join(clean(cell).casefold().replace("-", " ").replace("_", " ").split())


def decode(path: Path) -> str:
    """The file's text: UTF-8 with or without a byte order mark, else the encoding its bytes suggest."""
    data = load_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes  # noqa: PLC0415  costs 25 ms that most runs need not pay

        best = from_bytes(data).best()
        if best is None:
            raise ListError("is not text; save the list as CSV UTF-8", file=str(path)) from None
        return str(best)


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    return max(",;\t|", key=header.count)


def _add(row: dict[str, str], reading: Reading, line: int) -> None:
    def several(column: str) -> list[str]:
        return [text for text in map(clean, row.get(column, "").split(";")) if text]

    def one(column: str) -> str:
        return clean(row.get(column))

    def codes(column: str, parser: ModuleType) -> tuple[str, ...]:
        return reading.codes(several(column), parser.parse, parser.why, line=line, field=column)

    def code(column: str, parser: ModuleType) -> str | None:
        return reading.first(codes(column, parser), line=line, field=column)

    def day(column: str) -> date | None:
        found = dates.parse_day(one(column))
        if found is None and one(column):
            reading.problem(f"{one(column)!r} is not a date; write it as 2026-04-22", line=line, field=column)
        return found

    name = one("name")
    identity = one("id") or one("imo") or name or one("wallet")
    if not identity:
        reading.problem("the row has no name, no imo and no wallet", line=line)
        return
    schema = one("schema").casefold().replace(" ", "")
    if schema not in SCHEMATA:
        reading.problem(f"{schema!r} is none of {', '.join(filter(None, SCHEMATA))}", line=line, field="schema")
    for text in several("gender"):
        if text.casefold() not in GENDERS:
            reading.problem(f"{text!r} is neither male nor female", line=line, field="gender")
    names = [ListedName(value=name)] if name else []
    names += [ListedName(value=text, kind="alias") for text in several("aliases")]
    names += [ListedName(value=text, kind="alias", quality="weak") for text in several("weak_aliases")]
    names += [ListedName(value=text, kind="former") for text in several("former_names")]
    term = {"listed": day("listed"), "removed": day("removed")}
    reading.add(
        {
            "id": identity,
            "schema": SCHEMATA.get(schema, "LegalEntity"),
            "names": tuple(names),
            "listings": tuple(
                Listing(programme=text, legal_basis=one("legal_basis"), measure=one("measure"), **term)
                for text in several("programme") or ["own list"]
            ),
            "birth_dates": reading.codes(
                several("birth_date"), dates.parse_partial, dates.why, line=line, field="birth_date"
            ),
            "birth_places": tuple(several("birth_place")),
            "genders": tuple(text for text in map(str.casefold, several("gender")) if text in GENDERS),
            "nationalities": codes("nationality", country),
            "countries": codes("country", country),
            "addresses": tuple(several("address")),
            "positions": tuple(several("position")),
            "documents": (
                *({"type": "Passport", "number": text} for text in several("passport")),
                *({"number": text} for text in several("document")),
            ),
            "imo_number": code("imo", imo),
            "mmsi": code("mmsi", mmsi),
            "call_sign": one("call_sign") or None,
            "flag": code("flag", country),
            "past_flags": codes("past_flags", country),
            "vessel_type": one("vessel_type") or None,
            "swift_bics": codes("bic", bic),
            "lei_code": one("lei") or None,
            "wallets": tuple(several("wallet")),
            "links": tuple({"kind": "linked to", "target": text} for text in several("linked_to")),
            "notes": (one("notes"),) if one("notes") else (),
        },
        line=line,
    )


def _title(path: Path) -> str:
    """The list's own name: that of the file without its day, so that the list of tomorrow is the same list."""
    return _DAY.sub("", path.stem) or path.stem
