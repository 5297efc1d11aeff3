"""Vessels of the files to be screened beside each other, and the AIS messages given with them or among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from nkscreen.cli import common
from nkscreen.cli.inputs import File, Files
from nkscreen.errors import InputError
from nkscreen.formats import Input, Quarantined
from nkscreen.packed import Member
from nkscreen.records import Source, Vessel
from nkscreen.vessels.ais.known import why_ais
from nkscreen.vessels.fleet import Fleet
from nkscreen.vessels.sea import Sea

if TYPE_CHECKING:
    from nkscreen.vessels.sent import Sent
    from nkscreen.vessels.track import Track
    from nkscreen.vessels.tracks import Tracks

Refused = Mapping[str, tuple[int, str]]


@dataclass
class _Heard:
    """What AIS files hold: all messages, what ships say of themselves, and of each file of the run the MMSI that no
    earlier one had (with their rows), its rows, those refused, or why it cannot be read."""

    track: Track
    sent: Sent
    broken: Mapping[Path | Member, InputError]
    new: dict[Path | Member, list[tuple[int, int]]] = field(default_factory=dict)
    read: dict[Path | Member, tuple[int, int, Refused]] = field(default_factory=dict)


class Positions:
    """The AIS files of a run: those given as tracks of the vessels of other files, and those that are files of the run
    themselves, whose MMSI become vessels. All are read once, together, when first asked for.

    Args:
        tracks: files that are AIS whatever they look like.
        files: the files of the run, in which AIS files are looked for; none where it is told what they are.
    """

    def __init__(self, tracks: Sequence[Path], files: Files | None = None) -> None:
        self._tracks = tuple(tracks)
        self._found = files.found if files else frozenset()
        self._why = {file: why for file in files or () if isinstance(file, Path | Member) and (why := why_ais(file))}

    @property
    def given(self) -> bool:
        """Whether there is any AIS file."""
        return bool(self._tracks or self._why)

    @property
    def inputs(self) -> Mapping[File, Callable[[], Input]]:
        """The AIS files among those of the run, each with what opens it as vessels."""
        return {file: partial(self._input, file) for file in self._why}

    @property
    def track(self) -> Track:
        """The messages of all files.

        Raises:
            InputError: one that was named cannot be read; one of a folder is left to its `inputs`.
        """
        return self._heard.track

    def vessel(self, mmsi: int) -> Vessel:
        """What an MMSI says of its ship, as a record."""
        return self._heard.sent.vessel(mmsi, Source())

    def told(self) -> str:
        """Rows read and refused, as one sentence for the terminal."""
        track = self.track
        return f"tracks: {track.read:,} rows = {track.frame.height:,} messages of {track.ships:,} ships" + "".join(
            f" + {count:,} because {reason} ({where})" for reason, (count, where) in track.refused.items()
        )

    def joined(self, fleet: Fleet, *, only_known: bool) -> Tracks:
        """The events of the tracks, for the vessels of a fleet; of every MMSI where these files are themselves screened
        or `only_known` is false."""
        from nkscreen.vessels.ports import harbours  # noqa: PLC0415  polars is loaded where there is a track
        from nkscreen.vessels.tracks import Tracks  # noqa: PLC0415

        return Tracks(self.track, known=fleet.seen(), ports=harbours(), only_known=only_known and not self._why)

    @cached_property
    def _heard(self) -> _Heard:
        from nkscreen.vessels.sent import Sent, first_rows  # noqa: PLC0415
        from nkscreen.vessels.track import messages_of, together  # noqa: PLC0415

        parts = [messages_of(file) for file in self._tracks]
        broken: dict[Path | Member, InputError] = {}
        ours: dict[Path | Member, Track] = {}
        for file in self._why:
            try:
                ours[file] = messages_of(file)
            except InputError as error:
                if file not in self._found:
                    raise
                broken[file] = error
        track = together([*parts, *ours.values()])
        heard = _Heard(track, Sent(track), broken)
        known: set[int] = set()
        for file, part in ours.items():
            heard.new[file] = [(mmsi, row) for mmsi, row in first_rows(part) if mmsi not in known]
            known.update(mmsi for mmsi, _ in heard.new[file])
            heard.read[file] = (part.read, part.frame.height, part.refused)
        return heard

    def _input(self, file: Path | Member) -> Input:
        """The MMSI of an AIS file as vessels, those of earlier files left out."""
        heard = self._heard
        if file in heard.broken:
            raise heard.broken[file]
        read, kept, refused = heard.read[file]
        new = heard.new[file]
        source = Input(
            self._items(file, refused),
            file=str(file),
            format="AIS",
            kind="vessel",
            notes=[
                f"{read:,} rows of AIS hold {kept:,} messages; {len(new):,} MMSI that no earlier file had are screened"
            ],
        )
        source.why = self._why[file]
        return source

    def _items(self, file: Path | Member, refused: Refused) -> Iterator[Vessel | Quarantined]:
        from nkscreen.vessels.track import HARMLESS  # noqa: PLC0415

        heard = self._heard
        for mmsi, row in heard.new[file]:
            yield heard.sent.vessel(mmsi, Source(file=str(file), row=row))
        for reason, (count, where) in refused.items():
            if reason not in HARMLESS:
                first = where.rpartition(":")[2]
                yield Quarantined(
                    source=Source(file=str(file), row=int(first) if first.isdecimal() else None),
                    reason=f"{count:,} rows of AIS were not used, this one first: {reason}",
                )


def vessels_together(console: Console, inputs: Iterable[Input], positions: Positions) -> Sea:
    """The vessels of all inputs, to be compared with each other, and the tracks joined to them.

    Inputs of other kinds are passed over. Memory holds different statements about ships, and the messages of the
    tracks (about 40 bytes each).

    Raises:
        InputError: tracks are given and no input holds a vessel, or a track cannot be read.
    """
    fleet = Fleet()
    for source in inputs:
        with source:
            if source.kind not in {"vessel", "mixed"}:
                continue
            for item in source:
                if isinstance(item, Vessel):
                    fleet.add(item)
    if not positions.given:
        return Sea(fleet)
    if not len(fleet) and not positions.inputs:
        raise InputError("--track is given and no file holds a vessel with a number; give a register with MMSI or IMO")
    common.say(console, positions.told())
    joined = positions.joined(fleet, only_known=True)
    met = sum(1 for seen in fleet.seen() if joined.numbers(seen))
    common.say(console, f"tracks joined: {met:,} of {len(fleet):,} different vessels of the files were heard")
    return Sea(fleet, joined)
