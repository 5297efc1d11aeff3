"""From files to a watchlist: which reader a file needs, and the checks over all lists of a run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from nkscreen.collector import collector_paused
from nkscreen.errors import ListError
from nkscreen.watchlist import snapshot as snapshots
from nkscreen.watchlist.model import Snapshot, Watchlist
from nkscreen.watchlist.sources import (
    australia,
    canada,
    eu,
    eu_consolidated,
    ftm,
    japan_meti,
    ofac,
    ofac_advanced,
    ofac_enhanced,
    ofac_flat,
    ofac_xml,
    plain,
    senzing,
    south_korea,
    switzerland,
    uk,
    uk_full,
    un,
    us_csl,
    wallet_lists,
)
from nkscreen.watchlist.sources.common import archive, load_bytes

READERS: dict[str, Callable[[Path], Snapshot]] = {
    "snapshot": snapshots.read,
    "un": un.read,
    "ofac": ofac.read,
    "ofac_xml": ofac_xml.read,
    "ofac_advanced": ofac_advanced.read,
    "ofac_enhanced": ofac_enhanced.read,
    "ofac_flat": ofac_flat.read,
    "eu": eu.read,
    "eu_consolidated": eu_consolidated.read,
    "uk": uk.read,
    "uk_full": uk_full.read,
    "switzerland": switzerland.read,
    "us_csl": us_csl.read,
    "canada": canada.read,
    "australia": australia.read,
    "japan_meti": japan_meti.read,
    "south_korea": south_korea.read,
    "wallets": wallet_lists.read,
    "ftm": ftm.read,
    "senzing": senzing.read,
    "plain": plain.read,
}

HEAD_BYTES = 65_536
"""How much of a file is looked at to tell what it is; an OpenSanctions line can be some ten thousand bytes long."""

ROOTS = {
    un.ROOT: "un",
    ofac_xml.ROOT: "ofac_xml",
    ofac_advanced.ROOT: "ofac_advanced",
    ofac_enhanced.ROOT: "ofac_enhanced",
    canada.ROOT: "canada",
    eu_consolidated.ROOT: "eu_consolidated",
    uk_full.ROOT: "uk_full",
    switzerland.ROOT: "switzerland",
}
"""Root elements of XML lists."""

HEADERS = (
    ("eu", frozenset(eu.COLUMNS)),
    ("eu_consolidated", frozenset(eu_consolidated.COLUMNS)),
    ("uk_full", frozenset(uk_full.COLUMNS)),
    ("uk", frozenset(uk.SANCTIONS_LIST)),
    ("uk", frozenset(uk.OFSI)),
    ("japan_meti", frozenset(japan_meti.COLUMNS)),
    ("south_korea", frozenset(south_korea.COLUMNS)),
    ("us_csl", frozenset(us_csl.COLUMNS)),
    ("ofac_flat", frozenset(ofac_flat.COLUMNS)),
)
"""Columns by which a publisher's table is known, wherever they stand in its first two lines."""

_OFAC_ROW = re.compile(r'\s*\d+\s*,\s*"(?:[^"]|"")*"\s*,\s*(?:-0-|"?(?:individual|vessel|aircraft)"?)\s*,')
_TAG = re.compile(r"<(?![?!])([\w.:-]+)")


def detect(path: Path | str) -> str:
    """The name of the reader (a key of `READERS`) that a list file needs, by its content.

    Raises:
        ListError: unreadable, empty, a web page, only a part of an OFAC set, or of no known format.
    """
    path = Path(path)
    stem = ofac.stem_of(path)
    data = load_bytes(path, HEAD_BYTES)
    if data.startswith(b"PK\x03\x04"):
        return _detect_zip(path)
    head = data.decode("utf-8-sig", errors="replace").lstrip()
    if head.startswith("{"):
        return _detect_json(head, path)
    if head.startswith("<"):
        return _detect_xml(head, path)
    if stem and stem[0] in ofac.COMPANIONS:
        raise ListError("is only a part of an OFAC list; give the file of entries beside it", file=str(path))
    return _detect_table(head, path)


