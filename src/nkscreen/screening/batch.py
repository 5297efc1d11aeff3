"""Many records from many files, with an account that must balance: read = screened + quarantined."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from nkscreen.alerts import Alert, Severity
from nkscreen.formats import Input, Quarantined
from nkscreen.records import Record
from nkscreen.screening.account import Account, screened
from nkscreen.screening.journal import CHUNK, Journal
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

    def resumed(self, source: Input, journal: Journal) -> Iterator[Alert | Quarantined]:
        """Like `run` with alerts alone, chunk by chunk: what the journal has is taken from it, the rest is screened
        and kept. The input is read from its beginning in any case, as reading is what tells its rows apart."""
        number = len(self._account.files)
        for chunk, items in enumerate(iter(lambda: list(islice(source, CHUNK)), [])):
            name = f"{number:04}-{chunk:08}.jsonl"
            lines = journal.read(name)
            if lines is None:
                lines = list(self._chunk(items, source.file))
                journal.keep(name, lines)
            else:
                self._recount(json.loads(lines[0]))
            found = [_read(line) for line in lines[1:]]
            self._account.count(len(items), sum(isinstance(item, Quarantined) for item in found))
            yield from found
        self._account.close(source)

    def _chunk(self, items: Iterable[Record | Quarantined], file: str) -> Iterator[str]:
        """A chunk as lines: the counts, then every alert and every row set aside."""
        part = Batch(self.screener)
        lines = []
        for item in items:
            outcome = item if isinstance(item, Quarantined) else screened(item, file, self.screener.screen)
            if isinstance(outcome, Quarantined):
                lines.append(f"quarantined {outcome.model_dump_json()}")
            else:
                part._count(outcome)
                if outcome.alert:
                    lines.append(f"alert {outcome.alert.model_dump_json()}")
        counts = part._counts()
        self._recount(counts)
        yield json.dumps(counts)
        yield from lines

    def _counts(self) -> dict[str, Any]:
        return {
            "cleared": self._cleared,
            "incomplete": self._incomplete,
            "undecided": self._undecided,
            "sparse": self._sparse,
            "severities": dict(self._severities),
            "uncertain": dict(self._uncertain),
        }

    def _recount(self, counts: Mapping[str, Any]) -> None:
        self._cleared += counts["cleared"]
        self._incomplete += counts["incomplete"]
        self._undecided += counts["undecided"]
        self._sparse += counts["sparse"]
        self._severities.update({Severity(name): number for name, number in counts["severities"].items()})
        self._uncertain.update(counts["uncertain"])

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


def _read(line: str) -> Alert | Quarantined:
    what, _, text = line.partition(" ")
    return Alert.model_validate_json(text) if what == "alert" else Quarantined.model_validate_json(text)
