"""What is known of a file before it is read, and what a format says of itself: its name, its marks and its reader."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import IO

from nkscreen.formats.mapping import Mapping
from nkscreen.formats.model import Input
from nkscreen.formats.tables.encoding import Replayed, detect
from nkscreen.markup import root_name

_JSON_KEYS = re.compile(r'"([A-Za-z_@][\w.@:-]{0,63})"\s*:')
_LOOKED_AT = 64 * 1024  # keys and markup that tell a format stand well before this


@dataclass(frozen=True)
class Given:
    """A file as `open_input` was given it: its first bytes, the stream at its beginning, and what the user said.

    Where `seekable` is false (standard input, a file in an archive) the stream can only be read forward.
    """

    file: str
    head: bytes
    stream: IO[bytes]
    kind: str
    mapping: Mapping
    seekable: bool

    @cached_property
    def start(self) -> str:
        """The beginning as text, without byte-order mark and leading white space. NUL and what is no text is kept as
        U+FFFD."""
        encoding = detect(self.head[:_LOOKED_AT])
        text = self.head[:_LOOKED_AT].decode(encoding, "replace")
        return text.removeprefix("\ufeff").lstrip()

    @cached_property
    def root(self) -> str:
        """The local name of the root element of an XML file, "" of anything else."""
        return root_name(self.start).rpartition(":")[2] if self.start.startswith("<") else ""

    @cached_property
    def keys(self) -> frozenset[str]:
        """Names of keys at the beginning of a JSON text, at whatever depth; empty for anything else."""
        return frozenset(_JSON_KEYS.findall(self.start)) if self.start[:1] in ("{", "[") else frozenset()

    @cached_property
    def one_a_line(self) -> bool:
        """Whether the first line is a whole JSON object, as in JSON lines."""
        line, end, rest = self.start.partition("\n")
        try:
            return isinstance(json.loads(line), dict) and (not rest.strip() or rest.lstrip().startswith("{"))
        except (ValueError, RecursionError):
            return not end and line.startswith("{") and len(self.head) >= _LOOKED_AT

    def rewound(self) -> IO[bytes]:
        """The stream from its first byte on."""
        if self.seekable:
            self.stream.seek(0)
            return self.stream
        return io.BufferedReader(Replayed(self.head, self.stream))


@dataclass(frozen=True)
class Format:
    """One format: its name, how it is known, and what reads it.

    `known` gives the reason why a file is of this format ("it begins with UNB"), or None where it is not. Formats are
    asked in the order of the table in `nkscreen.formats.reading`; the first that knows the file reads it.
    """

    name: str
    known: Callable[[Given], str | None]
    read: Callable[[Given], Input]


def by_root(*names: str) -> Callable[[Given], str | None]:
    """Known by the local name of the root element of an XML file."""

    def known(given: Given) -> str | None:
        return f"its root element is {given.root}" if given.root in names else None

    return known
