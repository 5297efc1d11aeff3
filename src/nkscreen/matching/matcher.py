"""Mentions against a watchlist: candidates by name and by identifier, then the evidence for each entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nkscreen.alerts import Evidence, Hit, ListedBasis, TokenPair
from nkscreen.collector import collector_paused
from nkscreen.matching import weights
from nkscreen.matching.groups import GROUPS
from nkscreen.matching.identity import document_key, evidence_of, probability, wallet_key
from nkscreen.matching.index import Index, Names
from nkscreen.matching.names.compare import DEFAULT_THRESHOLD, NameComparison
from nkscreen.matching.running_text import RunningText, numbers_in
from nkscreen.records import Mention, Schema
from nkscreen.watchlist.dprk import is_dprk
from nkscreen.watchlist.model import ListedEntity, ListedName, Snapshot, Watchlist

NameKey = tuple[int, int]
"""Position of an entity in the watchlist, and of a name in the entity."""


class Matcher:
    """A watchlist made ready for matching. Built once (some seconds for 40,000 names), then read-only."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._entities: list[tuple[Snapshot, ListedEntity]] = list(watchlist)
        entries: dict[str, list[tuple[NameKey, str, Schema]]] = defaultdict(list)
        identifiers: dict[tuple[str, str], list[int]] = defaultdict(list)
        for position, (_, entity) in enumerate(self._entities):
            for number, name in enumerate(entity.names):
                entries[GROUPS[entity.schema_]].append(((position, number), name.value, entity.schema_))
            for kind, value in _entity_identifiers(entity):
                identifiers[kind, value].append(position)
        with collector_paused():
            self._indexes: dict[str, Index[NameKey]] = {group: Index(names) for group, names in entries.items()}
        self._identifiers = dict(identifiers)

    def hits(self, mention: Mention, as_of: date, threshold: float = 0.0) -> tuple[Hit, ...]:
        """Listed entities that the mention may be, best first.

        A hit is kept from `threshold` (a probability) on; one below it is kept all the same when its name agrees and
        only a conflicting identifier speaks against it, so that the conflict can be shown.
        """
        best = self._by_name(mention)
        positions = sorted(best.keys() | self._by_identifier(mention))
        hits = [self._hit(mention, position, best.get(position), as_of) for position in positions]
        kept = [hit for hit in hits if hit.score >= threshold or (hit.conflict and hit.name_score >= DEFAULT_THRESHOLD)]
        return best_first(kept)

    def may_hit(self, mentions: Sequence[Mention]) -> list[bool]:
        """Of each of many mentions whether `hits` may find something: False only where it certainly finds nothing."""
        found = [bool(self._by_identifier(mention)) for mention in mentions]
        asked: dict[tuple[str, Schema], tuple[list[int], list[str]]] = {}
        for at, mention in enumerate(mentions):
            if not found[at] and (group := GROUPS[mention.schema]) in self._indexes:
                rows, names = asked.setdefault((group, mention.schema), ([], []))
                rows += [at] * len(mention.names)
                names += [name for _, name in mention.names]
        for (group, schema), (rows, names) in asked.items():
            for row in self._indexes[group].can_hit(names, schema).nonzero()[0].tolist():
                found[rows[row]] = True
        return found

    def hits_in_text(self, path: str, text: str, as_of: date, threshold: float = 0.0) -> tuple[Hit, ...]:
        """Listed entities named in a running text, by name or by number, best first.

        Of each entity the best place is a hit; its path has the span: `remittance_information[11:34]`.
        """
        best: dict[int, tuple[str, tuple[str, ListedName, NameComparison] | None, Mention]] = {}
        for found in self._running.find(text):
            position, number = self._running.keys[found.number]
            listed = self._entities[position][1].names[number]
            span = f"{path}[{found.start}:{found.end}]"
            pair = (span, listed, found.comparison)
            before = best.get(position)
            if before is None or (before[1] and _rank(pair) > _rank(before[1])):
                best[position] = span, pair, self._told(position, span, text[found.start : found.end])
        for start, end, identifier in numbers_in(text, self._identifiers):
            for position in self._identifiers[identifier]:
                span = f"{path}[{start}:{end}]"
                if position not in best:
                    best[position] = span, None, self._told(position, span, text[start:end], identifier)
        hits = [self._hit(mention, position, pair, as_of) for position, (_, pair, mention) in best.items()]
        return best_first(hit for hit in hits if hit.score >= threshold)

    def _told(self, position: int, path: str, text: str, number: tuple[str, str] = ("", "")) -> Mention:
        """What a text tells of a listed entity, as a mention of its kind."""
        kind, value = number
        return Mention(
            path,
            self._entities[position][1].schema_,
            "named in a text",
            names=((path, text),),
            imo_number=value if kind == "imo" else None,
            swift_bic=text if kind == "bic" else None,
            wallets=(text,) if kind == "wallet" else (),
        )

    @cached_property
    def _running(self) -> RunningText[NameKey]:
        """The listed names for running texts, made ready when the first text comes."""
        return RunningText(
            ((position, number), name.value, entity.schema_)
            for position, (_, entity) in enumerate(self._entities)
            for number, name in enumerate(entity.names)
        )

    def can_hit(self, names: Names, schema: Schema) -> NDArray[np.bool_]:
        """Of each of many names whether `hits` may find an entity by it; see `Index.can_hit`."""
        index = self._indexes.get(GROUPS[schema])
        return np.zeros(len(names), dtype=bool) if index is None else index.can_hit(names, schema)

    def _by_name(self, mention: Mention) -> dict[int, tuple[str, ListedName, NameComparison]]:
        """For each entity the pair of names that counts most."""
        index = self._indexes.get(GROUPS[mention.schema])
        best: dict[int, tuple[str, ListedName, NameComparison]] = {}
        if index is None:
            return best
        for path, text in mention.names:
            for found in index.search(text, mention.schema):
                position, number = found.key
                listed = self._entities[position][1].names[number]
                pair = (path, listed, found.comparison)
                if position not in best or _rank(pair) > _rank(best[position]):
                    best[position] = pair
        return best

    def _by_identifier(self, mention: Mention) -> set[int]:
        return {
            position
            for identifier in _mention_identifiers(mention)
            for position in self._identifiers.get(identifier, ())
            if _comparable(mention.schema, self._entities[position][1].schema_)
        }

    def _hit(
        self, mention: Mention, position: int, name: tuple[str, ListedName, NameComparison] | None, as_of: date
    ) -> Hit:
        snapshot, entity = self._entities[position]
        evidence = evidence_of(mention, entity, name)
        codes = {item.code for item in evidence}
        comparison = name[2] if name else None
        listings = entity.listings_in_force(as_of)
        return Hit(
            path=mention.path,
            role=mention.role,
            given_name=comparison.given if comparison else mention.name,
            entity_id=entity.id,
            publisher=snapshot.publisher,
            list_date=snapshot.list_date,
            schema_=entity.schema_,
            caption=entity.caption,
            matched_name=name[1].value if name else "",
            matched_name_kind=name[1].kind if name else "",
            matched_name_quality=name[1].quality if name else "",
            name_score=round(comparison.score, 4) if comparison else 0.0,
            score=round(probability(evidence), 4),
            decisive_identifier=_decisive(evidence),
            conflict=not codes.isdisjoint(weights.CONFLICTS),
            dprk=is_dprk(entity),
            in_force=bool(listings) or not entity.listings,
            prior=weights.PRIOR.bits,
            evidence=evidence,
            alignment=tuple(
                TokenPair(
                    given=step.given,
                    listed=step.listed,
                    effect=step.effect,
                    similarity=step.similarity,
                    reading=step.reading,
                )
                for step in (comparison.alignment if comparison else ())
            ),
            listings=tuple(
                ListedBasis(
                    programme=listing.programme,
                    listed=listing.listed,
                    legal_basis=listing.legal_basis,
                    measure=listing.measure,
                )
                for listing in (listings or entity.listings)
            ),
            entity_hash=entity.content_hash,
        )


