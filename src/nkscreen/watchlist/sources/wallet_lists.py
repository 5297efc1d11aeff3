"""Wallet addresses of designated parties, one a line, a file a currency (`sanctioned_addresses_XBT.txt`).

Generated from OFAC's SDN list by a public tool. The files do not say whose an address is: the SDN list does.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from nkscreen.watchlist.model import Listing, Snapshot
from nkscreen.watchlist.sources.common import Reading, clean, date_in_name
from nkscreen.watchlist.sources.table import text_of

NAME: Final = re.compile(r"sanctioned_addresses_(?P<currency>[A-Z0-9]+)(?:[_-].*)?\.txt")

_ADDRESS: Final = re.compile(r"[A-Za-z0-9:]{20,120}")


def read(path: Path) -> Snapshot:
    """Read one file.

    Raises:
        ListError: it holds no address.
    """
    reading = Reading(path)
    match = NAME.fullmatch(path.name)
    currency = match["currency"] if match else "unknown"
    for line, text in enumerate(text_of(path).splitlines(), start=1):
        address = clean(text)
        if not address:
            continue
        reading.read += 1
        if not _ADDRESS.fullmatch(address):
            reading.lose(f"{address[:60]!r} is no wallet address", line=line)
            continue
        reading.add(
            {
                "id": f"{currency}:{address}",
                "schema": "CryptoWallet",
                "wallets": (address,),
                "listings": (Listing(programme="OFAC SDN", measure="asset freeze"),),
                "notes": (f"currency: {currency}",),
            },
            line=line,
        )
    return reading.snapshot(
        "OFAC wallets",
        f"Sanctioned {currency} addresses",
        date_in_name(path),
        ("https://github.com/0xB10C/ofac-sanctioned-digital-currency-addresses",),
    )
