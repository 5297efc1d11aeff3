"""Drive the tokenizers of EDIFACT, X12 and SWIFT MT with atheris, which looks for bytes that reach new code.

python scripts/fuzz_tokenizers.py edifact|x12|mt SECONDS FOLDER   (the folder of real samples; run by fuzz_formats.py)
"""

from __future__ import annotations

import io
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["nkscreen.formats"]):
    from nkscreen.errors import InputError
    from nkscreen.formats.edifact import read_edifact
    from nkscreen.formats.swift.messages import parse, units
    from nkscreen.formats.swift.payments import payments
    from nkscreen.formats.x12 import is_x12, read_x12

HEAD = 65_536


def edifact(data: bytes) -> None:
    with suppress(InputError):
        list(read_edifact(io.BytesIO(data), data[:HEAD], file="any"))


def x12(data: bytes) -> None:
    with suppress(InputError):
        if is_x12(data[:HEAD]):
            list(read_x12(io.BytesIO(data), data[:HEAD], file="any"))


def mt(data: bytes) -> None:
    for text in units(io.BytesIO(data), "utf-8"):
        if message := parse(text):
            list(payments(message))


TOKENIZERS = {
    "edifact": (edifact, "edifact", b"UNA:+.? 'UNB+UNOC:3'UNH+1+IFTMIN:D:96A:UN'NAD+CN+++A?'B:C+D'TDT+20+1'UNT+4+1'"),
    "x12": (x12, "x12", b"ISA*00*~ST*309*1~N1*SH*A~LX*1~M10*A*B~SE*3*1~"),
    "mt": (mt, "swift_mt", b"{1:F01}{2:I103}{4:\n:20:A\n:50F:/1\n1/A\n:59:A\n:61:1\n:86:?32A\n-}"),
}
"""What is fed, the folder of its samples, and a text that says most of what it knows."""


def main(name: str, seconds: int, samples: Path) -> None:
    """Does not return: atheris ends the process, with 0 where nothing was found."""
    read, folder, words = TOKENIZERS[name]
    with tempfile.TemporaryDirectory() as start:
        (Path(start) / "words").write_bytes(words)
        for number, file in enumerate(sorted((samples / folder).glob("*"))):
            (Path(start) / str(number)).write_bytes(file.read_bytes())
        options = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=1024", "-verbosity=0"]
        atheris.Setup([sys.argv[0], start, *options], read)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
