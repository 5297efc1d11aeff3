"""The one definition of a name score: aligned tokens, weighted by what they tell.

    score = sum of similarity x weight over aligned pairs / (weight of aligned pairs + cost of what is left over)

What only one side has is *missing* and costs part of its weight: papers drop and add name parts. What both sides have
left over *contradicts* and costs its full weight: `KIM Jong Un` and `KIM Jong Il` differ, they do not abbreviate.
Where both names are convincingly Korean the comparison of their syllables replaces all this.
Some differences decide whatever else agrees (another number, another legal form); they cap the score.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nkscreen.matching.names import korean, tables
from nkscreen.matching.names.analyse import Name, analyse
from nkscreen.matching.names.token import COMMON, JOINED, LIGHT, NOTHING, PREFIX, Effect, Token, similarity
from nkscreen.records import Schema

DEFAULT_THRESHOLD = 0.8
"""The score from which two names count as the same. One value for every list and schema."""

MISSING_COST = 0.45
"""Share of its weight that a token costs when the other side lacks it."""

CUT_MISSING_COST = 0.25
"""The same for a name that was cut at the field's end: what is missing may have been written and lost."""

CONTRADICTION_WEIGHT = 4.0
"""Least weight on each side of parts that contradict: in `Peter G. Sommer` and `Peter W. Sommer` a letter does."""

VARIANT = 0.95
"""Share of its score that a match with one of the names of a field keeps: `X a.k.a. Y` is X, and not only X."""

TRUNCATED = 0.95
"""Score of a name cut at the field's 35 characters that the listed name continues."""

ACRONYM = 0.8
"""Score of first letters and the words they stand for: worth a look, never more."""

SYLLABLES_OF_DOUBT = 3
"""Syllables that two names of persons must share as Korean when one of them need not be: 李莉 is also LI, Yi."""

NEARLY = 0.99
"""Most that names can score that are not the same words: 1.0 is for what is certain."""

KOREAN_PROMISE = 0.5
"""Score from which two Korean readings are certain to share a key; a lower one raises nothing."""

NUMBER_CAP = 0.6
"""Most that names with different numbers can score: `KUM UN SAN 3` is another ship than `KUM UN SAN 5`."""

NUMBER_MISSING_CAP = 0.78
"""Most that names can score when one has a number and the other has none: `Fund` and `Fund II` are two registers'
entries."""

SHIP_NUMBER_MISSING_CAP = 0.86
"""The same for ships, whose number papers drop: just a match, never a sure one."""

PART_BITS = 24.0
"""Information that the words shared by two names of persons must carry for one name to be a part of the other.

A name of two usual words (`Antonio Ramirez`, 15 bits) is contained in some longer name of any long list.
"""

INITIAL_BITS = 12.0
"""The same where an initial stands for a word: `K. Prigozhina` is known by the surname alone, `J. Smith` is not."""

_COMPANY_FORMS = frozenset({"llc", "jsc", "lp", "llp"})
"""Classes of legal forms that stray into names of persons."""

PART_CAP = 0.78
"""Most that such a part can score: `Martin` is not `Ryan Martin`, and nobody drops a syllable of a Chinese name."""

GENERIC_CAP = 0.6
"""Most that names can score whose distinctive words all met nothing: `Trading Co` is not `Vostok Trading Co`."""

PLACE_CAP = 0.7
"""Most that names with different countries can score: `Santander Mexico` is another bank than `Santander Chile`."""

BODY_CAP = 0.79
"""Most that names can score that share one sort of body and differ in another: a bank is not the bank's trust."""

FORM_CAP = 0.79
"""Most that names with legal forms of different classes can score: a register holds `X GmbH` and `X AG` apart."""


@dataclass(frozen=True, slots=True)
class AlignedToken:
    """One step of the alignment; a token that met nothing has an empty counterpart and similarity 0.

    `reading` is the Hangul that explains both sides of a `korean` step.
    """

    given: str
    listed: str
    effect: Effect
    similarity: float
    reading: str = ""


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
    found = _compare(query, listed)
    if query.variants or listed.variants:
        for one in (query, *query.variants):
            for other in (listed, *listed.variants):
                part = _compare(one, other)
                if part.score * VARIANT > found.score:
                    found = NameComparison(query.text, listed.text, part.score * VARIANT, part.alignment)
    return found


