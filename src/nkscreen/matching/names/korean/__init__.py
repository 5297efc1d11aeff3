"""Korean names: every script is read into the same space, the Hangul syllables that it may stand for.

    read("KIM, Jong-un", "Person")            a `Reading`, or None for what cannot be Korean
    compare(read(...), read(...)).score       0..1; 0.8 and more is a match
    keys(read(...))                           blocking keys: names that score 0.5 or more share one

A spelling is one of several that a Hangul syllable may have, at a cost; two names are the same as far as one Hangul
name explains both cheaply. Single-output romanisers cannot do this: Jong is 정 in the North and 종 in the South.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nkscreen.matching.names.korean import compound as compounds
from nkscreen.matching.names.korean import person as persons
from nkscreen.matching.names.korean.keys import keys
from nkscreen.matching.names.korean.letters import WRITINGS, Writing, writing
from nkscreen.matching.names.korean.model import Compound, KoreanComparison, Person, Reading, Spelling, Step, Syllable
from nkscreen.matching.names.korean.positions import explain
from nkscreen.matching.names.korean.score import score_of
from nkscreen.matching.names.korean.slips import ANY_VOWELS, SLIP, slip_cost
from nkscreen.records import Schema

__all__ = ["WRITINGS", "KoreanComparison", "Reading", "Step", "compare", "keys", "may_be_part", "read"]

DOUBTFUL_COST = 0.15
"""Most that two doubtful readings may differ: k and g, ch and j cost nothing, r and l or a vowel more than this."""

PERSONS: frozenset[Schema] = frozenset({"Person", "LegalEntity"})
"""Schemata whose names may be persons'."""

NO_WRITING: frozenset[Writing] = frozenset()

_PARENTHESES = re.compile(r"\([^()]*\)|（[^（）]*）")
"""`Jin Tiesan (金铁三)`: what stands in brackets in another script repeats the name."""

MAX_TEXT = 200
"""Characters of the longest name that is looked at: anything longer is text, not a Korean name."""


@lru_cache(maxsize=16_384)
def read(text: str, schema: Schema) -> Reading | None:
    """Read a name as Korean, None when it cannot be. A name of unknown kind (`LegalEntity`) may be a person's."""
    if len(text) > MAX_TEXT:
        return None
    folded = unicodedata.normalize("NFKC", text).lower()
    script = writing(folded)
    if script is None:
        folded = _PARENTHESES.sub(" ", folded)
        script = writing(folded)
    if script is None:
        return None
    person = compound = None
    if schema in PERSONS:
        person = persons.read_person(folded, script)
    if schema == "Vessel":
        compound = compounds.read_vessel(folded, script)
    elif schema in {"LegalEntity", "Organization", "Company", "PublicBody"}:
        compound = compounds.read_organisation(folded, script)
        if compound is None and "(" in folded:
            compound = compounds.read_organisation(_PARENTHESES.sub(" ", folded), script)
    return Reading(text, script, person, compound) if person or compound else None


def may_be_part(piece: str, schema: Schema) -> tuple[frozenset[Writing], bool]:
    """In which scripts a name with this between two of its spaces may be read as Korean, and whether this may be the
    surname.

    A name can be read in a script only if all its pieces may be, and a person's of several pieces only if one may be
    the surname. What stands in brackets, which may be left out, is not judged here. True wherever what stands beside a
    piece could make it so.
    """
    folded = unicodedata.normalize("NFKC", piece).lower()
    if any(ch in "()" for ch in folded):
        return WRITINGS, True
    script = writing(folded)
    if script is None:
        foreign = any(ch.isalpha() for ch in folded)
        return (NO_WRITING, False) if foreign else (WRITINGS, True)
    if script != "latin":
        return frozenset({script}), True
    may, surname = persons.may_be_part(folded) if schema in PERSONS else (False, False)
    other = schema != "Person" and compounds.may_be_part(folded, vessel=schema == "Vessel")
    return frozenset({script}) if may or other else NO_WRITING, surname or other


def compare(one: Reading, other: Reading) -> KoreanComparison:
    """Compare two readings, symmetric in the score. Readings of different kinds score 0 and decide nothing.

    Names of unknown kind are compared as persons' and as organisations', and the better score stands. Organisations'
    names that differ in spaces alone (Airkoryo, Air Koryo) are left to the generic comparison, which reads letters.
    """
    found: list[KoreanComparison] = []
    if one.person and other.person:
        cost, a, b = persons.best_pair(one.person, other.person)
        same = a is not None and b is not None and a.places == b.places
        found.append(_comparison(one, other, (one.person, other.person), (cost, a, b), same))
    if one.compound and other.compound and one.compound.kind == other.compound.kind:
        same = _words(one.text) == _words(other.text)
        if same or _letters(one.text) != _letters(other.text):
            pair = compounds.best_pair(one.compound, other.compound)
            found.append(_comparison(one, other, (one.compound, other.compound), pair, same))
    if not found:
        return KoreanComparison(0.0, False)
    if len(found) == 1:
        return found[0]
    best = max(found, key=lambda comparison: comparison.score)
    return best._replace(decisive=all(comparison.decisive for comparison in found))


@lru_cache(maxsize=65_536)
def _words(text: str) -> tuple[str, ...]:
    return tuple(text.casefold().split())


@lru_cache(maxsize=65_536)
def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _comparison(
    one: Reading,
    other: Reading,
    views: tuple[Person | Compound, Person | Compound],
    pair: tuple[float, Spelling | None, Spelling | None],
    same: bool,
) -> KoreanComparison:
    """Score and explain a pair.

    Two doubtful readings in one script count only where they differ by spelling system (Chonjin, Jonjin): how alike
    `Sarina` and `Salina` are is for the generic comparison to tell.
    """
    cost, a, b = pair
    convincing = [view.convincing for view in views]
    if cost > DOUBTFUL_COST and not any(convincing) and one.script == other.script and not same:
        return KoreanComparison(0.0, False)
    if a and b:
        places = zip(a.places, b.places, strict=True)
        steps = tuple(_step(p, q) for p, q in places)
    else:
        steps = (Step(one.text, other.text, "", cost),)
    hangul = "".join(step.hangul for step in steps)
    return KoreanComparison(score_of(cost, same), all(convincing), hangul, steps)


def _step(one: Syllable, other: Syllable) -> Step:
    """One aligned position; a slip has no common Hangul, and its own cost."""
    hangul, cost = explain(one, other)
    if not hangul:
        cost = min(cost, SLIP + slip_cost(one, other, ANY_VOWELS))
    return Step(one.text, other.text, hangul, cost)
