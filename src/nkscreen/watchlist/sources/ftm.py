"""FollowTheMoney JSON lines, as OpenSanctions publishes them: `entities.ftm.json` and `targets.nested.json`.

One entity a line: `{"id": ..., "schema": ..., "properties": {name: [value, ...]}}`. Sanctions, links, documents,
addresses and wallets are entities of their own that point to their subject, or stand nested inside its properties.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

from nkscreen.errors import ListError
from nkscreen.records import Schema
from nkscreen.records.codes import bic, dates, imo, mmsi
from nkscreen.watchlist.model import Link, ListedName, Listing, NameKind, Quality, Snapshot
from nkscreen.watchlist.sources.common import Reading, clean, date_in_name, load_bytes

SCREENED: dict[str, str] = {name: name for name in get_args(Schema)} | {"Asset": "LegalEntity"}

NAMES: tuple[tuple[str, NameKind, Quality], ...] = (
    ("name", "primary", "strong"),
    ("alias", "alias", "strong"),
    ("weakAlias", "alias", "weak"),
    ("previousName", "former", "strong"),
)

NUMBERS = ("passportNumber", "idNumber", "registrationNumber", "taxNumber", "innCode", "ogrnCode", "vatCode", "uscCode")
"""Properties that identify an entity by a number; their names become the documents' types."""

LINKS = {
    "Ownership": ("owner", "owner of", "asset", "owned by"),
    "Directorship": ("director", "director of", "organization", "directed by"),
    "Membership": ("member", "member of", "organization", "has member"),
    "Employment": ("employee", "employee of", "employer", "employer of"),
    "Representation": ("agent", "agent for", "client", "represented by"),
    "Family": ("person", "related to", "relative", "related to"),
    "Associate": ("person", "associate of", "associate", "associate of"),
    "UnknownLink": ("subject", "linked to", "object", "linked to"),
}
"""Link schema to (property of one end, how it is tied to the other, property of the other end, and back)."""

DOCUMENTS = ("Passport", "Identification")

ABOUT = {"Sanction": "entity", "CryptoWallet": "holder", **dict.fromkeys(DOCUMENTS, "holder")}
"""Schemata of entities that tell something about another, and the property that points to it."""


def read(path: Path) -> Snapshot:
    """Read FollowTheMoney JSON lines.

    Entities marked `"target": false` (relatives, owners and addresses of listed ones) are not listed and not kept;
    how many is told in the report. A sanction of an entity that is not in the file counts as a lost entry: that is what
    a file cut between two lines leaves behind, since an entity and its sanctions stand lines apart.

    Raises:
        ListError: the last line was cut, too many lines or entities cannot be read, or none can be screened.
    """
    reading = Reading(path)
    lines = _Lines(reading)
    for number, raw in enumerate(load_bytes(path).splitlines(), start=1):
        if raw.strip():
            lines.take(number, raw)
    lines.check_end()
    for identity, subject in lines.dangling():
        reading.lose(f"sanction {identity} is about {subject}, which is not in this file")
    for schema, count in sorted(lines.skipped.items()):
        reading.problem(f"{count} entities {schema}; they are not screened")
    for number, entity in lines.subjects:
        _add(entity, lines, number)
    publisher = lines.datasets.pop() if len(lines.datasets) == 1 else "FtM"
    return reading.snapshot(publisher, path.stem, lines.last_seen or date_in_name(path), ())