def _compare(query: Name, listed: Name) -> NameComparison:
    if not query.tokens or not listed.tokens:
        return NameComparison(query.text, listed.text, 0.0, ())
    if query.truncated and is_cut_from(query, listed):
        pair = AlignedToken(query.text, listed.text, "truncated", TRUNCATED)
        return NameComparison(query.text, listed.text, TRUNCATED, (pair,))
    if query.tokens == listed.tokens:
        steps = tuple(AlignedToken(token.text, token.text, "equal", 1.0) for token in query.tokens)
        return NameComparison(query.text, listed.text, 1.0, steps)
    syllables = _syllables(query, listed)
    if syllables and syllables.decisive and not (_is_rotated(query, listed) or _is_slip(query, listed, syllables)):
        return _korean(query, listed, syllables)
    alignment, score = _align(query, listed)
    if query.compact == listed.compact and score < JOINED:
        alignment, score = (AlignedToken(query.text, listed.text, "joined", JOINED),), JOINED
    cap = _cap(query, listed)
    score = min(score, cap)
    if syllables:
        long_enough = len(syllables.steps) >= (SYLLABLES_OF_DOUBT if query.person else 1)
        if long_enough and min(syllables.score, cap) > score and syllables.score >= KOREAN_PROMISE:
            return _korean(query, listed, syllables, cap)
    if score < ACRONYM and (
        (query.sole and query.sole in listed.acronyms) or (listed.sole and listed.sole in query.acronyms)
    ):
        alignment, score = (AlignedToken(query.text, listed.text, "acronym", ACRONYM),), ACRONYM
    return NameComparison(query.text, listed.text, score, alignment)


def _syllables(query: Name, listed: Name) -> korean.KoreanComparison | None:
    """The comparison as Korean; of two persons only where one is likely Korean, else it is an accident of spelling."""
    one, other = query.korean, listed.korean
    if not one or not other or (query.person and listed.person and not one.convincing and not other.convincing):
        return None
    return korean.compare(one, other)


def _is_rotated(query: Name, listed: Name) -> bool:
    """Whether the names are the same words with some moved from the front to the end: `MUN CHOL, KIM`."""
    ours, theirs = query.tokens, listed.tokens
    return len(ours) == len(theirs) and any(ours[at:] + ours[:at] == theirs for at in range(len(ours)))


def _is_slip(query: Name, listed: Name, found: korean.KoreanComparison) -> bool:
    """Whether a letter struck twice makes another number of syllables of the same name: `HWAAN`, `HWAN`.

    The syllables then have nothing to compare, and the letters decide.
    """
    if found.hangul or query.compact == listed.compact:
        return False
    return _REPEATED.sub(r"\1", query.compact) == _REPEATED.sub(r"\1", listed.compact)


def _korean(query: Name, listed: Name, found: korean.KoreanComparison, cap: float = 1.0) -> NameComparison:
    steps = tuple(
        AlignedToken(step.given, step.listed, "korean", round(max(0.0, 1 - step.cost), 4), step.hangul)
        for step in found.steps
    )
    return NameComparison(query.text, listed.text, min(found.score, cap, NEARLY), steps or _align(query, listed)[0])


def is_cut_from(query: Name, listed: Name) -> bool:
    """Whether a 35-character name may be the beginning of a longer listed one."""
    return len(listed.compact) > len(query.compact) and listed.compact.startswith(query.compact)


def missing_cost(query: Name) -> float:
    """Share of its weight that a missing token costs beside this query."""
    return CUT_MISSING_COST if query.truncated else MISSING_COST


_REPEATED = re.compile(r"(.)\1+")

SURE = 0.9
"""Similarity from which a pair is taken before any that is less alike, however long: `William` before `William G.`."""

Pair = tuple[bool, float, int, int, int, int, int, float, Effect]
"""Unsure, negative worth, distance, position and length on either side, similarity, effect: sorts dearest first."""


