"""From hits to a result: rules, defects of the record, score and provenance. Finding the hits is `Screener`'s."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Self

from nkscreen._version import __version__
from nkscreen.alerts import Alert, Finding, Hit, ListVersion, Provenance
from nkscreen.alerts.policy import Policy
from nkscreen.alerts.score import combine
from nkscreen.errors import InputError, ListError
from nkscreen.matching.clusters import Decision
from nkscreen.records import Mention, Record, Vessel
from nkscreen.rulebook import Rulebook
from nkscreen.screening.defects import defects
from nkscreen.screening.headline import headline, subject
from nkscreen.screening.ownership import Ownership, split
from nkscreen.screening.parties import Parties
from nkscreen.screening.policy import load_policy
from nkscreen.screening.result import ScreeningResult
from nkscreen.screening.stakes import Stakes
from nkscreen.screening.transparency import transparency
from nkscreen.vessels.listed import ListedVessels
from nkscreen.vessels.sea import Sea
from nkscreen.watchlist import Watchlist, outdated


class Assessor:
    """What becomes of a record that met these hits, under a rulebook and a policy. Immutable after construction.

    `as_of` is the day lists and rules are applied for records that carry no date of their own. Nothing here reads a
    clock: where it is not given, it is the date of the oldest list. `decisions` are people's, on which entries of
    several lists are one party (`idle_decisions` names those without effect), `stakes` a team's table of who owns whom.

    Raises:
        ListError: when the watchlist holds no entity: nothing may be called clear against an empty list.
        InputError: when neither `as_of` nor any list gives a date.
        TypeError: when `as_of` is no date or `rulebook` no rulebook.
    """

    def __init__(
        self,
        watchlist: Watchlist,
        rulebook: Rulebook,
        policy: Policy | None = None,
        *,
        as_of: date | None = None,
        decisions: Iterable[Decision] = (),
        stakes: Stakes | None = None,
    ) -> None:
        if not (as_of is None or isinstance(as_of, date)) or not isinstance(rulebook, Rulebook):
            raise TypeError("as_of must be a datetime.date and rulebook what load_rulebook gives")
        for snapshot in watchlist.snapshots:
            if not snapshot.entities:
                raise ListError(
                    f"the list {snapshot.title or snapshot.publisher!r} holds no entries; load a complete one"
                )
        if not len(watchlist):
            raise ListError("there is no list to screen against; load one with load_watchlist(path)")
        day = as_of or watchlist.date
        if day is None:
            raise InputError("the lists carry no date; say as of which day to screen (as_of)")
        self.watchlist, self.rulebook, self.policy, self.as_of = watchlist, rulebook, policy or load_policy(), day
        self._jurisdictions = frozenset(self.policy.jurisdictions.value)
        self._provenance = self._made_with(day)
        self._parties = Parties(watchlist, decisions)
        self._ownership = Ownership(watchlist, stakes)
        self._sea = Sea()
        self._listed_vessels = ListedVessels((s.publisher, entity) for s, entity in watchlist)

    def beside(self, sea: Sea) -> Self:
        """The same, with other records and tracks that vessels are held against."""
        other = copy(self)
        other._sea = sea
        return other

    def seen(self, record: Record, run_day: date) -> Record:
        """A vessel with what its papers, tracks, other records and the lists show; any other record as it is."""
        if not isinstance(record, Vessel):
            return record
        return self._sea.seen(record, self._listed_vessels, as_of=run_day)

    @property
    def idle_decisions(self) -> tuple[str, ...]:
        """One sentence for every decision that has no effect, because an entry it names is on none of the lists."""
        return self._parties.idle

    def assess(
        self, record: Record, mentions: tuple[Mention, ...], hits: tuple[Hit, ...], run_day: date
    ) -> ScreeningResult:
        """The result for a record, given everything that it mentions and every hit of these mentions."""
        uncertain = record.uncertainties()
        own, behind = split(hits)
        hits = self._parties.mark(own)
        counting = tuple(hit for hit in hits if self.counts(hit))
        rules = self.rulebook.evaluate_all(record, counting, run_day)
        binding = tuple(finding for finding in rules.findings if self._binds(finding))
        near = (*counting, *(hit for hit in behind if self.counts(hit)))
        ties = tuple(self._ownership.findings(record, mentions, near, self.policy, record.event_date or run_day))
        findings = (
            binding
            + tuple(finding for finding in ties if self._binds(finding))
            + tuple(defects(record, mentions, uncertain, self.policy))
            + tuple(transparency(record, self.policy))
        )
        alert = self._alert(record, hits, counting, findings, run_day) if counting or findings else None
        too_old = self.provenance(run_day).outdated
        return ScreeningResult(record, hits, findings, uncertain, rules.unresolved, alert, too_old)

    def beyond(self, record: Record, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Who stands behind those whom the record names, by the table of owners; their hits belong to `assess` too."""
        return self._ownership.beyond(record, mentions)

    def stated(self, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
        """The entries, `publisher:id`, that name one of these in a tie, without an entry of its own."""
        return self._ownership.stated(mentions)

    def tied(self, name: str) -> bool:
        """Whether a table of owners or a list knows ties of somebody of this name."""
        return self._ownership.knows(name)

    def counts(self, hit: Hit) -> bool:
        """Whether a hit raises an alert: in force on the day, and at or above the policy's threshold."""
        return hit.in_force and hit.score >= self.policy.alert_threshold.value

    def provenance(self, as_of: date | None = None) -> Provenance:
        """The versions and hashes that every alert carries."""
        return self._provenance if as_of in {None, self.as_of} else self._made_with(as_of or self.as_of)

    def _made_with(self, day: date) -> Provenance:
        limit = int(self.policy.list_too_old.value)
        return Provenance(
            library=__version__,
            as_of=day,
            lists=tuple(
                ListVersion(publisher=s.publisher, list_date=s.list_date, sha256=s.sha256)
                for s in self.watchlist.snapshots
            ),
            rulebook=f"{self.rulebook.name} {self.rulebook.version}",
            rulebook_sha256=self.rulebook.sha256,
            policy_sha256=self.policy.sha256,
            outdated=tuple(text for s in self.watchlist.snapshots if (text := outdated(s, day, limit))),
        )

    def _binds(self, finding: Finding) -> bool:
        return not finding.jurisdictions or not self._jurisdictions.isdisjoint(finding.jurisdictions)

    def _alert(
        self,
        record: Record,
        hits: tuple[Hit, ...],
        counting: tuple[Hit, ...],
        findings: tuple[Finding, ...],
        run_day: date,
    ) -> Alert:
        score, severity, contributions = combine(counting, findings, self.policy)
        ordered = tuple(sorted(findings, key=lambda finding: (-finding.score, finding.rule_id)))
        return Alert(
            id=alert_id(record, counting, ordered),
            record_kind=record.kind,
            record_id=record.id,
            source=record.source,
            subject=subject(record),
            event_date=record.event_date,
            score=score,
            severity=severity,
            headline=headline(counting, ordered),
            hits=tuple(sorted(hits, key=lambda hit: (not self.counts(hit), -hit.score, hit.path, hit.entity_id))),
            findings=ordered,
            contributions=contributions,
            record=record.model_dump(mode="json", by_alias=False, exclude_none=True, exclude_defaults=True),
            provenance=self.provenance(run_day),
        )


def alert_id(record: Record, hits: Iterable[Hit], findings: Iterable[Finding]) -> str:
    """The same id whenever the same record, in the same place, meets the same entities and rules."""
    parts = [
        record.kind,
        record.id,
        str(record.source or ""),
        sorted({f"{hit.path}={hit.publisher}:{hit.entity_id}" for hit in hits}),
        sorted({f"{finding.rule_id}:{finding.outcome}" for finding in findings}),
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]