class _Lines:
    """The entities of a file: subjects in order, and what points to them by the subject's id."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.subjects: list[tuple[int, dict[str, Any]]] = []
        self.captions: dict[str, str] = {}
        self.about: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self.links: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self.addresses: dict[str, str] = {}
        self.skipped: Counter[str] = Counter()
        self.datasets: set[str] = set()
        self.last_seen: date | None = None
        self._last_error: tuple[int, str] | None = None

    def take(self, number: int, raw: bytes) -> None:
        self.reading.read += 1
        self._last_error = None
        try:
            entity = json.loads(raw)
        except (ValueError, RecursionError) as error:
            self._last_error = (number, str(error))
            self.reading.lose(f"not JSON ({error}); line not read", line=number)
            return
        if not isinstance(entity, dict) or not isinstance(entity.get("properties"), dict) or not entity.get("id"):
            self.reading.lose("not a FollowTheMoney entity (id, schema, properties); line not read", line=number)
            return
        self.file(number, entity | {"id": clean(str(entity["id"]))})

    def file(self, number: int, entity: dict[str, Any]) -> None:
        """Put an entity where it belongs; nested ones are filed the same way."""
        schema, identity = str(entity.get("schema")), entity["id"]
        self.captions[identity] = clean(str(entity.get("caption") or next(iter(_texts(entity, "name")), "")))
        for nested in _nested(entity):
            self.captions.setdefault(nested["id"], clean(str(nested.get("caption") or "")))
        subjects = _references(entity, ABOUT[schema]) if schema in ABOUT else []
        if subjects:
            for subject in subjects:
                self.about[subject].append(entity)
        elif schema in SCREENED:
            self.subject(number, entity)
        elif schema in LINKS:
            one, there, other, back = LINKS[schema]
            for near in _references(entity, one):
                for far in _references(entity, other):
                    self.links[near].append((there, far))
                    self.links[far].append((back, near))
        elif schema == "Address":
            self.addresses[identity] = next(iter(_texts(entity, "full")), "")
        else:
            self.skipped[f"have the schema {schema}"] += 1

    def check_end(self) -> None:
        """Refuse a file whose last line is not JSON: such a line is what a broken download ends with."""
        if self._last_error:
            number, error = self._last_error
            raise ListError(
                f"was cut: its last line is not JSON ({error}); download it again",
                file=str(self.reading.path),
                row=number,
            )

    def dangling(self) -> Iterator[tuple[str, str]]:
        """Ids of sanctions and of the entities they are about, where those are not in the file."""
        for subject, entities in self.about.items():
            if subject not in self.captions:
                yield from ((entity["id"], subject) for entity in entities if entity["schema"] == "Sanction")

    def told(self, subject: str, *schemata: str) -> list[dict[str, Any]]:
        """The entities of these schemata that point to a subject."""
        return [entity for entity in self.about[subject] if entity["schema"] in schemata]

    def subject(self, number: int, entity: dict[str, Any]) -> None:
        if entity.get("target") is False:
            self.skipped["are marked as no target"] += 1
            return
        self.subjects.append((number, entity))
        self.datasets.update(clean(str(name)) for name in _list(entity.get("datasets")))
        seen = dates.parse_day(str(entity.get("last_seen") or "")[:10])
        if seen and (self.last_seen is None or seen > self.last_seen):
            self.last_seen = seen
        for nested in _nested(entity):
            if nested.get("schema") in {*ABOUT, *LINKS, "Address"}:
                self.file(number, _pointing_to(nested, entity["id"]))


def _nested(entity: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The entities that stand inside the properties of another."""
    for values in entity["properties"].values():
        for value in _list(values):
            if isinstance(value, dict) and value.get("id") and isinstance(value.get("properties"), dict):
                yield value | {"id": clean(str(value["id"]))}


def _pointing_to(nested: dict[str, Any], subject: str) -> dict[str, Any]:
    """A nested entity with the reference to its subject filled in, which nesting leaves out."""
    schema = str(nested["schema"])
    ends = [LINKS[schema][0], LINKS[schema][2]] if schema in LINKS else [ABOUT.get(schema, "thing")]
    missing = [end for end in ends if not nested["properties"].get(end)]
    return {**nested, "properties": {**nested["properties"], **{end: [subject] for end in missing[:1]}}}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(entity: dict[str, Any], *names: str) -> list[str]:
    found = (
        clean(str(value))
        for name in names
        for value in _list(entity["properties"].get(name))
        if isinstance(value, str | int | float)
    )
    return list(dict.fromkeys(filter(None, found)))


def _references(entity: dict[str, Any], name: str) -> list[str]:
    """Ids of the entities a property points to, whether as ids or as nested entities."""
    values = _list(entity["properties"].get(name))
    found = (value.get("id") if isinstance(value, dict) else value for value in values)
    return [clean(str(value)) for value in found if value]


