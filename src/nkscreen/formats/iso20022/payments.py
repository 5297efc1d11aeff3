"""One transaction of a message as a payment. What no role claims and is no code or reference is unmapped text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from nkscreen.formats.iso20022.parties import Values, account, is_party, name_of, read_party, words

TRANSACTIONS: Final = frozenset(
    ["CdtTrfTxInf", "DrctDbtTxInf", "TxInf", "TxInfAndSts", "TxDtls", "Ntry", "Itm", "NtfctnItm", "OrgnlItm"]
)
"""Elements that are one payment each."""

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
_COVERED: Final = frozenset(["UndrlygCstmrCdtTrf", "UndrlygCstmr"])
_AMOUNTS: Final = ("IntrBkSttlmAmt", "InstdAmt", "RtrdIntrBkSttlmAmt", "RvsdIntrBkSttlmAmt", "TtlIntrBkSttlmAmt", "Amt")
_DATES: Final = ("IntrBkSttlmDt", "ReqdExctnDt", "ReqdColltnDt", "BookgDt", "ValDt", "OrgnlIntrBkSttlmDt")
_TEXTS: Final = frozenset(["Ustrd", "AddtlRmtInf", "AddtlNtryInf", "AddtlTxInf"])
_NO_TEXT: Final = frozenset(
    ["MsgId", "InstrId", "TxId", "EndToEndId", "UETR", "ClrSysRef", "PmtInfId", "CreDtTm", "CreDt", "Cd", "Ccy", "Sts"]
    + ["CdtDbtInd", "SttlmMtd", "ChrgBr", "NbOfTxs", "CtrlSum", "BtchBookg", "PmtMtd", "MsgNmId", "OrgnlMsgId"]
    + ["OrgnlMsgNmId", "OrgnlInstrId", "OrgnlEndToEndId", "OrgnlTxId", "OrgnlUETR", "AcctSvcrRef", "NtryRef", "Id"]
    + ["BizMsgIdr", "MsgDefIdr", "BizSvc", "CreDtTm", "CharSet", "RvslInd", "BkTxCd", "Fmly", "SubFmlyCd", "TxSts"]
    + ["GrpSts", "StsId", "RtrId", "CxlId", "CaseId", "Dt", "DtTm", "FrDtTm", "ToDtTm", "ElctrncSeqNb", "LglSeqNb"]
)
"""Codes, references, dates and amounts: what names nobody."""


def payment(element: etree._Element, common: Iterable[etree._Element], fresh: Iterable[etree._Element]) -> Values:
    """The values of a payment record.

    `common` are elements that stand above and apply to several transactions (a group header, a batch): their parties
    fill the roles that the transaction leaves open. The other texts of those that are `fresh` are kept as well, so that
    each is kept once in a message.
    """
    found: Values = {"unmapped_text": []}
    claimed: set[etree._Element] = set()
    for part in (element, *common):
        _read(found, part, claimed, top=part is element)
    for part in (element, *fresh):
        _keep_texts(found, part, claimed)
    found["id"] = next(filter(None, (found.pop(key, "") for key in ("TxId", "EndToEndId", "InstrId", "MsgId"))), None)
    for key in ("TxId", "EndToEndId", "InstrId", "MsgId"):
        found.pop(key, None)
    return {key: value for key, value in found.items() if value is not None}


def _read(found: Values, part: etree._Element, claimed: set[etree._Element], *, top: bool) -> None:
    for one in _below(part):
        name = name_of(one)
        if is_party(one):
            if who := read_party(one, claimed):
                _place(found, name, who, covered=_is_covered(one, part))
        elif name in _ACCOUNTS and isinstance(found.get(_ACCOUNTS[name]), dict):
            found[_ACCOUNTS[name]].setdefault("account", account(one, claimed))
        elif len(one) == 0 and (text := words(one)):
            _value(found, name, one, text, claimed, top=top)
        elif name in _DATES and "date" not in found and (text := " ".join("".join(map(str, one.itertext())).split())):
            found["date"] = text[:10]


def _below(part: etree._Element) -> Iterator[etree._Element]:
    """All elements inside, accounts after the parties that hold them."""
    inside = list(part.iter(etree.Element))
    yield from (one for one in inside if name_of(one) not in _ACCOUNTS)
    yield from (one for one in inside if name_of(one) in _ACCOUNTS)


def _is_covered(one: etree._Element, part: etree._Element) -> bool:
    return any(name_of(above) in _COVERED for above in one.iterancestors() if above is not part)


def _place(found: Values, name: str, who: Values, *, covered: bool) -> None:
    role = _BEHIND.get(name) if covered else _ROLES.get(name)
    if name in _CHAIN and not covered:
        found.setdefault("intermediary_agents", []).append(who)
    elif role and role not in found:
        found[role] = who
    elif role is None or found[role] != who:
        found.setdefault("other_parties", []).append({**who, "role": name})


def _value(
    found: Values, name: str, one: etree._Element, text: str, claimed: set[etree._Element], *, top: bool
) -> None:
    if name in _AMOUNTS and "amount" not in found and (money := _number(text)) is not None:
        found["amount"] = money
        found["currency"] = one.get("Ccy") or None
    elif name in _DATES and "date" not in found:
        found["date"] = text[:10]
    elif name in _TEXTS:
        before = found.get("remittance_information")
        found["remittance_information"] = f"{before} {text}" if before else text
        claimed.add(one)
    elif name == "EndToEndId" and top:
        found.setdefault("end_to_end_id", text)
        found.setdefault(name, text[:500])
    elif name in {"TxId", "InstrId", "MsgId"}:
        found.setdefault(name, text[:500])
    elif name == "UETR" and "uetr" not in found:
        found["uetr"] = text


def _keep_texts(found: Values, part: etree._Element, claimed: set[etree._Element]) -> None:
    """Every leaf with words that went to no field and is no code or reference."""
    for one in part.iter(etree.Element):
        name = name_of(one)
        if len(one) == 0 and one not in claimed and name not in _NO_TEXT and not name.endswith(("Dt", "Amt", "DtTm")):
            text = words(one)
            if sum(letter.isalpha() for letter in text) > 1 and text not in {"true", "false"}:
                found["unmapped_text"].append({"place": _place_of(one, part), "text": text[:100_000]})


def _place_of(one: etree._Element, part: etree._Element) -> str:
    names = [name_of(one)]
    for above in one.iterancestors():
        names.append(name_of(above))
        if above is part:
            break
    return "/".join(reversed(names))[:500]


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < 1e18 else None
