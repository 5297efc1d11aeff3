"""The vocabulary of column headers: data/columns.yaml, compiled into look-up tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nkscreen.formats.tables.numbers import KILOGRAMS
from nkscreen.formats.tables.words import rewrite, words
from nkscreen.records import KINDS

Words = tuple[str, ...]


@dataclass(slots=True)
class Phrases:
    """Phrases and what they mean, as (path, rank). The order of words only tells apart phrases of the same words."""

    ordered: dict[Words, tuple[str, int]] = field(default_factory=dict)
    loose: dict[Words, tuple[str, int] | None] = field(default_factory=dict)

    def add(self, phrase: Words, value: str, rank: int) -> None:
        if phrase in self.ordered:
            return
        self.ordered[phrase] = (value, rank)
        key = tuple(sorted(phrase))
        known = self.loose.get(key, (value, rank))
        self.loose[key] = known if known is not None and known[0] == value else None

    def find(self, phrase: Words) -> tuple[str, int] | None:
        return self.ordered.get(phrase) or self.loose.get(tuple(sorted(phrase)))


@dataclass(frozen=True, slots=True)
class Part:
    """A party or a vessel inside a record: the words that name it, in its own terms (`names`) and as written
    (`labels`), and its attributes, relative to `path`.

    `bare` parts are what the whole record is about, so that their attributes need no word beside them. With `other`,
    each word is a role of its own among `other_parties`. `numbered` parts are lists (NOTIFY PARTY 2).
    """

    path: str
    names: tuple[Words, ...]
    labels: tuple[str, ...]
    attributes: Phrases
    bare: bool = False
    other: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """What the headers of one kind of record may say. A table is of this kind when one of the `core` fields is there
    by a word of its own, or one of the `telling` fields in any way."""

    name: str
    fields: Phrases
    parts: tuple[Part, ...]
    overflow: Mapping[str, str]
    numbered: frozenset[str]
    core: tuple[str, ...]
    telling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every kind's headers, and the words around them: noise, rewritings, qualifiers and their rank, currencies.

    `known` are all words that occur in any phrase: a header with another word in it means nothing here.
    """

    kinds: tuple[Kind, ...]
    noise: frozenset[str]
    rewrites: Mapping[Words, Words]
    qualifiers: Mapping[Words, int]
    currencies: frozenset[str]
    known: frozenset[str]

    def read(self, text: str) -> Words:
        """The words of a header in the vocabulary's own terms."""
        return rewrite(tuple(word for word in words(text) if word not in self.noise), self.rewrites)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the package, read once."""
    text = files("nkscreen.formats.tables").joinpath("data/columns.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  # BaseLoader makes text only
    noise = frozenset(data["noise"])
    plain = Vocabulary((), noise, {}, {}, frozenset(), frozenset())
    rewrites = {plain.read(old): plain.read(new) for old, new in data["rewrite"].items()}
    half = Vocabulary((), noise, rewrites, {}, frozenset(), frozenset())
    kinds = tuple(_kind(name, data["kinds"][name], data, half) for name in KINDS)
    qualifiers = {half.read(text): int(rank) for text, rank in data["qualifiers"].items()}
    phrases = [name for kind in kinds for part in kind.parts for name in part.names]
    phrases += [phrase for kind in kinds for table in _tables(kind) for phrase in table.ordered]
    known = {word for phrase in [*phrases, *qualifiers] for word in phrase}
    return Vocabulary(
        kinds=kinds,
        noise=noise,
        rewrites=rewrites,
        qualifiers=qualifiers,
        currencies=frozenset(data["currencies"]),
        known=frozenset(known | set(data["currencies"]) | set(KILOGRAMS)),
    )


def _tables(kind: Kind) -> list[Phrases]:
    return [kind.fields, *(part.attributes for part in kind.parts)]


def _kind(name: str, data: dict[str, Any], whole: dict[str, Any], terms: Vocabulary) -> Kind:
    party, ship_only = (_attributes([whole[key]], terms) for key in ("party", "ship_only"))
    ship = _attributes([whole["ship_only"], whole["ship"]], terms)
    parts = [_part(item, party, terms) for item in data.get("parties", ())]
    for item in data.get("ships", ()):
        parts.append(_part(item, ship, terms))
        if "bare" not in item:
            parts.append(Part(item["path"], (), (), ship_only, bare=True))
    fields = Phrases()
    for path, phrases in {"id": data["id"], **data.get("fields", {})}.items():
        for rank, phrase in enumerate(phrases):
            fields.add(terms.read(phrase), path, rank)
    return Kind(
        name,
        fields,
        tuple(parts),
        data.get("overflow", {}),
        frozenset(data.get("numbered", ())),
        tuple(data["core"]),
        tuple(data.get("telling", ())),
    )


def _part(item: dict[str, Any], attributes: Phrases, terms: Vocabulary) -> Part:
    names = tuple(terms.read(word) for word in item["words"])
    flags = ("bare" in item, "other" in item, "numbered" in item)
    return Part(item["path"], names, tuple(item["words"]), attributes, *flags)


def _attributes(groups: list[dict[str, list[str]]], terms: Vocabulary) -> Phrases:
    phrases = Phrases()
    for group in groups:
        for path, texts in group.items():
            for rank, text in enumerate(texts):
                phrases.add(terms.read(text), path, rank)
    return phrases
