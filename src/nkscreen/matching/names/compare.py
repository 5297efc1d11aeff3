"""The one definition of a name score: aligned tokens, weighted by what they tell (`align`).

Where both names are convincingly Korean the comparison of their syllables replaces all this.
Some differences decide whatever else agrees (another number, another legal form); they cap the score.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from nkscreen.matching.names import korean
from nkscreen.matching.names.align import PART_CAP, AlignedToken, align
from nkscreen.matching.names.analyse import Name, analyse
from nkscreen.matching.names.token import JOINED
from nkscreen.records import Schema

DEFAULT_THRESHOLD = 0.8
"""The score from which two names count as the same. One value for every list and schema."""

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

PLACE_CAP = 0.7
"""Most that names with different countries can score: `Santander Mexico` is another bank than `Santander Chile`."""

BODY_CAP = 0.79
"""Most that names can score that share one sort of body and differ in another: a bank is not the bank's trust."""

FORM_CAP = 0.79
"""Most that names with legal forms of different classes can score: a register holds `X GmbH` and `X AG` apart."""


class NameComparison(NamedTuple):
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
    if syllables and syllables.decisive and _decide(query, listed, syllables):
        return _korean(query, listed, syllables)
    alignment, score = align(query, listed)
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
    return as_korean(query.korean, query.person, listed)


def as_korean(reading: korean.Reading | None, person: bool, listed: Name) -> korean.KoreanComparison | None:
    """A name read so, a person's or not, compared with a listed one as Korean; None where that would be chance."""
    other = listed.korean
    if not reading or not other or (person and listed.person and not reading.convincing and not other.convincing):
        return None
    return korean.compare(reading, other)


def _decide(query: Name, listed: Name, found: korean.KoreanComparison) -> bool:
    """Whether the syllables of two Korean names decide alone."""
    if _is_rotated(query, listed):
        return False
    return found.score >= DEFAULT_THRESHOLD or not _is_slip(query, listed, found)


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
    ours, theirs = (" ".join(token.text for token in name.tokens) for name in (query, listed))
    return _REPEATED.sub(r"\1", ours) == _REPEATED.sub(r"\1", theirs)


def _korean(query: Name, listed: Name, found: korean.KoreanComparison, cap: float = 1.0) -> NameComparison:
    steps = tuple(
        AlignedToken(step.given, step.listed, "korean", round(max(0.0, 1 - step.cost), 4), step.hangul)
        for step in found.steps
    )
    return NameComparison(query.text, listed.text, min(found.score, cap, NEARLY), steps or align(query, listed)[0])


def is_cut_from(query: Name, listed: Name) -> bool:
    """Whether a 35-character name may be the beginning of a longer listed one."""
    return len(listed.compact) > len(query.compact) and listed.compact.startswith(query.compact)


_REPEATED = re.compile(r"(.)\1+")


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
    if query.person and _is_two_syllables(query, listed):
        cap = min(cap, PART_CAP)
    return cap


def _is_two_syllables(query: Name, listed: Name) -> bool:
    """Whether one is two syllables (軍 翟, jun di) and the other one word (Jundi): a surname and a name are no word."""
    few, many = sorted((query, listed), key=lambda name: len(name.tokens))
    return len(few.tokens) == 1 and len(many.tokens) == 2 and many.syllabic


def _contradict(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether both names have something of a kind and none of it is of one class."""
    return bool(ours and theirs) and ours.isdisjoint(theirs)
