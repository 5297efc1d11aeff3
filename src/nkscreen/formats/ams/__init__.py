"""Extracts of the US Automated Manifest System: eleven tables, joined by identifier to shipments."""

from nkscreen.formats.ams.reading import TableSet, read_ams
from nkscreen.formats.ams.tables import table_of

__all__ = ["TableSet", "read_ams", "table_of"]
