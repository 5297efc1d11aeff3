"""Vessels beside listed ones: the same number, radio or hull under another name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from nkscreen.records import Vessel
from nkscreen.records.codes import call_sign, imo, mmsi
from nkscreen.vessels.finding import IdentityFinding, finding
from nkscreen.vessels.fleet import plain
from nkscreen.watchlist import ListedEntity

Hull = tuple[int, float, float]


class ListedVessels:
    """The listed vessels of a watchlist by number, radio and hull."""

    def __init__(self, entities: Iterable[tuple[str, ListedEntity]]) -> None:
        """`entities` are pairs of publisher and entity; those that are no vessel are passed over."""
        self._imo: dict[str, list[tuple[str, ListedEntity]]] = defaultdict(list)
        self._radio: dict[str, list[tuple[str, ListedEntity]]] = defaultdict(list)
        self._hull: dict[Hull, list[tuple[str, ListedEntity]]] = defaultdict(list)
        for publisher, entity in entities:
            if entity.schema_ != "Vessel":
                continue
            entry = (publisher, entity)
            if number := imo.parse(entity.imo_number or ""):
                self._imo[number].append(entry)
            for radio in _radios(entity.mmsi, entity.call_sign):
                self._radio[radio].append(entry)
            if hull := _hull(entity):
                self._hull[hull].append(entry)

    def findings(self, vessel: Vessel) -> tuple[IdentityFinding, ...]:
        """What the lists show about a vessel's identity beyond a hit by its name or number."""
        own = imo.parse(vessel.imo_number) if vessel.imo_number else None
        return (*self._renamed(vessel, own), *self._radios(vessel, own), *self._hulls(vessel, own))

    def _renamed(self, vessel: Vessel, own: str | None) -> Iterator[IdentityFinding]:
        entries = self._imo.get(own or "", ())
        names = [name.value for _, entity in entries for name in entity.names]
        if entries and vessel.name and not any(_one_name(vessel.name, name) for name in names):
            publisher, entity = entries[0]
            detail = (
                f"IMO {own} is {entity.caption} on the list of {publisher}; the papers call the ship {vessel.name}."
            )
            yield finding("listed_renamed", detail, [(vessel, "imo_number"), (vessel, "name")])

    def _radios(self, vessel: Vessel, own: str | None) -> Iterator[IdentityFinding]:
        given = {"mmsi": vessel.mmsi, "call_sign": vessel.call_sign}
        for path, value in given.items():
            radio = next(iter(_radios(*((value, None) if path == "mmsi" else (None, value)))), "")
            for publisher, entity in self._radio.get(radio, ()):
                if entity.imo_number and own and own != imo.parse(entity.imo_number):
                    what = "MMSI" if path == "mmsi" else "call sign"
                    detail = (
                        f"The {what} {radio} is that of {entity.caption} (IMO {entity.imo_number}) on the list of "
                        f"{publisher}; the papers give IMO {own}."
                    )
                    yield finding("listed_radio", detail, [(vessel, path), (vessel, "imo_number")])
                    break

    def _hulls(self, vessel: Vessel, own: str | None) -> Iterator[IdentityFinding]:
        hull = _hull(vessel)
        for publisher, entity in self._hull.get(hull, ()) if hull else ():
            listed = imo.parse(entity.imo_number or "")
            if own and own == listed:
                continue
            detail = (
                (
                    f"Built in {hull[0]}, {hull[1]:,g} gross tons, {hull[2]:,g} t deadweight: as {entity.caption}"
                    f"{f' (IMO {listed})' if listed else ''} on the list of {publisher}."
                )
                if hull
                else ""
            )
            paths = ("imo_number", "build_year", "gross_tonnage", "deadweight_tonnage")
            told = [(vessel, path) for path in paths]
            yield finding("listed_sister" if own else "listed_hull", detail, told)
            return


def _radios(number: str | None, sign: str | None) -> Iterator[str]:
    if number and (digits := mmsi.parse(number)):
        yield digits
    if sign and (letters := call_sign.parse(sign)):
        yield letters


def _hull(ship: Vessel | ListedEntity) -> Hull | None:
    """Year and both tonnages, where all three are known: what together hardly two designs share."""
    year, gross, dead = ship.build_year, ship.gross_tonnage, ship.deadweight_tonnage
    return (year, gross, dead) if year and gross and dead else None


def _one_name(name: str, listed: str) -> bool:
    """Whether all words of one stand in the other ("M/V RYE SONG GANG 1"), or both have the same letters."""
    mine, theirs = set(_WORD.findall(name.casefold())), set(_WORD.findall(listed.casefold()))
    return plain(name) == plain(listed) or (bool(mine and theirs) and (mine <= theirs or theirs <= mine))


_WORD = re.compile(r"[^\W_]+")
