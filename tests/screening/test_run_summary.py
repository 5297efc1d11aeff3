from datetime import date

import pytest
from pydantic import ValidationError

from nkscreen.alerts import Provenance, Severity
from nkscreen.screening.summary import FileCount, RunSummary

PROVENANCE = Provenance(
    library="0.1.0", as_of=date(2026, 3, 2), lists=(), rulebook="", rulebook_sha256="", policy_sha256=""
)


def summary(*files: FileCount) -> RunSummary:
    return RunSummary(files=files, alerts_by_severity={Severity.HIGH: 2, Severity.LOW: 1}, provenance=PROVENANCE)


def test_totals_are_the_sums_over_files():
    run = summary(
        FileCount(name="a.csv", read=10, screened=9, quarantined=1), FileCount(name="b.csv", read=2, screened=2)
    )
    assert (run.read, run.screened, run.quarantined, run.alerts) == (12, 11, 1, 3)
    assert run.balanced


def test_a_lost_record_unbalances_the_run():
    assert not summary(FileCount(name="a.csv", read=3, screened=1, quarantined=1)).balanced


def test_a_loss_in_one_file_is_not_hidden_by_a_surplus_in_another():
    run = summary(FileCount(name="a", read=2, screened=1), FileCount(name="b", read=1, screened=2))
    assert run.read == run.screened
    assert not run.balanced


def test_counts_cannot_be_negative():
    with pytest.raises(ValidationError):
        FileCount(name="a", read=-1)
