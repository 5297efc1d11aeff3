"""Ordinary records by the hundred: honest trade of many lands, complete, sparse and untidy, built the same every time.

Each table is walked through at a stride of its own, so that goods, routes, papers and gaps meet in ever new pairs.
"""

from collections.abc import Iterator
from typing import Any

ROUTES = (
    ("SGSIN", "CNDAL", "CN"), ("HKHKG", "KRPUS", "KR"), ("CNDAL", "JPYOK", "JP"), ("RUVVO", "CNTAO", "CN"),
    ("RUVVO", "KRPUS", "KR"), ("CNDDG", "NLRTM", "NL"), ("KRINC", "CNTAO", "CN"), ("CNSHA", "USLAX", "US"),
    ("BRSSZ", "CNTAO", "CN"), ("VNHPH", "SGSIN", "SG"), ("RUNJK", "VNHPH", "VN"), ("PHMNL", "TWKHH", "TW"),
    ("RUKHO", "KRKPO", "KR"), ("DEHAM", "KRINC", "KR"), ("CUMAR", "CNTAO", "CN"), ("KRPUS", "USLAX", "US"),
    ("IDBPN", "KRKPO", "KR"), ("CNYIK", "JPOSA", "JP"), ("JPYOK", "CNDAL", "CN"),
)  # fmt: skip
GOODS = (
    ("270112", "STEAM COAL IN BULK"), ("260111", "IRON ORE FINES"), ("720851", "HOT ROLLED STEEL PLATES"),
    ("790111", "ZINC INGOTS"), ("740311", "COPPER CATHODES"), ("030743", "FROZEN SQUID"), ("620140", "PADDED JACKETS"),
    ("610910", "COTTON T-SHIRTS"), ("251910", "MAGNESITE"), ("440711", "SAWN TIMBER"), ("845811", "CNC LATHES"),
    ("870899", "AUTO PARTS"), ("870323", "USED CARS"), ("847130", "LAPTOPS"), ("240220", "CIGARETTES"),
    ("220421", "RED WINE"), ("170114", "RAW CANE SUGAR"), ("252329", "PORTLAND CEMENT IN BAGS"), ("100630", "RICE"),
    ("271019", "GASOIL"), ("670420", "HUMAN HAIR WIGS"), ("940360", "WOODEN FURNITURE"), ("711319", "GOLD RINGS"),
)  # fmt: skip
BUYERS = ("Heron Imports Co Ltd", "Lantern Retail Chain", "Plover Foods KK", "Lark Components", "Kestrel Stores BV")
SELLERS = ("Curlew Trading Ltd", "Wren Commodities Pte Ltd", "Dipper Machinery GmbH", "Pipit Mining", "Gull Fisheries")
REMARKS = (
    None, "FREIGHT PREPAID", "CLEAN ON BOARD. SHIPPER'S LOAD, STOW AND COUNT", "AMENDED B/L: WEIGHT CORRECTED",
    "GOODS NOT FOR RE-EXPORT TO IRAN, SYRIA OR NORTH KOREA", "PHYTOSANITARY CERTIFICATE ATTACHED",
)  # fmt: skip
GAPS = ((), ("hs_code",), ("origin",), ("description",), ("date",), ("vessel",), ("origin", "hs_code"))
SHIPMENTS, PAYMENTS = 160, 40


def shipment(number: int) -> dict[str, Any]:
    loading, discharge, land = ROUTES[number * 7 % len(ROUTES)]
    code, words = GOODS[number * 5 % len(GOODS)]
    gaps = GAPS[number * 3 % len(GAPS)]
    line = {"hs_code": code, "description": words, "origin_country": loading[:2]}
    weight = 1000.0 * (1 + number % 25)
    record = {
        "id": f"clean-{number}",
        "date": f"{2016 + number % 9}-{1 + number % 12:02}-15",
        "shipper": {"name": SELLERS[number % len(SELLERS)], "country": loading[:2]},
        "consignee": {"name": BUYERS[number * 2 % len(BUYERS)], "country": land},
        "vessel": {"name": "EASTERN SPARROW", "flag": ("PA", "LR", "MH", "KR", "CN", "TG")[number % 6]},
        "port_of_loading": loading,
        "port_of_discharge": discharge,
        "destination_country": land,
        "goods": [{key: value for key, value in line.items() if key.removesuffix("_country") not in gaps}],
        "gross_weight_kg": weight,
        "measured_weight_kg": weight * (1.004 if number % 2 else 0.98),
        "remarks": REMARKS[number * 11 % len(REMARKS)],
    }
    return {key: value for key, value in record.items() if key not in gaps}


def payment(number: int) -> dict[str, Any]:
    payer, payee = ("HK", "SG", "CN", "US", "DE", "JP")[number % 6], ("CN", "KR", "TW", "VN", "US")[number % 5]
    record: dict[str, Any] = {
        "id": f"clean-payment-{number}",
        "date": f"{2016 + number % 9}-06-{1 + number % 28:02}",
        "amount": 1000.0 * (1 + number * 13 % 250),
        "currency": ("USD", "EUR", "CNY")[number % 3],
        "debtor": {"name": BUYERS[number % len(BUYERS)], "country": payer},
        "creditor": {"name": SELLERS[number * 3 % len(SELLERS)], "country": payee},
        "remittance_information": f"INVOICE {2000 + number} {GOODS[number * 5 % len(GOODS)][1]}",
    }
    if number % 8 == 0:  # groups pay for their sisters every day
        record["ultimate_debtor"] = {"name": "Heron Sister Co Ltd", "country": "CN"}
    return record


def corpus() -> Iterator[tuple[str, dict[str, Any]]]:
    """Kind and fields of every record."""
    yield from (("shipment", shipment(number)) for number in range(SHIPMENTS))
    yield from (("payment", payment(number)) for number in range(PAYMENTS))
