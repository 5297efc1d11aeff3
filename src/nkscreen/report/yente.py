"""Answers in the shape of yente's match API, for systems that speak it (https://www.opensanctions.org/docs/api/matching/).

`{"responses": {query: {"status", "results", "total", "query"}}, "matcher", "limit"}`; a result is a FollowTheMoney
entity with `score` (0 to 1), `match`, `features` and `explanations`. Two things differ in meaning: a feature is a match
weight in bits, which may be negative, and `match` says that the score reached the policy's threshold and that the
entity was listed on the day.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from nkscreen.alerts import Hit
from nkscreen.formats import Quarantined
from nkscreen.records import Counterparty, Record, Vessel
from nkscreen.records.ftm import DOCUMENTS, to_ftm
from nkscreen.report.jsonl import Writable, plain_line
from nkscreen.screening import ScreeningResult
from nkscreen.watchlist import ListedEntity, Watchlist

COMPLETE, UNREADABLE, TOO_OLD = 200, 422, 503
"""Status of an answer: screened; the query could not be read; a list was too old to say that there is nothing."""

FEATURES: Final = {
    "name": "how much of the two names agrees, by how rare it is",
    "birth_date_equal": "the same date of birth",
    "imo_equal": "the same IMO number",
}
"""Some of the features, as yente describes its own; codes speak for themselves, negative weights speak against."""

_NAMES: Final = {"former": "previousName", "alias": "alias"}
_COUNTRIES: Final = {"nationalities": "nationality", "countries": "country", "past_flags": "pastFlags"}
_LISTED: Final = {
    "birth_dates": "birthDate",
    "birth_places": "birthPlace",
    "genders": "gender",
    "addresses": "address",
    "positions": "position",
    "imo_number": "imoNumber",
    "mmsi": "mmsi",
    "call_sign": "callSign",
    "vessel_type": "type",
    "build_year": "buildDate",
    "gross_tonnage": "grossRegisteredTonnage",
    "deadweight_tonnage": "deadweightTonnage",
    "swift_bics": "swiftBic",
    "lei_code": "leiCode",
    "wallets": "publicKey",
    "programmes": "program",
    "notes": "notes",
}


class YenteAnswers:
    """Answers to queries, written as they come: `add` each, then `end`. The text is whole when `end` was called."""

    def __init__(self, stream: Writable, watchlist: Watchlist, raises: Callable[[Hit], bool]) -> None:
        self._stream, self._raises = stream, raises
        self._entities = {f"{snapshot.publisher}:{entity.id}": entity for snapshot, entity in watchlist}
        self._keys: dict[str, int] = {}
        self._most = 5
        stream.write('{"responses":{')

    def add(self, item: ScreeningResult | Quarantined) -> None:
        """Answer a query by the id of its record; a second one of the same id has its number behind it (`#2`)."""
        if isinstance(item, Quarantined):
            key = item.source.path.removeprefix("queries.") or str(item.source)
            answer = _answer(UNREADABLE, [], {"schema": "Thing", "properties": {}}) | {"detail": item.reason}
        else:
            key = item.record.id
            results = [self._result(hit) for hit in sorted(item.hits, key=lambda hit: (-hit.score, hit.key))]
            self._most = max(self._most, len(results))
            answer = _answer(TOO_OLD if item.outdated else COMPLETE, results, _query(item.record))
        number = self._keys[key] = self._keys.get(key, 0) + 1
        shown = json.dumps({key if number == 1 else f"{key}#{number}": answer}, ensure_ascii=False, allow_nan=False)
        self._stream.write(plain_line(("," if len(self._keys) > 1 or number > 1 else "") + "\n" + shown[1:-1]))

    def end(self) -> None:
        """Close the document."""
        matcher = {name: {"description": text, "coefficient": 1.0, "url": ""} for name, text in FEATURES.items()}
        self._stream.write(f'}},\n"matcher":{json.dumps(matcher)},"limit":{self._most}}}\n')

    def _result(self, hit: Hit) -> dict[str, Any]:
        entity = self._entities[hit.key]
        days = [listing.listed for listing in entity.listings if listing.listed]
        changes = [day for listing in entity.listings if (day := listing.amended or listing.listed)]
        return {
            "id": hit.entity_id,
            "caption": entity.caption,
            "schema": entity.schema_,
            "properties": _properties(entity),
            "datasets": [hit.publisher],
            "referents": list(hit.same_party),
            "target": True,
            "first_seen": f"{min(days)}T00:00:00" if days else None,
            "last_seen": f"{hit.list_date}T00:00:00" if hit.list_date else None,
            "last_change": f"{max(changes)}T00:00:00" if changes else None,
            "score": round(hit.score, 6),
            "match": self._raises(hit),
            "features": {step.code: round(step.weight, 4) for step in hit.evidence},
            "explanations": {
                step.code: {
                    "score": round(step.weight, 4),
                    "detail": step.detail or None,
                    "query": step.given or None,
                    "candidate": step.listed or None,
                }
                for step in hit.evidence
            },
        }


def _answer(status: int, results: list[dict[str, Any]], query: dict[str, Any]) -> dict[str, Any]:
    return {
        "status": status,
        "results": results,
        "total": {"value": len(results), "relation": "eq"},
        "query": query,
    }


def _query(record: Record) -> dict[str, Any]:
    """The query as it was understood; a record with many parties has the names of all of them."""
    if isinstance(record, Counterparty | Vessel):
        return to_ftm(record)
    names = dict.fromkeys(name for mention in record.mentions() for _, name in mention.names)
    return {"id": record.id, "schema": "LegalEntity", "properties": {"name": list(names)}}


def _properties(entity: ListedEntity) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}

    def put(name: str, value: object) -> None:
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        for one in values:
            if str(one) not in found.setdefault(name, []):
                found[name].append(str(one))

    for name in entity.names:
        kind = "weakAlias" if name.quality != "strong" else _NAMES.get(name.kind, "name")
        put("name" if name.value == entity.caption else kind, name.value)
    for field, name_of in _LISTED.items():
        put(name_of, getattr(entity, field))
    for field, name_of in _COUNTRIES.items():
        put(name_of, tuple(code.lower() for code in getattr(entity, field)))
    if entity.flag:
        put("flag", entity.flag.lower())
    for document in entity.documents:
        put(DOCUMENTS.get(document.type.lower(), DOCUMENTS["id"]), document.number)
    put("topics", "sanction")
    return {name: values for name, values in found.items() if values}
