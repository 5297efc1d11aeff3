"""What screening one record gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nkscreen.alerts import Alert, Finding, Hit
from nkscreen.records import Record, Uncertainty


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """One record, completely screened. `hits` holds every hit kept, also those that raise nothing (not in force, or
    contradicted by an identifier); `uncertainties` the codes in the record that could not be read."""

    record: Record
    hits: tuple[Hit, ...]
    findings: tuple[Finding, ...]
    uncertainties: tuple[Uncertainty, ...]
    alert: Alert | None

    @property
    def status(self) -> Literal["alert", "undecided", "clear"]:
        """`clear` only when nothing was hit, nothing matched and no rule lacked data; `undecided` when only that."""
        if self.alert is None:
            return "clear"
        return "undecided" if not self.alert.contributions else "alert"
