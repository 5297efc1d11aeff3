"""Physical lines of bytes into rows of cells, so that nothing a file holds can take its neighbours along.

Three bounds keep one bad place from becoming a bad file: a line longer than 1 MiB, a quote that never closes and bytes
that do not decode each cost the one row they stand in. Rows are numbered by the physical line they start on, from 1.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

MAX_LINE_BYTES = 1024 * 1024
"""A longer line is no row of a table; ten times the longest bill of lading seen."""

MAX_QUOTED_LINES = 64
MAX_QUOTED_CHARACTERS = 64 * 1024
"""A quoted cell may run over this many lines and characters; beyond, its opening quote is taken for a stray one."""
_TOO_LONG = "the line is longer than 1 MiB and cannot be a table row; repair the file's line ends"
_HOW_ENCODING = "save the file as UTF-8, or give its encoding in a map file"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, or with `problem` set a row that could not be cut into cells and its `text`.

    `number` is the line it starts on, `lines` how many it takes.
    """

    number: int
    cells: tuple[str, ...] = ()
    problem: str = ""
    text: str = ""
    lines: int = 1

    @property
    def end(self) -> int:
        return self.number + self.lines - 1

    @property
    def blank(self) -> bool:
        return not self.problem and not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    problem: str = ""


class RowReader(Iterator[Row]):
    """Rows of a delimited text. Set `width` to the number of columns once the header is known; `rewind` gives rows
    that were read before that back, to be cut again."""

    def __init__(self, stream: IO[bytes], encoding: str, delimiter: str) -> None:
        self._stream, self._encoding, self._delimiter = stream, encoding, delimiter
        self._number = 0
        self._pending: deque[_Line] = deque()
        self._seen: list[_Line] | None = []
        self.width: int | None = None

    def rewind(self, after: int = 0) -> None:
        """Go back to the line after number `after`; possible once."""
        assert self._seen is not None, "rewind() is possible once"
        seen = {line.number: line for line in (*self._seen, *self._pending)}
        self._pending = deque(seen[number] for number in sorted(seen) if number > after)
        self._seen = None

    def __next__(self) -> Row:
        line = self._line()
        if line is None:
            raise StopIteration
        if line.problem:
            return Row(line.number, problem=line.problem, text=line.text)
        if '"' not in line.text:
            return Row(line.number, tuple(line.text.split(self._delimiter)))
        return self._quoted(line)

    def _quoted(self, first: _Line) -> Row:
        taken = [first]
        open_at_end = False

        def feed() -> Iterator[str]:
            nonlocal open_at_end
            yield first.text
            open_at_end = True

        try:
            cells = self._cut(feed())
            if not open_at_end:
                return Row(first.number, cells)
            # Strict, and as wide as the header: else a stray quote would pair up with one some rows further on.
            cells = self._cut(self._more(taken), strict=True)
            if (
                self.width is None
                or len(cells) == self.width
                or (len(cells) > self.width and not any(cells[self.width :]))
            ):
                return Row(first.number, cells, lines=len(taken))
        except csv.Error:
            pass
        self._pending.extendleft(reversed(taken[1:]))
        return Row(first.number, problem="the quotes of this row do not pair up; repair them", text=first.text)

    def _cut(self, lines: Iterator[str], *, strict: bool = False) -> tuple[str, ...]:
        return tuple(next(csv.reader(lines, delimiter=self._delimiter, skipinitialspace=True, strict=strict), ()))

    def _more(self, taken: list[_Line]) -> Iterator[str]:
        yield taken[0].text + "\n"
        size = len(taken[0].text)
        while len(taken) < MAX_QUOTED_LINES and size <= MAX_QUOTED_CHARACTERS:
            line = self._line()
            if line is None:
                return
            taken.append(line)
            if line.problem:
                return
            size += len(line.text)
            yield line.text + "\n"

    def _line(self) -> _Line | None:
        line = self._pending.popleft() if self._pending else self._physical()
        if line is not None and self._seen is not None and (not self._seen or line.number > self._seen[-1].number):
            self._seen.append(line)
        return line

    def _physical(self) -> _Line | None:
        data = self._stream.readline(MAX_LINE_BYTES + 1)
        if not data:
            return None
        self._number += 1
        if len(data) > MAX_LINE_BYTES and not data.endswith(b"\n"):
            head = data[:4096]
            while data and not data.endswith(b"\n"):
                data = self._stream.readline(MAX_LINE_BYTES)
            text = head.decode(self._encoding, "replace")
            return _Line(self._number, text, _TOO_LONG)
        data = data.rstrip(b"\r\n")
        try:
            text = data.decode(self._encoding)
            return _Line(self._number, text.removeprefix("\ufeff") if self._number == 1 else text)
        except UnicodeError:
            shown = data[:4096].decode(self._encoding, "replace")
            return _Line(self._number, shown, f"the row is not {self._encoding}; {_HOW_ENCODING}")
