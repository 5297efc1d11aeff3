"""Records as JSON lines: one object a line, with a "kind" key where the file holds several kinds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from nkscreen.errors import InputError
from nkscreen.formats.model import Input, Quarantined
from nkscreen.formats.tables.lines import MAX_LINE_BYTES
from nkscreen.records import KINDS, Record, Source


def read_jsonl(stream: IO[bytes], kind: str, *, file: str, first_row: int = 1) -> Input:
    """The records of JSON lines in UTF-8, in the field names that records are written with.

    A "kind" key in a line comes before `kind`. Lines without an "id" get `row N`. `first_row` is
    where the stream begins in its file.
    """
    shown = "mixed" if kind == "auto" else kind
    return Input(
        _records(stream, kind, file, first_row), file=file, format="JSON lines", kind=shown, close=stream.close
    )


def json_lines(stream: IO[bytes], file: str, first_row: int = 1) -> Iterator[tuple[Any, Source, bytes] | Quarantined]:
    """What stands on each line that is not blank, its place and the line; lines that are no JSON are quarantined."""
    number = first_row - 1
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        source = Source(file=file, row=number)
        if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            reason = "the line is longer than 1 MiB; write one record a line"
            yield Quarantined(source=source, reason=reason, raw=line[:4096].decode("utf-8", "replace"))
        elif line.strip(b"\xef\xbb\xbf\r\n\t "):
            try:
                found = decoded(line)
            except (ValueError, RecursionError) as error:
                reason = f"the line is no JSON in UTF-8 ({error}); repair the line"
                yield Quarantined(source=source, reason=reason, raw=line.decode("utf-8", "replace").strip())
            else:
                yield found, source, line


def decoded(data: bytes) -> Any:
    """The content of JSON in UTF-8, of which NaN and Infinity are no part.

    Raises:
        ValueError, RecursionError: it is none, or is nested too deep.
    """
    return _DECODER.decode(data.decode("utf-8-sig"))


def _records(stream: IO[bytes], kind: str, file: str, first_row: int) -> Iterator[Record | Quarantined]:
    for item in json_lines(stream, file, first_row):
        if isinstance(item, Quarantined):
            yield item
            continue
        data, source, line = item
        try:
            yield _record(data, kind, source)
        except InputError as error:
            raw = line.decode("utf-8", "replace").strip()
            yield Quarantined(source=source, reason=f"{error.message}; repair the line", raw=raw)


def _record(data: Any, kind: str, source: Source) -> Record:
    if not isinstance(data, dict):
        raise InputError("the line is no JSON object")
    data = {"id": f"row {source.row}", **data, "source": source}
    name = data.pop("kind", kind)
    if not isinstance(name, str) or name not in KINDS:
        raise InputError(f'the line has no "kind" key with one of {", ".join(KINDS)}, and no kind was given')
    return KINDS[name].read(data)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


_DECODER = json.JSONDecoder(parse_constant=_refuse)  # one for all lines: making it costs as much as a short line
