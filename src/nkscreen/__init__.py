"""Sanctions screening with North Korea (DPRK) at its centre.

What stands here is the public interface; everything behind it may change.
"""

from typing import TYPE_CHECKING

from nkscreen._version import __version__
from nkscreen.errors import InputError, ListError, NkscreenError, RuleError
from nkscreen.on_first_use import on_first_use

if TYPE_CHECKING:
    from nkscreen.alerts import Alert, Finding, Hit, Severity
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
else:
    __getattr__, __dir__ = on_first_use(
        __name__,
        {
            "nkscreen.alerts": "Alert Finding Hit Severity",
            "nkscreen.formats": "open_input",
            "nkscreen.matching": "NameComparison compare_names",
            "nkscreen.records": "Counterparty Document Employment GoodsLine Leg Party Payment PortCall Record Ship"
            " Shipment Source StsTransfer Vessel Wallet",
            "nkscreen.rulebook": "Rulebook load_rulebook",
            "nkscreen.screening": "Batch RunSummary Screener ScreeningResult load_policy",
            "nkscreen.watchlist": "Watchlist bundled_watchlist load_watchlist",
        },
    )

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
