"""Rows of a small CSV table that people keep by hand: decisions, ownership."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from nkscreen.errors import InputError


def csv_rows(path: Path, columns: Sequence[str], needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Every row as its line in the file and the text of each of `columns`, trimmed; empty where a cell is missing.

    Raises:
        InputError: the file cannot be read as CSV in UTF-8, or its first row lacks a column that is `needed`.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            table = csv.DictReader(stream, strict=True)
            if absent := [name for name in needed if name not in (table.fieldnames or ())]:
                raise InputError(f"lacks the columns {', '.join(absent)}", file=str(path), row=1)
            for row in table:
                yield table.line_num, {name: (row.get(name) or "").strip() for name in columns}
    except (OSError, UnicodeError, csv.Error) as error:
        raise InputError(f"cannot be read as a CSV file in UTF-8 ({error})", file=str(path)) from error
