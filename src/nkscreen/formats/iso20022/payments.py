"""One transaction of a message as a payment. What no role claims and is no code or reference is unmapped text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nkscreen.formats.iso20022.facts import Facts, Value, names_somebody
from nkscreen.formats.iso20022.parties import Values

_ROLES: Final = {
    "Dbtr": "debtor",
    "UltmtDbtr": "ultimate_debtor",
    "InitgPty": "initiating_party",
    "DbtrAgt": "debtor_agent",
    "InstgAgt": "instructing_agent",
    "InstdAgt": "instructed_agent",
    "CdtrAgt": "creditor_agent",
    "Cdtr": "creditor",
    "UltmtCdtr": "ultimate_creditor",
}
_CHAIN: Final = frozenset(
    ["IntrmyAgt1", "IntrmyAgt2", "IntrmyAgt3", "PrvsInstgAgt", "PrvsInstgAgt1", "PrvsInstgAgt2", "PrvsInstgAgt3"]
    + ["InstgRmbrsmntAgt", "InstdRmbrsmntAgt", "ThrdRmbrsmntAgt"]
)
_ACCOUNTS: Final = {"DbtrAcct": "debtor", "CdtrAcct": "creditor"}
_BEHIND: Final = {"Dbtr": "ultimate_debtor", "Cdtr": "ultimate_creditor"}
_AMOUNTS: Final = ("IntrBkSttlmAmt", "InstdAmt", "RtrdIntrBkSttlmAmt", "RvsdIntrBkSttlmAmt", "TtlIntrBkSttlmAmt", "Amt")
_DATES: Final = ("IntrBkSttlmDt", "ReqdExctnDt", "ReqdColltnDt", "BookgDt", "ValDt", "OrgnlIntrBkSttlmDt")
_TEXTS: Final = frozenset(["Ustrd", "AddtlRmtInf", "AddtlNtryInf", "AddtlTxInf"])
_REFERENCES: Final = ("TxId", "EndToEndId", "InstrId", "MsgId")
"""By which a payment is known, the one that says most first."""


def payment(own: Facts, common: Sequence[Facts], fresh: Sequence[Facts]) -> Values:
    """The values of a payment record.

    `own` is what the transaction says, `common` what stands above and applies to several transactions (a group header,
    a batch): its parties fill the roles that the transaction leaves open. The other texts of those that are `fresh` are
    kept as well, so that each is kept once in a message.
    """
    draft = _Draft(own)
    for part in (own, *common):
        draft.add(part, whole=part is own or any(part is one for one in fresh))
    return draft.values()


class _Draft:
    """A payment as it comes together."""

    def __init__(self, own: Facts) -> None:
        self.own = own
        self.found: Values = {}
        self.texts: list[Values] = []
        self.references: dict[str, str] = {}
        self.told_by: dict[str, Facts] = {}

    def values(self) -> Values:
        reference = next((self.references[name] for name in _REFERENCES if name in self.references), None)
        return {**({"id": reference} if reference else {}), **self.found, "unmapped_text": self.texts}

    def add(self, part: Facts, *, whole: bool) -> None:
        """Take what a part says; what goes to no field is kept as text where the part is to be kept `whole`."""
        for name, covered, who in part.parties:
            self.party(name, who, covered, part)
        for name, number in part.accounts:
            if not self.account(_ACCOUNTS[name], number.text, part) and whole:
                self.keep(number)
        for value in part.values:
            if not self.value(value, part) and whole and names_somebody(value):
                self.keep(value)

    def keep(self, value: Value) -> None:
        self.texts.append({"place": value.place[:500], "text": value.text[:100_000]})

    def party(self, name: str, who: Values, covered: bool, part: Facts) -> None:
        role = _BEHIND.get(name) if covered else _ROLES.get(name)
        if name in _CHAIN and not covered:
            self.found.setdefault("intermediary_agents", []).append(who)
        elif role and role not in self.found:
            self.found[role], self.told_by[role] = dict(who), part
        elif role is None or {**self.found[role], "account": None} != {**who, "account": None}:
            self.found.setdefault("other_parties", []).append({**who, "role": name})

    def account(self, role: str, number: str, part: Facts) -> bool:
        """Give an account to the party beside it; the transaction's own account to whoever has the role."""
        holder = self.found.get(role)
        if holder is None or not (part is self.own or self.told_by[role].inside is part.inside):
            return False
        return bool(holder.setdefault("account", number) == number)

    def value(self, value: Value, part: Facts) -> bool:
        """Take a value that has a field of its own; whether it was a text, which then is kept nowhere else."""
        name, text, found = value.name, value.text, self.found
        if name in _TEXTS:
            before = found.get("remittance_information")
            found["remittance_information"] = f"{before} {text}" if before else text
            return True
        if name in _AMOUNTS:
            if "amount" not in found and (money := _number(text)) is not None:
                found["amount"] = money
                if value.currency:
                    found["currency"] = value.currency
        elif name in _DATES:
            found.setdefault("date", text[:10])
        elif name == "UETR":
            found.setdefault("uetr", text)
        elif name in _REFERENCES and (name != "EndToEndId" or part is self.own):
            self.references.setdefault(name, text[:500])
            if name == "EndToEndId":
                found.setdefault("end_to_end_id", text)
        return False


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < 1e18 else None
