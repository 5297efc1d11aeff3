"""Which word of one name met which of the other, and the score that this gives.

    score = sum of similarity x weight over aligned pairs / (weight of aligned pairs + cost of what is left over)

What only one side has is *missing* and costs part of its weight: papers drop and add name parts. What both sides have
left over *contradicts* and costs its full weight: `KIM Jong Un` and `KIM Jong Il` differ, they do not abbreviate.
"""

from __future__ import annotations

from typing import NamedTuple

from nkscreen.matching.names import tables
from nkscreen.matching.names.analyse import Name
from nkscreen.matching.names.token import JOINED, NOTHING, PREFIX, Effect, Token, may_meet_joined, similarity

MISSING_COST = 0.45
"""Share of its weight that a token costs when the other side lacks it."""

CUT_MISSING_COST = 0.25
"""The same for a name that was cut at the field's end: what is missing may have been written and lost."""

CONTRADICTION_WEIGHT = 4.0
"""Least weight on each side of parts that contradict: in `Peter G. Sommer` and `Peter W. Sommer` a letter does."""

GENERIC_CAP = 0.6
"""Most that names can score whose distinctive words all met nothing: `Trading Co` is not `Vostok Trading Co`."""

PART_BITS = 24.0
"""Information that the words shared by two names of persons must carry for one name to be a part of the other.

A name of two usual words (`Antonio Ramirez`, 15 bits) is contained in some longer name of any long list.
"""

INITIAL_BITS = 12.0
"""The same where an initial stands for a word: `K. Prigozhina` is known by the surname alone, `J. Smith` is not."""

PART_CAP = 0.78
"""Most that such a part can score: `Martin` is not `Ryan Martin`, and nobody drops a syllable of a Chinese name.

Nor can names of persons score more whose parts contradict, however many agree: `Hani Latif Tilfah al-Rawi` and `Hani
Latif Tilfah al-Tikriti` are of two clans. Of 6,000 aliases in UN and OFAC three are lost by it. Nor can a name of one
word that two words joined are like in sound or spelling alone: `Mike Lee` is not `Mekele`.
"""

SURE = 0.9
"""Similarity from which a pair is taken before any that is less alike, however long: `William` before `William G.`."""

_COMPANY_FORMS = frozenset({"llc", "jsc", "lp", "llp"})
"""Classes of legal forms that stray into names of persons."""

_INITIALS = frozenset({"initial", "initials"})


class AlignedToken(NamedTuple):
    """One step of the alignment; a token that met nothing has an empty counterpart and similarity 0.

    `reading` is the Hangul that explains both sides of a `korean` step.
    """

    given: str
    listed: str
    effect: Effect
    similarity: float
    reading: str = ""


Pair = tuple[bool, float, int, int, int, int, int, int, float, Effect]
"""Unsure, negative worth, distance and sum of the positions, position and length on either side, similarity, effect.

Sorts dearest first, and ties alike from both sides: two pairs with one distance and one sum have no word in common.
"""


def missing_cost(query: Name) -> float:
    """Share of its weight that a missing token costs beside this query."""
    return CUT_MISSING_COST if query.cut >= 0 else MISSING_COST


def align(query: Name, listed: Name) -> tuple[tuple[AlignedToken, ...], float]:
    """Pair tokens, dearest pairs first (ties by position), and weigh what is left."""
    ours, theirs = query.tokens, listed.tokens
    taken: list[Pair | None] = [None] * len(ours)
    used = [False] * len(theirs)
    gain = paired = bits = 0.0
    distinctive = initials = loose = False
    left, right, owed = query.weight, listed.weight, query.owed + listed.owed
    for pair in sorted(_pairs(query, listed)):
        _, _, _, _, i, j, wide, tall, alike, effect = pair
        if wide == tall == 1:
            if taken[i] or used[j]:
                continue
            taken[i], used[j] = pair, True
            one: Token | _Run = ours[i]
            other: Token | _Run = theirs[j]
        else:
            if any(taken[i : i + wide]) or any(used[j : j + tall]):
                continue
            taken[i : i + wide] = [pair] * wide
            used[j : j + tall] = [True] * tall
            one = ours[i] if wide == 1 else _run(ours[i : i + wide])
            other = theirs[j] if tall == 1 else _run(theirs[j : j + tall])
        both = one.weight + other.weight
        gain += alike * both
        paired += both
        left -= one.weight
        right -= other.weight
        owed -= one.owed + other.owed
        known = alike * (one.bits if one.bits < other.bits else other.bits)
        bits += known / 2 if effect == "consonants" else known
        distinctive = distinctive or not (one.common or other.common)
        initials = initials or effect in _INITIALS
        loose = loose or (effect == "joined" and alike < JOINED and 1 in (len(ours), len(theirs)))
    extra = [token for token, met in zip(ours, taken, strict=True) if not met and not token.light]
    lacking = [token for token, met in zip(theirs, used, strict=True) if not met and not token.light]
    contradiction = left if left < right else right
    if extra and lacking:
        contradiction, owed = max(contradiction, CONTRADICTION_WEIGHT), left + right
    cost = missing_cost(query)
    total = paired + cost * owed + (1 - cost) * 2 * contradiction
    score = gain / total if total > 0 else 0.0
    if not distinctive and score > GENERIC_CAP and (query.distinctive or listed.distinctive):
        score = GENERIC_CAP
    if score > PART_CAP and (query.person or listed.person):
        syllabic = query.syllabic or listed.syllabic
        ours_apart, theirs_apart = _tell_apart(extra, query, syllabic), _tell_apart(lacking, listed, syllabic)
        part = ours_apart or theirs_apart
        wanted = PART_BITS if part else INITIAL_BITS if initials else 0.0
        if bits < wanted or (part and syllabic) or (ours_apart and theirs_apart) or loose:
            score = PART_CAP
    return _steps(query, listed, taken, used), score


