"""Feed readers what never ends: lines, segments, messages, texts and rows of gigabytes, in a process of bounded memory.

python scripts/flood_formats.py [MEGABYTES]     (2,048 is the default; run by `make fuzz`)

Nothing is written to a disk: the bytes are made as they are read. Each flood is a process of its own that may take
`MOST_MEMORY`; it must end with records, quarantined rows or an error, each naming the file, and say how many it read.
"""

from __future__ import annotations

import io
import itertools
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from nkscreen.errors import InputError
from nkscreen.formats import Quarantined, open_input

MOST_MEMORY = 1024 * 1024 * 1024
_BLOCK = 1024 * 1024

CUSCAR = b"UNB+UNOC:3+A+B+260101:1200+1'UNH+M1+CUSCAR:D:95B:UN'BGM+785+R+9'CNI+1+BL1'NAD+CZ+++"
PACS = b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>'
PARTY = b"<CdtTrfTxInf><PmtId><EndToEndId>%d</EndToEndId></PmtId><Dbtr><Nm>HARBOUR CURLEW</Nm></Dbtr></CdtTrfTxInf>"


class Made(io.RawIOBase):
    """A stream of parts that are made as they are read."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._rest = parts, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = next(self._parts, b"")
        data = self._rest[: len(buffer)]
        self._rest = self._rest[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def filled(before: bytes, fill: bytes, after: bytes, size: int) -> Iterator[bytes]:
    """`size` bytes of a filling between two texts."""
    block = fill * (_BLOCK // len(fill))
    return itertools.chain((before,), itertools.repeat(block, size // len(block)), (after,))


def rows(before: bytes, row: bytes, count: int) -> Iterator[bytes]:
    """Rows with their numbers."""
    blocks = range(0, count, 10_000)
    numbered = (b"".join(row % number for number in range(at, min(count, at + 10_000))) for at in blocks)
    return itertools.chain((before,), numbered)


FLOODS: dict[str, Callable[[int], Iterator[bytes]]] = {
    "a CSV line": lambda size: filled(b"SHIPPER,CONSIGNEE\nA LTD,", b"B", b"\nC LTD,D LTD\n", size),
    "a quoted CSV cell": lambda size: filled(b'SHIPPER,CONSIGNEE\nA LTD,"', b"B\n", b"\nC LTD,D LTD\n", size // 100),
    "CSV of NUL bytes": lambda size: filled(b"SHIPPER,CONSIGNEE\nA LTD,", b"\0", b"\nC LTD,D LTD\n", size),
    "a line of JSON": lambda size: filled(
        b'{"kind":"vessel","name":"', b"B", b'"}\n{"kind":"vessel","name":"A"}\n', size
    ),
    "JSON in JSON": lambda size: filled(b'{"kind":"vessel","name":', b'{"a":', b"\n", size),
    "a JSON document": lambda size: filled(b'{"queries": {"a":\n\n{"properties":', b"[", b"\n", size),
    "a line of FollowTheMoney": lambda size: filled(
        b'{"schema":"Vessel","id":"a","properties":{"name":["', b"B", b'"]}}\n', size
    ),
    "EDIFACT without an end": lambda size: filled(CUSCAR, b"B", b"'UNT+5+M1'", size),
    "EDIFACT of release characters": lambda size: filled(CUSCAR, b"?", b"'UNT+5+M1'", size),
    "an EDIFACT message of segments": lambda size: filled(CUSCAR, b"A'FTX+AAA+++COAL", b"'UNT+5+M1'", size // 16),
    "X12 without an end": lambda size: filled(b"ISA*00*a*GS*SO~ST*309*1~N1*SH*", b"B", b"~SE*3*1~", size),
    "SWIFT MT without an end": lambda size: filled(b"{1:F01A}{2:I103B}{4:\n:20:A\n:59:", b"B", b"\n-}", size),
    "SWIFT MT of fields": lambda size: filled(b"{1:F01A}{2:I103B}{4:\n:20:A\n", b":59:B\n", b"\n-}", size // 16),
    "Fedwire": lambda size: filled(b"{1500}02{4200}D1*", b"B", b"*", size),
    "a text in XML": lambda size: filled(PACS + b"<CdtTrfTxInf><Dbtr><Nm>", b"B", b"</Nm>", size),
    "elements in elements": lambda size: filled(PACS, b"<a>", b"</a>", size),
    "elements side by side": lambda size: filled(PACS + b"<CdtTrfTxInf><Dbtr>", b"<a/>", b"</Dbtr>", size),
    "attributes": lambda size: filled(PACS + b"<CdtTrfTxInf ", b"a='b' ", b"/>", size),
    "different attributes": lambda size: rows(PACS + b"<CdtTrfTxInf ", b"a%d='' ", size >> 3),
    "elements beside transactions": lambda size: filled(PACS, b"<a>B</a><CdtTrfTxInf/>", b"", size),
    "elements around transactions": lambda size: filled(PACS, b"<a><CdtTrfTxInf/></a>", b"", size),
    "XML of another standard": lambda size: filled(b"<Declaration>", b"<a/>", b"</Declaration>", size),
    "a comment before XML": lambda size: filled(b"<?xml version='1.0'?><!--", b"B", b"-->" + PACS, size),
    "transactions": lambda size: rows(PACS, PARTY, size // 10_000),
    "a million rows to set aside": lambda size: rows(b"SHIPPER,ARRIVAL DATE\n", b"A %d,31/31/2026\n", size // 2_000),
    "a million lines of no JSON": lambda size: rows(b'{"kind":"vessel"}\n', b"{%d\n", size // 2_000),
    "a million messages of nobody": lambda size: rows(
        CUSCAR + b"A'UNT+5+M1'", b"UNH+%d+CUSCAR:D:95B:UN'UNT+2+1'", size // 2_000
    ),
}


def flood(name: str, megabytes: int) -> None:
    """One flood in this process, whose memory is bounded."""
    resource.setrlimit(resource.RLIMIT_AS, (2 * MOST_MEMORY, 2 * MOST_MEMORY))
    said = ""
    try:
        with open_input("-", stdin=io.BufferedReader(Made(FLOODS[name](megabytes * 1024 * 1024)))) as source:
            for item in source:
                if isinstance(item, Quarantined) and not said:
                    said = f"{item.source}: {item.reason}"
        assert source.read == source.records + source.quarantined
        told = f"{source.records:,} records, {source.quarantined:,} set aside; {said[:110]}"
    except InputError as error:
        told = f"error: {str(error)[:130]}"
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    print(told)


def main(megabytes: int) -> None:
    broken = []
    for name in FLOODS:
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, __file__, name, str(megabytes)], check=False, capture_output=True, text=True, timeout=900
        )
        peak, _, said = done.stdout.strip().partition("\n")
        if done.returncode:
            said = " ".join(done.stderr.split())[-200:]
        print(f"{name:34}{time.monotonic() - begun:6.1f} s {peak:>6} MB  {said}", flush=True)
        if done.returncode or int(peak) > MOST_MEMORY // 1024**2:
            broken.append(name)
    if broken:
        sys.exit(f"ended otherwise than it should, or in too much memory: {', '.join(broken)}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        flood(sys.argv[1], int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_048)
