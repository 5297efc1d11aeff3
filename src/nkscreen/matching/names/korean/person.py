"""Reading a person's name as Korean, and comparing two readings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from nkscreen.matching.names.korean import tables
from nkscreen.matching.names.korean.letters import (
    Writing,
    cyrillic_tokens,
    kana_tokens,
    latin_tokens,
    pinyin_tokens,
    possible_tokens,
)
from nkscreen.matching.names.korean.model import Person, Spelling, Syllable
from nkscreen.matching.names.korean.positions import (
    NO_READING,
    cuts,
    hangul_position,
    hanja_position,
    pair_cost,
    positions,
    surname_position,
    system_of,
)
from nkscreen.matching.names.korean.score import MATCH_COST
from nkscreen.matching.names.korean.slips import REST_COST, slipped
from nkscreen.matching.names.korean.tables import Script
from nkscreen.matching.names.tables import honorifics

MAX_LETTERS = 60
"""Letters of the longest Korean person's name: four syllables of eight letters, with room for titles."""

MAX_SYLLABLES = 5
"""Syllables of a person's name: a surname of one or two, a given name of one to three."""

SPELLINGS_KEPT = 6
"""Ways to cut and order one name that are compared."""

PINYIN_KEPT = 2
"""Ways to read a name as the pinyin of its Hanja that are compared, with Korean readings of the other name only."""

SPELLING_SLACK = 0.9
"""A way dearer than the best one by more than this is not what was meant."""

CONVINCING = 0.5
"""A name whose cheapest way costs more is hardly Korean: it may raise a score, never veto one. 99 % of the Korean names
in the labelled pairs stay below, 16 of 27,000 other Latin names do (Erin Lee)."""

CONVINCING_SYLLABLE = 0.6
"""The same for each syllable of the given name (Philby). A name that is also pinyin may be Chinese, a single word
anything: neither convinces."""

SURNAME_LAST, ONE_TOKEN, DOUBLE_SURNAME = 0.12, 0.1, 0.3
"""Costs of orders other than the surname first and apart: Western order, no spaces (RIYONGHO), Namgung and the like."""

GIVEN_LENGTH = {1: 0.15, 2: 0.0, 3: 0.5}
"""Cost of a given name's number of syllables: nearly all have two."""

CUT_SHARE = 0.35
"""Share of the cut's cost that ranks the ways of one name: a dear spelling is odd even where both sides share it."""


def read_person(folded: str, script: Writing) -> Person | None:
    """Read a person's name given in NFKC and lower case. None when it cannot be Korean."""
    if len(folded) > MAX_LETTERS:
        return None
    ways = sorted(_ways(folded, script), key=lambda way: way.cost)
    kept = relative(ways[:SPELLINGS_KEPT])
    pinyin: list[Spelling] = []
    if script == "latin":
        comma = folded.count(",") == 1
        pinyin = sorted(_spelled("pinyin", pinyin_tokens(folded), comma), key=lambda way: way.cost)
        kept += relative(pinyin[:PINYIN_KEPT])
    one_word = script == "latin" and len(folded.split()) == 1
    convincing = bool(ways) and not pinyin and not one_word and _is_convincing(ways[0])
    return Person(tuple(sorted(kept, key=lambda way: way.cost)), convincing) if kept else None


def _is_convincing(way: Spelling) -> bool:
    dearest = max(min(place.readings.values()) for place in way.given)
    return way.cost <= CONVINCING and dearest <= CONVINCING_SYLLABLE


def relative(ways: list[Spelling]) -> list[Spelling]:
    """The ways with their cost over the best one's, those far from it left out."""
    over = [replace(way, cost=round(way.cost - ways[0].cost, 4)) for way in ways]
    return [way for way in over if way.cost <= SPELLING_SLACK]


def _ways(folded: str, script: Writing) -> Iterator[Spelling]:
    if script in {"hangul", "hanja"}:
        yield from _syllabic(folded, script)
    elif script == "latin":
        yield from _spelled("latin", _untitled(latin_tokens(folded)), folded.count(",") == 1)
    elif script == "cyrillic":
        yield from _spelled("cyrillic", cyrillic_tokens(folded), folded.count(",") == 1)
    else:
        yield from _spelled("kana", kana_tokens(folded), False)


def _untitled(tokens: tuple[str, ...]) -> tuple[str, ...]:
    while len(tokens) > 2 and tokens[:1] in honorifics():
        tokens = tokens[1:]
    return tokens


def _syllabic(folded: str, script: Writing) -> Iterator[Spelling]:
    """Ways to read Hangul or Hanja: every character is a syllable, a lone last one the surname."""
    tokens = ["".join(c for c in part if c.isalpha()) for part in folded.replace(",", " ").split()]
    tokens = [token for token in tokens if token]
    known = tables.surnames()
    if len(tokens) > 1 and len(tokens[-1]) == 1 and len(tokens[0]) > 1:
        tokens = [tokens[-1], *tokens[:-1]]
    name = "".join(tokens)
    if not 2 <= len(name) <= MAX_SYLLABLES:
        return
    found = [hangul_position(c) if script == "hangul" else hanja_position(c) for c in name]
    places = [place for place in found if place is not None]
    if len(places) != len(found):
        return
    if len(name) > 2 and script == "hangul" and name[:2] in known:
        yield Spelling(DOUBLE_SURNAME if len(name) == 3 else 0.0, tuple(places[:2]), tuple(places[2:]))
    if any(syllable in known for syllable in places[0].readings) and len(name) - 1 in GIVEN_LENGTH:
        yield Spelling(0.0, tuple(places[:1]), tuple(places[1:]))


