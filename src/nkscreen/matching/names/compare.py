"""The one definition of a name score: aligned tokens, weighted by what they tell.

    score = sum of similarity x weight over aligned pairs / (weight of aligned pairs + cost of what is left over)

What only one side has is *missing* and costs half its weight: papers drop and add name parts. What both sides have
left over *contradicts* and costs its full weight: `KIM Jong Un` and `KIM Jong Il` differ, they do not abbreviate.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from nkscreen.matching.names.analyse import Name, Token, analyse
from nkscreen.records import Schema

Effect = Literal[
    "equal", "same_class", "spelling", "initial", "joined", "truncated", "missing", "extra", "different_number"
]

DEFAULT_THRESHOLD = 0.8
"""The score from which two names count as the same. One value for every list and schema."""

MISSING_COST = 0.5
"""Share of its weight that a token costs when the other side lacks it."""

SAME_CLASS = 0.98
"""Similarity of `Trading` and `Torgovaya`: the same word, yet not written alike."""

INITIAL = 0.75
"""Similarity of `V.` and `Vladimir`: compatible, not confirmed."""

JOINED = 0.97
"""Similarity of `RYESONGGANG` and `RYE SONG GANG`: the same letters, spaced differently."""

TRUNCATED = 0.95
"""Score of a name cut at the field's 35 characters that the listed name continues."""

NUMBER_CAP = 0.6
"""Most that names with different numbers can score: `KUM UN SAN 3` is another ship than `KUM UN SAN 5`."""

NUMBER_MISSING_CAP = 0.86
"""Most that names can score when one has a number and the other has none: just a match, never a sure one."""

GENERIC_CAP = 0.6
"""Most that names can score whose distinctive words all met nothing: `Trading Co` is not `Vostok Trading Co`."""


@dataclass(frozen=True, slots=True)
class AlignedToken:
    """One step of the alignment; a token that met nothing has an empty counterpart and similarity 0."""

    given: str
    listed: str
    effect: Effect
    similarity: float


@dataclass(frozen=True, slots=True)
class NameComparison:
    """How alike a given and a listed name are: `score` in 0..1 and the alignment that explains it."""

    given: str
    listed: str
    score: float
    alignment: tuple[AlignedToken, ...]

    @property
    def is_match(self) -> bool:
        """Whether the score reaches `DEFAULT_THRESHOLD`."""
        return self.score >= DEFAULT_THRESHOLD


def edits_allowed(length: int) -> int:
    """Edits (insert, delete, replace, swap) that a word of that length may differ by and still be the same word."""
    return 0 if length < 3 else 1 if length < 6 else 2 if length < 12 else 3


@lru_cache(maxsize=262_144)
def word_similarity(one: str, other: str) -> float:
    """1 minus edits per letter of the longer word, or 0 when there are more edits than its length allows."""
    length = max(len(one), len(other))
    distance = OSA.distance(one, other, score_cutoff=edits_allowed(length))
    return 1 - distance / length if distance <= edits_allowed(length) else 0.0


def compare_names(query: str, listed: str, schema: Schema = "LegalEntity") -> NameComparison:
    """Compare a name from a record with a listed name. The score is symmetric; names without letters score 0."""
    return compare(analyse(query, schema), analyse(listed, schema))


def compare(query: Name, listed: Name) -> NameComparison:
    """Compare two analysed names; see `compare_names`."""
    if not query.tokens or not listed.tokens:
        return NameComparison(query.text, listed.text, 0.0, ())
    if query.truncated and is_cut_from(query, listed):
        pair = AlignedToken(query.text, listed.text, "truncated", TRUNCATED)
        return NameComparison(query.text, listed.text, TRUNCATED, (pair,))
    alignment, score = _align(query, listed)
    if query.compact == listed.compact and score < JOINED:
        alignment, score = (AlignedToken(query.text, listed.text, "joined", JOINED),), JOINED
    if query.numbers != listed.numbers:
        score = min(score, NUMBER_CAP if query.numbers and listed.numbers else NUMBER_MISSING_CAP)
    return NameComparison(query.text, listed.text, score, alignment)


def is_cut_from(query: Name, listed: Name) -> bool:
    """Whether a 35-character name may be the beginning of a longer listed one."""
    return len(listed.compact) > len(query.compact) and listed.compact.startswith(query.compact)


def _align(query: Name, listed: Name) -> tuple[tuple[AlignedToken, ...], float]:
    """Pair tokens, dearest pairs first (ties by position), and weigh what is left."""
    pairs = []
    for i, one in enumerate(query.tokens):
        for j, other in enumerate(listed.tokens):
            similarity, effect = token_similarity(one, other)
            if similarity:
                pairs.append((-similarity * (one.weight + other.weight), abs(i - j), i, j, similarity, effect))
    pairs.sort()
    taken: dict[int, AlignedToken] = {}
    used: set[int] = set()
    gain = paired = 0.0
    distinctive = False
    left, right = query.weight, listed.weight
    for _, _, i, j, similarity, effect in pairs:
        if i in taken or j in used:
            continue
        one, other = query.tokens[i], listed.tokens[j]
        taken[i] = AlignedToken(one.text, other.text, effect, round(similarity, 4))
        used.add(j)
        gain += similarity * (one.weight + other.weight)
        paired += one.weight + other.weight
        left -= one.weight
        right -= other.weight
        distinctive |= one.kind not in {"generic", "legal_form"}
    steps = [taken.get(i) or AlignedToken(token.text, "", "extra", 0.0) for i, token in enumerate(query.tokens)] + [
        AlignedToken("", token.text, "missing", 0.0) for j, token in enumerate(listed.tokens) if j not in used
    ]
    contradiction = min(left, right)
    cost = MISSING_COST * (left + right) + (1 - MISSING_COST) * 2 * contradiction
    total = paired + cost
    score = gain / total if total > 0 else 0.0
    if not distinctive and _is_distinctive(query) | _is_distinctive(listed):
        score = min(score, GENERIC_CAP)
    return tuple(steps), score


def _is_distinctive(name: Name) -> bool:
    return any(token.kind not in {"generic", "legal_form"} for token in name.tokens)


def token_similarity(one: Token, other: Token) -> tuple[float, Effect]:
    """Similarity of two tokens in 0..1 and the effect that gives it."""
    if one.text == other.text:
        return 1.0, "equal"
    if one.key == other.key:
        return SAME_CLASS, "same_class"
    if one.kind == "number" or other.kind == "number":
        return 0.0, "different_number"
    if one.kind == "legal_form" or other.kind == "legal_form":
        return 0.0, "missing"
    if (one.kind == "initial") != (other.kind == "initial"):
        return (INITIAL, "initial") if one.text[0] == other.text[0] else (0.0, "missing")
    return word_similarity(one.text, other.text), "spelling"
