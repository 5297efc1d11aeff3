"""How fast files are read, and in how much memory, beside peers in the same run: EDIFACT, pacs.008, MT103 and CSV.

Each line is a process of its own that reads one file; what counts is its processor time, without imports. The files are
real samples repeated, with names of a list of people and running numbers put in, so that no two messages are the same.
Run: `make bench-formats`.
"""

from __future__ import annotations

import csv
import itertools
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared/data"
INPUTS = SHARED / "inputs"
EDIFACT = (
    INPUTS / "edifact/raycw__edidom__edifact_d96a_quote_with_linefeed.txt",
    INPUTS / "edifact/indice-co__EDI.Net__edifact.D95B.Issue137.EDI",
)
PACS = INPUTS / "iso20022/phoughton__iso20022-cbpr-ur__pacs_008_2025_valid.xml"
MT103 = (
    INPUTS
    / "swift_mt/ballerina-platform__module-ballerinax-financial.swiftmt-to-iso20022__MT103_test_custom_mt_mx_38.fin"
)
NAMES = SHARED / "bench/negatives_global.csv"
MANIFEST = ROOT / "fixtures/manifests/dalian_feeder.csv"


def people() -> Iterator[str]:
    """Names of people without end; they repeat from some 60,000 on."""
    with NAMES.open(encoding="utf-8", newline="") as stream:
        names = [re.sub(r"[^\w .-]", "", row["full_name"]) for row in csv.DictReader(stream)]
    return itertools.cycle(names)


def edifact(path: Path, segments: int) -> None:
    """An interchange with the messages of the samples, bills and names changed."""
    samples = [re.sub(r"\s*[\r\n]\s*", "", sample.read_text(encoding="utf-8-sig")) for sample in EDIFACT]
    bodies = [found[0] for text in samples if (found := re.search(r"UNH\+.*UNT\+[^']*'", text))]
    names, written = people(), 0
    with path.open("w", encoding="utf-8") as stream:
        stream.write("UNB+UNOC:3+SENDER+RECEIVER+260101:1200+1'\n")
        for number in itertools.count():
            if written >= segments:
                break
            for body in bodies:
                text = body.replace("RFF+BM:", f"RFF+BM:{number}").replace("'", "'\n")
                text = re.sub(r"(NAD\+C[NZ]\+[^+\n]*\+)", lambda found: f"{found[1]}{next(names)[:30]}:", text)
                stream.write(text)
                written += text.count("\n")
        stream.write("UNZ+1+1'\n")


def pacs008(path: Path, transactions: int) -> None:
    """One message of many transactions, names of both customers and references changed."""
    text = PACS.read_text(encoding="utf-8")
    found = re.search(r"<CdtTrfTxInf>.*?</CdtTrfTxInf>\s*", text, re.DOTALL)
    assert found, "the sample holds a transaction"
    names, one = people(), found[0]
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text[: found.start()])
        for number in range(transactions):
            changed = re.sub(r"(<(?:Dbtr|Cdtr)>\s*<Nm>)[^<]*", lambda found: found[1] + next(names), one)
            stream.write(changed.replace("</EndToEndId>", f"-{number}</EndToEndId>"))
        stream.write(text[found.end() :])


def mt103(path: Path, messages: int) -> None:
    """Messages one after another, reference and beneficiary changed."""
    text, names = MT103.read_text(encoding="utf-8").replace("\r", ""), people()
    with path.open("w", encoding="utf-8") as stream:
        for number in range(messages):
            changed = re.sub(r"(?m)^(:59:(?:/.*\n)?).*$", lambda found: found[1] + next(names)[:35], text)
            stream.write(re.sub(r"(?m)^:20:.*$", f":20:REF{number}", changed).strip() + "\n")


def manifest(path: Path, rows: int) -> None:
    """The manifest of the demo, consignees and bills changed; every hundredth row has a date that is none."""
    with MANIFEST.open(encoding="utf-8", newline="") as stream:
        header, *samples = list(csv.reader(stream))
    names = people()
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for number, row in enumerate(itertools.islice(itertools.cycle(samples), rows)):
            changed = list(row)
            for index, column in enumerate(header):
                if "consignee" in column.lower():
                    changed[index] = next(names)
                elif "date" in column.lower() and number % 100 == 99:
                    changed[index] = "31/31/2026"
            writer.writerow(changed)


def ours(path: Path) -> int:
    from nkscreen.formats import open_input  # noqa: PLC0415

    with open_input(path) as source:
        for _ in source:
            pass
        return source.read


def segments_cut(path: Path) -> int:
    from nkscreen.formats.edi.segments import segments  # noqa: PLC0415
    from nkscreen.formats.edifact.syntax import syntax_of  # noqa: PLC0415

    with path.open("rb") as stream:
        syntax = syntax_of(stream.read(65536))
        stream.seek(0)
        return sum(1 for _ in segments(stream, syntax))


