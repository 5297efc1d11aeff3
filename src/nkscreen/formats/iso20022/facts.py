"""What one element of a message says, found in one walk: parties in their places, accounts, values, texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree

from nkscreen.formats.iso20022.parties import Values, account, is_party, name_of, read_party, words

_COVERED: Final = frozenset(["UndrlygCstmrCdtTrf", "UndrlygCstmr"])
ACCOUNTS: Final = frozenset(["DbtrAcct", "CdtrAcct"])
_NO_TEXT: Final = frozenset(
    ["MsgId", "InstrId", "TxId", "EndToEndId", "UETR", "ClrSysRef", "PmtInfId", "CreDtTm", "CreDt", "Cd", "Ccy", "Sts"]
    + ["CdtDbtInd", "SttlmMtd", "ChrgBr", "NbOfTxs", "CtrlSum", "BtchBookg", "PmtMtd", "MsgNmId", "OrgnlMsgId"]
    + ["OrgnlMsgNmId", "OrgnlInstrId", "OrgnlEndToEndId", "OrgnlTxId", "OrgnlUETR", "AcctSvcrRef", "NtryRef", "Id"]
    + ["BizMsgIdr", "MsgDefIdr", "BizSvc", "CharSet", "RvslInd", "BkTxCd", "Fmly", "SubFmlyCd", "TxSts"]
    + ["GrpSts", "StsId", "RtrId", "CxlId", "CaseId", "Dt", "DtTm", "FrDtTm", "ToDtTm", "ElctrncSeqNb", "LglSeqNb"]
)
"""Codes, references, dates and amounts: what names nobody."""


class Value(NamedTuple):
    """A leaf with words; `place` are the names of the elements around it, from the one that was read."""

    name: str
    text: str
    currency: str | None
    place: str


@dataclass(slots=True)
class Facts:
    """Everything one element says, each kind in the order of the file. Parties come with whether they are the customers
    behind a cover payment; accounts are the number in an account beside a party; `claimed` are the leaves of parties.
    What stands in one element (`inside`) belongs together: a party and its account are side by side.
    """

    inside: etree._Element | None = None
    parties: list[tuple[str, bool, Values]] = field(default_factory=list)
    accounts: list[tuple[str, Value]] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    claimed: set[etree._Element] = field(default_factory=set)


def facts(element: etree._Element, *, whole: bool = False) -> Facts:
    """Walk an element once: one of those side by side in another, or a `whole` transaction."""
    found = Facts(element if whole else element.getparent())
    _walk(element, name_of(element), False, found)
    return found


def names_somebody(value: Value) -> bool:
    """Whether a text that no role claims may name somebody: it has words, and is no code, reference, date or amount."""
    name, text = value.name, value.text
    if name in _NO_TEXT or name.endswith(("Dt", "Amt", "DtTm")) or text in {"true", "false"}:
        return False
    return sum(map(str.isalpha, text)) > 1


def _walk(element: etree._Element, place: str, covered: bool, found: Facts) -> None:
    name = place.rpartition("/")[2]
    children = list(element)
    if not children:
        if text := words(element):
            found.values.append(Value(name, text, element.get("Ccy"), place))
        return
    if name in ACCOUNTS and (number := account(element, found.claimed)):
        found.accounts.append((name, Value("IBAN", number, None, place)))
    elif name.endswith("Dt") and (day := " ".join("".join(map(str, element.itertext())).split())):
        found.values.append(Value(name, day, None, place))
    elif is_party(element) and (who := read_party(element, found.claimed)):
        found.parties.append((name, covered, who))
    for child in children:
        below = name_of(child)
        if child not in found.claimed:
            _walk(child, f"{place}/{below}", covered or below in _COVERED, found)
