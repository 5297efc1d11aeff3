"""Which column is which field: the headers of a table against the vocabulary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from nkscreen.formats.tables.numbers import kilograms
from nkscreen.formats.tables.vocabulary import Kind, Part, Words, vocabulary

RAW_RANK = 3
"""Rank of columns marked RAW: beside those that the publisher cleaned they only fill gaps and give aliases."""

_WEIGHTS = ("gross_weight_kg", "measured_weight_kg")
_MONEY = {"goods[0].value": "goods[0].currency", "amount": "currency", "wage": "wage_currency"}
_CODE_OR_NAME = frozenset({"code", "name"})  # a country or a port is read from either
_JOINED = ("address", "description", "marks", "remarks")  # ADDRESS 1 … ADDRESS 4 continue one text


@dataclass(frozen=True, slots=True)
class Match:
    """What one header means: a record path, the phrase it was known by, and its rank among columns of that path.

    `unit` is a unit of weight or a currency that the header states. For attributes of a part of the record, `slot` is
    the part's path, `bare` whether the header leaves the part unnamed, and `role` the word by which it names it, where
    roles compete for a slot.
    """

    path: str
    phrase: Words
    rank: tuple[int, int]
    unit: str = ""
    role: str = ""
    slot: str = ""
    bare: bool = False


def recognise(headers: Sequence[str], kind: str) -> list[Match | None]:
    """For each header of a table of one kind of record, what it means, or None. Conflicts between columns are settled:
    the second of two roles that would fill the same party (IMPORTER beside CONSIGNEE) becomes another party."""
    spec = next(item for item in vocabulary().kinds if item.name == kind)
    matches = [_match(header, spec.name) for header in headers]
    return _settle_ports(_settle_roles(matches, spec), spec)


def currency_path(path: str) -> str | None:
    """Where the currency of a sum of money goes, or None when the path holds no money."""
    return _MONEY.get(path)


@lru_cache(maxsize=65_536)
def _match(header: str, kind: str) -> Match | None:
    terms = vocabulary()
    spec = next(item for item in terms.kinds if item.name == kind)
    tokens = terms.read(header)
    if not tokens or "%" in header or not all(token in terms.known or token.isdecimal() for token in tokens):
        return None
    for variant, qualifier, unit in _variants(tokens):
        found = _find(variant, spec)
        if found is None or not _unit_fits(found, unit):
            continue
        return replace(found, rank=(qualifier, found.rank[1]), unit=unit)
    return None


def _variants(tokens: Words) -> Iterable[tuple[Words, int, str]]:
    """A header as it stands, then without its qualifiers (EN, STD, RAW), then without the unit it states."""
    yield tokens, 0, ""
    terms = vocabulary()
    rank, kept = 0, tokens
    for qualifier, weight in terms.qualifiers.items():
        size = len(qualifier)
        for at in range(len(kept) - size + 1):
            if kept[at : at + size] == qualifier and len(kept) > size:
                kept, rank = kept[:at] + kept[at + size :], max(rank, weight)
                break
    if kept != tokens:
        yield kept, rank, ""
    units = [token for token in kept if token in terms.currencies or kilograms(token) is not None]
    if len(units) == 1 and len(kept) > 1:
        yield tuple(token for token in kept if token != units[0]), rank, units[0]


def _unit_fits(match: Match, unit: str) -> bool:
    if not unit:
        return True
    return match.path in (_MONEY if unit in vocabulary().currencies else _WEIGHTS)


def _find(tokens: Words, spec: Kind) -> Match | None:
    found = spec.fields.find(tokens)
    if found is None and {"country", "port"} & set(tokens):
        found = spec.fields.find(tuple(token for token in tokens if token not in _CODE_OR_NAME))
    if found:
        return Match(found[0], tokens, (0, found[1]))
    number, rest = _number(tokens)
    if number is not None and (found := spec.fields.find(rest)) and found[0] in spec.numbered:
        return Match(found[0], rest, (0, found[1]))
    named = [(name, order, part) for part in spec.parts for order, name in enumerate(part.names)]
    for name, order, part in sorted(named, key=lambda item: -len(item[0])):
        for at in range(len(tokens) - len(name) + 1):
            if tokens[at : at + len(name)] == name:
                match = _attribute(part, tokens[:at] + tokens[at + len(name) :], name, order)
                if match:
                    return match
    return next((match for part in spec.parts if part.bare and (match := _attribute(part, tokens, (), 0))), None)


def _attribute(part: Part, rest: Words, name: Words, order: int) -> Match | None:
    found, number = part.attributes.find(rest), None
    if found is None:
        number, rest = _number(rest)
        found = part.attributes.find(rest) if number is not None else None
        if found is None or not (part.numbered or found[0] in _JOINED):
            return None
    if not rest and not name:
        return None
    attribute, rank = found
    path = part.path
    if part.other:
        path = f"other_parties[role={part.labels[order]}]"
    elif part.numbered and {"second", "also"} & set(name):
        path = path.replace("[0]", "[1]")
    elif part.numbered and number and attribute not in _JOINED:
        path = path.replace("[0]", f"[{number - 1}]")
    role = part.labels[order] if name and not part.other and not part.numbered else ""
    return Match(
        f"{path}.{attribute}" if path else attribute, (*name, *rest), (0, order * 100 + rank), "", role, path, not name
    )


def _number(tokens: Words) -> tuple[int | None, Words]:
    numbers = [token for token in tokens if token.isdecimal()]
    if len(numbers) != 1 or not 0 < int(numbers[0]) <= 20:
        return None, tokens
    return int(numbers[0]), tuple(token for token in tokens if token != numbers[0])


def _settle_roles(matches: list[Match | None], spec: Kind) -> list[Match | None]:
    """The first role of each party keeps it; a further one that has a name becomes another party by that role."""
    if spec.name != "shipment":
        return matches
    names: dict[str, dict[str, int]] = defaultdict(dict)
    for match in matches:
        if match and match.role and match.path == f"{match.slot}.name":
            names[match.slot].setdefault(match.role, match.rank[1] // 100)
    settled: list[Match | None] = []
    for match in matches:
        holders = sorted(names[match.slot], key=names[match.slot].__getitem__) if match and match.role else []
        if match and match.role in holders[1:]:
            path = f"other_parties[role={match.role}]{match.path.removeprefix(match.slot)}"
            settled.append(replace(match, path=path))
        else:
            settled.append(match)
    return settled


def _settle_ports(matches: list[Match | None], spec: Kind) -> list[Match | None]:
    """A destination port beside a port of discharge is where the goods go on to, not another name of it."""
    settled = list(matches)
    for path, elsewhere in spec.overflow.items():
        places: dict[Words, list[int]] = defaultdict(list)
        for index, match in enumerate(matches):
            if match and match.path == path:
                places[tuple(sorted(set(match.phrase) - _CODE_OR_NAME))].append(index)
        by_rank = sorted(places.values(), key=lambda indexes: min(matches[i].rank[1] for i in indexes if matches[i]))  # type: ignore[union-attr]
        for index in (index for group in by_rank[1:] for index in group):
            match = matches[index]
            settled[index] = replace(match, path=elsewhere) if match else None
    return settled
