"""What a file is, by its first bytes, and the reader for it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO

from nkscreen.errors import InputError
from nkscreen.formats import entities, fedwire, iso20022, swift
from nkscreen.formats.ams import TableSet, read_ams
from nkscreen.formats.detect import Format, Given
from nkscreen.formats.documents.reading import DOCUMENTS
from nkscreen.formats.edifact import is_edifact, read_edifact
from nkscreen.formats.gfw import IDENTITIES
from nkscreen.formats.jsonl import read_jsonl
from nkscreen.formats.mapping import Mapping
from nkscreen.formats.model import Input
from nkscreen.formats.tables.encoding import SAMPLE_BYTES, Replayed
from nkscreen.formats.tables.reading import read_text, read_workbook
from nkscreen.formats.x12 import is_x12, read_x12
from nkscreen.packed import GZIP, ZIP, Member, is_archive, unzipped
from nkscreen.records import KINDS

MAX_WORKBOOK_BYTES = 256 * 1024 * 1024
"""A workbook is read as a whole; larger ones are data bases in disguise."""

_WORKBOOKS = (ZIP, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_OTHERS = {
    b"%PDF": "a PDF; export the table it shows as CSV or XLSX",
    b"PAR1": "Parquet; save it as CSV",
    ZIP: "a ZIP archive; `files_of` gives the files in it",
    b"BZh": "compressed with bzip2; unpack it first",
    b"\xfd7zXZ": "compressed with xz; unpack it first",
    b"Rar!": "a RAR archive; unpack it and give the files in it",
    b"7z\xbc\xaf": "a 7-Zip archive; unpack it and give the files in it",
    b"PK\x05\x06": "an empty ZIP archive; give the file that should be in it",
    b"STX=": "TRADACOMS, orders and invoices of shops; ask for EDIFACT, or save what matters as CSV",
    b"{\\rtf": "an RTF document; save the table in it as CSV or XLSX",
}
_PAGE = "a web page (often saved with the ending .xls); open it in a spreadsheet program and save it as XLSX"
_PAGES = frozenset({"html", "table", "body"})


def open_input(
    path: Path | Member | TableSet | str,
    *,
    kind: str = "auto",
    mapping: Mapping | None = None,
    stdin: IO[bytes] | None = None,
) -> Input:
    """Open a file of records: delimited text, XLSX, XLS, ODS, or JSON lines (`.jsonl`, or lines that begin with `{`).

    Args:
        path: the file, a file in an archive or a set of tables (`files_of` gives them), or "-" for `stdin`, a binary
            stream. What is compressed with gzip is read as what it holds.
        kind: "counterparty", "vessel", "shipment", "payment", "employment", or "auto" for the kind that the headers
            fit best. A kind in the map file counts as given.
        mapping: what a map file says (`read_mapping`).

    Raises:
        InputError: when the file is missing, unreadable, of no known format, or has no header that can be recognised.
    """
    mapping = mapping or Mapping()
    if kind == "auto":
        kind = mapping.kind or "auto"
    if kind != "auto" and kind not in KINDS:
        raise InputError(f"there is no kind {kind!r}; choose auto, {', '.join(KINDS)}")
    file = str(path)
    if isinstance(path, TableSet):
        source = read_ams(path)
        source.why = "its tables have the columns of an AMS extract and share the identifier"
        return source
    if file == "-" and stdin is None:
        raise InputError("standard input was named and is not there; give a file", file=file)
    # Standard input is wrapped, since it is not ours to close.
    stream = io.BufferedReader(Replayed(b"", stdin)) if file == "-" and stdin is not None else _open(path)
    try:
        packed = stream.peek(2).startswith(GZIP)
        seekable = isinstance(path, Path | str) and file != "-" and not packed
        stream = unzipped(stream, file) if packed else stream
        found = _read(stream, kind, mapping, file=file, seekable=seekable)
        found.format += ", gzip" if packed else ""
        return found
    except OSError as error:
        stream.close()
        raise InputError(
            f"the file cannot be read ({error.strerror or error}); check it and try again", file=file
        ) from error
    except BaseException:
        stream.close()
        raise


def _open(path: Path | Member | str) -> io.BufferedReader:
    if isinstance(path, Member):
        return path.open()
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"the file cannot be opened ({reason}); check its name and rights", file=str(path)) from error


def _workbook(given: Given) -> str | None:
    if given.head.startswith(ZIP) and given.seekable and is_archive(given.stream):
        return None
    return "it begins as workbooks do" if given.head.startswith(_WORKBOOKS) else None


def _refused(given: Given) -> str:
    """What a file is that cannot be read, with what to do instead; "" where nothing is known against it."""
    what = next((text for magic, text in _OTHERS.items() if given.head.startswith(magic)), None)
    if what or not given.root:
        return what or ("JSON of no known format; write one record a line, or a table" if _one_document(given) else "")
    if given.root.lower() in _PAGES:
        return _PAGE
    return f"XML of no known format (its root element is {given.root[:60]}); export it as CSV, XLSX or JSON lines"


def _one_document(given: Given) -> bool:
    """Whether a file is one JSON text over several lines, and not one record a line."""
    if given.start[:1] not in ("{", "[") or given.file.lower().endswith((".jsonl", ".ndjson")):
        return False
    return not given.one_a_line and (bool(given.keys) or given.start.lstrip("[{ \r\n\t")[:1] in ("", '"', "]", "}"))


def _json_lines(given: Given) -> str | None:
    if given.file.lower().endswith((".jsonl", ".ndjson")):
        return "its name says so"
    return "it begins with {" if given.start.startswith("{") else None


FORMATS: tuple[Format, ...] = (
    *DOCUMENTS,
    IDENTITIES,
    Format(
        "workbook",
        _workbook,
        lambda given: read_workbook(
            _whole(given.stream, given.head, given.file), given.mapping, given.kind, file=given.file
        ),
    ),
    Format("entities", entities.known, entities.read_entities),
    Format("ISO 20022", iso20022.known, iso20022.read_iso20022),
    Format("SWIFT MT", swift.known, swift.read_swift),
    Format("Fedwire", fedwire.known, fedwire.read_fedwire),
    Format(
        "UN/EDIFACT",
        lambda given: "it begins with UNA, UNB or UNH" if is_edifact(given.head) else None,
        lambda given: read_edifact(given.rewound(), given.head, file=given.file),
    ),
    Format(
        "ANSI X12",
        lambda given: "it begins with ISA, GS or ST" if is_x12(given.head) else None,
        lambda given: read_x12(given.rewound(), given.head, file=given.file),
    ),
)
"""Formats known by what only they have, in the order in which they are asked. What none of them knows is JSON lines or
delimited text, or is refused."""

_LINES = Format("JSON lines", _json_lines, lambda given: read_jsonl(given.rewound(), given.kind, file=given.file))
_TEXT = Format(
    "delimited text",
    lambda _: "it is text and of none of the other formats",
    lambda given: read_text(
        given.rewound(), given.head, given.mapping, given.kind, file=given.file, seekable=given.seekable
    ),
)


def _read(stream: IO[bytes], kind: str, mapping: Mapping, *, file: str, seekable: bool) -> Input:
    given = Given(file, _head(stream), stream, kind, mapping, seekable)
    for form in (*FORMATS, _LINES, _TEXT):
        if form is _LINES and (what := _refused(given)):
            raise InputError(f"the file is {what}", file=file)
        if why := form.known(given):
            source = form.read(given)
            source.why = why
            return source
    raise AssertionError("delimited text takes what no other format knows")


def _head(stream: IO[bytes]) -> bytes:
    """The first bytes; a pipe may give them in pieces."""
    parts, left = [], SAMPLE_BYTES
    while left > 0 and (part := stream.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _whole(stream: IO[bytes], head: bytes, file: str) -> IO[bytes]:
    data = head + stream.read(MAX_WORKBOOK_BYTES + 1 - len(head))
    stream.close()
    if len(data) > MAX_WORKBOOK_BYTES:
        raise InputError("the workbook is larger than 256 MiB; save its data as CSV", file=file)
    return io.BytesIO(data)
