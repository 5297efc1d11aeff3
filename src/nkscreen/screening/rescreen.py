"""Records screened again after the lists changed: only what changed is looked for, with the result of a full run.

A hit depends on the record and one listed entity alone. So a record whose names and numbers meet no entry that was
added, removed or amended has the alert it had, save for the dates and hashes of the lists; it is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, Literal

from nkscreen.alerts import Alert, Hit
from nkscreen.alerts.policy import Policy
from nkscreen.matching import Matcher
from nkscreen.matching.clusters import Decision
from nkscreen.matching.matcher import best_first
from nkscreen.records import Mention, Record, Vessel
from nkscreen.rulebook import Rulebook
from nkscreen.screening.account import TOGETHER
from nkscreen.screening.assessor import Assessor
from nkscreen.screening.result import ScreeningResult
from nkscreen.screening.screener import with_names
from nkscreen.screening.stakes import Stakes
from nkscreen.screening.texts import text_hits
from nkscreen.vessels.listed import ListedVessels
from nkscreen.watchlist import Watchlist
from nkscreen.watchlist.delta import Touched, touched

Change = Literal["raised", "changed", "cleared"]


@dataclass(frozen=True, slots=True)
class Rescreened:
    """A record whose alert differs between two states of the lists, and the results under both.

    `entries` are the keys (`publisher:id`) of the entries that were added, removed or amended and that the record met.
    """

    record: Record
    before: ScreeningResult
    after: ScreeningResult
    change: Change
    entries: tuple[str, ...]


class Rescreener:
    """Screens records against what changed from one state of the lists to another. Immutable after construction.

    Both states are applied under one rulebook, one policy and one day (`as_of`), so a difference is the lists' doing.

    Raises:
        ListError, InputError, TypeError: as `Screener`, for either state.
    """

    def __init__(
        self,
        before: Watchlist,
        after: Watchlist,
        rulebook: Rulebook,
        policy: Policy | None = None,
        *,
        as_of: date | None = None,
        decisions: Iterable[Decision] = (),
        stakes: Stakes | None = None,
    ) -> None:
        said = tuple(decisions)
        self.after = Assessor(after, rulebook, policy, as_of=as_of, decisions=said, stakes=stakes)
        self.before = Assessor(
            before, rulebook, self.after.policy, as_of=self.after.as_of, decisions=said, stakes=stakes
        )
        self.touched: Touched = touched(before, after)
        self._touched_keys = self.touched.keys
        self._listed_vessels = [
            ListedVessels((s.publisher, entity) for s, entity in state)
            for state in (self.touched.before, self.touched.after)
        ]
        self._gone = Matcher(self.touched.before)
        self._come = Matcher(self.touched.after)
        self._least = self.after.policy.alert_threshold.value

    def rescreen(self, record: Record) -> Rescreened | None:
        """Both results of a record whose alert changed (raised, cleared, or with other content); else None."""
        mentions = tuple(record.mentions())
        day = record.event_date or self.after.as_of
        everybody = (*mentions, *self.after.beyond(record, mentions))
        met = self._met(record, everybody, day)
        stated = tuple(tie for side in (self.before, self.after) for tie in side.stated(mentions))
        touched_ties = [key for key in stated if key in self._touched_keys]
        near = isinstance(record, Vessel) and any(listed.findings(record) for listed in self._listed_vessels)
        if not touched_ties and not near and not any(gone or come for gone, come in met):
            return None
        kept = self._hits(self._unchanged, record, everybody, day)
        then = [best_first((*self._dated(same), *gone)) for same, (gone, _) in zip(kept, met, strict=True)]
        now = [best_first((*same, *come)) for same, (_, come) in zip(kept, met, strict=True)]
        before = self._assess(self.before, self.before.seen(record, self.after.as_of), mentions, then)
        after = self._assess(self.after, self.after.seen(record, self.after.as_of), mentions, now)
        change = _change(before.alert, after.alert)
        entries = sorted({hit.key for pair in met for hits in pair for hit in hits} | set(touched_ties))
        return Rescreened(record, before, after, change, tuple(entries)) if change else None

    def rescreen_many(self, records: Iterable[Record]) -> Iterator[Rescreened]:
        """Those records whose alert changed, as they come. Many at once cost far less than one by one."""
        source = iter(records)
        while chunk := list(islice(source, TOGETHER)):
            for record, may in zip(chunk, self.may_change(chunk), strict=True):
                if may and (found := self.rescreen(record)):
                    yield found

    def may_change(self, records: Sequence[Record]) -> list[bool]:
        """Of each of many records whether `rescreen` may give something: False only where it certainly gives None."""
        found = []
        everybody: list[Mention] = []
        whose: list[int] = []
        for number, record in enumerate(records):
            mentions = tuple(record.mentions())
            named = [with_names(mention) for mention in (*mentions, *self.after.beyond(record, mentions))]
            everybody += named
            whose += [number] * len(named)
            stated = (key for side in (self.before, self.after) for key in side.stated(mentions))
            found.append(isinstance(record, Vessel) or not self._touched_keys.isdisjoint(stated))
        for matcher in (self._gone, self._come):
            for number, may in zip(whose, matcher.may_hit(everybody), strict=True):
                found[number] = found[number] or may
        return [may or self._in_texts(record) for may, record in zip(found, records, strict=True)]

    def _in_texts(self, record: Record) -> bool:
        day = record.event_date or self.after.as_of
        return any(
            matcher.hits_in_text(path, text, day)
            for path, text in record.texts()
            for matcher in (self._gone, self._come)
        )

    def _met(
        self, record: Record, everybody: tuple[Mention, ...], day: date
    ) -> list[tuple[tuple[Hit, ...], tuple[Hit, ...]]]:
        gone, come = (self._hits(matcher, record, everybody, day) for matcher in (self._gone, self._come))
        return list(zip(gone, come, strict=True))

    def _hits(
        self, matcher: Matcher, record: Record, everybody: tuple[Mention, ...], day: date
    ) -> list[tuple[Hit, ...]]:
        """Of each mention, then of each text, the hits among these entries."""
        named = [matcher.hits(with_names(mention), day, self._least) for mention in everybody]
        told = text_hits(matcher, record, day, self._least, (hit for hits in named for hit in hits))
        return [*named, *told]

    @cached_property
    def _unchanged(self) -> Matcher:
        """The entries that both states have, made ready when a record first needs them."""
        return Matcher(self.touched.unchanged)

    @cached_property
    def _days(self) -> dict[tuple[str, str], date | None]:
        return {(s.publisher, entity.id): s.list_date for s, entity in self.before.watchlist}

    def _dated(self, hits: Iterable[Hit]) -> Iterator[Hit]:
        """Hits as they were under the earlier lists."""
        for hit in hits:
            yield hit.model_copy(update={"list_date": self._days[hit.publisher, hit.entity_id]})

    @staticmethod
    def _assess(
        assessor: Assessor, record: Record, mentions: tuple[Mention, ...], hits: Iterable[tuple[Hit, ...]]
    ) -> ScreeningResult:
        return assessor.assess(record, mentions, tuple(hit for each in hits for hit in each), assessor.as_of)


def _change(before: Alert | None, after: Alert | None) -> Change | None:
    if before is None or after is None:
        return "raised" if after else "cleared" if before else None
    return "changed" if content(before) != content(after) else None


def content(alert: Alert) -> dict[str, Any]:
    """What an alert says, without the versions that produced it and the dates of the lists."""
    said = alert.to_dict()
    del said["provenance"]
    for hit in said["hits"]:
        del hit["list_date"]
    return said
