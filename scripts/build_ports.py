"""Derives the port tables that nkscreen ships.

    python scripts/build_ports.py REFERENCE

REFERENCE is a folder with
- `unlocode/*.csv`: UN/LOCODE by country (npm package with coordinates added by geocoding, MIT);
- `*world_port_index.csv`: NGA Pub. 150, World Port Index (public domain);
- `*Gatehouse_locode.csv`: port polygons by UN/LOCODE (MIT);
- `npm__sea-ports__ports.json`: commercial ports with Schedule K numbers (MIT).

`ports.tsv` gets every seaport (function 1), every place of the DPRK and the places on its borders; `inland.tsv` the
other codes, so that an inland place of delivery is known for a code; `spelled.tsv` the names of five letters that look
like a code ("PARIS"), so that they are not taken for an unknown one. Names and aliases that are kept by hand are read
from `data/port_names.tsv` and `data/port_aliases.tsv`.

Positions, best first: World Port Index where a name in the country matches; UN/LOCODE's own; the polygon's middle;
the commercial table. A position that UN/LOCODE's copy got by geocoding is wrong by over 50 km for one port in twelve
(measured against the polygons) and is dropped, unless checked by hand. Where the first two contradict each other by
more than CONTRADICTION_KM neither is taken.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from nkscreen.records.codes._text import squashed, table

DATA = Path(__file__).resolve().parents[1] / "src/nkscreen/records/codes/data"

BORDER = {"CNHCG", "CNTME", "CNYNJ", "CNLIN", "CNCGB", "CNQUH", "CNKNC", "CNDDG", "RUKHS"}
# Crossings and towns on the DPRK's borders that are no seaports: Hunchun, Tumen, Yanji, Linjiang, Changbai, Quanhe,
# Ji'an, Dandong, Khasan.

GEOCODED_BUT_RIGHT = {"KPFNJ", "KPKSN", "KPSII", "RUKHS", "RUVVO", "RUPSE", "RUSKA", "RUNJK"}
# Looked up by hand: Sunan, Kaesong, Sinuiju, Khasan, Vladivostok, Posyet, Slavyanka, Nakhodka.

MISPLACED = {"KPCCD"}  # Tanyang lies at 36.98 N in UN/LOCODE, which is Danyang in South Korea

NO_PORT = {"AQABA"}  # a base in Antarctica, whose code is the name of Jordan's port

SIZE = {"L": 4, "M": 3, "S": 2, "V": 1}  # harbour size in the World Port Index
COMMERCIAL = 3  # a port with a Schedule K number of its own is sizeable whatever the index says

WPI_SUFFIX = re.compile(r"[ -](KO|HANG|GANG|KANG|PORT|HARBOU?R|HBR)$")
MATCH_KM, MATCH_RATIO = 25, 0.55  # how near and how alike a port of the index must be to be taken for one of ours

CONTRADICTION_KM = 300  # two sources that put a port further apart than this are not both right


@dataclass
class Place:
    code: str
    name: str
    subdivision: str
    functions: str
    own_position: tuple[float, float] | None
    names: list[str] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    size: int = 0
    position: tuple[float, float] | None = None
    schedule_k: str = ""

    @property
    def seaport(self) -> bool:
        return self.functions.startswith("1")


def main(reference: Path) -> None:
    places = {place.code: place for path in sorted((reference / "unlocode").glob("??.csv")) for place in read(path)}
    by_hand = {row[0]: row[1] for row in table("port_aliases.tsv")}
    for code, names in table("port_names.tsv"):
        if code not in places:
            sys.exit(f"port_names.tsv: {code} is not in UN/LOCODE")
        places[code].names += names.split("|")
    commercial = json.loads(only(reference, "*sea-ports__ports.json").read_text("utf-8"))
    shipped = {
        code: place
        for code, place in places.items()
        if (place.seaport or code[:2] == "KP" or code in BORDER) and code not in NO_PORT
    }
    resolve_aliases(places, shipped, by_hand, commercial)
    add_index(shipped, only(reference, "*world_port_index.csv"))
    add_polygons(shipped, only(reference, "*Gatehouse_locode.csv"))
    add_commercial(shipped, commercial)
    write(places, shipped)


def only(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


def read(path: Path) -> list[Place]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    places = []
    for row in rows:
        item = dict(zip(header, row, strict=False))
        if row[2].startswith('"'):
            # Where a name has a comma ("Jakarta, Java") the source has split it and lost two columns.
            fields = ("country", "location", "nameWoDiacritics", "", "", "", "subdivision", "function", "lat", "lon")
            item = dict(zip((*fields, "geocoded"), row, strict=False)) | {"nameWoDiacritics": row[2].strip('"')}
        code = item["country"] + item["location"]
        if not re.fullmatch(r"[A-Z]{2}[A-Z2-9]{3}", code):
            continue
        name, others = names(item["nameWoDiacritics"])
        exact = item.get("geocoded") != "true" or code in GEOCODED_BUT_RIGHT
        own = number(item.get("lat"), item.get("lon")) if exact and code not in MISPLACED else None
        places.append(Place(code, name, item["subdivision"], item["function"], own, others))
    return places


def names(text: str) -> tuple[str, list[str]]:
    """`"Rajin (Najin)"` is Rajin, also Najin; `"Jurong/Singapore"` is Jurong, a part of Singapore."""
    text = " ".join(text.replace("\t", " ").split())
    others = [re.sub(r"^(ex|=)\s*", "", other).strip() for other in re.findall(r"\(([^)]+)\)?", text)]
    text, *same = re.sub(r"\([^)]*\)?", "", text).split("=")
    name = re.sub(r" Pt$", "", text.split("/")[0].strip())
    return name or text.strip(), [other.strip() for other in [*others, *same] if len(other.strip()) > 2]


def number(lat: str | None, lon: str | None) -> tuple[float, float] | None:
    try:
        position = float(lat or ""), float(lon or "")
    except ValueError:
        return None
    return position if all(map(math.isfinite, position)) else None


def resolve_aliases(
    places: dict[str, Place], shipped: dict[str, Place], by_hand: dict[str, str], commercial: dict[str, dict]
) -> None:
    """China lists a port as city, as "Pt" and as airport, and carriers use all three: one of them stands for all."""
    groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places.values():
        if place.code[:2] == "CN" and not place.name.endswith("Railway Station"):
            airport = place.name.endswith("Apt")
            if not airport or place.code in commercial:
                town = place.name.split()[0] if airport else place.name
                groups[town, place.subdivision].append(place)
    aliases = dict(by_hand)
    for group in groups.values():
        ports = [place for place in group if place.seaport]
        if ports and len(group) > 1:
            # The one chosen by hand, else the one with the most functions: the city if it is a port at all.
            best = max(
                ports,
                key=lambda place: (place.code in by_hand.values(), len(place.functions.replace("-", "")), place.code),
            )
            for place in group:
                aliases.setdefault(place.code, best.code)
            aliases.pop(best.code, None)
    for alias, code in aliases.items():
        if code != "-":
            shipped[code].aliases.add(alias)
            if alias in shipped:
                shipped[code].names += [shipped[alias].name, *shipped.pop(alias).names]


def add_index(shipped: dict[str, Place], path: Path) -> None:
    of_country = defaultdict(list)
    for place in shipped.values():
        of_country[place.code[:2]].append(place)
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (-SIZE.get(row["harbor_size"], 0), row["index_number"]))
    for row in rows:
        position = number(row["port_latitude"], row["port_longitude"])
        size = SIZE.get(row["harbor_size"], 0)
        if position is None:
            continue
        name = WPI_SUFFIX.sub("", row["port_name"]).title()
        wanted = squashed(name)
        here = of_country[row["country"]]
        same = [place for place in here if wanted in {squashed(text) for text in (place.name, *place.names)}]
        # Two ports of one name in one country are told apart by where they are.
        near = [place for place in same if place.own_position and km(place.own_position, position) < 2 * MATCH_KM]
        near.sort(key=lambda place: (place.functions.count("-"), place.code))
        found = near[0] if near else same[0] if len(same) == 1 else alike(here, wanted, position)
        if found is None or found.size:
            continue
        found.size = size
        if found.own_position and km(found.own_position, position) > CONTRADICTION_KM:
            found.own_position = None  # one of the two is wrong; the next source decides
        else:
            found.position = position
        if found not in same:
            found.names.append(name)


def alike(here: list[Place], wanted: str, position: tuple[float, float]) -> Place | None:
    """The seaport nearby whose name is spelled most alike ("Pusan" is Busan), or None."""
    near = [
        (SequenceMatcher(None, squashed(place.name), wanted).ratio(), place.code, place)
        for place in here
        if place.seaport and place.own_position and km(place.own_position, position) < MATCH_KM
    ]
    ratio, _, place = max(near, default=(0.0, "", None))
    return place if ratio >= MATCH_RATIO else None


def add_polygons(shipped: dict[str, Place], path: Path) -> None:
    for line in path.read_text("utf-8", errors="replace").splitlines():
        _, code, *polygon = line.split(";")
        place = shipped.get(code)
        if place and not place.position and not place.own_position and polygon:
            points = [number(*reversed(point.split())) for point in polygon[0].split(",") if len(point.split()) == 2]
            known = [point for point in points if point]
            if known:
                place.position = sum(p[0] for p in known) / len(known), sum(p[1] for p in known) / len(known)


def add_commercial(shipped: dict[str, Place], commercial: dict[str, dict]) -> None:
    taken: dict[str, set[str]] = defaultdict(set)
    canonical = {alias: place.code for place in shipped.values() for alias in (place.code, *place.aliases)}
    for code, row in commercial.items():
        if code in canonical and row.get("code") and not row["code"].endswith("000"):  # x000 is "all other ports"
            taken[row["code"]].add(canonical[code])
    for number_k, codes in taken.items():
        if len(codes) == 1:
            place = shipped[min(codes)]
            place.schedule_k = place.schedule_k or number_k
            place.size = max(place.size, COMMERCIAL)
    for code, row in commercial.items():
        place = shipped.get(canonical.get(code, ""))
        if place and not place.position and not place.own_position and row.get("coordinates"):
            place.position = row["coordinates"][1], row["coordinates"][0]


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    (lat1, lon1), (lat2, lon2) = (map(math.radians, point) for point in (a, b))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1, half)))


def write(places: dict[str, Place], shipped: dict[str, Place]) -> None:
    lines = [
        "# Written by scripts/build_ports.py: code, name, US state, size, lat lon, Schedule K, other codes and names",
        "# Size: harbour size 1 to 4, 0 unknown, - unknown and the name needs its country, empty for no seaport.",
    ]
    positions = 0
    countries_of: dict[str, set[str]] = defaultdict(set)
    for place in places.values():
        countries_of[squashed(place.name)].add(place.code[:2])
    for code, place in sorted(shipped.items()):
        position = place.position or place.own_position
        positions += position is not None
        other_names = {squashed(name): name for name in place.names if squashed(name) not in ("", squashed(place.name))}
        # A landing place in Louisiana must not be what "Delhi" means.
        namesake = not place.size and len(countries_of[squashed(place.name)]) > 1
        size = "" if not place.seaport else "-" if namesake else str(place.size)
        row = [
            code,
            place.name,
            place.subdivision if code[:2] == "US" else "",
            size,
            f"{position[0]:.2f} {position[1]:.2f}" if position else "",
            place.schedule_k,
            " ".join(sorted(place.aliases)),
            "|".join(other_names[name] for name in sorted(other_names)),
        ]
        lines.append("\t".join(row).rstrip("\t"))
    (DATA / "ports.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    known = set(shipped) | {alias for place in shipped.values() for alias in place.aliases}
    # A code that spells the name of a place ("ESSEN", "BREST") would be read where the name is meant.
    spelled = {squashed(name).upper() for place in places.values() for name in (place.name, *place.names)}
    inland: dict[str, list[str]] = defaultdict(list)
    for code in sorted(set(places) - known - spelled - NO_PORT):
        inland[code[:2]].append(code[2:])
    save("inland.tsv", "country, its other location codes", inland)
    looking: dict[str, list[str]] = defaultdict(list)
    for name in sorted(spelled):
        if re.fullmatch("[A-Z]{5}", name):
            looking[name[:2]].append(name[2:])
    iso = {row[0] for row in table("countries.tsv")}
    save(
        "spelled.tsv",
        "country code, the ends of names that begin with its letters",
        {c: looking[c] for c in iso & {*looking}},
    )
    seaports = sum(place.seaport for place in shipped.values())
    numbers = sum(bool(place.schedule_k) for place in shipped.values())
    others = sum(map(len, inland.values()))
    print(f"{seaports} seaports of {len(shipped)} places, {positions} positions, {numbers} Schedule K, {others} inland")


def save(name: str, columns: str, ends: dict[str, list[str]]) -> None:
    """Endings of three characters by the two letters before them."""
    text = "".join(f"{start}\t{''.join(found)}\n" for start, found in sorted(ends.items()))
    (DATA / name).write_text(f"# Written by scripts/build_ports.py: {columns}\n{text}", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
