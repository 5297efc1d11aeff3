"""The one definition of a name score: aligned tokens, weighted by what they tell.

    score = sum of similarity x weight over aligned pairs / (weight of aligned pairs + cost of what is left over)

What only one side has is *missing* and costs part of its weight: papers drop and add name parts. What both sides have
left over *contradicts* and costs its full weight: `KIM Jong Un` and `KIM Jong Il` differ, they do not abbreviate.
Some differences decide whatever else agrees (another number, another legal form); they cap the score.
"""

from __future__ import annotations

from dataclasses import dataclass

from nkscreen.matching.names.analyse import Name, analyse
from nkscreen.matching.names.token import COMMON, JOINED, LIGHT, PREFIX, Effect, Kind, Token, similarity
from nkscreen.records import Schema

DEFAULT_THRESHOLD = 0.8
"""The score from which two names count as the same. One value for every list and schema."""

MISSING_COST = 0.45
"""Share of its weight that a token costs when the other side lacks it."""

CUT_MISSING_COST = 0.25
"""The same for a name that was cut at the field's end: what is missing may have been written and lost."""

CONTRADICTION_WEIGHT = 4.0
"""Least weight on each side of parts that contradict: in `William G. Frost` and `William W. Frost` a letter does."""

TRUNCATED = 0.95
"""Score of a name cut at the field's 35 characters that the listed name continues."""

NUMBER_CAP = 0.6
"""Most that names with different numbers can score: `KUM UN SAN 3` is another ship than `KUM UN SAN 5`."""

NUMBER_MISSING_CAP = 0.86
"""Most that names can score when one has a number and the other has none: just a match, never a sure one."""

GENERIC_CAP = 0.6
"""Most that names can score whose distinctive words all met nothing: `Trading Co` is not `Vostok Trading Co`."""

PLACE_CAP = 0.7
"""Most that names with different countries can score: `Santander Mexico` is another bank than `Santander Chile`."""

FORM_CAP = 0.79
"""Most that names with legal forms of different classes can score: a register holds `X GmbH` and `X AG` apart."""


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
    return NameComparison(query.text, listed.text, min(score, _cap(query, listed)), alignment)


def is_cut_from(query: Name, listed: Name) -> bool:
    """Whether a 35-character name may be the beginning of a longer listed one."""
    return len(listed.compact) > len(query.compact) and listed.compact.startswith(query.compact)


def missing_cost(query: Name) -> float:
    """Share of its weight that a missing token costs beside this query."""
    return CUT_MISSING_COST if query.truncated else MISSING_COST


Pair = tuple[float, int, int, int, int, int, float, Effect]
"""Negative worth, distance, position and length on either side, similarity, effect: sorts dearest first."""


def _align(query: Name, listed: Name) -> tuple[tuple[AlignedToken, ...], float]:
    """Pair tokens, dearest pairs first (ties by position), and weigh what is left."""
    pairs = _pairs(query, listed)
    pairs.sort()
    taken: list[tuple[int, int, Pair] | None] = [None] * len(query.tokens)
    used = [False] * len(listed.tokens)
    gain = paired = 0.0
    distinctive = False
    left, right = query.weight, listed.weight
    for pair in pairs:
        _, _, i, j, wide, tall, alike, _ = pair
        if wide == tall == 1:
            if taken[i] or used[j]:
                continue
        elif any(taken[i : i + wide]) or any(used[j : j + tall]):
            continue
        own = sum(token.weight for token in query.tokens[i : i + wide])
        their = sum(token.weight for token in listed.tokens[j : j + tall])
        taken[i : i + wide] = [(i, j, pair)] * wide
        used[j : j + tall] = [True] * tall
        gain += alike * (own + their)
        paired += own + their
        left -= own
        right -= their
        distinctive = distinctive or (query.tokens[i].kind not in COMMON and listed.tokens[j].kind not in COMMON)
    steps = _steps(query, listed, taken, used)
    contradiction = min(left, right)
    if any(not met and token.kind not in LIGHT for met, token in zip(taken, query.tokens, strict=True)) and any(
        not met and token.kind not in LIGHT for met, token in zip(used, listed.tokens, strict=True)
    ):
        contradiction = max(contradiction, CONTRADICTION_WEIGHT)
    cost = missing_cost(query)
    total = paired + cost * (left + right) + (1 - cost) * 2 * contradiction
    score = gain / total if total > 0 else 0.0
    if not distinctive and (_is_distinctive(query) or _is_distinctive(listed)):
        score = min(score, GENERIC_CAP)
    return steps, score


def _pairs(query: Name, listed: Name) -> list[Pair]:
    pairs: list[Pair] = []
    for i, one in enumerate(query.tokens):
        for j, other in enumerate(listed.tokens):
            alike, effect = similarity(one, other)
            if i == query.cut and alike < PREFIX and is_prefix(one, other):
                alike, effect = PREFIX, "truncated"
            if alike:
                pairs.append((-alike * (one.weight + other.weight), abs(i - j), i, j, 1, 1, alike, effect))
        for j, span in listed.spans:
            alike, effect = similarity(one, span)
            if alike:
                pairs.append((-alike * (one.weight + span.weight), abs(i - j), i, j, 1, span.spanned, alike, effect))
    for i, span in query.spans:
        for j, other in enumerate(listed.tokens):
            alike, effect = similarity(span, other)
            if alike:
                pairs.append((-alike * (span.weight + other.weight), abs(i - j), i, j, span.spanned, 1, alike, effect))
    return pairs


def is_prefix(cut: Token, whole: Token) -> bool:
    """Whether the last word of a cut name may be the beginning of this word."""
    return len(cut.text) > 1 and cut.kind != "number" and whole.text.startswith(cut.text) and whole.kind not in LIGHT


def _steps(
    query: Name, listed: Name, taken: list[tuple[int, int, Pair] | None], used: list[bool]
) -> tuple[AlignedToken, ...]:
    steps = []
    for i, token in enumerate(query.tokens):
        met = taken[i]
        if met is None:
            steps.append(AlignedToken(token.text, "", "extra", 0.0))
        elif met[0] == i:
            _, _, _, j, wide, tall, alike, effect = met[2]
            given = " ".join(part.text for part in query.tokens[i : i + wide]) if wide > 1 else token.text
            theirs = " ".join(part.text for part in listed.tokens[j : j + tall]) if tall > 1 else listed.tokens[j].text
            steps.append(AlignedToken(given, theirs, effect, round(alike, 4)))
    steps += [AlignedToken("", token.text, "missing", 0.0) for j, token in enumerate(listed.tokens) if not used[j]]
    return tuple(steps)


def _cap(query: Name, listed: Name) -> float:
    cap = 1.0
    if query.numbers != listed.numbers:
        cap = NUMBER_CAP if query.numbers and listed.numbers else NUMBER_MISSING_CAP
    if _contradict(query, listed, "place"):
        cap = min(cap, PLACE_CAP)
    if _contradict(query, listed, "legal_form"):
        cap = min(cap, FORM_CAP)
    return cap


def _contradict(query: Name, listed: Name, kind: Kind) -> bool:
    """Whether both names have tokens of that kind and none of one class."""
    ours, theirs = _keys(query, kind), _keys(listed, kind)
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _keys(name: Name, kind: Kind) -> frozenset[str]:
    return frozenset(key for token in name.tokens if token.kind == kind for key in token.keys)


def _is_distinctive(name: Name) -> bool:
    return any(token.kind not in COMMON for token in name.tokens)
