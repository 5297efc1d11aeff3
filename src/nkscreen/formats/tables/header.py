"""Where a table's header is, what kind of record its rows are, and which column is which field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
    """A recognised header: the number of its last row and of that row's last line, the column names (made unique) and
    their meaning."""

    kind: str
    row: int
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
    best: tuple[int, Header] | None = None
    for index, row in enumerate(usable):
        single = _best(row, row.cells, kinds, mapping, lenient=lenient)
        best = _better(best, single)
        if mapping.header_row is None and index + 1 < len(usable) and usable[index + 1].number == row.number + 1:
            below = usable[index + 1]
            double = _best(below, _stacked(row.cells, below.cells), kinds, mapping, lenient=lenient)
            # One field more could be a chance word in the first record.
            if double and double[0] > 1 + max(single[0] if single else 0, best[0] if best else 0):
                best = double
    return best[1] if best else None


def _better(best: tuple[int, Header] | None, other: tuple[int, Header] | None) -> tuple[int, Header] | None:
    return other if other and (best is None or other[0] > best[0]) else best


def _best(
    row: Row, cells: tuple[str, ...], kinds: Sequence[str], mapping: Mapping, *, lenient: bool
) -> tuple[int, Header] | None:
    best = None
    for kind in kinds:
        matches = _matches(cells, kind, mapping, strict=len(kinds) == 1 and not lenient)
        fields = {match.path for match in matches if match}
        if _enough(matches, fields, kind, mapping):
            best = _better(best, (len(fields), _header(kind, row, cells, matches, mapping)))
    return best


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


def _enough(matches: Sequence[Match | None], fields: set[str], kind: str, mapping: Mapping) -> bool:
    """A kind is believed when one of its core fields is there by a word of its own, or the user mapped a column."""
    spec = next(item for item in vocabulary().kinds if item.name == kind)
    told = bool(mapping.columns) and any(match and match.rank[0] < 0 for match in matches)
    known = any(m and m.path.startswith(spec.telling if m.bare else spec.core) for m in matches)
    return bool(fields) and (told or known)


def _header(kind: str, row: Row, cells: tuple[str, ...], matches: list[Match | None], mapping: Mapping) -> Header:
    names = _unique(cells)
    columns = []
    for index, (name, match) in enumerate(zip(names, matches, strict=True)):
        how = "recognised" if match else "not recognised"
        if cells[index].strip() in mapping.columns:
            how = "map file" if match else "left out"
        path, unit = (match.path, match.unit) if match else (None, "")
        columns.append(ColumnMap(column=index + 1, header=name, path=path, how=how, unit=unit))
    return Header(kind, row.number, row.end, cells, names, tuple(matches), tuple(columns))


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
