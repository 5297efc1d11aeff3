"""Where a table's header is, what kind of record its rows are, and which column is which field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from nkscreen.errors import InputError
from nkscreen.formats.mapping import LEFT_OUT, Mapping
from nkscreen.formats.model import ColumnMap
from nkscreen.formats.tables.columns import Match, recognise
from nkscreen.formats.tables.lines import Row
from nkscreen.formats.tables.paths import resolve
from nkscreen.formats.tables.vocabulary import vocabulary

HEADER_ROWS = 30
"""The header is looked for among this many rows; exports put at most a dozen title lines above it."""


@dataclass(frozen=True, slots=True)
class Header:
    """A recognised header: its first and last line, the column names (made unique) and their meaning."""

    kind: str
    start: int
    end: int
    cells: tuple[str, ...]
    names: tuple[str, ...]
    matches: tuple[Match | None, ...]
    columns: tuple[ColumnMap, ...]


def find(rows: Sequence[Row], kind: str, mapping: Mapping, *, lenient: bool = False) -> Header | None:
    """The header among the first rows of a table, for one kind of record or for the kind that explains most ("auto").

    A header may take two rows (SHIPPER above NAME and ADDRESS). None when no row names anything that can be screened.
    `lenient` overlooks mistakes in the map file, for trying things out.

    Raises:
        InputError: when a map file names a field that the kind does not have.
    """
    usable = [row for row in rows if not row.blank and not row.problem]
    if mapping.header_row is not None:
        usable = [row for row in usable if row.number >= mapping.header_row][:1]
    kinds = [item.name for item in vocabulary().kinds] if kind == "auto" else [kind]
    strict = len(kinds) == 1 and not lenient
    best = _Guess(0)
    for row, below in zip_longest(usable, usable[1:]):
        single = _guess(row, row.cells, row.number, kinds, mapping, strict=strict)
        best = max(best, single, key=lambda guess: guess.score)
        if below is not None and below.number == row.end + 1:
            double = _guess(below, _stacked(row.cells, below.cells), row.number, kinds, mapping, strict=strict)
            # One field more could be a chance word in the first record.
            if double.score > 1 + max(single.score, best.score):
                best = double
    # When the row that explains most is no header of records, one that explains less is a record that looks like one.
    return best.header


@dataclass(frozen=True, slots=True)
class _Guess:
    """How many fields a row names, and the header it would be; None when nothing in it can be screened."""

    score: int
    header: Header | None = None


def _guess(
    row: Row, cells: tuple[str, ...], start: int, kinds: Sequence[str], mapping: Mapping, *, strict: bool
) -> _Guess:
    guesses = [_Guess(0)]
    for kind in kinds:
        matches = _matches(cells, kind, mapping, strict=strict)
        score = len({match.path for match in matches if match})
        enough = score > 0 and _enough(matches, kind)
        guesses.append(_Guess(score, _header(kind, (start, row.end), cells, matches, mapping) if enough else None))
    most = max(guesses, key=lambda guess: guess.score)
    fitting = max((guess for guess in guesses if guess.header), key=lambda guess: guess.score, default=most)
    return _Guess(most.score, fitting.header)


def _matches(cells: tuple[str, ...], kind: str, mapping: Mapping, *, strict: bool) -> list[Match | None]:
    matches = recognise(["" if cell.strip() in mapping.columns else cell for cell in cells], kind)
    for index, cell in enumerate(cells):
        path = mapping.columns.get(cell.strip())
        if path and path != LEFT_OUT:
            try:
                resolve(kind, path)
            except InputError:
                if strict:
                    raise
                continue
            matches[index] = Match(path, (cell.strip(),), (-1, 0))
    return matches


def _enough(matches: Sequence[Match | None], kind: str) -> bool:
    """A kind is believed when one of its core fields is there by a word of its own, or the user mapped a column."""
    spec = next(item for item in vocabulary().kinds if item.name == kind)
    told = any(match and match.rank[0] < 0 for match in matches)
    return told or any(m and m.path.startswith(spec.telling if m.bare else spec.core) for m in matches)


def _header(
    kind: str, lines: tuple[int, int], cells: tuple[str, ...], matches: list[Match | None], mapping: Mapping
) -> Header:
    names = _unique(cells)
    columns = []
    for index, (name, match) in enumerate(zip(names, matches, strict=True)):
        how = "recognised" if match else "not recognised"
        if cells[index].strip() in mapping.columns:
            how = "map file" if match else "left out"
        path, unit = (match.path, match.unit) if match else (None, "")
        columns.append(ColumnMap(column=index + 1, header=name, path=path, how=how, unit=unit))
    return Header(kind, *lines, cells, names, tuple(matches), tuple(columns))


def _unique(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Names that tell columns apart: a repeated header gets its number (NAME, NAME (2)), an empty one its place."""
    seen: dict[str, int] = {}
    names = []
    for index, cell in enumerate(cells):
        name = re.sub(r"\s+", " ", cell).strip() or f"column {index + 1}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _stacked(above: tuple[str, ...], below: tuple[str, ...]) -> tuple[str, ...]:
    """Two header rows as one; a group's title stands over its first column only."""
    titles, title = [], ""
    for index in range(len(below)):
        title = (above[index].strip() if index < len(above) else "") or title
        titles.append(title)
    return tuple(f"{title} {cell}".strip() for title, cell in zip(titles, below, strict=True))
