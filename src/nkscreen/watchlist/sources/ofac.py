"""The lists of the US Office of Foreign Assets Control, in its legacy CSV sets.

A set is four files without headers: the entries (`sdn.csv`, or `cons_prim.csv` of the non-SDN consolidated list), their
aliases (`alt`, `cons_alt`), addresses (`add`, `cons_add`) and remarks that were too long (`sdn_comments`,
`cons_comments`). Encoding is Latin-1, "-0-" means empty. The layout is OFAC's "SDN data specification" (dat_spec.txt).
The last byte is 0x1A: all 17 files of OFAC that were looked at have it, of every kind, SDN and non-SDN, published from
December 2021 to June 2026. So a file without it was cut, even where it ends with a whole row.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from nkscreen.errors import ListError
from nkscreen.records.codes import imo
from nkscreen.watchlist.model import Link, ListedName, Listing, NameKind, Snapshot
from nkscreen.watchlist.sources.common import Reading, clean, date_in_name, load_bytes
from nkscreen.watchlist.sources.ofac_remarks import listed_documents, read_remarks

LEGAL_BASIS = {
    "DPRK": "E.O. 13551",
    "DPRK2": "E.O. 13687",
    "DPRK3": "E.O. 13722",
    "DPRK4": "E.O. 13810",
    "DPRK-NKSPEA": "North Korea Sanctions and Policy Enhancement Act, 22 U.S.C. ch. 99",
    "NPWMD": "E.O. 13382",
}
"""Programme tags to the orders behind them: OFAC's reference value sets (SDN_ADVANCED.XML, LegalBasis)."""

SETS = {
    "sdn": ("OFAC Specially Designated Nationals and Blocked Persons List", "alt", "add", "sdn_comments"),
    "cons_prim": ("OFAC Consolidated Non-SDN List", "cons_alt", "cons_add", "cons_comments"),
}
"""Stem of the file of entries to the list's title and the stems of its companions."""

COMPANIONS = frozenset(stem for _, *stems in SETS.values() for stem in stems)

SCHEMATA = {"": "Organization", "individual": "Person", "vessel": "Vessel", "aircraft": "Airplane"}
_KINDS: dict[str, NameKind] = {"aka": "alias", "nka": "alias", "fka": "former"}
_STEM = re.compile(r"(?P<stem>sdn_comments|sdn|alt|add|cons_(?:prim|alt|add|comments))(?P<suffix>[_-].*|)", re.I)
_END = "\x1a"


def stem_of(path: Path) -> tuple[str, str] | None:
    """`sdn_2024-05-03.csv` is ("sdn", "_2024-05-03"); None for files that are not named like OFAC's."""
    name = path.name.lower().removesuffix(".gz")
    match = _STEM.fullmatch(name.removesuffix(".csv")) if name.endswith(".csv") else None
    return (match["stem"].lower(), match["suffix"].lower()) if match else None


def read(path: Path) -> Snapshot:
    """Read a set from its file of entries, or from the folder that holds one set.

    Raises:
        ListError: no file of entries or several of them in the folder, a file of the set that was cut, or too many
            unreadable entries.
    """
    if path.is_dir():
        return read(_primary(path))
    stem, suffix = stem_of(path) or ("sdn", "")
    if stem not in SETS:
        raise ListError(
            f"is only a part of an OFAC list; give the file of entries ({' or '.join(SETS)})", file=str(path)
        )
    title, *companions = SETS[stem]
    reading = Reading(path)
    beside = {stem_of(other): other for other in sorted(path.parent.iterdir())}
    files = [_companion(beside.get((name, suffix)), name, reading) for name in companions]
    known = set()
    for line, row in _rows(path, 12, reading):
        reading.read += 1
        known.add(row[0])
        add(Entry(*row), Extra(*(rows[row[0]] for rows in files)), reading, line)
    for rows in files:
        for unknown in sorted(set(rows) - known, key=lambda key: (len(key), key)):
            reading.problem(f"{len(rows[unknown])} alias, address or comment rows name the unknown entry {unknown}")
    return reading.snapshot("OFAC", title, date_in_name(path), ("https://sanctionslist.ofac.treas.gov",))


def files_of(path: Path) -> tuple[Path, ...]:
    """The files that are read for a list: itself, and beside a file of entries its companions of the same date."""
    if path.is_dir():
        return files_of(_primary(path))
    stem, suffix = stem_of(path) or ("", "")
    wanted = {(name, suffix) for name in SETS[stem][1:]} if stem in SETS else set()
    return (path, *(other for other in sorted(path.parent.iterdir()) if stem_of(other) in wanted))


def _primary(folder: Path) -> Path:
    found = [path for path in sorted(folder.iterdir()) if (stem_of(path) or ("",))[0] in SETS]
    if len(found) != 1:
        names = ", ".join(path.name for path in found) or "none"
        raise ListError(f"must hold one OFAC file of entries, found {names}; give the path of one", file=str(folder))
    return found[0]


class Entry(NamedTuple):
    """A row of `sdn.csv`."""

    id: str
    name: str
    type: str
    programmes: str
    title: str
    call_sign: str
    vessel_type: str
    tonnage: str
    gross_tonnage: str
    flag: str
    owner: str
    remarks: str


class Extra(NamedTuple):
    """The rows of the companion files about one entry."""

    aliases: list[list[str]]
    addresses: list[list[str]]
    comments: list[list[str]]


def _value(text: str) -> str:
    return "" if text.strip() == "-0-" else text


