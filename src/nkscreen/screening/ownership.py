"""Listed owners behind a party: found along the ties of a table, and judged by the 50 per cent rules of the policy.

A rule of ownership runs from owner to owner: what a listed party owns by half counts as listed in its turn, so shares
are added up and not multiplied (OFAC, FAQ 401; the guidance of the EU and the UK likewise goes step by step).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nkscreen.alerts import ConditionResult, Finding, Hit, PathValue
from nkscreen.alerts.policy import OwnershipRule, Policy
from nkscreen.records import Counterparty, Mention, Record
from nkscreen.screening.stakes import Stake, Stakes, name_key, stated_ties
from nkscreen.watchlist import Watchlist

FAMILY = "ownership"
MARK = "ownership:"
"""What the path of a mention begins with that stands in a table of ties and not in the record."""

MOST_STEPS = 10
"""Ties from a party to an owner that are followed; longer chains exist to tire who follows them, and are reported."""

MOST_OWNERS = 2_000
"""Owners behind one party that are looked up; a fund has thousands of holders of no weight."""


@dataclass(frozen=True, slots=True)
class _Behind:
    """An owner behind a mention: the ties that lead there, the first one from the mention."""

    name: str
    path: tuple[Stake, ...]


class Ownership:
    """The ties of a team's table, and those that the lists state of parties without an entry. Immutable."""

    def __init__(self, watchlist: Watchlist, stakes: Stakes | None = None) -> None:
        self._stakes = stakes or Stakes()
        self._stated = stated_ties(watchlist)

    def beyond(self, record: Record, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        """Everybody who stands behind those whom the record names, to be held against the lists as well."""
        found: dict[str, Mention] = {}
        if not self._stakes:
            return ()
        for mention in mentions:
            for one in self._behind(record, mention)[0]:
                key = name_key(one.name)
                if one.path[-1].source != _RECORD and key not in found:
                    path = f"{MARK}{key}"
                    found[key] = Mention(path, "LegalEntity", one.path[-1].role, names=((path, one.name),))
        return tuple(found.values())

    def stated(self, mentions: Sequence[Mention]) -> tuple[str, ...]:
        """The entries that state a tie to one of these."""
        if not self._stated:
            return ()
        return tuple(
            tie.key for mention in mentions for _, name in mention.names for tie in self._stated.get(name_key(name), ())
        )

    def knows(self, name: str) -> bool:
        """Whether the table or a list has ties of somebody of this name."""
        key = name_key(name) if self._stakes or self._stated else ""
        return key in self._stated or bool(self._stakes.of(name))

    def findings(
        self, record: Record, mentions: Sequence[Mention], hits: Sequence[Hit], policy: Policy, day: date
    ) -> Iterator[Finding]:
        """What ties to listed parties say about the record. `hits` are those that count, of the record's mentions and
        of those beyond."""
        listed: dict[str, list[Hit]] = {}
        for hit in hits:
            listed.setdefault(name_key(hit.given_name), []).append(hit)
        own = {hit.path for hit in hits}
        for mention in mentions:
            if mention.path in own or not mention.name:
                continue
            behind, cut = self._behind(record, mention)
            yield from self._owned(record, mention, behind, listed, policy)
            yield from self._stated_of(mention, policy, day)
            if cut:
                yield _cut(mention, policy)

    def _behind(self, record: Record, mention: Mention) -> tuple[list[_Behind], bool]:
        """All owners along the ties, nearest first, each once; and whether some were left out."""
        if not self._stakes and not (isinstance(record, Counterparty) and record.owners):
            return [], False
        found: dict[str, _Behind] = {}
        seen = {name_key(name) for _, name in mention.names}
        layer = [_Behind(name, ()) for name in dict.fromkeys(name for _, name in mention.names)]
        for _ in range(MOST_STEPS):
            further = []
            for one in layer:
                for stake in self._of(record, one.name):
                    key = name_key(stake.owner)
                    if key not in seen:
                        seen.add(key)
                        found[key] = _Behind(stake.owner, (*one.path, stake))
                        further.append(found[key])
                        if len(found) >= MOST_OWNERS:
                            return list(found.values()), True
            layer = further
        return list(found.values()), bool(layer)

    def _of(self, record: Record, name: str) -> list[Stake]:
        own = []
        if isinstance(record, Counterparty) and record.name and name_key(name) == name_key(record.name):
            own = [Stake(record.name, owner.name, owner.share, source=_RECORD) for owner in record.owners if owner.name]
        return [*own, *self._stakes.of(name)]

    def _owned(
        self,
        record: Record,
        mention: Mention,
        behind: Sequence[_Behind],
        listed: Mapping[str, list[Hit]],
        policy: Policy,
    ) -> Iterator[Finding]:
        tied = [one for one in behind if name_key(one.name) in listed]
        if not tied:
            return
        met = {
            jurisdiction: share
            for jurisdiction, rule in policy.ownership.value.items()
            if jurisdiction in policy.jurisdictions.value
            and (share := self._share(record, mention.name, rule, listed, frozenset()))
            and rule.is_met(share)
        }
        places = tuple(
            ConditionResult(
                name="tie",
                holds=True,
                says="; ".join(stake.says() for stake in one.path)
                + "; "
                + " and ".join(_named(hit) for hit in listed[name_key(one.name)]),
                evidence=(PathValue(path=mention.path, value=mention.name),),
            )
            for one in tied
        )
        setting = policy.owned_by_listed if met else policy.tied_to_listed
        shares = ", ".join(f"{where} {share:g} %" for where, share in met.items())
        yield Finding(
            rule_id="TIE-OWNED" if met else "TIE-LISTED",
            title=f"Owned by listed parties: {shares}" if met else "A listed party stands behind it",
            family=FAMILY,
            outcome="match",
            severity=setting.severity,
            score=setting.score,
            basis="law" if met else "indicator",
            jurisdictions=tuple(met),
            conditions=places,
            detail="Shares of listed owners are added up from tie to tie by the rule of each jurisdiction."
            if met
            else "By no rule of a jurisdiction that binds you is it owned: shares that are not known count nothing, a "
            "manager or director is not an owner, and each rule counts the owners on its own lists.",
            action="Treat the party as listed where the rule binds you; ask for the register of shareholders."
            if met
            else "Ask who owns and controls the party, and in which shares.",
        )

    def _share(
        self,
        record: Record,
        name: str,
        rule: OwnershipRule,
        listed: Mapping[str, list[Hit]],
        above: frozenset[str],
    ) -> float:
        """Per cent of a party held by listed parties, and by those that count as listed by this rule in their turn."""
        key = name_key(name)
        if key in above or len(above) >= MOST_STEPS:
            return 0.0
        held: dict[str, float] = {}
        for stake in self._of(record, name):
            owner = name_key(stake.owner)
            if stake.role != "owner" or stake.share is None:
                continue
            known = any(rule.counts(hit.publisher) for hit in listed.get(owner, ()))
            if known or rule.is_met(self._share(record, stake.owner, rule, listed, above | {key})):
                held[owner] = max(held.get(owner, 0.0), stake.share)
        return min(100.0, sum(held.values()) if rule.together else max(held.values(), default=0.0))

    def _stated_of(self, mention: Mention, policy: Policy, day: date) -> Iterator[Finding]:
        ties = [
            tie
            for _, name in mention.names
            for tie in self._stated.get(name_key(name), ())
            if tie.entity.listings_in_force(day) or not tie.entity.listings
        ]
        if not ties:
            return
        setting = policy.tied_to_listed
        yield Finding(
            rule_id="TIE-STATED",
            title="A list names it beside a listed party",
            family=FAMILY,
            outcome="match",
            severity=setting.severity,
            score=setting.score,
            conditions=tuple(
                ConditionResult(
                    name="tie",
                    holds=True,
                    says=f"{tie.entity.caption} ({tie.key}) is stated to be {tie.kind}: {mention.name}",
                    evidence=(PathValue(path=mention.path, value=mention.name),),
                )
                for tie in dict.fromkeys(ties)
            ),
            detail="The names are the same, whatever their case and punctuation; a namesake is possible.",
            action="Find out whether it is the party that the list means, and who owns it.",
        )


_RECORD = "the record"


def _named(hit: Hit) -> str:
    programmes = ", ".join(dict.fromkeys(listing.programme for listing in hit.listings))
    return f"{hit.given_name} may be {hit.caption}, listed by {hit.publisher} ({programmes})"


def _cut(mention: Mention, policy: Policy) -> Finding:
    setting = policy.tied_to_listed
    return Finding(
        rule_id="TIE-CUT",
        title="Not every owner behind it was looked at",
        family=FAMILY,
        outcome="match",
        severity=setting.severity,
        score=setting.score,
        conditions=(
            ConditionResult(
                name="tie",
                holds=True,
                says=f"more than {MOST_STEPS} steps or {MOST_OWNERS:,} owners stand behind {mention.name}",
                evidence=(PathValue(path=mention.path, value=mention.name),),
            ),
        ),
        action="Look at the owners by hand.",
    )


def split(hits: Sequence[Hit]) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """The hits of what the record names, and those of who stands behind it."""
    own = tuple(hit for hit in hits if not hit.path.startswith(MARK))
    return own, tuple(hit for hit in hits if hit.path.startswith(MARK))
