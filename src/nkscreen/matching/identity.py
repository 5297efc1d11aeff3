"""Is this mention that listed entity? Evidence for and against, each with its weight, and the probability they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nkscreen.alerts import Evidence
from nkscreen.matching.names.analyse import analyse
from nkscreen.matching.names.compare import NameComparison
from nkscreen.matching.weights import PRIOR, WEIGHTS
from nkscreen.records import Mention, Schema
from nkscreen.records.codes import dates
from nkscreen.records.codes.bic import country as bic_country
from nkscreen.watchlist.model import ListedEntity, ListedName

PERSONS: frozenset[Schema] = frozenset({"Person"})
ORGANISATIONS: frozenset[Schema] = frozenset({"Company", "Organization", "PublicBody"})

FULL_INFORMATION = 12.0
"""Letters of distinctive words from which a name counts as fully informative; a shorter one earns its share."""

YEARS_CIRCA = 3
"""Years that a date listed as "circa" may be off and still agree with a given one."""

SAME_TONNAGE, OTHER_TONNAGE = 0.02, 0.2
"""Relative differences up to which tonnages are the same figure, and from which they are another ship's."""

NamePair = tuple[str, ListedName, NameComparison]
"""The best pair of names: the path of the given one, the listed one, and how they compare."""


def probability(evidence: Iterable[Evidence]) -> float:
    """The probability that prior and evidence give: 2^s / (1 + 2^s) for the sum s of the weights in bits."""
    total = PRIOR.bits + sum(item.weight for item in evidence)
    return 1 / (1 + 2**-total)


def evidence_of(mention: Mention, entity: ListedEntity, name: NamePair | None) -> tuple[Evidence, ...]:
    """Everything that speaks for or against, the name first."""
    by_name = name_evidence(name, entity.schema_) if name else ()
    return (*by_name, *identifiers(mention, entity), *circumstances(mention, entity))


def document_key(number: str) -> str:
    """A document number without spaces, dashes and case."""
    return "".join(ch for ch in number.upper() if ch.isalnum())


def wallet_key(address: str) -> str:
    """Hexadecimal addresses (0x...) compare without case, which only carries a checksum; others are case-sensitive."""
    return address.lower() if address[:2].lower() == "0x" else address


def _step(code: str, path: str = "", given: object = "", listed: object = "") -> Evidence:
    weight = WEIGHTS[code]
    return Evidence(
        code=code, path=path, given=str(given), listed=str(listed), weight=weight.bits, detail=weight.reason
    )


def name_evidence(name: NamePair, schema: Schema) -> Iterator[Evidence]:
    """What a pair of names says: how much of it agrees, how much it tells, and what kind of name the listed one is."""
    path, listed, comparison = name
    lost = (1 - comparison.score) * 10 * WEIGHTS["name_per_tenth"].bits
    exact = WEIGHTS["name"]
    detail = exact.reason if comparison.score > 0.999 else WEIGHTS["name_per_tenth"].reason
    bits = round(exact.bits + lost, 3)
    yield Evidence(code="name", path=path, given=comparison.given, listed=listed.value, weight=bits, detail=detail)
    known = min(1.0, _information(comparison, schema) / FULL_INFORMATION)
    if known < 1:
        short = WEIGHTS["short_name"]
        yield Evidence(code="short_name", path=path, weight=round((1 - known) * short.bits, 3), detail=short.reason)
    if listed.quality == "weak":
        yield _step("weak_alias")
    if listed.kind == "former":
        yield _step("former_name")


def _information(comparison: NameComparison, schema: Schema) -> float:
    """Weight of what the two names share: the smaller side, legal forms and generic words at their discount."""
    return min(analyse(comparison.given, schema).weight, analyse(comparison.listed, schema).weight)


def identifiers(mention: Mention, entity: ListedEntity) -> Iterator[Evidence]:
    """Numbers that name one ship, bank, entity, wallet or document."""
    at = f"{mention.path}." if mention.path else ""
    if mention.imo_number and entity.imo_number:
        code = "imo_equal" if mention.imo_number == entity.imo_number else "imo_conflict"
        yield _step(code, f"{at}imo_number", mention.imo_number, entity.imo_number)
    if mention.mmsi and entity.mmsi:
        code = "mmsi_equal" if mention.mmsi == entity.mmsi else "mmsi_differs"
        yield _step(code, f"{at}mmsi", mention.mmsi, entity.mmsi)
    if mention.call_sign and entity.call_sign and mention.call_sign.upper() == entity.call_sign.upper():
        yield _step("call_sign_equal", f"{at}call_sign", mention.call_sign, entity.call_sign)
    if mention.swift_bic:
        yield from _bic(f"{at}swift_bic", mention.swift_bic, entity)
    if mention.lei_code and entity.lei_code:
        code = "lei_equal" if mention.lei_code.upper() == entity.lei_code.upper() else "lei_conflict"
        yield _step(code, f"{at}lei_code", mention.lei_code, entity.lei_code)
    listed_wallets = {wallet_key(address): address for address in entity.wallets}
    for address in mention.wallets:
        if wallet_key(address) in listed_wallets:
            yield _step("wallet_equal", f"{at}public_key", address, listed_wallets[wallet_key(address)])
    listed_documents = {document_key(document.number): document.number for document in entity.documents}
    for index, number in enumerate(mention.documents):
        if document_key(number) in listed_documents:
            listed = listed_documents[document_key(number)]
            yield _step("document_equal", f"{at}documents[{index}].number", number, listed)
            break