def _spelled(script: Script, tokens: tuple[str, ...], comma: bool) -> Iterator[Spelling]:
    """Ways to cut and order the tokens of a name in an alphabet."""
    if not 1 <= len(tokens) <= MAX_SYLLABLES:
        return
    most = 3 if len(tokens) > 1 else MAX_SYLLABLES
    found = []
    for token in tokens:
        ways = cuts(script, token, most)
        if not ways:
            return
        found.append(ways)
    for way in islice(product(*found), 32):
        pieces = tuple(piece for _, cut in way for piece in cut)
        if not 2 <= len(pieces) <= MAX_SYLLABLES:
            continue
        base = CUT_SHARE * sum(cost for cost, _ in way)
        for cost, surname, given in _orders(pieces, [len(cut) for _, cut in way], comma):
            family = _family(script, surname)
            if family:
                system = system_of(surname, given) if script == "latin" else None
                odd = min(family[0].readings.values()) / 2 if len(surname) == 1 else 0.0
                yield Spelling(base + cost + odd, family, positions(script, given, system))


def _orders(
    pieces: tuple[str, ...], lengths: list[int], comma: bool
) -> Iterator[tuple[float, tuple[str, ...], tuple[str, ...]]]:
    """Ways to tell the surname from the given name, with costs; `lengths` are the syllables of each token."""
    first, last = lengths[0], lengths[-1]
    tries: list[tuple[float, tuple[str, ...], tuple[str, ...]]] = []
    if len(lengths) == 1:
        tries.append((ONE_TOKEN, pieces[:1], pieces[1:]))
    else:
        if first == 1 or (comma and first == 2):
            tries.append((0.0, pieces[:first], pieces[first:]))
        if last == 1 and not comma:
            tries.append((SURNAME_LAST, pieces[-1:], pieces[:-1]))
        if first == 2 and len(pieces) >= 3 and not comma:
            tries.append((DOUBLE_SURNAME, pieces[:2], pieces[2:]))
    for cost, surname, given in tries:
        if len(given) in GIVEN_LENGTH:
            yield cost + GIVEN_LENGTH[len(given)], surname, given


def _family(script: Script, surname: tuple[str, ...]) -> tuple[Syllable, ...]:
    """The positions of a surname, none when it is no surname."""
    if len(surname) == 1:
        place = surname_position(script, surname[0])
        return (place,) if place else ()
    first, second = positions(script, surname)
    doubles = (name for name in tables.surnames() if len(name) == 2)
    return (first, second) if any(n[0] in first.readings and n[1] in second.readings for n in doubles) else ()


def may_be_part(folded: str) -> tuple[bool, bool]:
    """Whether Latin letters between two spaces may be of a Korean person's name, and whether of the surname."""
    ways: list[tuple[Script, tuple[str, ...]]] = [("latin", tokens) for tokens in possible_tokens(folded)]
    ways.append(("pinyin", pinyin_tokens(folded)))
    may = surname = any(token in honorifics() for token in ((folded,), *(tokens[:1] for _, tokens in ways)))
    for script, tokens in ways:
        found = [[cut for most in (3, MAX_SYLLABLES) for _, cut in cuts(script, token, most)] for token in tokens]
        if all(found):
            may = True
            surname = (
                surname or not tokens or any(len(cut) <= 2 and _family(script, cut) for ways in found for cut in ways)
            )
    return may, surname


def best_pair(one: Person, other: Person) -> tuple[float, Spelling | None, Spelling | None]:
    """Cost of the two names being one, with the two ways that one Hangul name explains best."""
    best: tuple[float, Spelling | None, Spelling | None] = (NO_READING, None, None)
    for a in one.spellings:
        for b in other.spellings:
            cost = a.cost + b.cost
            if cost >= best[0]:
                break  # ways are sorted by their cost
            if a.shape != b.shape or (a.pinyin and b.pinyin and a != b):
                continue
            for p, q in zip(a.places, b.places, strict=True):
                if p is not q:
                    cost += pair_cost(p, q)
                    if cost >= best[0]:
                        break
            if cost < best[0]:
                best = (cost, a, b)
    return best if best[0] <= MATCH_COST else min(best, _with_slip(one, other), key=lambda found: found[0])


def _with_slip(one: Person, other: Person) -> tuple[float, Spelling | None, Spelling | None]:
    """The best pair of ways that are one name but for a slip."""
    best: tuple[float, Spelling | None, Spelling | None] = (NO_READING, None, None)
    for a in one.spellings:
        for b in other.spellings:
            paid = a.cost + b.cost
            if paid > REST_COST or a.shape != b.shape:
                continue
            cost = paid + slipped(a.places, b.places)
            if cost < best[0]:
                best = (cost, a, b)
    return best
