"""What every reader does the same way: text, codes, problems, and the last checks before a snapshot is made."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, cast

from pydantic import ValidationError

from nkscreen.errors import ListError, Problem
from nkscreen.records.codes import country, dates
from nkscreen.records.model import validation_message
from nkscreen.watchlist.model import ListedEntity, ReadReport, Snapshot

MAX_BYTES = 1_000_000_000
"""Largest list file that is read. The biggest published one (OpenSanctions, all entities) is near this size."""

MAX_TEXT = 200
"""Longest text kept where a code should stand (the records' limit)."""

MAX_FACT = 500
"""Longest stated fact that is taken apart; real ones have up to 380 characters. A longer one is kept as a note, so that
no text can make a pattern run long."""

MAX_BIRTH_RANGE_YEARS = 5
"""A range of birth years up to this wide is kept as its years; a wider one says too little to compare, and is noted."""

MAX_RATIO = 200
"""How far an archive may be compressed; XML shrinks to a twentieth, a bomb to a thousandth."""

MAX_LOST_SHARE = 0.001
"""Largest share of a publisher's entries that may be unreadable. Thirteen UN and OFAC lists of 2020 to 2026 lose none
of their 105,585 entries, so one that is lost may be a slip of the publisher, but more than one in a thousand is a
damaged file. A list of fewer than 1,000 entries may therefore lose none."""

_NOTHING = frozenset({"", "na", "n/a", "-", "--", "none", "null", "unknown", "-0-", "none identified"})


def tidy(text: str | None) -> str:
    """One line of text: white space collapsed, control characters gone. For parts of names: "Na" is one."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in text or "").split())


def clean(text: str | None) -> str:
    """`tidy` text; "na", "NULL" and the like become ""."""
    words = tidy(text)
    return "" if words.casefold() in _NOTHING else words


def load_bytes(path: Path, first: int = -1) -> bytes:
    """The file's bytes, or the first so many of them; those inside where it is a gzip file (`.gz`).

    Raises:
        ListError: the file is missing, unreadable, empty or larger than `MAX_BYTES`.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise ListError(f"is larger than {MAX_BYTES:,} bytes; check that it is a sanctions list", file=str(path))
        with open_bytes(path) as file:
            data = file.read(MAX_BYTES + 1 if first < 0 else first)
    except (zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise ListError(f"is a damaged gzip file ({error}); download the list again", file=str(path)) from error
    except OSError as error:
        raise ListError(f"cannot be read ({error.strerror}); check the path", file=str(path)) from error
    if len(data) > MAX_BYTES:
        raise ListError(f"unpacks to more than {MAX_BYTES:,} bytes; check that it is a sanctions list", file=str(path))
    if not data.strip(b" \r\n\t\x00\x1a\xef\xbb\xbf"):
        raise ListError("is empty; download the list again before screening", file=str(path))
    return data


def open_bytes(path: Path) -> IO[bytes]:
    """The file as a stream, unpacked where it is a gzip file (`.gz`)."""
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path))
    return path.open("rb")


@contextmanager
def archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """A zip archive (a workbook is one) that is known not to unpack to more than a list can have.

    Raises:
        ListError: damaged, also while it is read; or it unpacks to more than `MAX_BYTES`, or to `MAX_RATIO` its size.
    """
    try:
        with zipfile.ZipFile(path) as opened:
            size = sum(part.file_size for part in opened.infolist())
            packed = sum(part.compress_size for part in opened.infolist())
            if size > min(MAX_BYTES, MAX_RATIO * max(packed, 4096)):
                raise ListError(f"unpacks to {size:,} bytes; check that it is a sanctions list", file=str(path))
            yield opened
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, KeyError) as error:
        raise ListError(f"is a damaged archive ({error}); download the list again", file=str(path)) from error
    except OSError as error:
        raise ListError(f"cannot be read ({error.strerror}); check the path", file=str(path)) from error


def in_other_script(text: str) -> bool:
    """Whether a name is written in letters that are not Latin."""
    return any(letter.isalpha() and not ("A" <= letter < "\u0250" or "\u1e00" <= letter < "\u1f00") for letter in text)


def birth_years(first: str, last: str) -> tuple[str, ...]:
    """The years of a range that is narrow enough to compare; none of a wider one, which belongs in a note."""
    years = range(int(first), int(last) + 1)
    return tuple(map(str, years)) if len(years) <= MAX_BIRTH_RANGE_YEARS + 1 else ()


