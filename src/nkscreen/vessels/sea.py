"""All that is known of vessels beside their own papers: other records, tracks, lists; and what it adds to a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from nkscreen.records import Vessel
from nkscreen.records.ship import Observation

if TYPE_CHECKING:
    from nkscreen.vessels.finding import IdentityFinding
    from nkscreen.vessels.fleet import Fleet
    from nkscreen.vessels.listed import ListedVessels
    from nkscreen.vessels.tracks import Tracks  # its polars is loaded where there is a track


@dataclass(frozen=True)
class Sea:
    """Other records and tracks, either of which there may be none of."""

    fleet: Fleet | None = None
    tracks: Tracks | None = None

    def seen(self, vessel: Vessel, listed: ListedVessels, *, as_of: date | None = None) -> Vessel:
        """The vessel with the events of its track and with what its papers, the others, the tracks and the lists show.

        A vessel without a date that a track was joined to is of the day `as_of`, from which rules count calls back.
        Observations that it carries already are kept, so that an enriched record stays as it is.
        """
        from nkscreen.vessels.history import examine_history  # noqa: PLC0415  where a vessel is seen
        from nkscreen.vessels.identity import examine  # noqa: PLC0415

        joined = self.tracks.joined(vessel) if self.tracks else vessel
        if joined is not vessel and joined.date is None and as_of:
            joined = joined.model_copy(update={"date": as_of})
        found = [
            *examine(joined, as_of=as_of),
            *examine_history(joined, as_of=as_of),
            *listed.findings(joined),
            *(self.fleet.findings(joined) if self.fleet else ()),
            *(self.tracks.findings(vessel) if self.tracks else ()),
        ]
        observations = (*joined.observations, *_observed(found))
        if not observations:
            return joined
        return joined.model_copy(update={"observations": tuple(dict.fromkeys(observations))})


def _observed(findings: Iterable[IdentityFinding]) -> Iterable[Observation]:
    for item in findings:
        yield Observation(
            code=item.code,
            strength=item.strength.value,
            title=item.title,
            detail=item.detail,
            told=tuple(f"{said.path} = {said.value}" for said in item.evidence),
        )
