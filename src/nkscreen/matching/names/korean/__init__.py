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

from nkscreen.matching.names.korean import person
from nkscreen.matching.names.korean.keys import keys
from nkscreen.matching.names.korean.letters import writing
from nkscreen.matching.names.korean.model import KoreanComparison, Reading, Step
from nkscreen.matching.names.korean.positions import explain
from nkscreen.matching.names.korean.score import score_of
from nkscreen.records import Schema

__all__ = ["KoreanComparison", "Reading", "Step", "compare", "keys", "read"]

_PARENTHESES = re.compile(r"\([^()]*\)|（[^（）]*）")
"""`Jin Tiesan (金铁三)`: what stands in brackets in another script repeats the name."""

MAX_TEXT = 200
"""Characters of the longest name that is looked at: anything longer is text, not a Korean name."""


@lru_cache(maxsize=131_072)
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
    if schema in {"Person", "LegalEntity"}:
        return person.read_person(text, folded, script)
    return None


def compare(one: Reading, other: Reading) -> KoreanComparison:
    """Compare two readings. Symmetric in the score; readings of different subjects score 0 and decide nothing."""
    found = person.best_pair(one, other) if one.subject == other.subject else None
    decisive = one.subject == other.subject and person.is_decisive(one, other)
    if found is None:
        return KoreanComparison(0.0, decisive)
    cost, a, b = found
    pairs = list(zip(a.surname + a.given, b.surname + b.given, strict=True))
    same = all(p is q for p, q in pairs)
    steps = tuple(Step(p.text, q.text, *explain(p, q)) for p, q in pairs)
    hangul = "".join(step.hangul for step in steps)
    return KoreanComparison(score_of(cost, same), decisive, hangul, steps)
