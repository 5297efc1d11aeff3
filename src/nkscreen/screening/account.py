"""The account of a run over files: read = screened + quarantined, file by file, and what the inputs' readers noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, repeat
from typing import TypeVar, overload

from nkscreen.errors import NkscreenError
from nkscreen.formats import Input, Quarantined
from nkscreen.records import Record, Source
from nkscreen.screening.summary import FileCount

Outcome = TypeVar("Outcome")

Sieve = Callable[[Sequence[Record]], Sequence[bool]]

TOGETHER = 2_000
"""Records that a sieve is asked about at a time: enough to spread what a call costs, few enough to hold."""


class Account:
    """Counts what becomes of the records of each input. `notes` are sentences that bear on the results."""

    def __init__(self) -> None:
        self.files: list[FileCount] = []
        self.notes: list[str] = []
        self._screened = self._quarantined = 0

    @overload
    def over(self, source: Input, screen: Callable[[Record], Outcome]) -> Iterator[Outcome | Quarantined]: ...

    @overload
    def over(
        self, source: Input, screen: Callable[[Record], Outcome], sieve: Sieve
    ) -> Iterator[Outcome | Quarantined | None]: ...

    def over(
        self, source: Input, screen: Callable[[Record], Outcome], sieve: Sieve | None = None
    ) -> Iterator[Outcome | Quarantined | None]:
        """What `screen` makes of every record of one input, and every row that could not be read or screened.

        `sieve` tells of many records which are worth screening; of the others the outcome is None.
        """
        try:
            for item, worth in _sieved(source, sieve):
                outcome: Outcome | Quarantined | None = None
                if isinstance(item, Quarantined):
                    outcome = item
                elif worth:
                    outcome = screened(item, source.file, screen)
                self.count(1, int(isinstance(outcome, Quarantined)))
                yield outcome
        finally:
            self.close(source)

    def count(self, rows: int, quarantined: int) -> None:
        """Add rows of the input that is being read, and how many of them were set aside."""
        self._screened += rows - quarantined
        self._quarantined += quarantined

    def close(self, source: Input) -> None:
        """The end of an input: its count and its notes join the account."""
        count = FileCount(
            name=source.file,
            format=source.format,
            kind=source.kind,
            read=source.read,
            screened=self._screened,
            quarantined=self._quarantined,
            broken=source.broken,
        )
        self._screened = self._quarantined = 0
        self.files.append(count)
        self.notes += [f"{source.file}: {note}" for note in source.notes]
        if source.broken:
            self.notes.append(
                f"{source.file}: what could not be read of it was not screened; mend it and screen it again"
            )
        elif not count.read:
            self.notes.append(f"{source.file}: no record was found in it")


def _sieved(source: Input, sieve: Sieve | None) -> Iterator[tuple[Record | Quarantined, bool]]:
    """The items of an input, some at a time, each with whether it is worth screening."""
    if sieve is None:
        yield from ((item, True) for item in source)
        return
    while items := list(islice(source, TOGETHER)):
        records = [item for item in items if not isinstance(item, Quarantined)]
        try:
            worth = iter(sieve(records))
        except Exception:  # noqa: BLE001  screening each says which record it was
            worth = repeat(True)
        yield from ((item, isinstance(item, Quarantined) or next(worth)) for item in items)


def screened(record: Record, file: str, screen: Callable[[Record], Outcome]) -> Outcome | Quarantined:
    """What `screen` makes of a record, or the record set aside with the reason why it could not be screened."""
    try:
        return screen(record)
    except Exception as error:  # noqa: BLE001  one record must not end a night's run; it is set aside, loudly
        raw = record.model_dump_json()[:2000]
        return Quarantined(source=record.source or Source(file=file), reason=why_not(error), raw=raw)


def why_not(error: Exception) -> str:
    """Why a record could not be screened, as its quarantine says it."""
    if isinstance(error, NkscreenError):
        return str(error)
    return f"screening failed ({type(error).__name__}: {error}): a defect of nkscreen, please report it"
