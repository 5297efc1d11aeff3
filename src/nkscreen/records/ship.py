"""Vessels, the ports they call at and the transfers they take part in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, model_validator

from nkscreen.records.codes import country, imo, mmsi
from nkscreen.records.codes import port as ports
from nkscreen.records.fields import Country, Day, ImoNumber, Mmsi, Port, Text, Unstated
from nkscreen.records.model import MAX_LIST, Mention, Mentioned, Model
from nkscreen.records.party import Party


class PortCall(Model):
    """A visit to a port. The country follows from the port where it is not given."""

    port: Port = None
    country: Country = None
    arrival: Day = None
    departure: Day = None

    @model_validator(mode="before")
    @classmethod
    def _country_of_port(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.get("country") and isinstance(data.get("port"), str):
            code = ports.country_of(data["port"])
            if code:
                return {**data, "country": code}
        return data


class FlagPeriod(Model):
    """A flag that a vessel flew, from one day and, when it flies it no more, until another.

    `period` is the time as the papers write it where they give no full days ("2012 to 2015").
    """

    flag: Country = None
    since: Day = None
    until: Day = None
    period: Text = None


class NamePeriod(Model):
    """A name that a vessel bore; `since`, `until` and `period` are those of `FlagPeriod`."""

    name: Text = None
    since: Day = None
    until: Day = None
    period: Text = None


class ShipParty(Party):
    """Somebody who owned, managed or operated a vessel beside or before those whom it has now, by `role`."""

    since: Day = None
    until: Day = None
    period: Text = None


class AisGap(Model):
    """A time in which a ship sent no AIS, as an analysis of its track or a vendor gives it.

    `start` and `end` are the days of the last position before and of the first after it, `hours` is how long it was.
    `area` and `end_area` name the waters in which it began and ended, `began_near` and `ended_near` the side of North
    Korea off which that was ("Yellow Sea side"), within 50 nautical miles of its coast. `dprk_in_reach` says whether
    the ship could have been at a DPRK port, or where ships trade with the DPRK, in between and at the speed it makes.
    Draughts are in metres, as sent before and after.
    """

    start: Day = None
    end: Day = None
    hours: float | None = Field(default=None, ge=0)
    area: Text = None
    end_area: Text = None
    began_near: Text = None
    ended_near: Text = None
    dprk_in_reach: bool | None = None
    draught_before: float | None = Field(default=None, ge=0)
    draught_after: float | None = Field(default=None, ge=0)


class StsTransfer(Mentioned):
    """A ship-to-ship transfer, declared or observed: the other ship, when, where, and its own port calls."""

    date: Day = None
    name: Text = None
    imo_number: ImoNumber = None
    mmsi: Mmsi = None
    flag: Country = None
    area: Text = None
    port_calls: tuple[PortCall, ...] = Field(default=(), max_length=MAX_LIST)

    def as_mentions(self, path: str) -> Iterator[Mention]:
        yield _vessel_mention(self, path, "ship-to-ship counterpart", ())


class Encounter(Mentioned):
    """Two ships close together for hours, as AIS shows them; it does not show that anything was transferred.

    `hours` is how long, `km` how far apart and `knots` how fast in the middle of it, `lat` and `lon` where, in degrees.
    `port` is one that was near; none where they were away from ports, or where no port is known. Name, IMO number and
    flag of the other ship are those of a register that has its MMSI, else name and number are what it sent.
    """

    start: Day = None
    end: Day = None
    hours: float | None = Field(default=None, ge=0)
    km: float | None = Field(default=None, ge=0)
    knots: float | None = Field(default=None, ge=0)
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    area: Text = None
    port: Port = None
    mmsi: Mmsi = None
    name: Text = None
    imo_number: ImoNumber = None
    flag: Country = None

    def as_mentions(self, path: str) -> Iterator[Mention]:
        if self.mmsi or self.name or self.imo_number:
            yield _vessel_mention(self, path, "ship met at sea", ())


class Loitering(Model):
    """A time in which a ship stayed slow; `km` is how far its ends lie apart.

    `port` is one that was near, and `met` says whether another ship that sends AIS was close meanwhile. Draughts are
    those sent last before it and first after it, in metres.
    """

    start: Day = None
    end: Day = None
    hours: float | None = Field(default=None, ge=0)
    knots: float | None = Field(default=None, ge=0)
    km: float | None = Field(default=None, ge=0)
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    area: Text = None
    port: Port = None
    met: bool | None = None
    draught_before: float | None = Field(default=None, ge=0)
    draught_after: float | None = Field(default=None, ge=0)


class DprkWaters(Model):
    """A time in which a ship was heard within 12 nautical miles of North Korea's coast, an approximation of its
    territorial sea; `side` is the Yellow Sea or the East Sea side, the place is where it was heard first."""

    start: Day = None
    end: Day = None
    hours: float | None = Field(default=None, ge=0)
    side: Text = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)


class AisTrack(Model):
    """What the AIS messages of a ship show, counted; there is none where no track was given.

    `silent_since` is when it was last heard, where others were heard for hours after. `ships` is how many ships sent
    its MMSI at one time, `jumps` counts steps that no ship makes, `off_earth` places that are none, `patterns`
    places in circles or boxes as jammed and forged receivers give them. `destination` is the port that was declared for
    the last voyage that ended, `reached` whether it ended there, and `draught_changes` how often the draught changed
    by a metre or more away from the ports that are known. `on_land` counts messages from far inland, `dprk_waters`
    times in North Korea's territorial sea (an approximation) and `dprk_waters_hours` all of them together.
    """

    start: Day = None
    end: Day = None
    messages: int | None = Field(default=None, ge=0)
    silent_since: Day = None
    gaps: int | None = Field(default=None, ge=0)
    encounters: int | None = Field(default=None, ge=0)
    jumps: int | None = Field(default=None, ge=0)
    off_earth: int | None = Field(default=None, ge=0)
    ships: int | None = Field(default=None, ge=0)
    patterns: int | None = Field(default=None, ge=0)
    destination: Port = None
    reached: bool | None = None
    draught_changes: int | None = Field(default=None, ge=0)
    on_land: int | None = Field(default=None, ge=0)
    dprk_waters: int | None = Field(default=None, ge=0)
    dprk_waters_hours: float | None = Field(default=None, ge=0)


class Observation(Model):
    """Something about a vessel's identity or track that contradicts itself, the lists or other records.

    `code` and `strength` are those of `nkscreen.vessels.finding`, `told` the places and values that show it.
    """

    code: str = Field(min_length=1, max_length=100)
    strength: str = Field(min_length=1, max_length=20)
    title: Text = None
    detail: Text = None
    told: tuple[str, ...] = Field(default=(), max_length=MAX_LIST)


class Ship(Mentioned):
    """A vessel as papers or AIS describe it (FollowTheMoney `Vessel`).

    `length` is that overall and `beam` the greatest, in metres.
    `flag_confirmed` says whether the registry of the flag, when asked, knew the vessel. `other_imo_numbers` and
    `other_mmsi` are further numbers that the papers give for it; `other_parties` are further owners, managers and
    operators, at the same time or earlier.
    """

    name: Text = None
    previous_names: tuple[str, ...] = Field(default=(), max_length=MAX_LIST)
    name_history: tuple[NamePeriod, ...] = Field(default=(), max_length=MAX_LIST)
    imo_number: ImoNumber = None
    other_imo_numbers: tuple[ImoNumber, ...] = Field(default=(), max_length=MAX_LIST)
    mmsi: Mmsi = None
    other_mmsi: tuple[Mmsi, ...] = Field(default=(), max_length=MAX_LIST)
    call_sign: Text = None
    flag: Country = None
    past_flags: tuple[Country, ...] = Field(default=(), max_length=MAX_LIST)
    type: Text = None
    build_year: int | None = Field(default=None, ge=1800, le=2200)
    gross_tonnage: float | None = Field(default=None, ge=0)
    deadweight_tonnage: float | None = Field(default=None, ge=0)
    length: float | None = Field(default=None, ge=0)
    beam: float | None = Field(default=None, ge=0)
    owner: Party | None = None
    operator: Party | None = None
    manager: Party | None = None
    other_parties: tuple[ShipParty, ...] = Field(default=(), max_length=MAX_LIST)
    sts_transfers: tuple[StsTransfer, ...] = Field(default=(), max_length=MAX_LIST)
    port_calls: tuple[PortCall, ...] = Field(default=(), max_length=MAX_LIST)
    flag_history: tuple[FlagPeriod, ...] = Field(default=(), max_length=MAX_LIST)
    flag_confirmed: bool | None = None
    ais_gaps: Annotated[tuple[AisGap, ...], Unstated()] = Field(default=(), max_length=MAX_LIST)
    encounters: Annotated[tuple[Encounter, ...], Unstated()] = Field(default=(), max_length=MAX_LIST)
    loitering: Annotated[tuple[Loitering, ...], Unstated()] = Field(default=(), max_length=MAX_LIST)
    dprk_waters: Annotated[tuple[DprkWaters, ...], Unstated()] = Field(default=(), max_length=MAX_LIST)
    track: AisTrack | None = None
    observations: tuple[Observation, ...] = Field(default=(), max_length=MAX_LIST)

    def as_mentions(self, path: str) -> Iterator[Mention]:
        yield _vessel_mention(self, path, "vessel", self.previous_names)
        prefix = f"{path}." if path else ""
        for index, number in enumerate(self.other_imo_numbers):
            if number and imo.parse(number):
                here = f"{prefix}other_imo_numbers[{index}]"
                yield Mention(here, "Vessel", "vessel", imo_number=imo.parse(number))
        for index, number in enumerate(self.other_mmsi):
            if number and mmsi.parse(number):
                yield Mention(f"{prefix}other_mmsi[{index}]", "Vessel", "vessel", mmsi=mmsi.parse(number))


def _vessel_mention(ship: Ship | StsTransfer | Encounter, path: str, role: str, previous: tuple[str, ...]) -> Mention:
    prefix = f"{path}." if path else ""
    names = [(f"{prefix}name", ship.name)] if ship.name else []
    names += [(f"{prefix}previous_names[{index}]", name) for index, name in enumerate(previous) if name.strip()]
    return Mention(
        path,
        "Vessel",
        role,
        names=tuple(names),
        countries=(ship.flag,) if ship.flag and country.is_code(ship.flag) else (),
        imo_number=imo.parse(ship.imo_number) if ship.imo_number else None,
        mmsi=mmsi.parse(ship.mmsi) if ship.mmsi else None,
        call_sign=getattr(ship, "call_sign", None),
        build_year=getattr(ship, "build_year", None),
        gross_tonnage=getattr(ship, "gross_tonnage", None),
        deadweight_tonnage=getattr(ship, "deadweight_tonnage", None),
    )
