"""Many records from many files, with an account that must balance: read = screened + quarantined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from nkscreen.alerts import Severity
from nkscreen.formats import Input, Quarantined
from nkscreen.screening.account import Account
from nkscreen.screening.result import ScreeningResult
from nkscreen.screening.screener import Screener
from nkscreen.screening.summary import RunSummary

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
        self._warnings = tuple(warnings)
        self._account = Account()
        self._severities: Counter[Severity] = Counter()
        self._cleared = self._incomplete = self._undecided = self._sparse = 0
        self._uncertain: Counter[str] = Counter()

    def run(self, source: Input) -> Iterator[ScreeningResult | Quarantined]:
        """Every record of one input as a result, every row that could not be read or screened as quarantined."""
        for outcome in self._account.over(source, self.screener.screen):
            if isinstance(outcome, ScreeningResult):
                self._count(outcome)
            yield outcome

    def summary(self) -> RunSummary:
        """The account of everything run so far."""
        return RunSummary(
            files=tuple(self._account.files),
            alerts_by_severity={s: self._severities[s] for s in reversed(Severity) if self._severities[s]},
            cleared=self._cleared,
            incomplete=self._incomplete,
            undecided=self._undecided,
            warnings=(*self._warnings, *self._account.notes, *self._reservations()),
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

    def _count(self, result: ScreeningResult) -> None:
        self._sparse += bool(result.unresolved)
        self._uncertain.update(item.kind for item in result.uncertainties)
        if result.alert is None:
            self._cleared += result.status == "clear"
            self._incomplete += result.status == "incomplete"
        else:
            self._severities[result.alert.severity] += 1
            self._undecided += any(finding.outcome == "unknown" for finding in result.findings)
