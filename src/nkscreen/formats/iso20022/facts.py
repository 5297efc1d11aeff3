"""What one element of a message says: parties in their places, accounts, values that have a field, and other texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from nkscreen.formats.iso20022.nodes import Node
from nkscreen.formats.iso20022.parties import Named, Parties, PartyPlan, account, is_party

ACCOUNTS: Final = frozenset(["DbtrAcct", "CdtrAcct"])
AMOUNTS: Final = frozenset(
    ["IntrBkSttlmAmt", "InstdAmt", "RtrdIntrBkSttlmAmt", "RvsdIntrBkSttlmAmt", "TtlIntrBkSttlmAmt", "Amt"]
)
DATES: Final = frozenset(["IntrBkSttlmDt", "ReqdExctnDt", "ReqdColltnDt", "BookgDt", "ValDt", "OrgnlIntrBkSttlmDt"])
TEXTS: Final = frozenset(["Ustrd", "AddtlRmtInf", "AddtlNtryInf", "AddtlTxInf"])
REFERENCES: Final = ("TxId", "EndToEndId", "InstrId", "MsgId")
"""By which a payment is known, the one that says most first."""

_TOLD: Final = AMOUNTS | DATES | TEXTS | {*REFERENCES, "UETR"}
_COVERED: Final = frozenset(["UndrlygCstmrCdtTrf", "UndrlygCstmr"])
_NO_TEXT: Final = frozenset(
    ["MsgId", "InstrId", "TxId", "EndToEndId", "UETR", "ClrSysRef", "PmtInfId", "CreDtTm", "CreDt", "Cd", "Ccy", "Sts"]
    + ["CdtDbtInd", "SttlmMtd", "ChrgBr", "NbOfTxs", "CtrlSum", "BtchBookg", "PmtMtd", "MsgNmId", "OrgnlMsgId"]
    + ["OrgnlMsgNmId", "OrgnlInstrId", "OrgnlEndToEndId", "OrgnlTxId", "OrgnlUETR", "AcctSvcrRef", "NtryRef", "Id"]
    + ["BizMsgIdr", "MsgDefIdr", "BizSvc", "CharSet", "RvslInd", "BkTxCd", "Fmly", "SubFmlyCd", "TxSts"]
    + ["GrpSts", "StsId", "RtrId", "CxlId", "CaseId", "Dt", "DtTm", "FrDtTm", "ToDtTm", "ElctrncSeqNb", "LglSeqNb"]
)
"""Codes, references, dates and amounts: what names nobody."""


class Value(NamedTuple):
    """A text with words; `place` are the names of the elements around it, from the one that was read."""

    name: str
    text: str
    currency: str | None
    place: str


@dataclass(slots=True)
class Facts:
    """Everything one element says, each kind in the order of the file.

    Parties come with their place and whether they are the customers behind a cover payment; accounts are the number in
    an account beside a party; what is `told` (name, text, currency) has a field of its own; `texts` are those of no
    role that have words and are no code, reference, date or amount. What stands in one element (`inside`) belongs
    together: a party and its account are side by side.
    """

    inside: Any = None
    size: int = 0
    parties: list[tuple[str, bool, Named]] = field(default_factory=list)
    accounts: list[Value] = field(default_factory=list)
    told: list[tuple[str, str, str | None]] = field(default_factory=list)
    texts: list[Value] = field(default_factory=list)

    def names_somebody(self) -> bool:
        """Whether there is anything in it to screen."""
        told = any(name in TEXTS and has_words(text) for name, text, _ in self.told)
        return told or bool(self.parties or self.accounts or self.texts)


def has_words(text: str) -> bool:
    """Whether a text may name somebody: it has letters, and is no yes or no."""
    return text not in {"true", "false"} and sum(map(str.isalpha, text)) > 1


class _Text(NamedTuple):
    """A text to be read: its number, and that of another text which it may only repeat."""

    name: str
    number: int
    currency: str | None
    place: str
    repeats: int | None = None


class Plan:
    """How the facts of all elements of one shape are read off their texts."""

    def __init__(self, element: Node) -> None:
        self._parties: list[tuple[str, bool, PartyPlan]] = []
        self._accounts: list[_Text] = []
        self._told: list[tuple[str, int, str | None]] = []
        self._texts: list[_Text] = []
        self._claimed: set[int] = set()
        self._repeats: dict[int, int] = {}
        self._walk(element, element.name, covered=False)

    def facts(self, texts: Sequence[str], parties: Parties, inside: Any, size: int) -> Facts:
        """The facts of an element with these texts; `size` characters in all."""
        found = Facts(inside, size)
        named = parties.named
        found.parties = [(name, covered, named(plan, texts)) for name, covered, plan in self._parties]
        found.accounts = [Value(one.name, texts[one.number], None, one.place) for one in self._accounts]
        found.told = [(name, texts[number], currency) for name, number, currency in self._told]
        for name, number, currency, place, repeats in self._texts:
            text = texts[number]
            if has_words(text) and (repeats is None or texts[repeats] != text):
                found.texts.append(Value(name, text, currency, place))
        return found

    def _walk(self, element: Node, place: str, *, covered: bool) -> None:
        name = element.name
        if not element.below:
            self._leaf(element, place)
            return
        if name in ACCOUNTS and (number := account(element)) is not None:
            self._claimed.add(number)
            self._accounts.append(_Text(name, number, None, place))
        elif name.endswith("Dt"):
            if name in DATES and (day := next((one.text for one in element.all() if one.text is not None), None)):
                self._told.append((name, day, None))  # a day or a moment in an element of its own
        elif is_party(element) and (plan := PartyPlan(element)):
            self._parties.append((name, covered, plan))
            self._claimed.update(plan.numbers)
            self._repeats |= plan.repeats
        for child in element.below:
            self._walk(child, f"{place}/{child.name}", covered=covered or child.name in _COVERED)

    def _leaf(self, leaf: Node, place: str) -> None:
        name, number = leaf.name, leaf.text
        if number is None or number in self._claimed:
            return
        if name in _TOLD:
            self._told.append((name, number, leaf.currency))
        elif name not in _NO_TEXT and not name.endswith(("Dt", "Amt", "DtTm")):
            self._texts.append(_Text(name, number, leaf.currency, place, self._repeats.get(number)))
