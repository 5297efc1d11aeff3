"""Many records from many files, with an account that must balance: read = screened + quarantined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from nkscreen.alerts import Severity
from nkscreen.errors import NkscreenError
from nkscreen.formats import Input, Quarantined
from nkscreen.records import Record, Source
from nkscreen.screening.result import ScreeningResult
from nkscreen.screening.screener import Screener
from nkscreen.screening.summary import FileCount, RunSummary

CODES = {
    "country": "countries",
    "port": "ports",
    "hs": "HS codes",
    "imo": "IMO numbers",
    "mmsi": "MMSI",
    "bic": "BICs",
    "date": "dates",
}
"""Kinds of code in words."""


class Batch:
    """Screens inputs one after another, streaming, and keeps the account of the run."""

    def __init__(self, screener: Screener, *, warnings: Iterable[str] = ()) -> None:
        self.screener = screener
        self._warnings = list(warnings)
        self._files: list[FileCount] = []
        self._severities: Counter[Severity] = Counter()
        self._cleared = self._incomplete = self._undecided = self._sparse = 0
        self._uncertain: Counter[str] = Counter()

    def run(self, source: Input) -> Iterator[ScreeningResult | Quarantined]:
        """Every record of one input as a result, every row that could not be read or screened as quarantined."""
        screened = quarantined = 0
        try:
            for item in source:
                outcome = item if isinstance(item, Quarantined) else self._screen(item, source.file)
                if isinstance(outcome, Quarantined):
                    quarantined += 1
                else:
                    screened += 1
                    self._count(outcome)
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
            self._files.append(count)
            self._warnings += [f"{source.file}: {note}" for note in source.notes]
            if not count.read:
                self._warnings.append(f"{source.file}: no record was found in it")

    def summary(self) -> RunSummary:
        """The account of everything run so far."""
        return RunSummary(
            files=tuple(self._files),
            alerts_by_severity={s: self._severities[s] for s in reversed(Severity) if self._severities[s]},
            cleared=self._cleared,
            incomplete=self._incomplete,
            undecided=self._undecided,
            warnings=(*self._warnings, *self._reservations()),
            provenance=self.screener.provenance(),
        )

    def _reservations(self) -> Iterator[str]:
        """What "clear" does not cover in this run."""
        if self._incomplete:
            old = "; ".join(self.screener.provenance().outdated)
            yield (
                f"{self._incomplete:,} records met nothing and are not called clear, because a list is too old ({old})."
                " Load current lists and screen them again."
            )
        if self._uncertain:
            kinds = ", ".join(f"{number:,} {CODES[kind]}" for kind, number in sorted(self._uncertain.items()))
            yield f"Values given but not readable, so that neither rules nor matching could use them: {kinds}."
        if self._sparse:
            yield (
                f"{self._sparse:,} records say too little (goods, places or dates are not given) for some rules to be "
                "applied; their parties were screened."
            )

    def _screen(self, record: Record, file: str) -> ScreeningResult | Quarantined:
        try:
            return self.screener.screen(record)
        except NkscreenError as error:
            reason = str(error)
        except Exception as error:  # noqa: BLE001  one record must not end a night's run; it is set aside, loudly
            reason = f"screening failed ({type(error).__name__}: {error}): a defect of nkscreen, please report it"
        return Quarantined(
            source=record.source or Source(file=file), reason=reason, raw=record.model_dump_json()[:2000]
        )

    def _count(self, result: ScreeningResult) -> None:
        self._sparse += bool(result.unresolved)
        self._uncertain.update(item.kind for item in result.uncertainties)
        if result.alert is None:
            self._cleared += result.status == "clear"
            self._incomplete += result.status == "incomplete"
        else:
            self._severities[result.alert.severity] += 1
            self._undecided += any(finding.outcome == "unknown" for finding in result.findings)