def best_first(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits of one mention in their order: by score, then by publisher and id."""
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.publisher, hit.entity_id)))


def _rank(pair: tuple[str, ListedName, NameComparison]) -> tuple[float, bool, bool]:
    _, listed, comparison = pair
    return comparison.score, listed.quality == "strong", listed.kind == "primary"


def _decisive(evidence: Iterable[Evidence]) -> str:
    codes = [item.code for item in evidence]
    if not weights.CONFLICTS.isdisjoint(codes):
        return ""
    return next((code.removesuffix("_equal") for code in codes if code in weights.DECISIVE), "")


def _comparable(one: Schema, other: Schema) -> bool:
    """A wallet or document number may stand in any record; ships' and banks' numbers only in their own kind."""
    return "CryptoWallet" in {one, other} or GROUPS[one] == GROUPS[other]


def _entity_identifiers(entity: ListedEntity) -> list[tuple[str, str]]:
    found = [("wallet", wallet_key(address)) for address in entity.wallets]
    found += [("document", document_key(document.number)) for document in entity.documents]
    found += [("bic", bic[:8]) for bic in entity.swift_bics]
    single: list[tuple[str, str | None, Callable[[str], str]]] = [
        ("imo", entity.imo_number, str),
        ("mmsi", entity.mmsi, str),
        ("call_sign", entity.call_sign, str.upper),
        ("lei", entity.lei_code, str.upper),
    ]
    return found + [(kind, canonical(value)) for kind, value, canonical in single if value]


def _mention_identifiers(mention: Mention) -> list[tuple[str, str]]:
    found = [("wallet", wallet_key(address)) for address in mention.wallets]
    found += [("document", document_key(number)) for number in mention.documents]
    found += [("bic", mention.swift_bic[:8])] if mention.swift_bic else []
    found += [("imo", mention.imo_number)] if mention.imo_number else []
    found += [("mmsi", mention.mmsi)] if mention.mmsi else []
    found += [("call_sign", mention.call_sign.upper())] if mention.call_sign else []
    found += [("lei", mention.lei_code.upper())] if mention.lei_code else []
    return found
