"""Files into records: tables (delimited text, XLSX, XLS, ODS) and JSON lines.

with open_input(Path("manifest.csv")) as source:
    for item in source:          # a Record, or a Quarantined row with the reason
        ...
"""

from nkscreen.formats.ams import TableSet
from nkscreen.formats.folders import Chosen, files_of
from nkscreen.formats.mapping import Mapping, read_mapping
from nkscreen.formats.model import ColumnMap, Input, Quarantined
from nkscreen.formats.reading import open_input
from nkscreen.packed import Member

__all__ = [
    "Chosen",
    "ColumnMap",
    "Input",
    "Mapping",
    "Member",
    "Quarantined",
    "TableSet",
    "files_of",
    "open_input",
    "read_mapping",
]
