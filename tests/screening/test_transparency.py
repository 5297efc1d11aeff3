"""What a payment should say of its parties: missing parties and data, names that name nobody."""

import pytest

from nkscreen import Counterparty, Payment, load_policy
from nkscreen.screening.transparency import transparency

POLICY = load_policy()
FULL = {
    "debtor": {"name": "Blue Heron Ltd", "account": "GB33", "address": "1 High Street, London"},
    "creditor": {"name": "Green Woodpecker GmbH", "account": "DE89", "address": "Lindenstrasse 2, Berlin"},
    "debtor_agent": {"swift_bic": "BARCGB22XXX"},
    "creditor_agent": {"swift_bic": "DEUTDEFFXXX"},
}


def said(**changes):
    payment = Payment.read({"id": "1", **{**FULL, **changes}})
    found = list(transparency(payment, POLICY))
    assert len(found) < 2
    return [(one.evidence[0].path, one.says) for finding in found for one in finding.conditions]


def test_a_full_payment_and_other_records_have_none():
    assert said() == []
    assert list(transparency(Counterparty.read({"id": "1", "name": "X"}), POLICY)) == []


@pytest.mark.parametrize(
    ("changes", "path", "says"),
    [
        ({"debtor": None}, "debtor", "the originator is not named"),
        ({"creditor": None}, "creditor", "the beneficiary is not named"),
        ({"debtor": {"name": "Blue Heron Ltd", "address": "1 High Street"}}, "debtor",
         "the originator has no account or other reference, the beneficiary has"),
        ({"creditor": {"name": "Green Woodpecker GmbH", "account": "DE89"}}, "creditor",
         "the beneficiary has neither address nor identity number nor date of birth, the originator has"),
        ({"debtor": {**FULL["debtor"], "name": "One of our clients"}}, "debtor.name",
         "'One of our clients' names no originator"),
        ({"creditor": {**FULL["creditor"], "name": "C"}}, "creditor.name",
         "the beneficiary is named by a single letter"),
        ({"creditor": {**FULL["creditor"], "name": "Lindenstrasse 2 Berlin"}}, "creditor.name",
         "name and address of the beneficiary are the same"),
        ({"creditor": {"name": "HONG GIL DONG 12 HIGH STREET DALIAN", "account": "DE89", "birth_date": "1970"}},
         "creditor.name", "the name of the beneficiary holds an address"),
        ({"ultimate_debtor": {"name": "Our client"}}, "ultimate_debtor.name", "'Our client' names no originator"),
    ],
)  # fmt: skip
def test_what_is_missing_or_means_nothing_is_said_with_its_place(changes, path, says):
    assert said(**changes) == [(path, says)]


@pytest.mark.parametrize(
    "changes",
    [
        {"debtor": None, "ultimate_debtor": {"name": "Behind Ltd"}},
        {"creditor": None, "creditor_agent": None},  # an entry of a statement: the account's holder is paid
        {"debtor": {"swift_bic": "WONSKPPYXXX"}},  # between banks
        {"debtor": {"name": "A Ltd"}, "creditor": {"name": "B Ltd"}},  # an extract without accounts and addresses
        {"creditor": {**FULL["creditor"], "name": "Studio 54 Ltd"}},
        {"creditor": {**FULL["creditor"], "name": "김"}},
        {"creditor": {**FULL["creditor"], "name": "TO ORDER"}},  # told as a party without a name
    ],
)
def test_what_other_payments_lack_for_good_reasons_is_no_finding(changes):
    assert said(**changes) == []
