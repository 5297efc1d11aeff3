"""Payment transparency: what a payment should say of its parties and does not, or says without meaning.

After FATF Recommendation 16 (originator with name, account or reference, and address, identity number or date and place
of birth; beneficiary with name and account) and the Wolfsberg Group's Payment Transparency Standards (no meaningless
names, no address in the place of a name). Both are known here from their published text as remembered, not read again:
unverified. What is asked for is what the other side of the same payment has: an extract without any account is no
message that lacks one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from nkscreen.alerts import ConditionResult, Finding, PathValue
from nkscreen.alerts.policy import Policy
from nkscreen.records import Party, Payment, Record
from nkscreen.records.codes.nameless import is_nameless

RULE: Final = "DATA-TRANSPARENCY"

MEANINGLESS: Final = frozenset(
    ["customer", "client", "our client", "our customer", "one of our clients", "one of our customers", "a customer"]
    + ["beneficiary", "originator", "remitter", "payee", "payer", "ordering customer", "account holder", "cash"]
    + ["private individual", "natural person", "individual", "company", "various", "sundry", "same", "self", "owner"]
    + ["as above", "see above", "see below", "as per instruction", "as per instructions", "confidential"]
)
"""Words that stand where a name should and say nobody's name."""

_STREET: Final = re.compile(
    r"\b(?:street|str|road|rd|avenue|ave|lane|boulevard|blvd|drive|square|floor|room|flat|suite|building|bldg|block"
    r"|p\.?\s?o\.?\s?box|strasse|straße|rue|calle|via|ulitsa|ul|prospekt|lu|dong|gu)\b\.?",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?<![A-Za-z])\d{1,5}[A-Za-z]?\b")

_SIDES: Final = (
    ("debtor", "originator", "creditor"),
    ("creditor", "beneficiary", "debtor"),
    ("ultimate_debtor", "originator", ""),
    ("ultimate_creditor", "beneficiary", ""),
)
_ASKED: Final[tuple[tuple[str, Callable[[Party], bool]], ...]] = (
    ("no account or other reference", lambda party: bool(party.account or party.wallets)),
    (
        "neither address nor identity number nor date of birth",
        lambda party: bool(party.address or party.documents or party.lei_code or party.birth_date),
    ),
)


def transparency(record: Record, policy: Policy) -> Iterator[Finding]:
    """One finding on a payment whose parties are missing or meaningless, with every place; none on other records."""
    if not isinstance(record, Payment):
        return
    found = [*_missing(record), *_meaningless(record)]
    if found:
        yield Finding(
            rule_id=RULE,
            title="The payment does not say who pays or is paid as it should",
            family="data quality",
            outcome="data",
            severity=policy.payment_transparency.severity,
            score=policy.payment_transparency.score,
            conditions=tuple(
                ConditionResult(name="defect", holds=True, says=says, evidence=(PathValue(path=path, value=given),))
                for path, given, says in found
            ),
            action="Ask the sending institution for the missing information before the payment is passed on.",
        )


def _missing(record: Payment) -> Iterator[tuple[str, str, str]]:
    for side, word, opposite in _SIDES:
        party: Party | None = getattr(record, side)
        other: Party | None = getattr(record, opposite) if opposite else None
        if party is None:
            # an entry of a statement names the bank of one side alone: the other side is the account's holder
            between = (record.debtor_agent or record.instructing_agent) and (
                record.creditor_agent or record.instructed_agent
            )
            if other is not None and between and not getattr(record, f"ultimate_{side}", None):
                yield side, "", f"the {word} is not named"
            continue
        if party.swift_bic or other is None or other.swift_bic:
            continue  # banks are known by their BIC
        for lack, has in _ASKED:
            if has(other) and not has(party):
                yield side, party.name or "", f"the {word} has {lack}, the {_word(opposite)} has"


def _word(side: str) -> str:
    return next(word for name, word, _ in _SIDES if name == side)


def _meaningless(record: Payment) -> Iterator[tuple[str, str, str]]:
    for side, word, _ in _SIDES:
        party: Party | None = getattr(record, side)
        name = party.name if party is not None else None
        if party is None or not name or is_nameless(name):
            continue  # DATA-NAME tells of these
        path = f"{side}.name"
        if sum(map(str.isalpha, name)) < 2 and name.isascii():
            yield path, name, f"the {word} is named by a single letter"
        elif " ".join(name.casefold().split()).strip(" .") in MEANINGLESS:
            yield path, name, f"{name!r} names no {word}"
        elif party.address and _bare(name) == _bare(party.address):
            yield path, name, f"name and address of the {word} are the same"
        elif not party.address and _STREET.search(name) and _NUMBER.search(name):
            yield path, name, f"the name of the {word} holds an address"


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
