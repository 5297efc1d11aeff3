"""One transaction of a message as a payment. What no role claims and is no code or reference is unmapped text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nkscreen.formats.iso20022.facts import AMOUNTS, REFERENCES, TEXTS, Facts, Value
from nkscreen.formats.iso20022.parties import Named, Values

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
        self.roles: dict[str, tuple[Named, Facts]] = {}
        self.accounts: dict[str, str] = {}

    def values(self) -> Values:
        found = self.found
        for role, (who, _) in self.roles.items():
            found[role] = who.party(self.accounts.get(role))
        if reference := next((self.references[name] for name in REFERENCES if name in self.references), None):
            found["id"] = reference
        if self.texts:
            found["unmapped_text"] = self.texts
        return found

    def add(self, part: Facts, *, whole: bool) -> None:
        """Take what a part says; what goes to no field is kept as text where the part is to be kept `whole`."""
        for name, covered, who in part.parties:
            self.party(name, who, covered, part)
        for number in part.accounts:
            if not self.account(_ACCOUNTS[number.name], number.text, part) and whole:
                self.keep(number)
        for name, text, currency in part.told:
            self.value(name, text, currency, part)
        if whole:
            for value in part.texts:
                self.keep(value)

    def keep(self, value: Value) -> None:
        self.texts.append({"place": value.place[:500], "text": value.text[:100_000]})

    def party(self, name: str, who: Named, covered: bool, part: Facts) -> None:
        role = _BEHIND.get(name) if covered else _ROLES.get(name)
        if name in _CHAIN and not covered:
            self.found.setdefault("intermediary_agents", []).append(who.party())
        elif role and role not in self.roles:
            self.roles[role] = who, part
        elif role is None or self.roles[role][0].values != who.values:
            self.found.setdefault("other_parties", []).append(who.party(role=name))

    def account(self, role: str, number: str, part: Facts) -> bool:
        """Give an account to the party beside it; the transaction's own account to whoever has the role."""
        if role not in self.roles or not (part is self.own or self.roles[role][1].inside is part.inside):
            return False
        return self.accounts.setdefault(role, number) == number

    def value(self, name: str, text: str, currency: str | None, part: Facts) -> None:
        """Take a value that has a field of its own."""
        found = self.found
        if name in REFERENCES:
            if name != "EndToEndId" or part is self.own:
                self.references.setdefault(name, text[:500])
                if name == "EndToEndId":
                    found.setdefault("end_to_end_id", text)
        elif name in TEXTS:
            before = found.get("remittance_information")
            found["remittance_information"] = f"{before} {text}" if before else text
        elif name in AMOUNTS:
            if "amount" not in found and (money := _number(text)) is not None:
                found["amount"] = money
                if currency:
                    found["currency"] = currency
        elif name == "UETR":
            found.setdefault("uetr", text)
        else:
            found.setdefault("date", text[:10])


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < 1e18 else None
