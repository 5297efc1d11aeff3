"""FollowTheMoney entities, yente's match queries and Senzing records as counterparties and vessels.

FollowTheMoney and Senzing come as JSON, one entity a line or one document; a query of yente (`POST /match`) is one
document with entities under `queries` (https://www.opensanctions.org/docs/api/matching/).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, Final

from nkscreen.errors import InputError
from nkscreen.formats.detect import Given
from nkscreen.formats.documents.leaves import json_document, whole
from nkscreen.formats.edi.text import looks_like_text
from nkscreen.formats.jsonl import json_lines
from nkscreen.formats.model import Input, Quarantined
from nkscreen.formats.senzing import senzing
from nkscreen.records import Counterparty, Record, Source
from nkscreen.records.ftm import DOCUMENTS, PARTY, VESSEL, from_ftm

_USED: Final = frozenset([*PARTY.values(), *VESSEL.values(), *DOCUMENTS.values(), "weakAlias", "publicKey"])

Item = tuple[Any, Source, str]
"""An entity as JSON, where it stands, and its id where the document gives it."""


def known(given: Given) -> str | None:
    """Why a file holds entities: the keys of its objects."""
    if "queries" in given.keys and "properties" in given.keys:
        return "it is JSON with the keys queries and properties, a query of yente"
    if {"schema", "properties"} <= given.keys:
        return "it is JSON with the keys schema and properties, FollowTheMoney"
    return "it is JSON with the key RECORD_ID, Senzing" if {"RECORD_ID", "DATA_SOURCE"} <= given.keys else None


def read_entities(given: Given) -> Input:
    """The entities of a file.

    Raises:
        InputError: while iterating, where a document is too large or breaks off.
    """
    stream = given.rewound()
    query = "queries" in given.keys  # one document, on however many lines
    items = _lines(stream, given.file) if given.one_a_line and not query else _document(stream, given.file)
    shown = "yente query" if query else "Senzing" if "RECORD_ID" in given.keys else "FollowTheMoney"
    return Input(_records(items), file=given.file, format=shown, kind="mixed", close=stream.close)


def _lines(stream: IO[bytes], file: str) -> Iterator[Item | Quarantined]:
    for item in json_lines(stream, file):
        yield item if isinstance(item, Quarantined) else (item[0], item[1], "")


def _document(stream: IO[bytes], file: str) -> Iterator[Item]:
    given = json_document(whole(stream, file), file)
    if isinstance(given, dict) and isinstance(given.get("queries"), dict):
        for key, one in given["queries"].items():
            yield one, Source(file=file, path=f"queries.{key}"[:500]), str(key)
        return
    for number, one in enumerate(given if isinstance(given, list) else [given], start=1):
        yield one, Source(file=file, path=f"entity {number}"), ""


def _records(items: Iterator[Item | Quarantined]) -> Iterator[Record | Quarantined]:
    for number, item in enumerate(items, start=1):
        if isinstance(item, Quarantined):
            yield item
            continue
        entity, source, key = item
        try:
            yield _record(entity, source, key or f"entity {number}")
        except InputError as error:
            raw = json.dumps(entity, ensure_ascii=False)
            yield Quarantined(source=source, reason=f"{error.message}; correct the entity, or leave it out", raw=raw)


def _record(entity: Any, source: Source, key: str) -> Record:
    if not isinstance(entity, dict):
        raise InputError("this is no JSON object")
    if "RECORD_ID" in entity:
        return senzing(entity, source)
    properties = entity.get("properties")
    if not isinstance(properties, dict):
        raise InputError("the entity has no properties")
    properties = {name: _values(value) for name, value in properties.items()}
    texts = [
        {"place": f"properties.{name}"[:500], "text": text[:100_000]}
        for name, values in properties.items()
        for text in (values[1:] if name == "address" else () if name in _USED else values)
        if name == "address" or looks_like_text(text)
    ]
    given = {"id": key, **{name: value for name, value in entity.items() if value}, "properties": properties}
    if entity.get("schema") == "CryptoWallet":
        wallets = [{"public_key": address[:200]} for address in properties.get("publicKey", ())]
        return Counterparty.read({"id": str(given["id"]), "wallets": wallets, "unmapped_text": texts, "source": source})
    found = from_ftm(given)
    return found.model_copy(update={"source": source, **({"unmapped_text": _texts(texts)} if texts else {})})


def _values(value: Any) -> list[str]:
    """Values of a property as texts; a nested entity is its caption or name."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            inner = one.get("properties")
            names = inner.get("name") if isinstance(inner, dict) else None
            one = one.get("caption") or (names[0] if isinstance(names, list) and names else "")  # noqa: PLW2901
        if one not in (None, ""):
            found.append(str(one))
    return found


def _texts(texts: list[dict[str, str]]) -> tuple[Any, ...]:
    return Counterparty.read({"id": "texts", "unmapped_text": texts}).unmapped_text
