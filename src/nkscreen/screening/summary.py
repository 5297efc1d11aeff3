"""What a run read, screened, set aside and found."""

from __future__ import annotations

from pydantic import Field

from nkscreen.alerts.model import Provenance, Severity
from nkscreen.records.model import Model


class FileCount(Model):
    """One input file: how it was understood, and what became of its records. `broken` says why it could not be read, or
    not to its end; that counts as one quarantined record."""

    name: str
    format: str = ""
    kind: str = ""
    read: int = Field(default=0, ge=0)
    screened: int = Field(default=0, ge=0)
    quarantined: int = Field(default=0, ge=0)
    broken: str = ""

    @property
    def balanced(self) -> bool:
        """Whether every record that was read was either screened or quarantined."""
        return self.read == self.screened + self.quarantined


class RunSummary(Model):
    """One run over any number of files.

    `cleared` counts the records with no hit and no finding after a complete screening; `incomplete` those that met
    nothing on lists too old to say so; `undecided` those for which at least one rule stayed unknown for want of data.
    `warnings` are sentences that bear on results of the run, such as a list that is too old, values that could not be
    read, or records that say too little for some rules.
    """

    files: tuple[FileCount, ...] = ()
    alerts_by_severity: dict[Severity, int] = Field(default_factory=dict)
    cleared: int = Field(default=0, ge=0)
    incomplete: int = Field(default=0, ge=0)
    undecided: int = Field(default=0, ge=0)
    warnings: tuple[str, ...] = ()
    provenance: Provenance

    @property
    def read(self) -> int:
        """Records read in all files."""
        return sum(file.read for file in self.files)

    @property
    def screened(self) -> int:
        """Records screened in all files."""
        return sum(file.screened for file in self.files)

    @property
    def quarantined(self) -> int:
        """Records set aside in all files because they could not be read."""
        return sum(file.quarantined for file in self.files)

    @property
    def broken(self) -> tuple[FileCount, ...]:
        """Files that could not be read, or not to their end."""
        return tuple(file for file in self.files if file.broken)

    @property
    def alerts(self) -> int:
        """Alerts of every severity."""
        return sum(self.alerts_by_severity.values())

    @property
    def balanced(self) -> bool:
        """Whether records read = records screened + records quarantined, in each file and so in total."""
        return all(file.balanced for file in self.files)