class _Run(NamedTuple):
    """Adjacent tokens that met something together, as far as they are weighed."""

    weight: float
    owed: float
    bits: float
    common: bool


def _run(tokens: tuple[Token, ...]) -> _Run:
    return _Run(
        sum(token.weight for token in tokens),
        sum(token.owed for token in tokens),
        sum(token.bits for token in tokens),
        all(token.common for token in tokens),
    )


def _pairs(query: Name, listed: Name) -> list[Pair]:
    pairs: list[Pair] = []
    found = pairs.append
    tokens, spans = listed.tokens, listed.spans
    for i, one in enumerate(query.tokens):
        for j, other in enumerate(tokens):
            alike, effect = similarity(one, other)
            if i == query.cut and alike < PREFIX and is_prefix(one, other):
                alike, effect = PREFIX, "truncated"
            if alike:
                found(
                    (alike < SURE, -alike * (one.weight + other.weight), abs(i - j), i + j, i, j, 1, 1, alike, effect)
                )
        for j, span in spans:
            alike, effect = similarity(one, span) if may_meet_joined(span, one) else NOTHING
            if alike:
                worth = -alike * (one.weight + span.weight)
                found((alike < SURE, worth, abs(i - j), i + j, i, j, 1, span.spanned, alike, effect))
    for i, span in query.spans:
        for j, other in enumerate(tokens):
            alike, effect = similarity(span, other) if may_meet_joined(span, other) else NOTHING
            if alike:
                worth = -alike * (span.weight + other.weight)
                found((alike < SURE, worth, abs(i - j), i + j, i, j, span.spanned, 1, alike, effect))
        if span.phrase:
            for j, other in spans:
                alike, effect = similarity(span, other) if other.phrase else NOTHING
                if alike:
                    worth = -alike * (span.weight + other.weight)
                    found((alike < SURE, worth, abs(i - j), i + j, i, j, span.spanned, other.spanned, alike, effect))
    return pairs


def is_prefix(cut: Token, whole: Token) -> bool:
    """Whether the last word of a cut name may be the beginning of this word."""
    return len(cut.text) > 1 and cut.kind != "number" and whole.text.startswith(cut.text) and not whole.light


def _steps(query: Name, listed: Name, taken: list[Pair | None], used: list[bool]) -> tuple[AlignedToken, ...]:
    steps = []
    for i, token in enumerate(query.tokens):
        met = taken[i]
        if met is None:
            steps.append(AlignedToken(token.text, "", "extra", 0.0))
        elif met[4] == i:
            j, wide, tall, alike, effect = met[5:]
            given = token.text if wide == 1 else " ".join(part.text for part in query.tokens[i : i + wide])
            theirs = listed.tokens[j].text if tall == 1 else " ".join(p.text for p in listed.tokens[j : j + tall])
            steps.append(AlignedToken(given, theirs, effect, round(alike, 4)))
    for token, met_other in zip(listed.tokens, used, strict=True):
        if not met_other:
            steps.append(AlignedToken("", token.text, "missing", 0.0))
    return tuple(steps)


def _tell_apart(left: list[Token], name: Name, syllabic: bool) -> bool:
    """Whether what is left of a name tells its bearer apart: no initial, patronymic, repeated word or stray legal form.

    `Yu` is a legal form in Bulgaria; beside a name in Han or Hangul it is a syllable.
    """
    return any(
        name.tokens.count(token) == 1
        and (tells_apart(token) or (syllabic and token.kind not in {"initial", "patronymic"}))
        for token in left
    )


def tells_apart(token: Token) -> bool:
    """Whether a token that the other name lacks tells two persons apart, in whatever names."""
    return (
        token.kind not in {"initial", "patronymic"}
        and not token.light
        and tables.legal_forms().get((token.text,)) not in _COMPANY_FORMS
    )
