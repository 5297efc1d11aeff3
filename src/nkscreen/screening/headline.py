"""Who or what an alert is about, and why, in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nkscreen.alerts import Finding, Hit, wording
from nkscreen.records import Counterparty, Employment, Payment, Record, Shipment, Vessel


def subject(record: Record) -> str:
    """The record in a few words: its key and whom it names."""
    match record:
        case Counterparty():
            names = [record.name]
        case Vessel():
            numbers = (("IMO", record.imo_number), ("MMSI", record.mmsi))
            names = [record.name or next((f"{kind} {number}" for kind, number in numbers if number), None)]
        case Shipment():
            names = [party.name for party in (record.shipper, record.consignee) if party]
            names += [f"on {record.vessel.name}"] if record.vessel and record.vessel.name else []
        case Payment():
            names = [party.name for party in (record.debtor, record.creditor) if party]
        case Employment():
            names = [party.name for party in (record.worker, record.employer) if party]
        case _:
            names = []
    named = " → ".join(short(name) for name in names if name).replace(" → on ", " on ")
    return f"{record.id}: {named}" if named and named != record.id else record.id


LONGEST_NAME = 80
"""Letters of a name in a headline; the whole of it stands in the record and in the hit."""


def short(name: str) -> str:
    """A name that fits a line, cut visibly."""
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def headline(hits: Sequence[Hit], findings: Sequence[Finding]) -> str:
    """The strongest reason first; how many more there are at the end."""
    reasons = [hit_reason(*party) for party in parties(hits)]
    reasons += [finding.title for finding in findings if finding.outcome == "match"]
    reasons += [finding.title for finding in findings if finding.outcome == "data"]
    reasons += [f"Undecided for want of data: {finding.title}" for finding in findings if finding.outcome == "unknown"]
    reasons += [f"Exempted, to be checked: {finding.title}" for finding in findings if finding.outcome == "exempt"]
    more = len(reasons) - 1
    return reasons[0] + (f" (and {more} more)" if more else "")


def parties(hits: Iterable[Hit]) -> list[list[Hit]]:
    """The hits of each party that is named, best first: one party's entries on several lists are one reason."""
    found: list[list[Hit]] = []
    for hit in sorted(hits, key=lambda hit: -hit.score):
        party = next((one for one in found if one[0].path == hit.path and hit.key in one[0].same_party), None)
        if party:
            party.append(hit)
        else:
            found.append([hit])
    return found


def hit_reason(hit: Hit, *others: Hit) -> str:
    """`vessel 'CHONG CHON GANG' may be CHONG CHON GANG, listed by OFAC (DPRK) and UN (UN 1718), same IMO number`.

    `others` are the entries of the same party on other lists.
    """
    listed = " and ".join(dict.fromkeys(f"{one.publisher} ({_programmes(one)})" for one in (hit, *others)))
    identifier = next((one.decisive_identifier for one in (hit, *others) if one.decisive_identifier), "")
    how = f", same {wording.effect(identifier)}" if identifier else ""
    role = (hit.role or "party").replace("_", " ")
    name = short(hit.given_name or hit.caption)
    return f"{role} {name!r} may be {hit.caption}, listed by {listed}{how}"


def _programmes(hit: Hit) -> str:
    return ", ".join(dict.fromkeys(listing.programme for listing in hit.listings))
