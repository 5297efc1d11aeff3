"""Whether two listed entities are one party: the entry of a person or ship on one list and that on another.

The evidence is that of the matcher, both sides being lists. One effect is added: lists of the same sanctions regime are
short and overlap, so names that agree there are seldom an accident. Identifiers that cannot both be true forbid it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from nkscreen.alerts import Evidence
from nkscreen.matching import weights
from nkscreen.matching.groups import GROUPS
from nkscreen.matching.identity import NamePair, evidence_of, name_evidence, probability
from nkscreen.matching.names.analyse import analyse
from nkscreen.matching.names.compare import DEFAULT_THRESHOLD, NEARLY, compare
from nkscreen.records import Mention
from nkscreen.watchlist.dprk import is_dprk
from nkscreen.watchlist.model import ListedEntity

SAME = 0.95
"""Probability from which two entries are one party: a wrong merge hides a party, a missed one shows it twice."""

NEAR = 0.9
"""Name score from which a shared regime counts: spellings of one name. Below it are names that resemble each other,
such as those of the Korea International Exhibition Corporation and of Korea Expo, a front of the Lazarus Group."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two entries are one party, and why. `forbidden`: identifiers of both cannot belong to one,
    or none of their birth dates agree and no identifier decides.

    `shared` says whether their first names agree, and how many names they have in common: what tells candidates apart
    that are equally likely.
    """

    probability: float
    evidence: tuple[Evidence, ...]
    forbidden: bool = False
    shared: tuple[bool, int] = (False, 0)

    @property
    def rank(self) -> tuple[float, bool, int]:
        """What orders candidates; those of equal rank cannot be told apart."""
        return (self.probability, *self.shared)

    @property
    def decisive(self) -> bool:
        """Whether an identifier decides that they are one."""
        return not self.forbidden and not weights.DECISIVE.isdisjoint(item.code for item in self.evidence)

    @property
    def same(self) -> bool:
        """Whether they are taken for one party."""
        return not self.forbidden and self.probability >= SAME


UNLIKE = Likeness(0.0, ())


def likeness(one: ListedEntity, other: ListedEntity) -> Likeness:
    """Compare two listed entities. Parties of different kinds, or without a name or number in common, are unlike."""
    if GROUPS[one.schema_] != GROUPS[other.schema_]:
        return UNLIKE
    name, shared = _names(one, other)
    near = name is not None and name[2].score >= NEAR
    regime = (_same_regime(),) if near and is_dprk(one) and is_dprk(other) else ()
    best = UNLIKE
    for mention in mentions_of(one):
        evidence = evidence_of(mention, other, name)
        codes = {item.code for item in evidence}
        if name is None and weights.DECISIVE.isdisjoint(codes):
            continue
        apart = not weights.CONFLICTS.isdisjoint(codes)
        born = "birth_date_differs" in codes and weights.DECISIVE.isdisjoint(codes)
        found = Likeness(round(probability((*evidence, *regime)), 4), (*evidence, *regime), apart or born, shared)
        best = max(best, found, key=lambda item: item.probability)
    return best


def mentions_of(entity: ListedEntity) -> Iterator[Mention]:
    """A listed entity as the matcher takes what it looks for: one mention for each birth date and BIC it has."""
    base = Mention(
        path="",
        schema=entity.schema_,
        names=tuple((f"names[{number}]", name.value) for number, name in enumerate(entity.names)),
        gender=entity.genders[0] if len(entity.genders) == 1 else None,
        countries=tuple(c for c in ((entity.flag, *entity.past_flags) if entity.imo_number else entity.countries) if c),
        nationalities=tuple(c for c in entity.nationalities if c),
        documents=tuple(document.number for document in entity.documents),
        imo_number=entity.imo_number,
        mmsi=entity.mmsi,
        call_sign=entity.call_sign,
        build_year=entity.build_year,
        gross_tonnage=entity.gross_tonnage,
        deadweight_tonnage=entity.deadweight_tonnage,
        lei_code=entity.lei_code,
        wallets=entity.wallets,
    )
    for born in entity.birth_dates or (None,):
        for bic in entity.swift_bics or (None,):
            yield replace(base, birth_date=born, swift_bic=bic)


def _names(one: ListedEntity, other: ListedEntity) -> tuple[NamePair | None, tuple[bool, int]]:
    """The pair of names that tells most of those that agree; whether the first names agree, and how many do."""
    best, most = None, 0.0
    first, common = False, 0
    for number, ours in enumerate(one.names):
        agrees = False
        for at, theirs in enumerate(other.names):
            comparison = compare(analyse(ours.value, one.schema_), analyse(theirs.value, other.schema_))
            if comparison.score >= DEFAULT_THRESHOLD:
                pair = (f"names[{number}]", theirs, comparison)
                told = sum(item.weight for item in name_evidence(pair, other.schema_))
                if best is None or told > most:
                    best, most = pair, told
                agrees = agrees or comparison.score >= NEARLY
                first = first or (number == at == 0 and comparison.score >= NEARLY)
        common += agrees
    return best, (first, common)


@lru_cache(maxsize=1)
def _same_regime() -> Evidence:
    weight = weights.WEIGHTS["same_regime"]
    return Evidence(code="same_regime", weight=weight.bits, detail=weight.reason)