def _rows(path: Path, width: int, reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """The rows of one file with their line numbers. A row of another width is lost."""
    text = load_bytes(path).decode("latin-1").rstrip("\r\n")
    if not text.endswith(_END):
        raise ListError("was cut: the byte 0x1A that ends OFAC's files is missing; download it again", file=str(path))
    rows = csv.reader(io.StringIO(text.rstrip("\r\n" + _END), newline=""), strict=True)
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            raise ListError(f"cannot be read as CSV ({error}); download it again", file=str(path), row=line) from error
        if len(row) == width and row[0].strip().isdecimal():
            yield line, [_value(cell) for cell in row]
        elif any(cell.strip() for cell in row):
            reading.lose(f"{path.name}: {len(row)} columns where {width} were expected; row not read", line=line)


def _companion(path: Path | None, name: str, reading: Reading) -> defaultdict[str, list[list[str]]]:
    """Rows of a companion file by entry id. An absent file is a problem: names or addresses are then missing."""
    rows: defaultdict[str, list[list[str]]] = defaultdict(list)
    if path is None:
        reading.problem(f"{name}.csv of the same date is not beside this file; what it holds is missing")
        reading.missing.append(f"{name}.csv")
        return rows
    width = {"alt": 5, "add": 6, "comments": 2}[name.rpartition("_")[2]]
    for _, row in _rows(path, width, reading):
        rows[row[0]].append(row)
    return rows


class More(NamedTuple):
    """What the XML forms say besides: names in other scripts, the day of listing, ties to other entries by id."""

    names: tuple[ListedName, ...] = ()
    listed: date | None = None
    links: tuple[Link, ...] = ()


def add(entry: Entry, extra: Extra, reading: Reading, line: int | None, more: More | None = None) -> None:
    """Add the entity of an entry with its companions; readers of OFAC's other forms give it what they read likewise."""
    more = more or More()
    kind = clean(entry.type).casefold()
    facts = read_remarks(entry.remarks + "".join(row[1] for row in extra.comments), vessel=kind == "vessel")
    if kind not in SCHEMATA:
        reading.problem(f"entry {entry.id}: type {entry.type!r} is unknown; kept as LegalEntity", line=line)
    names = [ListedName(value=clean(entry.name))] if clean(entry.name) else []
    for _, _, kind_of_name, name, _ in extra.aliases:
        if clean(name):
            names.append(
                ListedName(value=clean(name), kind=_KINDS.get(clean(kind_of_name).replace(".", "").casefold(), "alias"))
            )

    def countries(texts: list[str]) -> tuple[str, ...]:
        return reading.countries(texts, entry=entry.id, line=line)

    def country(text: str) -> str | None:
        return next(iter(countries([text])), None)

    if kind == "vessel" and not facts.imo_number:
        for _, number, _ in facts.documents:
            if re.fullmatch(r"\d{7}", number):
                reading.problem(f"entry {entry.id}: {number} kept as a document: {imo.why(number)}", line=line)
    title = clean(entry.title)
    owner = clean(entry.owner)
    reading.add(
        {
            "id": entry.id.strip(),
            "schema": SCHEMATA.get(kind, "LegalEntity"),
            "names": tuple(dict.fromkeys([*names, *facts.names, *more.names])),
            "listings": listings(re.split(r"\]\s*\[|;", entry.programmes), more.listed),
            "birth_dates": tuple(dict.fromkeys(facts.birth_dates)),
            "approximate_birth_dates": tuple(dict.fromkeys(facts.approximate_birth_dates)),
            "birth_places": tuple(dict.fromkeys(facts.birth_places)),
            "genders": tuple(dict.fromkeys(facts.genders)),
            "nationalities": countries(facts.nationalities),
            "countries": countries([*(row[4] for row in extra.addresses), *facts.countries]),
            "addresses": tuple(dict.fromkeys(filter(None, (_address(row) for row in extra.addresses)))),
            "positions": (title,) if title else (),
            "documents": tuple(listed_documents(facts.documents, country)),
            "imo_number": facts.imo_number,
            "mmsi": facts.mmsi,
            "call_sign": clean(entry.call_sign) or None,
            "flag": country(entry.flag),
            "past_flags": countries(facts.past_flags),
            "vessel_type": clean(entry.vessel_type) or None,
            "build_year": facts.build_year,
            "gross_tonnage": _tons(entry.gross_tonnage),
            "deadweight_tonnage": _tons(entry.tonnage),
            "swift_bics": tuple(dict.fromkeys(facts.swift_bics)),
            "lei_code": facts.lei_code,
            "wallets": tuple(dict.fromkeys(facts.wallets)),
            "links": tuple(
                dict.fromkeys(
                    [*facts.links, *([Link(kind="vessel owner", target=owner)] if owner else []), *more.links]
                )
            ),
            "notes": tuple(note for note in facts.notes if note != title),
            "dprk_nexus": facts.dprk,
        },
        line=line,
    )


def listings(programmes: list[str], listed: date | None = None) -> tuple[Listing, ...]:
    """Listings for programme tags, with the legal basis of those that are known here."""
    tags = dict.fromkeys(tag for tag in (programme.strip(" []") for programme in programmes) if tag)
    return tuple(Listing(programme=tag, listed=listed, legal_basis=LEGAL_BASIS.get(tag, "")) for tag in tags)


def _address(row: list[str]) -> str:
    return ", ".join(part for part in map(clean, row[2:5]) if part)


def _tons(text: str) -> float | None:
    digits = text.replace(",", "").strip()
    return float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None
