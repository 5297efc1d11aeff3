"""Senzing JSON lines: OpenSanctions' `senzing.json`, or a list of one's own in Senzing's generic entity specification.

Unverified: no real file was at hand. Attributes are those of the published specification and of the public exporter of
OpenSanctions. A record names its attributes directly (`PRIMARY_NAME_LAST`), in one list (`FEATURES`), or in a list for
each kind (`NAMES`, `IDENTIFIERS`, ...); all three are read. An attribute without a field of its own becomes a note.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from nkscreen.errors import ListError
from nkscreen.records.codes import bic, dates, imo, mmsi
from nkscreen.watchlist.model import Link, ListedDocument, ListedName, Listing, NameKind, Snapshot
from nkscreen.watchlist.sources.common import MAX_FACT, Reading, clean, date_in_name, in_other_script, load_bytes

OWN_SOURCES: Final = ("OS_", "OPEN_SANCTIONS")
"""Data sources of OpenSanctions, which says by `RISKS` who is listed and gives others only as their relations."""

SCHEMATA: Final = {
    "": "LegalEntity",
    "PERSON": "Person",
    "ORGANIZATION": "Organization",
    "COMPANY": "Company",
    "VESSEL": "Vessel",
    "AIRCRAFT": "Airplane",
}
KINDS: Final[dict[str, NameKind]] = {
    "": "primary",
    "PRIMARY": "primary",
    "FORMER": "former",
    "MAIDEN": "former",
    "PREVIOUS": "former",
}
"""Types of names; any other is an alias."""

_NAME: Final = ("NAME_FULL", "NAME_ORG", "NAME_FIRST", "NAME_MIDDLE", "NAME_LAST", "NAME_SUFFIX")
_ADDRESS: Final = (
    "ADDR_FULL",
    *(f"ADDR_LINE{number}" for number in range(1, 7)),
    *("ADDR_CITY", "ADDR_STATE", "ADDR_POSTAL_CODE", "ADDR_COUNTRY"),
)
_DOCUMENTS: Final = {
    "PASSPORT": "passport",
    "NATIONAL_ID": "national id",
    "TAX_ID": "tax id",
    "SSN": "social security number",
    "DRIVERS_LICENSE": "driver's licence",
    "DUNS": "DUNS",
    "NPI": "NPI",
    "ISIN": "ISIN",
    "OTHER_ID": "other",
    "TRUSTED_ID": "other",
}
"""Numbers by the attribute before `_NUMBER`; `_TYPE` and `_COUNTRY` say more about them."""

_OTHER: Final = frozenset(
    {"GENDER", "DATE_OF_BIRTH", "PLACE_OF_BIRTH", "NATIONALITY", "CITIZENSHIP", "COUNTRY_OF_ASSOCIATION"}
    | {"REGISTRATION_COUNTRY", "LEI_NUMBER", "IMO_NUMBER", "MMSI_NUMBER", "CALL_SIGN", "TOPIC", "RECORD_TYPE"}
    | {"REL_POINTER_ROLE", "REL_POINTER_DOMAIN", "REL_POINTER_KEY", "REL_ANCHOR_DOMAIN", "REL_ANCHOR_KEY"}
    | {"DATA_SOURCE", "RECORD_ID", "LAST_CHANGE", "URL", "SOURCE_URL"}
)
_READ: Final = (
    frozenset(f"{name}_{part}" for name in _DOCUMENTS for part in ("NUMBER", "TYPE", "COUNTRY"))
    | {"NAME_TYPE", "ADDR_TYPE", *_NAME, *_ADDRESS}
    | _OTHER
)
_LABELLED: Final = ("NAME_", "ADDR_")

Feature = dict[str, str]
"""Attributes that belong together, by their names without a label."""


def read(path: Path) -> Snapshot:
    """Read Senzing JSON lines. Without a date in the file's name, the list is of the day of its latest change.

    Records of OpenSanctions without a risk (relatives and owners of listed parties) are not listed and not kept; how
    many is told in the report.

    Raises:
        ListError: the last line was cut, too many records cannot be read, or there are none.
    """
    reading = Reading(path)
    records: list[tuple[int, list[Feature]]] = []
    fault: tuple[int, str] | None = None
    for number, raw in enumerate(load_bytes(path).splitlines(), start=1):
        if not raw.strip():
            continue
        reading.read += 1
        fault = None
        try:
            record = json.loads(raw)
        except (ValueError, RecursionError) as error:
            fault = (number, str(error))
            reading.lose(f"not JSON ({error}); line not read", line=number)
            continue
        if isinstance(record, dict) and clean(str(record.get("RECORD_ID") or "")):
            records.append((number, list(_features(record))))
        else:
            reading.lose("not a Senzing record (DATA_SOURCE, RECORD_ID); line not read", line=number)
    if fault:
        raise ListError(
            f"was cut: its last line is not JSON ({fault[1]}); download it again", file=str(path), row=fault[0]
        )
    captions = {_first(features, "RECORD_ID"): name.value for _, features in records for name in _names(features)[:1]}
    related = 0
    for number, features in records:
        if _first(features, "DATA_SOURCE").startswith(OWN_SOURCES) and not _all(features, "TOPIC"):
            related += 1
        else:
            _add(reading, features, captions, number)
    if related:
        reading.problem(f"{related} records without a risk, relations of listed parties; they are not screened")
    sources = {_first(features, "DATA_SOURCE") for _, features in records}
    changes = [day for _, features in records if (day := _day(_first(features, "LAST_CHANGE")))]
    publisher = sources.pop() if len(sources) == 1 else "Senzing"
    return reading.snapshot(publisher or "Senzing", path.stem, date_in_name(path) or max(changes, default=None), ())


def _features(record: dict[str, Any]) -> Iterator[Feature]:
    """All attributes of a record, those together that were given together or bear one label."""
    groups: dict[str, Feature] = {}
    for key, value in record.items():
        for one in value if isinstance(value, list) else ():
            if isinstance(one, dict):
                yield from _grouped(one).values()
        if not isinstance(value, list | dict):
            for label, feature in _grouped({key: value}).items():
                groups.setdefault(label, {}).update(feature)
    yield from groups.values()


def _grouped(values: dict[str, Any]) -> dict[str, Feature]:
    """Attributes by their label: `HOME_ADDR_CITY` is the city of an address of the type HOME."""
    found: dict[str, Feature] = {}
    for key, value in values.items():
        text = clean(str(value)) if isinstance(value, str | int | float) else ""
        if not text:
            continue
        name, label = key.upper(), ""
        for start in _LABELLED:
            before, mark, rest = name.rpartition(f"_{start}")
            if mark and start + rest in _READ:
                name, label = start + rest, before
        feature = found.setdefault(label, {})
        feature[name] = text
        if label:
            feature.setdefault(f"{name[:4]}_TYPE", label)
    return found


def _all(features: list[Feature], *names: str) -> list[str]:
    return list(dict.fromkeys(feature[name] for name in names for feature in features if name in feature))


def _first(features: list[Feature], name: str) -> str:
    return next(iter(_all(features, name)), "")


def _day(text: str) -> date | None:
    return dates.parse_day(text[:10])


def _add(reading: Reading, features: list[Feature], captions: dict[str, str], line: int) -> None:
    identity = _first(features, "RECORD_ID")
    source = _first(features, "DATA_SOURCE") or "list"
    kind = _first(features, "RECORD_TYPE").upper()
    if kind not in SCHEMATA:
        reading.problem(f"record {identity}: type {kind!r} is none of those screened; taken as LegalEntity", line=line)

    def countries(*names: str) -> tuple[str, ...]:
        return reading.countries(map(str.upper, _all(features, *names)), entry=identity, line=line)

    def one(values: tuple[str, ...] | list[str], field: str) -> str | None:
        return reading.first(values, line=line, field=field)

    def other(kind: str) -> list[str]:
        return [
            feature["OTHER_ID_NUMBER"]
            for feature in features
            if feature.get("OTHER_ID_TYPE") == kind and "OTHER_ID_NUMBER" in feature
        ]

    reading.add(
        {
            "id": identity,
            "schema": SCHEMATA.get(kind, "LegalEntity"),
            "names": _names(features),
            "listings": (Listing(programme=source, amended=_day(_first(features, "LAST_CHANGE"))),),
            "birth_dates": reading.codes(
                _all(features, "DATE_OF_BIRTH"), dates.parse_partial, dates.why, line=line, field="DATE_OF_BIRTH"
            ),
            "birth_places": tuple(_all(features, "PLACE_OF_BIRTH")),
            "genders": tuple(
                {"M": "male", "F": "female"}[text] for text in _all(features, "GENDER") if text in {"M", "F"}
            ),
            "nationalities": countries("NATIONALITY", "CITIZENSHIP"),
            "countries": countries("COUNTRY_OF_ASSOCIATION", "REGISTRATION_COUNTRY", "ADDR_COUNTRY"),
            "addresses": tuple(
                dict.fromkeys(
                    ", ".join(feature[part] for part in _ADDRESS if part in feature)
                    for feature in features
                    if any(part in feature for part in _ADDRESS)
                )
            ),
            "documents": tuple(_documents(features, identity)),
            "imo_number": one(
                reading.codes(_all(features, "IMO_NUMBER"), imo.parse, imo.why, line=line, field="IMO_NUMBER"), "IMO"
            ),
            "mmsi": one(
                reading.codes(_all(features, "MMSI_NUMBER"), mmsi.parse, mmsi.why, line=line, field="MMSI_NUMBER"),
                "MMSI",
            ),
            "call_sign": one(_all(features, "CALL_SIGN"), "CALL_SIGN"),
            "swift_bics": reading.codes(other("swiftBic"), bic.parse, bic.why, line=line, field="swiftBic"),
            "lei_code": one(_all(features, "LEI_NUMBER"), "LEI_NUMBER"),
            "wallets": tuple(other("publicKey")),
            "links": tuple(
                Link(
                    kind=feature.get("REL_POINTER_ROLE", "linked to").casefold(),
                    target=captions.get(feature["REL_POINTER_KEY"], feature["REL_POINTER_KEY"]),
                )
                for feature in features
                if "REL_POINTER_KEY" in feature
            ),
            "notes": tuple(_notes(features)),
        },
        line=line,
    )


def _names(features: list[Feature]) -> tuple[ListedName, ...]:
    """Primary names first; names by parts are put together in the order of the specification."""
    found: dict[ListedName, None] = {}
    for feature in features:
        whole = feature.get("NAME_FULL") or feature.get("NAME_ORG")
        value = whole or " ".join(feature[part] for part in _NAME if part in feature)
        if value:
            kind = KINDS.get(feature.get("NAME_TYPE", "").upper(), "alias")
            script = kind == "alias" and in_other_script(value)
            found[ListedName(value=value, kind="original_script" if script else kind)] = None
    return tuple(sorted(found, key=lambda name: name.kind != "primary"))


def _documents(features: list[Feature], identity: str) -> Iterator[ListedDocument]:
    for feature in features:
        for name, what in _DOCUMENTS.items():
            number, type_ = feature.get(f"{name}_NUMBER", ""), feature.get(f"{name}_TYPE", "")
            if number and number != identity and type_ not in {"swiftBic", "publicKey"}:
                country = feature.get(f"{name}_COUNTRY", "").upper() or None
                yield ListedDocument(type=type_ or what, number=number, country=country)


def _notes(features: list[Feature]) -> Iterator[str]:
    for feature in features:
        for name, text in feature.items():
            if name == "TOPIC" or name not in _READ:
                yield f"{name.replace('_', ' ').lower()}: {text}"[:MAX_FACT]
