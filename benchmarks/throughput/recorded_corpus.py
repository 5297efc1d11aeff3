"""A made-up corpus of records for comparing two versions of the rules: the same number and seed give the same bytes.

Most of it is ordinary trade. Some of it touches the DPRK the way the rules look for, some lacks fields, some spells
countries as people do. Run: `python benchmarks/throughput/recorded_corpus.py 100000 corpus.jsonl`.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 20261121
FIRST_DAY = date(2015, 1, 1)
DAYS = 4_000

PORTS = ("SGSIN", "KRPUS", "JPOSA", "CNTAO", "CNSHA", "RUVVO", "NLRTM", "DEHAM", "VNHPH", "USLAX", "INNSA", "AEJEA")
NEAR_PORTS = ("CNDAL", "KPNAM", "RUNJK", "CNDDG", "KPRAJ", "KPCHO")
COUNTRIES = ("SG", "KR", "JP", "CN", "RU", "NL", "DE", "VN", "US", "IN", "AE", "South Korea", "Korea", "Viet Nam")
GOODS = (
    ("940360", "WOODEN FURNITURE"),
    ("100630", "MILLED RICE"),
    ("040900", "NATURAL HONEY"),
    ("330499", "SKIN CARE CREAM"),
    ("392690", "PLASTIC HOUSEWARES"),
    ("620342", "MENS TROUSERS OF COTTON"),
    ("870899", "PARTS OF MOTOR VEHICLES"),
    ("852872", "COLOUR TELEVISION SETS"),
    ("", "GENERAL CARGO"),
)
WATCHED_GOODS = (
    ("270112", "STEAM COAL IN BULK"),
    ("271019", "GASOIL 10 PPM"),
    ("845811", "CNC LATHES"),
    ("220830", "BLENDED SCOTCH WHISKY"),
    ("911110", "WRIST WATCHES, GOLD CASE"),
    ("170199", "REFINED SUGAR"),
    ("", "DIESEL OIL"),
    ("880330", "AIRCRAFT PARTS"),
)
FIRMS = ("Heron", "Wren", "Pitta", "Jacana", "Lantern", "Sparrow", "Dipper", "Wagtail", "Hanbit", "Larch")
TRADES = ("Trading Pte Ltd", "Imports Co Ltd", "Foods KK", "Removals GmbH", "Shipping SA", "Commodities Ltd")
REMARKS = ("FREIGHT PREPAID", "CLEAN ON BOARD", "RUSSIAN ORIGIN VIA RAJIN", "1718 COMMITTEE APPROVAL ATTACHED")


def records(number: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """So many records as JSON lines hold them, each with its `kind`."""
    chance = random.Random(seed)
    for index in range(number):
        make = chance.choices((_shipment, _vessel, _counterparty, _employment), (70, 15, 10, 5))[0]
        yield {"id": f"R{index:06d}", **make(chance)}


def write(number: int, target: Path, seed: int = SEED) -> None:
    """Write the corpus as JSON lines."""
    with target.open("w", encoding="utf-8", newline="\n") as stream:
        for record in records(number, seed):
            stream.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def _day(chance: random.Random) -> str:
    return (FIRST_DAY + timedelta(days=chance.randrange(DAYS))).isoformat()


def _firm(chance: random.Random, country: str) -> dict[str, Any]:
    return {"name": f"{chance.choice(FIRMS)} {chance.choice(FIRMS)} {chance.choice(TRADES)}", "country": country}


def _given(chance: random.Random, record: dict[str, Any], share: float = 0.04) -> dict[str, Any]:
    """The record with some of its fields left out, as real ones leave them out."""
    return {name: value for name, value in record.items() if name == "kind" or chance.random() >= share}


def _shipment(chance: random.Random) -> dict[str, Any]:
    near = chance.random() < 0.2
    stops = chance.sample((*PORTS, *NEAR_PORTS) if near else PORTS, chance.randint(2, 4))
    origin = chance.choice(("KP", "North Korea")) if near and chance.random() < 0.3 else chance.choice(COUNTRIES)
    lines = [chance.choice(WATCHED_GOODS if chance.random() < 0.15 else GOODS) for _ in range(chance.randint(1, 3))]
    weight = float(chance.randrange(500, 60_000))
    return _given(
        chance,
        {
            "kind": "shipment",
            "date": _day(chance),
            "shipper": _firm(chance, origin),
            "consignee": _firm(chance, chance.choice(COUNTRIES)),
            "vessel": _ship(chance),
            "legs": [{"port": port, "transshipment": chance.random() < 0.3} for port in stops],
            "portOfLoading": stops[0],
            "portOfDischarge": stops[-1],
            "originCountry": origin,
            "destinationCountry": "KP" if near and chance.random() < 0.2 else chance.choice(COUNTRIES),
            "goods": [
                {"description": text, **({"hsCode": code} if code else {}), "grossWeightKg": weight}
                for code, text in lines
            ],
            "grossWeightKg": weight * len(lines),
            "measuredWeightKg": weight * len(lines) * chance.choice((1.0, 1.0, 1.0, 1.3)),
            "declaredContainers": 1,
            "foundContainers": chance.choice((1, 1, 1, 2)),
            "remarks": chance.choices(REMARKS, (60, 30, 5, 5))[0],
        },
    )


def _ship(chance: random.Random) -> dict[str, Any]:
    name = f"{chance.choice(FIRMS)} {chance.choice(FIRMS)}".upper()
    return {"name": name, "flag": chance.choice(COUNTRIES), "owner": _firm(chance, chance.choice(COUNTRIES))}


def _vessel(chance: random.Random) -> dict[str, Any]:
    ship = _ship(chance)
    if chance.random() < 0.05:
        ship["flag"] = chance.choice(("KP", "DPRK"))
    mmsi = f"{chance.choice(('445', '440', '441', '563', '352'))}{chance.randrange(100_000, 999_999)}"
    return _given(chance, {"kind": "vessel", "date": _day(chance), "mmsi": mmsi, **ship})


def _counterparty(chance: random.Random) -> dict[str, Any]:
    return {"kind": "counterparty", "schema": "Company", **_firm(chance, chance.choice(COUNTRIES))}


def _employment(chance: random.Random) -> dict[str, Any]:
    start = _day(chance)
    record = {
        "kind": "employment",
        "worker": {"name": chance.choice(FIRMS), "schema": "Person"},
        "workerNationality": chance.choice(("KP", "KR", "VN", "Korea", "CN")),
        "workerCount": chance.randint(1, 60),
        "visaType": chance.choice(("work", "student", "tourist")),
        "employer": _firm(chance, chance.choice(("RU", "CN", "PL"))),
        "country": chance.choice(("RU", "CN", "PL", "KR")),
        "sector": chance.choice(("construction", "fisheries", "catering")),
        "startDate": start,
        "endDate": (date.fromisoformat(start) + timedelta(days=chance.randrange(2_000))).isoformat(),
    }
    return _given(chance, record)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
