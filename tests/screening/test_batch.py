"""Many records, and an account that balances."""

import pytest

from nkscreen import Batch, RuleError, Screener, load_policy, open_input
from nkscreen.formats import Quarantined
from nkscreen.screening.summary import FileCount


def run(screener, path, **options):
    batch = Batch(screener)
    return list(batch.run(open_input(path, **options))), batch.summary()


def test_read_is_screened_plus_quarantined(screener, fixtures):
    items, summary = run(screener, fixtures / "manifests/dalian_feeder.csv")
    assert (summary.read, summary.screened, summary.quarantined) == (22, 21, 1)
    assert len(items) == 22
    assert summary.balanced
    assert summary.cleared + summary.alerts == summary.screened


def test_an_account_that_does_not_balance_shows():
    assert not FileCount(name="x", read=3, screened=1, quarantined=1).balanced


def test_a_defect_sets_one_record_aside_and_not_the_run(screener, tmp_path, monkeypatch):
    path = tmp_path / "names.csv"
    path.write_text("id,name,country\n1,Blue Heron,GB\n2,Red Kite,GB\n", encoding="utf-8")
    original = Screener.screen

    def fails_on_two(self, record, **options):
        if record.id == "2":
            raise ZeroDivisionError("boom")
        return original(self, record, **options)

    monkeypatch.setattr(Screener, "screen", fails_on_two)
    items, summary = run(screener, path, kind="counterparty")
    assert (summary.screened, summary.quarantined) == (1, 1)
    assert isinstance(items[1], Quarantined)
    assert "ZeroDivisionError" in items[1].reason
    assert items[1].source.row == 3


def test_a_file_without_records_is_a_warning(screener, tmp_path):
    path = tmp_path / "empty.csv"
    path.write_text("id,name,country\n", encoding="utf-8")
    _, summary = run(screener, path, kind="counterparty")
    assert any("no record" in warning for warning in summary.warnings)


def test_a_policy_beside_a_team_s_rules_is_used_and_its_errors_are_placed(tmp_path):
    policy = tmp_path / "policy"
    policy.mkdir()
    file = policy / "scoring.yaml"
    text = (load_policy.__globals__["bundled_rules"]() / "policy/scoring.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("value: 0.5", "value: 0.9"), encoding="utf-8")
    assert load_policy(tmp_path).alert_threshold.value == 0.9
    file.write_text(
        text.replace("value: 0.5", "value: often").replace("version: 1", "version: 1\nsurprise: 2"), "utf-8"
    )
    with pytest.raises(RuleError) as error:
        load_policy(tmp_path)
    assert "surprise" in str(error.value)
    assert "scoring.yaml:" in str(error.value)


def test_a_folder_without_policy_uses_the_bundled_one(tmp_path):
    assert load_policy(tmp_path) == load_policy()
    assert load_policy().alert_threshold.reason


OVERRIDE = """schema: nkscreen/policy@1
version: 7
jurisdictions:
  value: [SG]
  reason: the company trades from Singapore alone
"""


def test_a_team_overrides_single_settings_and_the_rest_stays_the_pack_s(tmp_path):
    file = tmp_path / "ours.yaml"
    file.write_text(OVERRIDE, encoding="utf-8")
    own, pack = load_policy(override=file), load_policy()
    assert (own.jurisdictions.value, own.version) == (("SG",), 7)
    assert own.model_copy(update={"jurisdictions": pack.jurisdictions, "version": pack.version}) == pack
    assert own.sha256 != pack.sha256


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (OVERRIDE.replace("[SG]", "4"), "ours.yaml:4"),
        (OVERRIDE.replace("jurisdictions:", "jurisdiction:"), "ours.yaml:3"),
        (OVERRIDE.replace("  reason: the company trades from Singapore alone\n", ""), "reason"),
        (OVERRIDE.replace("schema: nkscreen/policy@1", "schema: nkscreen/rule@1"), "ours.yaml:1"),
    ],
)
def test_an_override_that_is_wrong_is_refused_with_its_place(tmp_path, text, told):
    file = tmp_path / "ours.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as error:
        load_policy(override=file)
    assert told in str(error.value)