def _add(entity: dict[str, Any], lines: _Lines, number: int) -> None:
    identity = entity["id"]

    def texts(*names: str) -> list[str]:
        return _texts(entity, *names)

    def countries(*names: str) -> tuple[str, ...]:
        return lines.reading.countries([text.upper() for text in texts(*names)], entry=identity, line=number)

    addresses = texts("address") + [lines.addresses.get(name, "") for name in _references(entity, "addressEntity")]

    def codes(name: str, parse: Callable[[str], str | None], why: Callable[[str], str]) -> tuple[str, ...]:
        return lines.reading.codes(texts(name), parse, why, line=number, field=name)

    def first(values: Sequence[str], name: str) -> str | None:
        return lines.reading.first(values, line=number, field=name)

    imo_numbers = codes("imoNumber", imo.parse, imo.why)
    mmsis = codes("mmsi", mmsi.parse, mmsi.why)
    flags = countries("flag")
    names = [ListedName(value=text, kind=kind, quality=good) for key, kind, good in NAMES for text in texts(key)]
    lines.reading.add(
        {
            "id": identity,
            "schema": SCREENED[entity["schema"]],
            "names": tuple(sorted(names, key=lambda name: name.value != lines.captions.get(identity))),
            "listings": tuple(_listings(entity, lines)),
            "birth_dates": codes("birthDate", dates.parse_partial, dates.why),
            "birth_places": tuple(texts("birthPlace")),
            "genders": tuple(text for text in map(str.lower, texts("gender")) if text in {"male", "female"}),
            "nationalities": countries("nationality", "citizenship"),
            "countries": countries("country", "mainCountry", "jurisdiction"),
            "addresses": tuple(dict.fromkeys(filter(None, addresses))),
            "positions": tuple(texts("position")),
            "documents": tuple(_documents(entity, lines)),
            "imo_number": first(imo_numbers, "imoNumber"),
            "mmsi": first(mmsis, "mmsi"),
            "call_sign": first(texts("callSign"), "callSign"),
            "flag": next(iter(flags), None),
            "past_flags": tuple(dict.fromkeys([*flags[1:], *countries("pastFlags")])),
            "vessel_type": next(iter(texts("type")), None) if entity["schema"] == "Vessel" else None,
            "build_year": next((int(built[:4]) for built in codes("buildDate", dates.parse_partial, dates.why)), None),
            "swift_bics": codes("swiftBic", bic.parse, bic.why),
            "lei_code": first(texts("leiCode"), "leiCode"),
            "wallets": tuple(
                dict.fromkeys(
                    [
                        *texts("publicKey"),
                        *(
                            key
                            for wallet in lines.told(identity, "CryptoWallet")
                            for key in _texts(wallet, "publicKey")
                        ),
                    ]
                )
            ),
            "links": tuple(
                Link(kind=kind, target=lines.captions.get(other) or other) for kind, other in lines.links[identity]
            ),
        },
        line=number,
    )


def _listings(entity: dict[str, Any], lines: _Lines) -> Iterator[Listing]:
    stated = lines.told(entity["id"], "Sanction")
    for sanction in stated:
        programmes = _texts(sanction, "programId") or _texts(sanction, "program") or _texts(sanction, "authority")
        for programme in programmes or ["sanction"]:
            yield Listing(
                programme=programme,
                listed=_day(sanction, min, "listingDate") or _day(sanction, min, "startDate"),
                amended=_day(sanction, max, "modifiedAt"),
                removed=_day(sanction, max, "endDate"),
                measure="; ".join(_texts(sanction, "provisions")),
            )
    if not stated:
        datasets = [clean(str(name)) for name in _list(entity.get("datasets"))]
        for programme in _texts(entity, "programId") or _texts(entity, "program") or datasets or ["sanction"]:
            yield Listing(programme=programme)


def _day(entity: dict[str, Any], pick: Any, name: str) -> date | None:
    """The earliest or latest full date of a property; partial dates are no listing dates."""
    days = [day for day in (dates.parse_day(text[:10]) for text in _texts(entity, name)) if day]
    return pick(days, default=None) if days else None


def _documents(entity: dict[str, Any], lines: _Lines) -> Iterator[dict[str, Any]]:
    for name in NUMBERS:
        for number in _texts(entity, name):
            yield {"type": name, "number": number}
    for document in lines.told(entity["id"], *DOCUMENTS):
        kind = next(iter(_texts(document, "type")), str(document["schema"]))
        country = next(iter(_texts(document, "country")), "")
        for number in _texts(document, "number"):
            yield {"type": kind, "number": number, "country": country.upper() or None}
