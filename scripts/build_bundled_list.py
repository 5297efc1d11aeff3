"""Build the bundled list of DPRK designations: `python scripts/build_bundled_list.py [folder]`.

Sources, all below the folder given (default: `shared` beside the repository):

- `data/lists/un/UN_consolidated_2026-02.xml`: persons and entities of the UN's DPRK sanctions.
- `knowledge/un1718_vessels.csv`: the 59 vessels the UN's 1718 Committee designated, with their EU annexes and dates.
  The UN publishes them apart from its XML; these rows come from the annexes of Regulation (EU) 2017/1509 that transpose
  the UN's list (consolidated text of 14 August 2026), and the dates beside them agree with the UN's designations.
- `data/lists/ofac/ofac_sdn_flat_2026-04-22.csv`: a flat table of the SDN list; who is on it, under which
  programmes, and the identifiers of entries younger than the next source.
- `data/lists/ofac/sdn_2024-05-03.csv`: OFAC's own file with remarks; birth dates, titles, flags, countries
  of documents.
- `data/lists/ofac/alt_2026-06-02.csv`, `add_2026-06-02.csv`: OFAC's strong aliases with their kind, and its addresses.
- `data/lists/ofac/history/sdn_<day>_{before,after}.csv.gz`: two versions of the SDN list around a day; what was added.
- Announcements of OFAC, in the press releases and reports named at `OFAC_ACTIONS` and `OFAC_NAMED`, and in facts F0196
  and F0242 of `knowledge/facts.csv`: listing dates.

Facts only: names, numbers, dates, places, programmes. No statement of reasons is copied.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from nkscreen.watchlist import (
    ListedEntity,
    ListedName,
    Listing,
    ReadReport,
    Snapshot,
    is_dprk,
    is_dprk_programme,
    write_snapshot,
)
from nkscreen.watchlist.bundled import BUNDLED
from nkscreen.watchlist.snapshot import dump_snapshot
from nkscreen.watchlist.sources import ofac, un
from nkscreen.watchlist.sources.common import Reading, clean
from nkscreen.watchlist.sources.ofac_remarks import DPRK_REGULATIONS, listed_documents, read_remarks

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "nkscreen" / "watchlist" / "data"

UN_LIST = "data/lists/un/UN_consolidated_2026-02.xml"
UN_VESSELS = "knowledge/un1718_vessels.csv"
UN_VESSELS_DATE = date(2026, 8, 14)
OFAC_MEMBERS = "data/lists/ofac/ofac_sdn_flat_2026-04-22.csv"
OFAC_DATE = date(2026, 4, 22)
OFAC_REMARKS = "data/lists/ofac/sdn_2024-05-03.csv"
OFAC_ALIASES = "data/lists/ofac/alt_2026-06-02.csv"
OFAC_ADDRESSES = "data/lists/ofac/add_2026-06-02.csv"
OFAC_HISTORY = "data/lists/ofac/history"
OFAC_HISTORY_DAYS = ("2021-12-10", "2023-05-23", "2024-03-27")

VESSEL_MEASURES = {
    "XIII.B": ("asset freeze", "UNSCR 2270 (2016) para 12"),
    "XIV.A": ("asset freeze", "UNSCR 2321 (2016) para 12"),
    "XIV.B": ("port entry ban", "UNSCR 2371 (2017) para 6"),
}
"""EU annex to the UN measure it transposes and its paragraph (facts F0100, F0102, F0111)."""


@dataclass(frozen=True)
class Action:
    """An announcement of OFAC: on one day so many entries of a kind were listed, with ids from `first` to `last`.

    Ids are given out in order but not always published in order, so a range alone proves nothing: the kinds in
    `counts` are dated only because the range holds exactly as many of them as the announcement says.
    """

    day: str
    first: int
    last: int
    counts: dict[str, int]
    source: str


OFAC_ACTIONS = (
    Action("2014-07-30", 17067, 17105, {"Vessel": 18, "Organization": 2}, "Treasury statement in cibunet.com"),
    Action("2016-03-16", 19488, 19630, {"Vessel": 20}, "Treasury press release jl0385"),
    Action("2017-11-21", 23149, 23232, {"Vessel": 20}, "offshore-energy.biz, 20 vessels by name"),
    Action("2018-01-24", 23476, 23525, {"Vessel": 6}, "freightwaves.com, 6 vessels by name; mitchellrepublic.com"),
    Action("2018-02-23", 23705, 23825, {"Vessel": 28, "Organization": 27, "Person": 1}, "fact F0196; lexology.com"),
    Action("2018-08-21", 24508, 24513, {"Vessel": 6}, "en.yna.co.kr; business-standard.com, 6 vessels by name"),
    Action("2019-08-30", 26927, 26933, {"Vessel": 1, "Organization": 3, "Person": 2}, "thompsonhinesmartrade.com"),
)

OFAC_NAMED = {
    "2017-11-21": (
        "KOREA RUNGRADO SHIPPING CO",
        "KOREA RUNGRADO RYONGAK TRADING CO",
        "YUSONG SHIPPING CO",
        "DAWN MARINE MANAGEMENT CO LTD",
        "KOREA DAEBONG SHIPPING CO",
        "KOREA KUMBYOL TRADING COMPANY",
    ),
    "2018-01-24": (
        "GOORYONG SHIPPING CO LTD",
        "HWASONG SHIPPING CO LTD",
        "KOREA KUMUNSAN SHIPPING CO",
        "KOREA MARINE & INDUSTRIAL TRDG",
        "CK INTERNATIONAL LTD",
    ),
    "2020-12-08": (
        "ASIA BRIDGE",
        "CALM BRIDGE",
        "LUCKY STAR",
        "STAR 18",
        "ALWAYS SMOOTH LTD",
        "GOOD SIBLINGS LTD",
        "SILVER BRIDGE SHIPPING CO-HKG",
        "WEIHAI HUIJIANG TRADE LIMITED",
    ),
    "2023-11-29": ("SINBAD",),
}
"""Entries that announcements name, by day: the first two as in `OFAC_ACTIONS`, then brazilmodal.com and fact F0242."""

FLAT_SCHEMATA = {"Individual": "Person", "Entity": "Organization", "Vessel": "Vessel", "Aircraft": "Airplane"}
KEPT_NOTES = re.compile(r"born between|Organization Established Date|Aircraft (?:Model|Operator|Manufacture Date)")


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, snapshot in build(shared).items():
        write_snapshot(snapshot, TARGET / name)
        kinds = Counter(entity.schema_ for entity in snapshot.entities)
        dated = sum(any(listing.listed for listing in entity.listings) for entity in snapshot.entities)
        print(f"{name}: {len(snapshot.entities)} entities {dict(sorted(kinds.items()))}, {dated} with a listing date")
        print(f"  list date {snapshot.list_date}, {len(dump_snapshot(snapshot)):,} bytes, sha256 {snapshot.sha256}")


def build(shared: Path) -> dict[str, Snapshot]:
    """The bundled snapshots by file name."""
    return dict(zip(BUNDLED, (ofac_list(shared), un_list(shared), un_vessels(shared)), strict=True))


def un_list(shared: Path) -> Snapshot:
    snapshot = un.read(shared / UN_LIST)
    dprk = (entity for entity in snapshot.entities if is_dprk(entity))
    entities = tuple(entity.model_copy(update={"notes": notes(entity)}) for entity in dprk)
    return bundle(
        Snapshot(
            publisher="UN",
            title="UN Security Council Consolidated List (DPRK entries)",
            list_date=snapshot.list_date,
            sources=(*snapshot.sources, Path(UN_LIST).name),
            entities=entities,
            report=ReadReport(read=len(entities), kept=len(entities)),
        )
    )


def un_vessels(shared: Path) -> Snapshot:
    entities = []
    for row in table(shared / UN_VESSELS):
        name, *former = [text.strip() for text in re.split(r"[()]", row["names"]) if text.strip()]
        days = [datetime.strptime(text.strip(), "%d.%m.%Y").date() for text in row["dates"].split("|")]
        entities.append(
            ListedEntity(
                id=f"1718-{row['imo'] or name.replace(' ', '-')}",
                schema="Vessel",
                names=(ListedName(value=name), *(ListedName(value=text, kind="former") for text in former)),
                imo_number=row["imo"] or None,
                listings=tuple(
                    Listing(programme="UN 1718", listed=day, legal_basis=basis, measure=measure)
                    for measure, basis in (VESSEL_MEASURES[annex] for annex in row["eu_annexes"].split())
                    for day in days
                ),
            )
        )
    return bundle(
        Snapshot(
            publisher="UN",
            title="UN 1718 Committee designated vessels",
            list_date=UN_VESSELS_DATE,
            sources=("Regulation (EU) 2017/1509, Annexes XIII.B, XIV.A and XIV.B", Path(UN_VESSELS).name),
            entities=tuple(entities),
            report=ReadReport(read=len(entities), kept=len(entities)),
        )
    )


@dataclass(frozen=True)
class OfacSources:
    """What is known about OFAC entries besides the newest table, by entry id."""

    older: dict[str, ListedEntity]
    aliases: defaultdict[str, list[list[str]]]
    addresses: defaultdict[str, list[list[str]]]
    listed: dict[str, date]


def ofac_list(shared: Path) -> Snapshot:
    members = [row for row in table(shared / OFAC_MEMBERS) if is_member(row)]
    sources = OfacSources(
        {entity.id: entity for entity in ofac.read(shared / OFAC_REMARKS).entities},
        grouped(shared / OFAC_ALIASES),
        grouped(shared / OFAC_ADDRESSES),
        announced(members) | history_dates(shared / OFAC_HISTORY),
    )
    reading = Reading(shared / OFAC_MEMBERS)
    for row in members:
        add_member(row, sources, reading)
    if reading.problems:
        print(*reading.problems, sep="\n")
    return bundle(
        reading.snapshot(
            "OFAC",
            "OFAC Specially Designated Nationals and Blocked Persons List (DPRK entries)",
            OFAC_DATE,
            (Path(OFAC_MEMBERS).name, *(Path(p).name for p in (OFAC_REMARKS, OFAC_ALIASES, OFAC_ADDRESSES))),
        )
    )


def is_member(row: dict[str, str]) -> bool:
    programmes = row["Sanction Imposed"].split("; ")
    return any(map(is_dprk_programme, programmes)) or DPRK_REGULATIONS in row["ID Documents"]


def add_member(row: dict[str, str], sources: OfacSources, reading: Reading) -> None:
    """Add one entry of the newest list: its state there, with the details that only the older full file gives."""
    older, addresses = sources.older.get(row["ID"]), sources.addresses[row["ID"]]
    text = row["ID Documents"].replace(" | ", "; ").replace("::", ":") + "; " + row["Comments"]
    facts = read_remarks(text, vessel=row["Subject Type"] == "Vessel")

    def countries(texts: list[str]) -> tuple[str, ...]:
        return reading.countries(texts, entry=row["ID"])

    documents = listed_documents(facts.documents, lambda text: next(iter(countries([text])), None))
    values = older.model_dump(by_alias=False) if older else {}
    known = {document.number for document in older.documents} if older else set()
    merged = {
        "documents": (*(older.documents if older else ()), *(doc for doc in documents if doc.number not in known)),
        "links": tuple(dict.fromkeys((*(older.links if older else ()), *facts.links))),
        "genders": tuple(dict.fromkeys((*values.get("genders", ()), *facts.genders))),
        "swift_bics": tuple(dict.fromkeys((*facts.swift_bics, *values.get("swift_bics", ())))),
        "wallets": tuple(dict.fromkeys((*facts.wallets, *values.get("wallets", ())))),
        "imo_number": facts.imo_number or values.get("imo_number"),
        "mmsi": facts.mmsi or values.get("mmsi"),
        "lei_code": facts.lei_code or values.get("lei_code"),
        "countries": countries([*(line[4] for line in addresses), *facts.countries]),
        "addresses": tuple(dict.fromkeys(filter(None, (ofac_address(line) for line in addresses)))),
    }
    day = sources.listed.get(row["ID"])
    basis = tuple(
        listing.model_copy(update={"listed": day}) for listing in ofac.listings(row["Sanction Imposed"].split(";"))
    )
    reading.read += 1
    reading.add(
        {
            **{key: value for key, value in values.items() if key != "schema_"},
            **merged,
            "id": row["ID"],
            "schema": FLAT_SCHEMATA[row["Subject Type"]],
            "names": tuple(member_names(row, sources.aliases[row["ID"]], older)),
            "listings": basis,
            "notes": notes(older) if older else tuple(note for note in facts.notes if KEPT_NOTES.match(note)),
            "dprk_nexus": True,
        }
    )


def member_names(row: dict[str, str], aliases: list[list[str]], older: ListedEntity | None) -> Iterator[ListedName]:
    """The primary name, the strong aliases of the alias file, and as weak what else the table and the remarks name.

    OFAC's alias file holds strong aliases only; of the 39 other names that both sources know, all stand between quotes
    in the remarks, which is how OFAC marks a weak one.
    """
    found = {clean(row["Primary Name"]): ListedName(value=clean(row["Primary Name"]))}
    for line in aliases:
        kind = "former" if line[2].strip('" ') == "fka" else "alias"
        found.setdefault(clean(line[3]), ListedName(value=clean(line[3]), kind=kind))
    for name in older.names if older else ():
        if name.quality == "weak":
            found.setdefault(name.value, name)
    for text in map(clean, row["All Names"].split(" | ")):
        found.setdefault(text, ListedName(value=text, kind="alias", quality="weak"))
    yield from found.values()


def ofac_address(line: list[str]) -> str:
    return ", ".join(part for part in map(clean, line[2:5]) if part)


def announced(members: list[dict[str, str]]) -> dict[str, date]:
    """Entries that announcements name or count, with the day.

    Raises:
        ValueError: an announcement does not fit the list any more.
    """
    found = {}
    for action in OFAC_ACTIONS:
        inside = [row for row in members if action.first <= int(row["ID"]) <= action.last]
        dated = [row for row in inside if FLAT_SCHEMATA[row["Subject Type"]] in action.counts]
        if Counter(FLAT_SCHEMATA[row["Subject Type"]] for row in dated) != action.counts:
            raise ValueError(f"the entries {action.first} to {action.last} are not those announced on {action.day}")
        found.update({row["ID"]: date.fromisoformat(action.day) for row in dated})
    for day, names in OFAC_NAMED.items():
        named = [row for row in members if row["Primary Name"] in names]
        if len(named) != len(names):
            raise ValueError(f"not every name announced on {day} is on the list")
        found.update({row["ID"]: date.fromisoformat(day) for row in named})
    return found


def history_dates(folder: Path) -> dict[str, date]:
    """Entries that stand in the list after a day and not before it, with that day."""
    found = {}
    for day in OFAC_HISTORY_DAYS:
        before, after = (ids(folder / f"sdn_{day}_{when}.csv.gz") for when in ("before", "after"))
        found.update(dict.fromkeys(after - before, date.fromisoformat(day)))
    return found


def ids(path: Path) -> set[str]:
    with gzip.open(path, "rt", encoding="latin-1", newline="") as file:
        return {row[0] for row in csv.reader(file) if len(row) == 12}


def grouped(path: Path) -> defaultdict[str, list[list[str]]]:
    rows: defaultdict[str, list[list[str]]] = defaultdict(list)
    for row in csv.reader(io.StringIO(path.read_text("latin-1"), newline="")):
        if len(row) > 2:
            rows[row[0]].append(row)
    return rows


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def notes(entity: ListedEntity) -> tuple[str, ...]:
    return tuple(note for note in entity.notes if KEPT_NOTES.match(note))


def bundle(snapshot: Snapshot) -> Snapshot:
    return snapshot.model_copy(update={"bundled": True})


if __name__ == "__main__":
    main()
