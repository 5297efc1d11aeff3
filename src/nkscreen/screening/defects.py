"""Findings about the record itself: what could not be screened, and what must not pass for "no hit"."""

from __future__ import annotations

from collections.abc import Iterator

from nkscreen.alerts import ConditionResult, Finding, PathValue
from nkscreen.alerts.policy import DataFinding, Policy
from nkscreen.records import Mention, Record, Uncertainty
from nkscreen.records.codes import imo
from nkscreen.records.codes.nameless import is_nameless

FAMILY = "data quality"


def defects(
    record: Record, mentions: tuple[Mention, ...], uncertain: tuple[Uncertainty, ...], policy: Policy
) -> Iterator[Finding]:
    """Parties without a usable name, records that name nobody, invalid identifiers and unclear countries."""
    nameless = tuple(mention for mention in mentions if not screenable(mention))
    if nameless:
        yield _finding(
            "DATA-NAME",
            "A party has no name that could be screened",
            policy.nameless_party,
            [
                (mention.path, mention.name, f"the {mention.role or 'party'} is given as {mention.name!r}")
                for mention in nameless
            ],
            "Ask for the name of the party behind the entry; until then it has not been screened.",
        )
    if len(nameless) == len(mentions) and not _told(record):
        yield _finding(
            "DATA-EMPTY",
            "The record names nobody: nothing was screened against the lists",
            policy.nothing_to_screen,
            [("", "", f"no party, vessel or wallet is named in this {record.kind}, and it has no text to search")],
            "Complete the record and screen it again.",
        )
    identifiers = [item for item in uncertain if item.kind in {"imo", "mmsi"} and not imo.not_available(item.given)]
    if identifiers:
        yield _finding(
            "DATA-IDENTIFIER",
            "An identifier is not valid",
            policy.invalid_identifier,
            [(item.path, item.given, item.why) for item in identifiers],
            "Check the number against the ship's papers; it was not used for matching.",
        )
    countries = [item for item in uncertain if item.kind == "country"]
    if countries:
        yield _finding(
            "DATA-COUNTRY",
            "A country is ambiguous or cannot be read, and may be North Korea",
            policy.unclear_country,
            [(item.path, item.given, item.why) for item in countries],
            "Find out from the papers which country is meant.",
        )


def _told(record: Record) -> bool:
    """Whether a text says anything. An address is searched as well, and yet a party with nothing else is nobody."""
    return any(any(map(str.isalpha, text)) for path, text in record.texts() if not path.endswith("address"))


def screenable(mention: Mention) -> bool:
    """Whether there is anything to hold against a list: a name with letters, or an identifier."""
    identifiers = (mention.imo_number, mention.mmsi, mention.swift_bic, mention.lei_code, *mention.wallets)
    return any(identifiers) or bool(mention.documents) or any(not is_nameless(name) for _, name in mention.names)


def _finding(
    rule_id: str, title: str, setting: DataFinding, places: list[tuple[str, str, str]], action: str
) -> Finding:
    conditions = tuple(
        ConditionResult(
            name="defect", holds=True, says=says, evidence=(PathValue(path=path, value=given),) if path else ()
        )
        for path, given, says in places
    )
    return Finding(
        rule_id=rule_id,
        title=title,
        family=FAMILY,
        outcome="data",
        severity=setting.severity,
        score=setting.score,
        conditions=conditions,
        action=action,
    )
