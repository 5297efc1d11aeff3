"""Sanctions screening with North Korea (DPRK) at its centre.

What stands here is the public interface; everything behind it may change.
"""

from nkscreen._version import __version__
from nkscreen.alerts import Alert, Finding, Hit, Severity
from nkscreen.errors import InputError, ListError, NkscreenError, RuleError
from nkscreen.formats import open_input
from nkscreen.matching import NameComparison, compare_names
from nkscreen.records import (
    Counterparty,
    Document,
    Employment,
    GoodsLine,
    Leg,
    Party,
    Payment,
    PortCall,
    Record,
    Ship,
    Shipment,
    Source,
    StsTransfer,
    Vessel,
    Wallet,
)
from nkscreen.rulebook import Rulebook, load_rulebook
from nkscreen.screening import Batch, RunSummary, Screener, ScreeningResult, load_policy
from nkscreen.watchlist import Watchlist, bundled_watchlist, load_watchlist

__all__ = [
    "Alert",
    "Batch",
    "Counterparty",
    "Document",
    "Employment",
    "Finding",
    "GoodsLine",
    "Hit",
    "InputError",
    "Leg",
    "ListError",
    "NameComparison",
    "NkscreenError",
    "Party",
    "Payment",
    "PortCall",
    "Record",
    "RuleError",
    "Rulebook",
    "RunSummary",
    "Screener",
    "ScreeningResult",
    "Severity",
    "Ship",
    "Shipment",
    "Source",
    "StsTransfer",
    "Vessel",
    "Wallet",
    "Watchlist",
    "__version__",
    "bundled_watchlist",
    "compare_names",
    "load_policy",
    "load_rulebook",
    "load_watchlist",
    "open_input",
]