def _bic(path: str, given: str, entity: ListedEntity) -> Iterator[Evidence]:
    """A BIC is the institution's first eight characters, its country the fifth and sixth of them."""
    listed = ", ".join(entity.swift_bics)
    if given[:8] in {bic[:8] for bic in entity.swift_bics}:
        yield _step("bic_equal", path, given, listed)
        return
    if entity.swift_bics:
        yield _step("bic_differs", path, given, listed)
    countries = {code for code in (*entity.countries, *map(bic_country, entity.swift_bics)) if code}
    if countries and bic_country(given) not in countries:
        yield _step("bic_country_differs", path, given, ", ".join(sorted(countries)))


def circumstances(mention: Mention, entity: ListedEntity) -> Iterator[Evidence]:
    """What many share: birth date, gender, nationality, country; flag, tonnage and build year of ships."""
    at = f"{mention.path}." if mention.path else ""
    if entity.schema_ == "Vessel":
        yield from _overlap("flag", f"{at}flag", mention.countries, (entity.flag, *entity.past_flags))
        yield from _tonnage(at, mention, entity)
        if mention.build_year and entity.build_year:
            apart = abs(mention.build_year - entity.build_year)
            if apart != 1:  # ordered, launched or delivered: registers differ by a year
                code = "build_year_differs" if apart else "build_year_equal"
                yield _step(code, f"{at}build_year", mention.build_year, entity.build_year)
        return
    if {mention.schema, entity.schema_} & PERSONS and {mention.schema, entity.schema_} & ORGANISATIONS:
        yield _step("schema_differs", mention.path, mention.schema, entity.schema_)
    listed_dates = [date for date in entity.birth_dates if date and dates.is_partial(date)]
    if mention.birth_date and listed_dates:
        circa = entity.approximate_birth_dates
        compared = ((birth_date_effect(mention.birth_date, date, circa=date in circa), date) for date in listed_dates)
        code, listed = max(compared, key=lambda item: WEIGHTS[item[0]].bits)
        yield _step(code, f"{at}birth_date", mention.birth_date, listed)
    gender = (mention.gender or "").strip().lower()[:1]
    if gender in {"m", "f"} and entity.genders:
        same = gender in {gender[0] for gender in entity.genders}
        yield _step(
            "gender_equal" if same else "gender_differs", f"{at}gender", mention.gender, ", ".join(entity.genders)
        )
    yield from _overlap("nationality", f"{at}nationality", mention.nationalities, entity.nationalities)
    yield from _overlap("country", f"{at}country", mention.countries, (*entity.countries, *entity.nationalities))


def _overlap(effect: str, path: str, given: tuple[str, ...], listed: tuple[str | None, ...]) -> Iterator[Evidence]:
    """Codes of which both sides may have several: one in common is agreement."""
    known = {code for code in listed if code}
    if given and known:
        code = f"{effect}_differs" if known.isdisjoint(given) else f"{effect}_equal"
        yield _step(code, path, ", ".join(given), ", ".join(sorted(known)))


def _tonnage(at: str, mention: Mention, entity: ListedEntity) -> Iterator[Evidence]:
    """Gross tonnage, or deadweight where gross is missing; in between the two bounds nothing is said."""
    for field in ("gross_tonnage", "deadweight_tonnage"):
        given, listed = getattr(mention, field), getattr(entity, field)
        if given and listed:
            apart = abs(given - listed) / max(given, listed)
            if apart <= SAME_TONNAGE or apart >= OTHER_TONNAGE:
                code = "tonnage_equal" if apart <= SAME_TONNAGE else "tonnage_differs"
                yield _step(code, f"{at}{field}", f"{given:g}", f"{listed:g}")
            return


def birth_date_effect(given: str, listed: str, *, circa: bool = False) -> str:
    """How two partial dates (`1954`, `1954-03`, `1954-03-17`) compare, as the code of the effect.

    A date that the publisher gives as circa is neither for nor against within a few years of it.
    """
    one, other = given.split("-"), listed.split("-")
    years = abs(int(one[0]) - int(other[0]))
    full = len(one) == len(other) == 3
    if full and one == other:
        return "birth_date_equal"
    if full and years == 0 and one[1:] == other[:0:-1]:
        return "birth_date_swapped"
    if full and sum(a != b for a, b in zip(one, other, strict=True)) == 1 and years <= 10:
        return "birth_date_close"
    if years == 0 and not full:
        return "birth_year_equal"
    return "birth_year_near" if years <= (YEARS_CIRCA if circa else 1) else "birth_date_differs"