def _detect_table(head: str, path: Path) -> str:
    lines = head.splitlines()[:2]
    if _OFAC_ROW.match(lines[0]):
        return "ofac"
    cells = [{cell.strip('" ') for cell in re.split("[,;]", line)} for line in lines]
    for name, columns in HEADERS:
        if any(columns <= row for row in cells):
            return name
    if wallet_lists.NAME.fullmatch(path.name):
        return "wallets"
    if "name" in (plain.column_name(cell.strip('"')) for cell in re.split(r"[,;\t|]", lines[0])):
        return "plain"
    raise ListError(f"is of no known list format; known are {', '.join(READERS)} (see docs/lists.md)", file=str(path))


def _detect_xml(head: str, path: Path) -> str:
    if re.search(r"<(?:!doctype\s+)?html\b", head, re.IGNORECASE):
        raise ListError("is a web page, not a list; download the list again", file=str(path))
    root = _TAG.search(head)
    name = root[1].rpartition(":")[2] if root else ""
    if name not in ROOTS:
        raise ListError(f"is XML of no known list (root <{name}>); known are {', '.join(ROOTS)}", file=str(path))
    return ROOTS[name]


def _detect_zip(path: Path) -> str:
    with archive(path) as opened:
        names = opened.namelist()
    if "content.xml" in names:
        return "uk"
    if any(name.startswith("xl/") for name in names):
        return "australia"
    if any(name.lower().endswith(".xml") for name in names):
        return "ofac_enhanced"
    raise ListError("is an archive that holds no list of a known form", file=str(path))


def _detect_json(head: str, path: Path) -> str:
    first = head.split("\n", 1)[0]
    try:
        keys = set(json.loads(first))
    except ValueError:
        keys = set(re.findall(r'"(format|schema|properties|RECORD_ID|DATA_SOURCE)"\s*:', first))
    if "format" in keys:
        return "snapshot"
    if {"schema", "properties"} <= keys:
        return "ftm"
    if {"RECORD_ID", "DATA_SOURCE"} <= keys:
        return "senzing"
    raise ListError(
        "is JSON, but neither a snapshot nor FollowTheMoney entities nor Senzing records, one a line", file=str(path)
    )


def load_snapshot(path: Path | str) -> Snapshot:
    """Read one list: a file of any known format, or a folder that holds one OFAC set.

    Raises:
        ListError: see `detect` and the readers.
    """
    path = Path(path)
    return ofac.read(path) if path.is_dir() else READERS[detect(path)](path)


def load_watchlist(*paths: Path | str) -> Watchlist:
    """Read lists, and every list of a folder, into one watchlist.

    Raises:
        ListError: no paths, a missing or empty path, a file in a folder that is no list, or two lists that name the
            same entries (an old and a new copy of one list).
    """
    with collector_paused():
        lists = [READERS[detect(path)](path) for given in paths for path in _files(Path(given))]
    if not lists:
        raise ListError("no list was given; name a list file, or use the bundled list")
    return joined(lists)


def joined(lists: Sequence[Snapshot]) -> Watchlist:
    """One watchlist of several lists.

    Raises:
        ListError: two lists name the same entries (an old and a new copy of one list).
    """
    keys: dict[tuple[str, str], Snapshot] = {}
    for snapshot in lists:
        for entity in snapshot.entities:
            other = keys.setdefault((snapshot.publisher, entity.id), snapshot)
            if other is not snapshot:
                titles = f"{other.title} of {other.list_date}, {snapshot.title} of {snapshot.list_date}"
                raise ListError(
                    f"two lists of {snapshot.publisher} both hold the entry {entity.id} ({titles}); keep the newer one"
                )
    return Watchlist(*lists)


def _files(path: Path) -> Iterator[Path]:
    """The list files at a path: itself, or those of a folder without the companions of OFAC's files of entries."""
    if not path.is_dir():
        yield path
        return
    inside = [entry for entry in sorted(path.iterdir()) if entry.is_file() and not entry.name.startswith(".")]
    stems = {ofac.stem_of(entry) for entry in inside}
    found = False
    for entry in inside:
        stem = ofac.stem_of(entry)
        primary = next((name for name, (_, *parts) in ofac.SETS.items() if stem and stem[0] in parts), None)
        if stem and primary and (primary, stem[1]) in stems:
            continue
        found = True
        yield entry
    if not found:
        raise ListError("holds no list files", file=str(path))
