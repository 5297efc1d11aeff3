"""The eleven tables, and which of them a row of column names begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

KEY = "identifier"
"""The column that all tables share; one identifier is one bill of lading."""

MARKS = {
    "header": ("port_of_unlading", "record_status_indicator"),
    "billgen": ("master_bol_number",),
    "shipper": ("shipper_party_name",),
    "consignee": ("consignee_name",),
    "notifyparty": ("notify_party_name",),
    "cargodesc": ("description_text",),
    "tariff": ("harmonized_number",),
    "marks": ("marks_and_numbers_1",),
    "container": ("equipment_description_code",),
    "hazmat": ("hazmat_code",),
    "hazmatclass": ("hazmat_classification",),
}
"""Columns that only this table has, in the order in which the rows of a bill are put together."""

TABLES = tuple(MARKS)


def columns(cells: Iterable[str]) -> list[str]:
    """Column names as the tables write them: lower case, words joined by `_`."""
    return ["_".join(cell.strip().lower().split()) for cell in cells]


def table_of(cells: Sequence[str]) -> str:
    """The table that a row of column names begins; "" for none, and for a table that holds several of them joined."""
    names = set(columns(cells))
    found = [table for table, marks in MARKS.items() if KEY in names and names.issuperset(marks)]
    return found[0] if len(found) == 1 else ""
