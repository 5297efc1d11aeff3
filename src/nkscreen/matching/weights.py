"""What the matcher believes, in one place: match weights in bits (log2 of a Bayes factor), after Fellegi and Sunter.

The probability that mention and entity are the same is 2^s / (1 + 2^s), where s is the prior plus all weights that
apply. Read it as: an exact name of several words alone 0.89, with the right nationality 0.94, with a birth date years
off 0.33, with another valid IMO number next to nothing. The weights are expert settings, to be calibrated on outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weight:
    """One effect: its weight in bits and why."""

    bits: float
    reason: str


PRIOR = Weight(-8.0, "one mention in a few hundred that reach a comparison by name is the listed party itself")

NAME_EXACT = Weight(11.0, "the same words in any order: names of three or more words repeat rarely")
NAME_PER_TENTH = Weight(-1.5, "each tenth of name score lost: at the threshold of 0.8 a name alone is an even chance")
NAME_INFORMATION = 12.0
"""Letters of distinctive words from which a name counts as fully informative; a shorter one earns its share."""
NAME_SHORT = Weight(-5.0, "what an empty name would cost: `KIM Chol` or `MARIA` are so short that many bear them")
NAME_WEAK_ALIAS = Weight(-1.5, "the publisher itself calls a weak a.k.a. one that may give many false hits")
NAME_FORMER = Weight(-0.3, "a former name may have a new bearer")

BIRTH_DATE_EQUAL = Weight(6.0, "one day in some twenty thousand, less typing errors on either side")
BIRTH_DATE_SWAPPED = Weight(4.0, "day and month exchanged: a usual error of forms")
BIRTH_DATE_CLOSE = Weight(1.0, "one part differs: a usual error, but also chance")
BIRTH_YEAR_EQUAL = Weight(2.5, "the year alone: one in some forty adults")
BIRTH_YEAR_NEAR = Weight(
    0.0, "a year apart, or another day of the same year: lists often approximate; neither for nor against"
)
BIRTH_DATE_DIFFERS = Weight(-4.0, "two years or more apart: rarely the same person")

BIRTH_YEARS_CIRCA = 3
"""Years that a date listed as "circa" may be off and still agree with a given one."""

NATIONALITY_EQUAL = Weight(1.0, "shared by many, but false hits come from everywhere")
NATIONALITY_DIFFERS = Weight(-2.0, "second passports exist, so it is evidence and no proof")
COUNTRY_EQUAL = Weight(0.5, "an address in the same country is weak support")
COUNTRY_DIFFERS = Weight(-0.5, "fronts are set up abroad: an address elsewhere says little")
GENDER_DIFFERS = Weight(-3.0, "gender is rarely recorded wrongly on both sides")
SCHEMA_DIFFERS = Weight(-3.0, "a person given where an organisation is listed, or the reverse")

DOCUMENT_EQUAL = Weight(
    12.0, "a passport or registration number is issued once; typing errors seldom meet a listed one"
)
BIC_EQUAL = Weight(12.0, "a BIC names one institution")
BIC_DIFFERS = Weight(-1.0, "banks hold several BICs")
BIC_COUNTRY_DIFFERS = Weight(
    -2.0, "a BIC names the country where the bank is established: elsewhere it is another bank"
)
LEI_EQUAL = Weight(14.0, "an LEI names one legal entity")
LEI_DIFFERS = Weight(-8.0, "an entity has one LEI")
WALLET_EQUAL = Weight(20.0, "an address is controlled by whoever holds its key")
IMO_EQUAL = Weight(16.0, "an IMO number stays with the hull for life; what remains is a false number painted over it")
IMO_DIFFERS = Weight(
    -14.0, "two valid IMO numbers are two hulls: a shared name is then a namesake, or a disguise to check"
)
MMSI_EQUAL = Weight(9.0, "one radio identity, though it can be reprogrammed")
MMSI_DIFFERS = Weight(-2.0, "a new flag brings a new MMSI")
CALL_SIGN_EQUAL = Weight(6.0, "issued by the flag state to one ship at a time")
FLAG_EQUAL = Weight(1.0, "fleets are large")
FLAG_DIFFERS = Weight(-0.5, "listed ships change flags to hide")

DECISIVE = frozenset({"imo_equal", "bic_equal", "lei_equal", "wallet_equal", "document_equal"})
"""Identifiers that decide on their own; rules and severity floors call them hard identifiers."""

CONFLICTS = frozenset({"imo_conflict", "lei_conflict"})
"""Valid identifiers that differ where an entity can have only one."""
