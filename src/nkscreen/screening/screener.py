"""One record in, one result out: lists, rules and the record's own defects, scored into an alert."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from nkscreen.alerts import Hit
from nkscreen.alerts.policy import Policy
from nkscreen.matching import Matcher
from nkscreen.matching.clusters import Decision
from nkscreen.matching.index import Names
from nkscreen.records import Mention, Record, Schema
from nkscreen.records.codes.nameless import is_nameless
from nkscreen.rulebook import Rulebook, load_rulebook
from nkscreen.screening.assessor import Assessor
from nkscreen.screening.result import ScreeningResult
from nkscreen.screening.stakes import Stakes
from nkscreen.screening.texts import text_hits
from nkscreen.watchlist import Watchlist, bundled_watchlist


class Screener(Assessor):
    """Screens records against a watchlist and a rulebook under a policy. Immutable after construction.

    Arguments and errors are those of `Assessor`.
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
        super().__init__(watchlist, rulebook, policy, as_of=as_of, decisions=decisions, stakes=stakes)
        self._matcher = Matcher(watchlist)

    @classmethod
    def default(cls, *, as_of: date | None = None) -> Screener:
        """A screener with the bundled list of DPRK designations, the bundled rules and the bundled policy."""
        return cls(bundled_watchlist(), load_rulebook(tests=False), as_of=as_of)

    def screen(self, record: Record, *, as_of: date | None = None) -> ScreeningResult:
        """Screen one record completely.

        Raises:
            TypeError: what is given is no record; build one with `Shipment.read({...})` and the like.
        """
        if not isinstance(record, Record):
            raise TypeError(
                f"a record is wanted, not {type(record).__name__}: build one with Counterparty.read({{...}})"
            )
        run_day = as_of or self.as_of
        record = self.seen(record, run_day)
        mentions = tuple(record.mentions())
        everybody = (*mentions, *self.beyond(record, mentions))
        return self.assess(record, mentions, self._hits(record, everybody, run_day), run_day)

    def screen_many(self, records: Iterable[Record], *, as_of: date | None = None) -> Iterator[ScreeningResult]:
        """Screen records as they come, one result for each, in order and in bounded memory.

        Names that repeat are compared once: the matcher remembers recent ones.
        """
        for record in records:
            yield self.screen(record, as_of=as_of)

    def hits(self, record: Record, *, as_of: date | None = None) -> tuple[Hit, ...]:
        """The listed entities that anybody named in the record may be, on the record's own date where it has one."""
        return self._hits(record, record.mentions(), as_of or self.as_of)

    def _hits(self, record: Record, mentions: Iterable[Mention], run_day: date) -> tuple[Hit, ...]:
        day = record.event_date or run_day
        named = tuple(hit for mention in mentions for hit in self.match(mention, as_of=day))
        told = text_hits(self._matcher, record, day, self.policy.alert_threshold.value, named)
        return (*named, *(hit for hits in told for hit in hits))

    def match(self, mention: Mention, *, as_of: date, threshold: float | None = None) -> tuple[Hit, ...]:
        """Listed entities that a mention may be; see `Matcher.hits`. Names that are none (`TO ORDER`) match nothing."""
        least = self.policy.alert_threshold.value if threshold is None else threshold
        return self._matcher.hits(with_names(mention), as_of, least)

    def can_hit(self, names: Names, schema: Schema) -> NDArray[np.bool_]:
        """Of each of many names whether `match` may find a listed entity by it: False only where certainly none."""
        return self._matcher.can_hit(names, schema)


def with_names(mention: Mention) -> Mention:
    """The mention with those of its names that are names."""
    if not any(is_nameless(name) for _, name in mention.names):
        return mention
    return replace(mention, names=tuple((path, name) for path, name in mention.names if not is_nameless(name)))
