"""Files into records: tables (delimited text, XLSX, XLS, ODS) and JSON lines.

with open_input(Path("manifest.csv")) as source:
    for item in source:          # a Record, or a Quarantined row with the reason
        ...
"""

from typing import TYPE_CHECKING

from nkscreen.formats.model import ColumnMap, Input, Quarantined
from nkscreen.on_first_use import on_first_use

if TYPE_CHECKING:
    from nkscreen.formats.ams import TableSet
    from nkscreen.formats.folders import Chosen, files_of
    from nkscreen.formats.mapping import Mapping, read_mapping
    from nkscreen.formats.reading import open_input
    from nkscreen.packed import Member
else:
    __getattr__, __dir__ = on_first_use(
        __name__,
        {
            "nkscreen.formats.ams": "TableSet",
            "nkscreen.formats.folders": "Chosen files_of",
            "nkscreen.formats.mapping": "Mapping read_mapping",
            "nkscreen.packed": "Member",
            "nkscreen.formats.reading": "open_input",
        },
    )

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
