"""Vessels of the files to be screened beside each other, and the tracks given with them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from nkscreen.cli import common
from nkscreen.errors import InputError
from nkscreen.formats import Input
from nkscreen.records import Vessel
from nkscreen.vessels.fleet import Fleet
from nkscreen.vessels.sea import Sea


def vessels_together(console: Console, inputs: Iterable[Input], tracks: list[Path]) -> Sea:
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
    if not tracks:
        return Sea(fleet)
    if not len(fleet):
        raise InputError("--track is given and no file holds a vessel with a number; give a register with MMSI or IMO")
    from nkscreen.vessels.ports import harbours  # noqa: PLC0415  polars is loaded where there is a track
    from nkscreen.vessels.track import read_track  # noqa: PLC0415
    from nkscreen.vessels.tracks import Tracks  # noqa: PLC0415

    track = read_track(tracks)
    common.say(
        console,
        f"tracks: {track.read:,} rows = {track.frame.height:,} messages of {track.ships:,} ships"
        + "".join(f" + {count:,} because {reason} ({where})" for reason, (count, where) in track.refused.items()),
    )
    joined = Tracks(track, known=fleet.seen(), ports=harbours(), only_known=True)
    met = sum(1 for seen in fleet.seen() if joined.numbers(seen))
    common.say(console, f"tracks joined: {met:,} of {len(fleet):,} different vessels of the files were heard")
    return Sea(fleet, joined)