def components_cut(path: Path) -> int:
    from nkscreen.formats.edi.segments import segments  # noqa: PLC0415
    from nkscreen.formats.edifact.syntax import syntax_of  # noqa: PLC0415

    with path.open("rb") as stream:
        syntax = syntax_of(stream.read(65536))
        stream.seek(0)
        number = 0
        for segment in segments(stream, syntax):
            number += 1
            for index in range(len(segment.elements)):
                segment.parts(index)
        return number


def edifact_records(path: Path) -> int:
    ours(path)
    return segments_counted(path)


def segments_counted(path: Path) -> int:
    with path.open(encoding="utf-8") as stream:
        return sum(1 for _ in stream)


def pydifact(path: Path) -> int:
    import warnings  # noqa: PLC0415

    from pydifact.segmentcollection import RawSegmentCollection  # noqa: PLC0415

    warnings.simplefilter("ignore")  # of directories that it does not ship
    return len(RawSegmentCollection.from_str(path.read_text(encoding="utf-8")).segments)


def pacs_values(path: Path) -> int:
    from nkscreen.formats.iso20022.reading import transactions  # noqa: PLC0415

    with path.open("rb") as stream:
        return sum(1 for _ in transactions(stream))


def stdlib_xml(path: Path) -> int:
    from xml.etree import ElementTree  # noqa: PLC0415

    number = 0
    for _, element in ElementTree.iterparse(path):
        if element.tag.endswith("}CdtTrfTxInf"):
            number += 1
            element.clear()
    return number


def lxml_xml(path: Path) -> int:
    from lxml import etree  # noqa: PLC0415

    number = 0
    for _, element in etree.iterparse(path, tag="{*}CdtTrfTxInf", resolve_entities=False, no_network=True):
        number += 1
        element.clear()
    return number


def pyiso20022(path: Path) -> int:
    from pyiso20022.pacs.pacs_008_001_08 import Document  # noqa: PLC0415
    from xsdata.formats.dataclass.parsers import XmlParser  # noqa: PLC0415

    text = path.read_text(encoding="utf-8")
    document = text[text.index("<Document") : text.index("</Document>") + len("</Document>")]
    return len(XmlParser().from_string(document, Document).fito_ficstmr_cdt_trf.cdt_trf_tx_inf)


def stdlib_csv(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as stream:
        return sum(1 for _ in csv.DictReader(stream))


Reading = Callable[[Path], int]
TABLE: tuple[tuple[str, str, Callable[[Path, int], None], int, tuple[tuple[str, Reading, int], ...]], ...] = (
    (
        "EDIFACT", "segments", edifact, 400_000,
        (
            ("nkscreen: cut into elements", segments_cut, 1),
            ("nkscreen: every component decoded", components_cut, 1),
            ("nkscreen: to checked records", edifact_records, 1),
            ("pydifact", pydifact, 10),
        ),
    ),
    (
        "pacs.008", "transactions", pacs008, 60_000,
        (
            ("nkscreen: every party, text and code read", pacs_values, 1),
            ("nkscreen: to checked records", ours, 1),
            ("lxml iterparse, nothing read", lxml_xml, 1),
            ("stdlib iterparse, nothing read", stdlib_xml, 1),
            ("pyiso20022", pyiso20022, 20),
        ),
    ),
    ("MT103", "messages", mt103, 20_000, (("nkscreen: to checked records", ours, 1),)),
    (
        "CSV", "rows", manifest, 100_000,
        (("nkscreen: to checked records", ours, 1), ("stdlib csv.DictReader, nothing read", stdlib_csv, 1)),
    ),
)  # fmt: skip
"""What is read; its unit; what writes it; how many; who reads it, and which part of them where a peer is slow."""


def measured(reading: Reading, path: Path, small: Path) -> dict[str, float] | str:
    """Count, seconds of processor time and MB of a reading in a process of its own; why where it did not end well."""
    command = [sys.executable, __file__, "--read", reading.__name__, str(small), str(path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:]
        return "not installed" if "ModuleNotFoundError" in done.stderr else f"failed: {' '.join(said)[:60]}"
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def one(reading: str, small: Path, path: Path) -> None:
    """Read a small file, which imports what is needed, then the file that is measured."""
    globals()[reading](small)
    begun = time.process_time()
    count = globals()[reading](path)
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"count": count, "seconds": seconds, "peak": peak}))


def main() -> None:
    if not INPUTS.is_dir():
        sys.exit(f"the samples are not there: {INPUTS}")
    print(f"{'':12}{'':44}{'a second, one core':>24}{'peak memory':>14}")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for kind, unit, write, number, readings in TABLE:
            small = folder / f"{kind}.small"
            write(small, 100)
            for share in sorted({part for _, _, part in readings}):
                write(folder / f"{kind}.{share}", number // share)
            for name, reading, share in readings:
                found = measured(reading, folder / f"{kind}.{share}", small)
                if isinstance(found, str):
                    print(f"{kind:12}{name:44}{found}")
                    continue
                rate = f"{found['count'] / found['seconds']:,.0f} {unit}"
                print(f"{kind:12}{name:44}{rate:>24}{found['peak']:>11,.0f} MB", flush=True)
    print("Memory is that of a whole process; what Python and the packages that it imports take is most of it.")


if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[1] == "--read":
        one(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
