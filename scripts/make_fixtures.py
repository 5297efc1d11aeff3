"""Write fixtures/manifests/singapore_export.xlsx. Run it again after a change; the bytes are the same every time.

The sheet looks like a broker's export log: a title and a run date stand above the header, and HS codes are numbers,
so that a leading zero is lost (4090000 is honey, 0409.00.00).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlsxwriter

TARGET = Path(__file__).resolve().parents[1] / "fixtures" / "manifests" / "singapore_export.xlsx"
MADE = dt.datetime(2026, 1, 1)
"""The workbook's own time stamp, fixed so that the bytes do not change."""

HEADER = (
    "RECORD ID", "DECLARATION NUMBER", "EXPORT DATE", "EXPORTER", "EXPORTER COUNTRY", "CONSIGNEE", "CONSIGNEE COUNTRY",
    "PORT OF LOADING", "PORT OF DISCHARGE", "FINAL DESTINATION COUNTRY", "HS CODE", "GOODS DESCRIPTION", "QUANTITY",
    "UNIT", "FOB VALUE SGD", "GROSS WEIGHT KG", "REMARKS",
)  # fmt: skip

_HERON = ("STRAITS HERON TRADING PTE LTD", "Singapore")
_WREN = ("MORAN WREN IMPORTS", "North Korea")

ROWS = (
    ("X01", "EX16005512", dt.date(2016, 4, 11), *_HERON, *_WREN,
     "SGSIN", "KPNAM", "DPRK", 33030000, "EAU DE PARFUM 50ML", 1200, "PCS", 84000, 640, ""),
    ("X02", "EX15008127", dt.date(2015, 9, 2), *_HERON, "KOREA BUGSAE SHOP", "",
     "SGSIN", "CNDLC", "China", 91011100, "WRIST WATCHES GOLD CASE", 60, "PCS", 210000, 22, ""),
    ("X03", "EX18001904", dt.date(2018, 3, 6), *_HERON, *_WREN,
     "SGSIN", "KPNAM", "North Korea", 22083000, "BLENDED SCOTCH WHISKY", 400, "CTN", 61500, 5900, ""),
    ("X04", "EX18000377", dt.date(2018, 1, 15), *_HERON, *_WREN,
     "SGSIN", "KPNAM", "North Korea", 24022000, "FILTER CIGARETTES", 500, "CTN", 48000, 8800, ""),
    ("X05", "EX17019003", dt.date(2017, 11, 7), *_HERON, *_WREN,
     "SGSIN", "KPNAM", "North Korea", 24022000, "FILTER CIGARETTES", 500, "CTN", 48000, 8800, ""),
    ("X06", "EX18002218", dt.date(2018, 3, 20), *_HERON, "MEKONG JACANA BEVERAGES CO LTD", "Vietnam",
     "SGSIN", "VNHPH", "Vietnam", 22083000, "BLENDED SCOTCH WHISKY", 400, "CTN", 61500, 5900, ""),
    ("X07", "EX18002240", dt.date(2018, 3, 21), *_HERON, "HANBIT LIVING CO LTD", "South Korea",
     "SGSIN", "KRPUS", "Republic of Korea", 33049900, "SKIN CARE CREAM", 3000, "PCS", 27000, 900, ""),
    ("X08", "EX19004410", dt.date(2019, 5, 14), "MERBAU PITTA REMOVALS PTE LTD", "Singapore", "NORDIC DIPPER MISSION",
     "North Korea", "SGSIN", "KPNAM", "North Korea", 94036000, "HOUSEHOLD EFFECTS OF A DIPLOMAT", 1, "LOT", 9000, 2100,
     "SINGAPORE CUSTOMS PERMIT ON FILE"),
    ("X09", "EX18002301", dt.date(2018, 3, 26), "MERBAU PITTA FOODS PTE LTD", "Singapore", "KANTO WAGTAIL FOODS KK",
     "Japan", "SGSIN", "JPOSA", "Japan", 4090000, "NATURAL HONEY", 800, "CTN", 15800, 9600, ""),
    ("X10", "EX18002305", dt.date(2018, 3, 26), *_HERON, "BOHAI LANTERN CONSERVATORY SUPPLIES", "China",
     "SGSIN", "CNDLC", "China", 92012000, "GRAND PIANO", 2, "PCS", 98000, 900, ""),
)  # fmt: skip


def write(target: Path = TARGET) -> None:
    """Write the workbook to `target`."""
    book = xlsxwriter.Workbook(target)
    book.set_properties({"title": "Export log", "created": MADE})
    sheet = book.add_worksheet("Export log")
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write("A1", "MERBAU PITTA FORWARDING PTE LTD - EXPORT LOG", bold)
    sheet.write("A2", "Run date: 01/01/2026   All values FOB")
    sheet.write_row(3, 0, HEADER, bold)
    for number, row in enumerate(ROWS, start=4):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, column, dt.datetime.combine(value, dt.time()), day)
            elif value != "":
                sheet.write(number, column, value)
    sheet.set_column(0, len(HEADER) - 1, 18)
    book.close()


if __name__ == "__main__":
    write()
    print(f"wrote {TARGET.name}: {len(ROWS)} rows")