def _align(query: Name, listed: Name) -> tuple[tuple[AlignedToken, ...], float]:
    """Pair tokens, dearest pairs first (ties by position), and weigh what is left."""
    pairs = _pairs(query, listed)
    pairs.sort()
    taken: list[tuple[int, int, Pair] | None] = [None] * len(query.tokens)
    used = [False] * len(listed.tokens)
    gain = paired = bits = 0.0
    distinctive = False
    left, right = query.weight, listed.weight
    owed = query.owed + listed.owed
    for pair in pairs:
        _, _, _, i, j, wide, tall, alike, effect = pair
        if wide == tall == 1:
            if taken[i] or used[j]:
                continue
        elif any(taken[i : i + wide]) or any(used[j : j + tall]):
            continue
        ours, theirs = query.tokens[i : i + wide], listed.tokens[j : j + tall]
        own, their = sum(token.weight for token in ours), sum(token.weight for token in theirs)
        owed -= sum(token.owed for token in ours) + sum(token.owed for token in theirs)
        taken[i : i + wide] = [(i, j, pair)] * wide
        used[j : j + tall] = [True] * tall
        gain += alike * (own + their)
        paired += own + their
        known = alike * min(_bits(query, i, wide), _bits(listed, j, tall))
        bits += known / 2 if effect == "consonants" else known
        left -= own
        right -= their
        distinctive = distinctive or (
            any(token.kind not in COMMON for token in ours) and any(token.kind not in COMMON for token in theirs)
        )
    steps = _steps(query, listed, taken, used)
    extra = [token for met, token in zip(taken, query.tokens, strict=True) if not met and token.kind not in LIGHT]
    lacking = [token for met, token in zip(used, listed.tokens, strict=True) if not met and token.kind not in LIGHT]
    contradiction = min(left, right)
    if extra and lacking:
        contradiction, owed = max(contradiction, CONTRADICTION_WEIGHT), left + right
    cost = missing_cost(query)
    total = paired + cost * owed + (1 - cost) * 2 * contradiction
    score = gain / total if total > 0 else 0.0
    if not distinctive and (_is_distinctive(query) or _is_distinctive(listed)):
        score = min(score, GENERIC_CAP)
    apart = [*_apart(extra, query), *_apart(lacking, listed)]
    wanted = (
        PART_BITS if apart else INITIAL_BITS if any(step.effect in {"initial", "initials"} for step in steps) else 0.0
    )
    if (query.person or listed.person) and (bits < wanted or any(token.kind == "syllable" for token in apart)):
        score = min(score, PART_CAP)
    return steps, score


def _pairs(query: Name, listed: Name) -> list[Pair]:
    pairs: list[Pair] = []
    for i, one in enumerate(query.tokens):
        for j, other in enumerate(listed.tokens):
            alike, effect = similarity(one, other)
            if i == query.cut and alike < PREFIX and is_prefix(one, other):
                alike, effect = PREFIX, "truncated"
            if alike:
                worth = -alike * (one.weight + other.weight)
                pairs.append((alike < SURE, worth, abs(i - j), i, j, 1, 1, alike, effect))
        for j, span in listed.spans:
            alike, effect = similarity(one, span)
            if alike:
                worth = -alike * (one.weight + span.weight)
                pairs.append((alike < SURE, worth, abs(i - j), i, j, 1, span.spanned, alike, effect))
    for i, span in query.spans:
        for j, other in enumerate(listed.tokens):
            alike, effect = similarity(span, other)
            if alike:
                worth = -alike * (span.weight + other.weight)
                pairs.append((alike < SURE, worth, abs(i - j), i, j, span.spanned, 1, alike, effect))
        if span.is_phrase:
            for j, phrase in listed.spans:
                alike, effect = similarity(span, phrase) if phrase.is_phrase else NOTHING
                if alike:
                    worth = -alike * (span.weight + phrase.weight)
                    pairs.append((alike < SURE, worth, abs(i - j), i, j, span.spanned, phrase.spanned, alike, effect))
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
            _, _, _, _, j, wide, tall, alike, effect = met[2]
            given = " ".join(part.text for part in query.tokens[i : i + wide]) if wide > 1 else token.text
            theirs = " ".join(part.text for part in listed.tokens[j : j + tall]) if tall > 1 else listed.tokens[j].text
            steps.append(AlignedToken(given, theirs, effect, round(alike, 4)))
    steps += [AlignedToken("", token.text, "missing", 0.0) for j, token in enumerate(listed.tokens) if not used[j]]
    return tuple(steps)


def _cap(query: Name, listed: Name) -> float:
    cap = 1.0
    if query.numbers != listed.numbers and query.compact != listed.compact:
        missing = SHIP_NUMBER_MISSING_CAP if query.vessel or listed.vessel else NUMBER_MISSING_CAP
        cap = NUMBER_CAP if query.numbers and listed.numbers else missing
    if _contradict(query.places, listed.places) or _contradict(query.cities, listed.cities):
        cap = min(cap, PLACE_CAP)
    if query.bodies and listed.bodies and (query.bodies < listed.bodies or listed.bodies < query.bodies):
        cap = min(cap, BODY_CAP)
    if _contradict(query.forms, listed.forms):
        cap = min(cap, FORM_CAP)
    return cap


def _contradict(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether both names have something of a kind and none of it is of one class."""
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _apart(left: list[Token], name: Name) -> list[Token]:
    """What is left of a name and would tell its bearer apart: no initial, patronymic, repeated word or legal form."""
    return [
        token
        for token in left
        if token.kind not in {"initial", "patronymic"}
        and name.tokens.count(token) == 1
        and tables.legal_forms().get((token.text,)) not in _COMPANY_FORMS
    ]


def _bits(name: Name, at: int, length: int) -> float:
    return sum(token.bits for token in name.tokens[at : at + length])


def _is_distinctive(name: Name) -> bool:
    return any(token.kind not in COMMON for token in name.tokens)
