import pytest
from alert_samples import PROVENANCE, sample_alerts, sample_summary
from pydantic import ValidationError

from nkscreen.report import FileCount, RunSummary


def test_totals_are_the_sums_over_files():
    summary = sample_summary(sample_alerts())
    assert (summary.read, summary.screened, summary.quarantined) == (1388, 1386, 2)
    assert summary.alerts == 12
    assert summary.balanced


def test_a_lost_record_unbalances_the_run():
    summary = RunSummary(files=(FileCount(name="a.csv", read=3, screened=1, quarantined=1),), provenance=PROVENANCE)
    assert not summary.balanced


def test_a_loss_in_one_file_is_not_hidden_by_a_surplus_in_another():
    files = (FileCount(name="a", read=2, screened=1), FileCount(name="b", read=1, screened=2))
    summary = RunSummary(files=files, provenance=PROVENANCE)
    assert summary.read == summary.screened
    assert not summary.balanced


def test_counts_cannot_be_negative():
    with pytest.raises(ValidationError):
        FileCount(name="a", read=-1)