def date_in_name(path: Path) -> date | None:
    """The ISO date in a file name, for lists that carry no date inside."""
    found = re.search(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)", path.name)
    return dates.parse_day(found[0]) if found else None


class Reading:
    """Collects the entities of one file and the problems met, then makes the snapshot."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read = 0
        self.entities: dict[str, ListedEntity] = {}
        self.problems: list[str] = []
        self.lost: list[str] = []
        self.missing: list[str] = []
        self._lines: dict[str, int | None] = {}

    def problem(self, message: str, *, line: int | None = None, field: str = "") -> None:
        self.problems.append(str(Problem(message, file=self.path.name, line=line, field=field)))

    def lose(self, message: str, *, line: int | None = None) -> None:
        """A problem that costs an entry; `snapshot` refuses a file with too many of them."""
        self.problem(message, line=line)
        self.lost.append(self.problems[-1])

    def countries(self, texts: Iterable[str], *, entry: str, line: int | None = None) -> tuple[str, ...]:
        """Country codes in order, each once. What cannot be read stays as given and is reported."""
        found: dict[str, None] = {}
        for text in map(clean, texts):
            if text:
                code = country.parse(text)
                if code is None:
                    self.problem(f"entry {entry}: country {text!r} kept as given: {country.why(text)}", line=line)
                found[code or text[:MAX_TEXT]] = None
        return tuple(found)

    def codes(
        self,
        texts: Iterable[str],
        parse: Callable[[str], str | None],
        why: Callable[[str], str],
        *,
        line: int | None = None,
        field: str,
    ) -> tuple[str, ...]:
        """Codes in order, each once. What cannot be read is reported and left out: it could never be compared."""
        found: dict[str, None] = {}
        for text in texts:
            code = parse(text)
            if code is None:
                self.problem(f"{text!r} left out: {why(text)}", line=line, field=field)
            else:
                found[code] = None
        return tuple(found)

    def first(self, values: Sequence[str], *, line: int | None = None, field: str) -> str | None:
        """The first value of a field that has room for one, or None. Values beyond it are reported."""
        if len(values) > 1:
            self.problem(f"only {values[0]} is kept, not {', '.join(values[1:])}", line=line, field=field)
        return values[0] if values else None

    def add(self, values: dict[str, object], *, line: int | None = None) -> None:
        """Add one entity, given by its fields. Refused, with a problem: no name and no identifier, an id met before."""
        try:
            entity = ListedEntity.model_validate(values)
        except ValidationError as error:
            self.lose(f"entry {values.get('id') or '?'} not kept: {validation_message(error)}", line=line)
            return
        if not (entity.names or entity.imo_number or entity.wallets):
            self.lose(f"entry {entity.id} not kept: it has no name, IMO number or wallet", line=line)
        elif entity.id in self.entities:
            before = self._lines[entity.id]
            place = "before" if before is None else f"in line {before}"
            self.lose(f"entry {entity.id} not kept: the id stands in this file {place}", line=line)
        else:
            self.entities[entity.id] = entity
            self._lines[entity.id] = line

    def snapshot(self, publisher: str, title: str, list_date: date | None, sources: Iterable[str]) -> Snapshot:
        """The snapshot of everything added.

        Raises:
            ListError: nothing could be read, or more than `MAX_LOST_SHARE` of the entries could not.
        """
        if not self.entities:
            first = f" (first problem: {self.problems[0]})" if self.problems else ""
            raise ListError(f"holds no entries; download the list again before screening{first}", file=str(self.path))
        if len(self.lost) > MAX_LOST_SHARE * self.read:
            raise ListError(
                f"is damaged: {len(self.lost)} of {self.read} entries cannot be read, more than {MAX_LOST_SHARE:.1%}; "
                f"download the list again before screening (first: {self.lost[0]})",
                file=str(self.path),
            )
        return Snapshot(
            publisher=publisher,
            title=title,
            list_date=list_date,
            sources=tuple(sources),
            entities=tuple(self.entities.values()),
            report=ReadReport(
                read=self.read,
                kept=len(self.entities),
                problems=tuple(self.problems),
                missing=tuple(self.missing),
            ),
        )
