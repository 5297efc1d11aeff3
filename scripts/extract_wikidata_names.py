"""Extract the names that Wikidata knows, as OpenSanctions rigour carries them, for `build_name_tables.py`.

    pip download --no-deps rigour==2.6.1 && python scripts/extract_wikidata_names.py rigour-2.6.1-*.whl names.txt

The wheel (MIT licence) embeds `person_names.txt`, compressed with Zstandard, in its compiled core: one line a Wikidata
item of a given or family name (CC0), its labels in all languages before the item's number. Needs `zstandard`.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import zstandard

MAGIC = b"\x28\xb5\x2f\xfd"
"""The first bytes of a Zstandard frame (RFC 8878, section 3.1.1)."""


def person_names(core: bytes) -> bytes:
    """The one embedded file whose lines end in `=> Q...`; ValueError when there is none."""
    at = core.find(MAGIC)
    while at >= 0:
        try:
            found = zstandard.ZstdDecompressor().decompressobj().decompress(core[at:])
        except zstandard.ZstdError:
            found = b""
        if b" => Q" in found[:4096]:
            return found
        at = core.find(MAGIC, at + 1)
    raise ValueError("this wheel embeds no list of names")


def main(wheel: Path, out: Path) -> None:
    """Write the list found in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        core = next(name for name in archive.namelist() if name.startswith("rigour/_core"))
        out.write_bytes(person_names(archive.read(core)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
