"""What a run hands to people and to other systems: JSON Lines, a table, and one self-contained HTML page."""

from nkscreen.report.html import write_html
from nkscreen.report.jsonl import read_alerts, write_alerts, write_quarantine
from nkscreen.report.quarantine import QuarantinedItem
from nkscreen.report.table import write_table
from nkscreen.report.yente import YenteAnswers

__all__ = [
    "QuarantinedItem",
    "YenteAnswers",
    "read_alerts",
    "write_alerts",
    "write_html",
    "write_quarantine",
    "write_table",
]
