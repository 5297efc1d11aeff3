"""What screening one record gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nkscreen.alerts import Alert, Finding, Hit
from nkscreen.records import Record, Uncertainty


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """One record, completely screened. `hits` holds every hit kept, also those that raise nothing (not in force, or
    contradicted by an identifier); `uncertainties` the codes in the record that could not be read, and
    `unresolved` the rules that could not be applied because the record says nothing they need. `outdated` says which
    lists were too old for the policy on the day of the run."""

    record: Record
    hits: tuple[Hit, ...]
    findings: tuple[Finding, ...]
    uncertainties: tuple[Uncertainty, ...]
    unresolved: tuple[str, ...]
    alert: Alert | None
    outdated: tuple[str, ...] = ()

    @property
    def status(self) -> Literal["alert", "undecided", "exempted", "incomplete", "clear"]:
        """`clear` only when nothing was hit, nothing matched, no rule lacked data and no list was too old (then it is
        `incomplete`); `undecided` and `exempted` when that is all there is."""
        if self.alert is None:
            return "incomplete" if self.outdated else "clear"
        outcomes = {finding.outcome for finding in self.findings}
        if self.alert.contributions:
            return "alert"
        return "undecided" if "unknown" in outcomes else "exempted"
