"""The account of a run over files: read = screened + quarantined, file by file, and what the inputs' readers noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from nkscreen.errors import NkscreenError
from nkscreen.formats import Input, Quarantined
from nkscreen.records import Record, Source
from nkscreen.screening.summary import FileCount

Outcome = TypeVar("Outcome")


class Account:
    """Counts what becomes of the records of each input. `notes` are sentences that bear on the results."""

    def __init__(self) -> None:
        self.files: list[FileCount] = []
        self.notes: list[str] = []

    def over(self, source: Input, screen: Callable[[Record], Outcome]) -> Iterator[Outcome | Quarantined]:
        """What `screen` makes of every record of one input, and every row that could not be read or screened."""
        screened = quarantined = 0
        try:
            for item in source:
                outcome = item if isinstance(item, Quarantined) else _screened(item, source.file, screen)
                if isinstance(outcome, Quarantined):
                    quarantined += 1
                else:
                    screened += 1
                yield outcome
        finally:
            count = FileCount(
                name=source.file,
                format=source.format,
                kind=source.kind,
                read=source.read,
                screened=screened,
                quarantined=quarantined,
            )
            self.files.append(count)
            self.notes += [f"{source.file}: {note}" for note in source.notes]
            if not count.read:
                self.notes.append(f"{source.file}: no record was found in it")


def _screened(record: Record, file: str, screen: Callable[[Record], Outcome]) -> Outcome | Quarantined:
    try:
        return screen(record)
    except NkscreenError as error:
        reason = str(error)
    except Exception as error:  # noqa: BLE001  one record must not end a night's run; it is set aside, loudly
        reason = f"screening failed ({type(error).__name__}: {error}): a defect of nkscreen, please report it"
    return Quarantined(source=record.source or Source(file=file), reason=reason, raw=record.model_dump_json()[:2000])
