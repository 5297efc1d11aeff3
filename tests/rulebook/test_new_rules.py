"""`rules new`: a draft that loads and passes its own tests."""

from datetime import date

import pytest
from small_pack import write_pack

from nkscreen.errors import InputError, RuleError
from nkscreen.rulebook import load_rulebook
from nkscreen.rulebook.checking import check_pack
from nkscreen.rulebook.skeleton import FOLDERS, write_draft

IDS = {"counterparty": "CPY", "vessel": "VSL", "shipment": "SHIP", "payment": "PAY", "employment": "EMP"}
DAY = date(2026, 11, 25)


def draft(pack, rule_id, subject, **more):
    return write_draft(pack, rule_id, title="A title: with a colon", subject=subject, author="me", today=DAY, **more)


@pytest.mark.parametrize("subject", FOLDERS)
def test_a_draft_of_any_subject_loads_and_passes_the_check(tmp_path, subject):
    folder = write_pack(tmp_path)
    path = draft(folder, f"NK-{IDS[subject]}-001", subject)
    assert path == folder / FOLDERS[subject] / f"nk-{IDS[subject].lower()}-001.yaml"
    report = check_pack(folder)
    assert [problem.message for problem in report.problems if problem.file.endswith(path.name)] == []
    rule = load_rulebook(folder).rules[0] if subject != "vessel" else load_rulebook(folder).rules[1]
    assert (rule.file.title, rule.file.status, rule.file.created) == ("A title: with a colon", "draft", DAY)
    assert rule.file.family == FOLDERS[subject]


def test_a_draft_on_a_fixture_that_exists_has_tests_that_pass(tmp_path):
    folder = write_pack(tmp_path)
    draft(folder, "NK-SHIP-001", "shipment", family="coal", folder="special")
    found = next(found for found in check_pack(folder).reports if found.rule.id == "NK-SHIP-001")
    assert (found.tests, found.failed, found.rule.file.family) == (2, 0, "coal")
    assert (folder / "special/nk-ship-001.yaml").is_file()


@pytest.mark.parametrize(
    ("rule_id", "subject", "more", "message"),
    [
        ("SHIP-001", "shipment", {}, "'SHIP-001' is no id of a rule; write it as NK-SHIP-012"),
        (
            "NK-SHIP-001",
            "ship",
            {},
            "--subject 'ship' is not one of counterparty, vessel, shipment, payment, employment",
        ),
        ("NK-VSL-001", "shipment", {}, "NK-VSL-001 would be a rule on a vessel, not on a shipment"),
        ("NK-SHIP-901", "shipment", {}, "NK-SHIP-901 exists already"),
        ("NK-SHIP-001", "shipment", {"folder": "../up"}, "--folder '../up' cannot hold rules; name it as in trade"),
        ("NK-SHIP-001", "shipment", {"folder": "lists"}, "--folder 'lists' cannot hold rules; name it as in trade"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is_left(tmp_path, rule_id, subject, more, message):
    folder = write_pack(tmp_path)
    before = sorted(folder.rglob("*"))
    with pytest.raises(InputError) as caught:
        draft(folder, rule_id, subject, **more)
    assert message in str(caught.value)
    assert sorted(folder.rglob("*")) == before


def test_a_title_that_would_not_load_is_refused_and_nothing_is_left(tmp_path):
    folder = write_pack(tmp_path)
    before = sorted(folder.rglob("*"))
    with pytest.raises(RuleError, match="may not speak of a ban"):
        write_draft(folder, "NK-PAY-001", title="Banned payments", subject="payment", author="me", today=DAY)
    assert sorted(folder.rglob("*")) == before


def test_without_a_pack_nothing_is_written(tmp_path):
    with pytest.raises(RuleError, match="there is no folder of rules here"):
        draft(tmp_path / "nowhere", "NK-SHIP-001", "shipment")
