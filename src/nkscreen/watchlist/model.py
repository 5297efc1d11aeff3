"""Listed entities, the lists they stand on, and the watchlist a run is screened against."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from nkscreen.records import Schema
from nkscreen.records.fields import Country, ImoNumber, Mmsi, PartialDate
from nkscreen.records.model import Model

NameKind = Literal["primary", "alias", "former", "original_script"]
Quality = Literal["strong", "weak"]
"""Alias quality in OFAC's words; the UN's "Good" is strong and its "Low" is weak."""


_FIELD_SETS: dict[frozenset[str], set[str]] = {}


class _Listed(Model):
    """A model of which a list makes tens of thousands. Those with the same fields set share the set that says so: it is
    half of what they take in memory, and nobody changes it (a copy has its own)."""

    def model_post_init(self, context: Any, /) -> None:  # noqa: ARG002  pydantic gives it
        """Called by pydantic when the model is made."""
        fields = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _FIELD_SETS.setdefault(frozenset(fields), fields))


class ListedName(_Listed):
    """One name of a listed entity, as the publisher writes it."""

    value: str = Field(min_length=1)
    kind: NameKind = "primary"
    quality: Quality = "strong"


class ListedDocument(_Listed):
    """A passport, registration or tax number as listed."""

    type: str = ""
    number: str = Field(min_length=1)
    country: Country = None


class Listing(_Listed):
    """Why and since when an entity is listed. A programme is the publisher's own name (`DPRK3`, `UN 1718`)."""

    programme: str
    listed: date | None = None
    amended: date | None = None
    removed: date | None = None
    legal_basis: str = ""
    measure: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the listing stood on that day. A listing without a date counts as always in force."""
        return (self.listed is None or self.listed <= day) and (self.removed is None or day < self.removed)


class Link(_Listed):
    """A tie to another entity as the publisher states it: `linked to`, `owned by`. `target` is its name or id."""

    kind: str
    target: str


class ListedEntity(_Listed):
    """A person, organisation, vessel, aircraft or wallet on a list. `id` is unique within the publisher's list.

    `approximate_birth_dates` are those of `birth_dates` that the publisher gives as "circa". `dprk_nexus` is set by a
    reader where the publisher marks a tie to the DPRK other than by programme (ask `is_dprk`). `notes` are facts that
    have no field of their own; they are shown, never matched. Tonnages are in tons.
    """

    id: str = Field(min_length=1)
    schema_: Schema = Field(alias="schema")
    names: tuple[ListedName, ...] = ()
    listings: tuple[Listing, ...] = ()
    birth_dates: tuple[PartialDate, ...] = ()
    approximate_birth_dates: tuple[PartialDate, ...] = ()
    birth_places: tuple[str, ...] = ()
    genders: tuple[Literal["male", "female"], ...] = ()
    nationalities: tuple[Country, ...] = ()
    countries: tuple[Country, ...] = ()
    addresses: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    documents: tuple[ListedDocument, ...] = ()
    imo_number: ImoNumber = None
    mmsi: Mmsi = None
    call_sign: str | None = None
    flag: Country = None
    past_flags: tuple[Country, ...] = ()
    vessel_type: str | None = None
    build_year: int | None = Field(default=None, ge=1800, le=2200)
    gross_tonnage: float | None = None
    deadweight_tonnage: float | None = None
    swift_bics: tuple[str, ...] = ()
    lei_code: str | None = None
    wallets: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()
    dprk_nexus: bool = False

    @property
    def caption(self) -> str:
        """The name to show: the first one listed, or the id of an entity that has only numbers."""
        return self.names[0].value if self.names else self.id

    @property
    def programmes(self) -> tuple[str, ...]:
        """The programmes of all listings, each once, in order."""
        return tuple(dict.fromkeys(listing.programme for listing in self.listings))

    def listings_in_force(self, day: date) -> tuple[Listing, ...]:
        """The listings that stood on that day."""
        return tuple(listing for listing in self.listings if listing.in_force(day))

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the entity's canonical JSON: changes when anything about the entity changes."""
        return hashlib.sha256(self.model_dump_json(exclude_defaults=True).encode()).hexdigest()


class ReadReport(Model):
    """What a reader met: entries in the file, entries kept, and what it could not understand, each with its place.

    `missing` are the files of the list that were not there.
    """

    read: int = 0
    kept: int = 0
    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Snapshot(Model):
    """One publisher's list as it stood on one day. Immutable; two snapshots with one hash hold the same entities.

    `confirmed` is the day on which its publisher was last asked and had nothing newer, where a store knows it.
    """

    publisher: str
    title: str
    list_date: date | None = None
    sources: tuple[str, ...] = ()
    entities: tuple[ListedEntity, ...]
    report: ReadReport = ReadReport()
    bundled: bool = False
    confirmed: date | None = None

    @property
    def newest_on(self) -> date | None:
        """The last day on which this was known to be the newest list; None where no day is known."""
        return max(filter(None, (self.list_date, self.confirmed)), default=None)

    @cached_property
    def sha256(self) -> str:
        """Hash over the entities' hashes in id order; independent of file format and retrieval."""
        digest = hashlib.sha256()
        for entity in sorted(self.entities, key=lambda entity: entity.id):
            digest.update(f"{entity.id}\0{entity.content_hash}\n".encode())
        return digest.hexdigest()


class Watchlist:
    """Everything a run is screened against: one or more snapshots. An entity's key is `publisher:id`."""

    def __init__(self, *snapshots: Snapshot) -> None:
        self.snapshots = snapshots

    def __iter__(self) -> Iterator[tuple[Snapshot, ListedEntity]]:
        for snapshot in self.snapshots:
            for entity in snapshot.entities:
                yield snapshot, entity

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same snapshots in the same order."""
        return self.snapshots == other.snapshots if isinstance(other, Watchlist) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __len__(self) -> int:
        return sum(len(snapshot.entities) for snapshot in self.snapshots)

    @property
    def date(self) -> date | None:
        """The day of the oldest list, or None when no list has a date."""
        days = [snapshot.list_date for snapshot in self.snapshots if snapshot.list_date]
        return min(days) if days else None

    @cached_property
    def sha256(self) -> str:
        """One hash for all snapshots, independent of their order."""
        return hashlib.sha256("\n".join(sorted(s.sha256 for s in self.snapshots)).encode()).hexdigest()
