"""Listed entities: the lists, their readers, and the watchlist a run is screened against."""

from nkscreen.watchlist.bundled import bundled_watchlist, outdated, staleness
from nkscreen.watchlist.dprk import is_dprk, is_dprk_programme
from nkscreen.watchlist.load import detect, load_snapshot, load_watchlist
from nkscreen.watchlist.model import (
    Link,
    ListedDocument,
    ListedEntity,
    ListedName,
    Listing,
    ReadReport,
    Snapshot,
    Watchlist,
)
from nkscreen.watchlist.snapshot import read_snapshot, write_snapshot

__all__ = [
    "Link",
    "ListedDocument",
    "ListedEntity",
    "ListedName",
    "Listing",
    "ReadReport",
    "Snapshot",
    "Watchlist",
    "bundled_watchlist",
    "detect",
    "is_dprk",
    "is_dprk_programme",
    "load_snapshot",
    "load_watchlist",
    "outdated",
    "read_snapshot",
    "staleness",
    "write_snapshot",
]
