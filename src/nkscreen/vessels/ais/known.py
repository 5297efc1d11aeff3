"""Whether a file is of AIS messages, by what it begins with."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from nkscreen.errors import InputError
from nkscreen.packed import GZIP, Member, unzipped
from nkscreen.vessels.ais.names import REQUIRED, plain, recognise

SENTENCES = (b"!AIVD", b"!BSVD", b"!ABVD", b"$PGHP")
"""How sentences of ships, of base stations and of relays begin, and Gatehouse's wrapper around them."""

PARQUET = b"PAR1"

_HEAD = 64 * 1024
_NUMBERS = frozenset({"mmsi", "ssvid", "vesselmmsi", "shipmmsi", "mmsinumber", "mmsino", "sourcemmsi"})
"""Headers that say MMSI and nothing else; others of a file that was given as a track are believed there."""

_PAPERS = re.compile(
    r"owner|manager|operator|builder|buil[dt]|tonnage|\bgt\b|\bdwt\b|class.?society|insur|consign|shipp(?:er|ing)"
)
"""What registers say of ships and transponders do not: a table with it is a register, whatever positions it has."""

_KEY = re.compile(r'"([A-Za-z_]\w{0,63})"\s*:')


def why_ais(file: Path | Member) -> str | None:
    """Why a file is one of AIS messages ("it holds AIS sentences"), or None for any other and one that cannot be read.

    A table or JSON is when it names MMSI, time, latitude and longitude and nothing that only registers know.
    """
    try:
        head = _head(file)
    except (OSError, InputError):
        return None
    if head.startswith(PARQUET):
        names = _parquet(file) if isinstance(file, Path) else []
    elif any(mark in head for mark in SENTENCES):
        return "it holds AIS sentences"
    else:
        names = _names(head.decode("utf-8", "replace").removeprefix("\ufeff").lstrip())
    return "it has MMSI, time and position" if _messages(names) else None


def _head(file: Path | Member) -> bytes:
    with file.open() if isinstance(file, Member) else file.open("rb") as stream:
        if not stream.peek(2).startswith(GZIP):
            return stream.read(_HEAD)
        with unzipped(stream, str(file)) as inside:
            return inside.read(_HEAD)


def _names(text: str) -> list[str]:
    """The keys of JSON, or the headers of a table."""
    if text[:1] in ("{", "["):
        return _KEY.findall(text)
    line = text.partition("\n")[0].strip("\r# ")
    try:
        return next(csv.reader([line], delimiter=max(",;\t|", key=line.count)), [])
    except csv.Error:
        return []


def _messages(headers: list[str]) -> bool:
    headers = list(dict.fromkeys(header.strip() for header in headers))
    found = recognise(headers)
    if any(field not in found for field in REQUIRED) or plain(found["mmsi"]) not in _NUMBERS:
        return False
    return not any(_PAPERS.search(header.lower()) for header in headers)


def _parquet(file: Path) -> list[str]:
    import polars as pl  # noqa: PLC0415  loaded where a file is Parquet

    try:
        return pl.scan_parquet(file).collect_schema().names()
    except pl.exceptions.PolarsError:
        return []
