"""Invented shipments for the benchmark of the rules: seeded, so that every run asks about the same ones.

They are ordinary trade with a few odd ones among them: about one in forty has a tie to the DPRK, one value in ten is
missing. Their 5,000 descriptions come up as products of a catalogue do, a few often and most seldom.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from nkscreen.records import Shipment
from nkscreen.rulebook import RuleHit

PORTS = (
    *("CNSHG", "CNNGB", "CNTAO", "CNDAL", "KRPUS", "KRINC", "JPOSA", "JPTYO", "SGSIN", "MYPKG", "VNSGN", "THLCH"),
    *("NLRTM", "BEANR", "DEHAM", "GBFXT", "USLAX", "USNYC", "BRSSZ", "AEJEA", "INNSA", "IDJKT", "PHMNL", "TRMER"),
    *("EGPSD", "RUVVO", "RUNJK", "MXZLO", "CLVAP"),
)
COUNTRIES = ("CN", "KR", "JP", "SG", "MY", "VN", "NL", "DE", "GB", "US", "BR", "AE", "IN", "ID", "TR", "RU", "CL")
GOODS = (
    ("coffee, not roasted", "090111"),
    ("frozen shrimps", "030617"),
    ("ceramic tiles", "690721"),
    ("cotton T-shirts", "610910"),
    ("office furniture of wood", "940330"),
    ("tyres for passenger cars", "401110"),
    ("polyethylene granules", "390120"),
    ("paper in rolls", "480255"),
    ("toys of plastic", "950300"),
    ("fresh apples", "080810"),
    ("soya beans", "120190"),
    ("LED lamps", "853952"),
    ("lithium batteries", "850760"),
    ("machine parts", "843149"),
    ("ball bearings", "848210"),
    ("steel pipes", "730619"),
    ("gas oil", "271019"),
    ("anthracite coal in bulk", "270111"),
    ("red wine in bottles", "220421"),
    ("raw cane sugar", "170114"),
    ("passenger motor cars", "870323"),
    ("medicines for retail", "300490"),
    ("rice", "100630"),
    ("shampoo", "330510"),
    ("sports shoes", "640411"),
    ("glass bottles", "701090"),
    ("fertiliser, urea", "310210"),
    ("said to contain general cargo", None),
    ("household goods and personal effects", "980400"),
    ("wine glasses", "701337"),
)
PACKING = (
    "cartons",
    "pallets",
    "bags",
    "drums",
    "1x40HC container",
    "2x20GP containers",
    "in bulk",
    "bundles",
    "crates",
)
FORMS = ("", "first quality", "as per invoice", "brand new", "used", "for export", "packed for sea", "model 2019")
NAMES = (
    "Ocean Trade",
    "Harbour Foods",
    "Nordic Timber",
    "Golden Bridge",
    "Sunrise Textile",
    "Delta Chemicals",
    "Blue Star",
    "Unipharm",
)
FORMS_OF_FIRM = ("Ltd", "GmbH", "Co., Ltd.", "B.V.", "Inc.", "S.A.", "Trading LLC")


def shipments(number: int, seed: int = 1) -> list[tuple[Shipment, tuple[RuleHit, ...]]]:
    """So many shipments with the hits on them."""
    draw = random.Random(seed)
    catalogue = [_description(draw) for _ in range(5_000)]
    return [_shipment(draw, index, catalogue) for index in range(number)]


def _description(draw: random.Random) -> tuple[str, str | None]:
    text, code = draw.choice(GOODS)
    return f"{draw.randrange(1, 900)} {draw.choice(PACKING)} {text} {draw.choice(FORMS)}".upper().strip(), code


def _maybe(draw: random.Random, value: Any, missing: float = 0.1) -> Any:
    return None if draw.random() < missing else value


def _party(draw: random.Random, country: str) -> dict[str, Any]:
    name = (
        "TO ORDER"
        if draw.random() < 0.05
        else f"{draw.choice(NAMES)} {draw.randrange(40)} {draw.choice(FORMS_OF_FIRM)}"
    )
    return {"name": _maybe(draw, name, 0.02), "country": _maybe(draw, country)}


def _shipment(
    draw: random.Random, index: int, catalogue: list[tuple[str, str | None]]
) -> tuple[Shipment, tuple[RuleHit, ...]]:
    sailing = date(2018, 1, 1) + timedelta(draw.randrange(2_500))
    route = draw.sample(PORTS, draw.randrange(2, 5))
    dprk = draw.random() < 0.025
    if dprk:
        route[draw.randrange(len(route))] = "KPNAM"
    legs = [
        {"port": port, "arrival": sailing + timedelta(9 * place), "transshipment": 0 < place < len(route) - 1}
        for place, port in enumerate(route)
    ]
    goods = []
    for _ in range(draw.choice((1, 1, 1, 2, 2, 3, 5))):
        text, code = catalogue[int(len(catalogue) * draw.random() ** 3)]
        goods.append({"description": _maybe(draw, text, 0.05), "hs_code": _maybe(draw, code), "gross_weight_kg": 900.0})
    data = {
        "id": str(index),
        "date": _maybe(draw, sailing, 0.02),
        "shipper": _party(draw, route[0][:2]),
        "consignee": _party(draw, route[-1][:2]),
        "notify_parties": [_party(draw, draw.choice(COUNTRIES))] if draw.random() < 0.7 else [],
        "vessel": {
            "name": f"STAR {draw.randrange(300)}",
            "flag": _maybe(draw, draw.choice(["PA", "LR", "MH", "SG", "HK"])),
        },
        "legs": legs if draw.random() < 0.8 else [],
        "port_of_loading": _maybe(draw, route[0]),
        "port_of_discharge": _maybe(draw, route[-1]),
        "origin_country": _maybe(draw, route[0][:2], 0.3),
        "destination_country": _maybe(draw, route[-1][:2], 0.3),
        "goods": goods,
        "gross_weight_kg": 900.0 * len(goods),
        "remarks": _maybe(draw, draw.choice(["FREIGHT PREPAID", "FREIGHT COLLECT", "CLEAN ON BOARD"]), 0.4),
    }
    hits = (RuleHit(path="consignee", score=round(draw.random(), 2), dprk=True),) if draw.random() < 0.02 else ()
    return Shipment.read(data), hits
