"""Listed entities: the lists, their readers, and the watchlist a run is screened against."""

from typing import TYPE_CHECKING

from nkscreen.on_first_use import on_first_use
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

if TYPE_CHECKING:
    from nkscreen.watchlist.bundled import bundled_watchlist, outdated, staleness
    from nkscreen.watchlist.dprk import is_dprk, is_dprk_programme
    from nkscreen.watchlist.load import detect, load_snapshot, load_watchlist
    from nkscreen.watchlist.snapshot import read_snapshot, write_snapshot
else:
    __getattr__, __dir__ = on_first_use(
        __name__,
        {
            "nkscreen.watchlist.bundled": "bundled_watchlist outdated staleness",
            "nkscreen.watchlist.dprk": "is_dprk is_dprk_programme",
            "nkscreen.watchlist.load": "detect load_snapshot load_watchlist",
            "nkscreen.watchlist.snapshot": "read_snapshot write_snapshot",
        },
    )

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
