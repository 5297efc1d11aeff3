"""Is this mention that listed entity? Evidence for and against, each with its weight, and the probability they give."""

from __future__ import annotations

from collections.abc import Iterator

from nkscreen.alerts import Evidence
from nkscreen.matching import weights as w
from nkscreen.matching.names.analyse import analyse
from nkscreen.matching.names.compare import NameComparison
from nkscreen.matching.weights import Weight
from nkscreen.records import Mention, Schema
from nkscreen.records.codes.bic import country as bic_country
from nkscreen.watchlist.model import ListedEntity, ListedName

PERSONS: frozenset[Schema] = frozenset({"Person"})
ORGANISATIONS: frozenset[Schema] = frozenset({"Company", "Organization", "PublicBody"})


def probability(evidence: tuple[Evidence, ...]) -> float:
    """The probability that prior and evidence give: 2^s / (1 + 2^s) for the sum s of the weights in bits."""
    total = w.PRIOR.bits + sum(item.weight for item in evidence)
    return 1 / (1 + 2**-total)


def evidence_of(
    mention: Mention, entity: ListedEntity, name: tuple[str, ListedName, NameComparison] | None
) -> tuple[Evidence, ...]:
    """Everything that speaks for or against, the name first. `name` is the best pair: path, listed name, comparison."""
    return (*_name(name, entity.schema_), *_identifiers(mention, entity), *_circumstances(mention, entity))


def _step(code: str, weight: Weight, path: str = "", given: object = "", listed: object = "") -> Evidence:
    return Evidence(
        code=code, path=path, given=str(given), listed=str(listed), weight=weight.bits, detail=weight.reason
    )


def _name(name: tuple[str, ListedName, NameComparison] | None, schema: Schema) -> Iterator[Evidence]:
    if name is None:
        return
    path, listed, comparison = name
    lost = (1 - comparison.score) * 10 * w.NAME_PER_TENTH.bits
    exact = w.NAME_EXACT.bits + lost
    detail = w.NAME_EXACT.reason if comparison.score > 0.999 else w.NAME_PER_TENTH.reason
    yield Evidence(
        code="name", path=path, given=comparison.given, listed=listed.value, weight=round(exact, 3), detail=detail
    )
    known = min(1.0, _information(comparison, schema) / w.NAME_INFORMATION)
    if known < 1:
        bits = round((1 - known) * w.NAME_SHORT.bits, 3)
        yield Evidence(code="short_name", path=path, weight=bits, detail=w.NAME_SHORT.reason)
    if listed.quality == "weak":
        yield _step("weak_alias", w.NAME_WEAK_ALIAS)
    if listed.kind == "former":
        yield _step("former_name", w.NAME_FORMER)


def _information(comparison: NameComparison, schema: Schema) -> float:
    """Weight of what the two names share: the smaller side, legal forms and generic words at their discount."""
    return min(analyse(comparison.given, schema).weight, analyse(comparison.listed, schema).weight)


def _identifiers(mention: Mention, entity: ListedEntity) -> Iterator[Evidence]:
    at = f"{mention.path}." if mention.path else ""
    if mention.imo_number and entity.imo_number:
        same = mention.imo_number == entity.imo_number
        code, weight = ("imo_equal", w.IMO_EQUAL) if same else ("imo_conflict", w.IMO_DIFFERS)
        yield _step(code, weight, f"{at}imo_number", mention.imo_number, entity.imo_number)
    if mention.mmsi and entity.mmsi:
        same = mention.mmsi == entity.mmsi
        code, weight = ("mmsi_equal", w.MMSI_EQUAL) if same else ("mmsi_differs", w.MMSI_DIFFERS)
        yield _step(code, weight, f"{at}mmsi", mention.mmsi, entity.mmsi)
    if mention.call_sign and entity.call_sign and mention.call_sign.upper() == entity.call_sign.upper():
        yield _step("call_sign_equal", w.CALL_SIGN_EQUAL, f"{at}call_sign", mention.call_sign, entity.call_sign)
    if mention.swift_bic:
        yield from _bic(f"{at}swift_bic", mention.swift_bic, entity)
    if mention.lei_code and entity.lei_code:
        same = mention.lei_code.upper() == entity.lei_code.upper()
        code, weight = ("lei_equal", w.LEI_EQUAL) if same else ("lei_conflict", w.LEI_DIFFERS)
        yield _step(code, weight, f"{at}lei_code", mention.lei_code, entity.lei_code)
    for wallet in mention.wallets:
        if wallet_key(wallet) in {wallet_key(listed) for listed in entity.wallets}:
            yield _step("wallet_equal", w.WALLET_EQUAL, f"{at}public_key", wallet, wallet)
    listed_documents = {document_key(document.number): document.number for document in entity.documents}
    for index, number in enumerate(mention.documents):
        if document_key(number) in listed_documents:
            listed = listed_documents[document_key(number)]
            yield _step("document_equal", w.DOCUMENT_EQUAL, f"{at}documents[{index}].number", number, listed)
            break


def _bic(path: str, given: str, entity: ListedEntity) -> Iterator[Evidence]:
    """A BIC is the institution's first eight characters, its country the fifth and sixth of them."""
    listed = ", ".join(entity.swift_bics)
    if given[:8] in {bic[:8] for bic in entity.swift_bics}:
        yield _step("bic_equal", w.BIC_EQUAL, path, given, listed)
        return
    if entity.swift_bics:
        yield _step("bic_differs", w.BIC_DIFFERS, path, given, listed)
    countries = {code for code in (*entity.countries, *map(bic_country, entity.swift_bics)) if code}
    if countries and bic_country(given) not in countries:
        yield _step("bic_country_differs", w.BIC_COUNTRY_DIFFERS, path, given, ", ".join(sorted(countries)))


def document_key(number: str) -> str:
    """A document number without spaces, dashes and case."""
    return "".join(ch for ch in number.upper() if ch.isalnum())


def wallet_key(address: str) -> str:
    """Hexadecimal addresses (0x...) compare without case, which only carries a checksum; others are case-sensitive."""
    return address.lower() if address[:2].lower() == "0x" else address


def _circumstances(mention: Mention, entity: ListedEntity) -> Iterator[Evidence]:
    at = f"{mention.path}." if mention.path else ""
    if entity.schema_ == "Vessel":
        flags = {flag for flag in (entity.flag, *entity.past_flags) if flag}
        if mention.countries and flags:
            same = not flags.isdisjoint(mention.countries)
            code, weight = ("flag_equal", w.FLAG_EQUAL) if same else ("flag_differs", w.FLAG_DIFFERS)
            yield _step(code, weight, f"{at}flag", ", ".join(mention.countries), ", ".join(sorted(flags)))
        return
    if {mention.schema, entity.schema_} & PERSONS and {mention.schema, entity.schema_} & ORGANISATIONS:
        yield _step("schema_differs", w.SCHEMA_DIFFERS, mention.path, mention.schema, entity.schema_)
    if mention.birth_date and entity.birth_dates:
        code, weight, listed = max(
            (
                birth_date_weight(mention.birth_date, date, circa=date in entity.approximate_birth_dates)
                for date in entity.birth_dates
                if date
            ),
            key=lambda item: item[1].bits,
        )
        yield _step(code, weight, f"{at}birth_date", mention.birth_date, listed)
    gender = (mention.gender or "").strip().lower()[:1]
    listed_genders = {gender[0] for gender in entity.genders}
    if gender in {"m", "f"} and listed_genders and gender not in listed_genders:
        yield _step("gender_differs", w.GENDER_DIFFERS, f"{at}gender", mention.gender, ", ".join(entity.genders))
    nationalities = {code for code in entity.nationalities if code}
    if mention.nationalities and nationalities:
        same = not nationalities.isdisjoint(mention.nationalities)
        code, weight = (
            ("nationality_equal", w.NATIONALITY_EQUAL) if same else ("nationality_differs", w.NATIONALITY_DIFFERS)
        )
        yield _step(
            code, weight, f"{at}nationality", ", ".join(mention.nationalities), ", ".join(sorted(nationalities))
        )
    countries = {code for code in (*entity.countries, *entity.nationalities) if code}
    if mention.countries and countries:
        same = not countries.isdisjoint(mention.countries)
        code, weight = ("country_equal", w.COUNTRY_EQUAL) if same else ("country_differs", w.COUNTRY_DIFFERS)
        yield _step(code, weight, f"{at}country", ", ".join(mention.countries), ", ".join(sorted(countries)))


def birth_date_weight(given: str, listed: str, *, circa: bool = False) -> tuple[str, Weight, str]:
    """Compare two partial dates (`1954`, `1954-03`, `1954-03-17`): the code, its weight and the listed date.

    A date that the publisher gives as circa is neither for nor against within a few years of it.
    """
    one, other = given.split("-"), listed.split("-")
    years = abs(int(one[0]) - int(other[0]))
    full = len(one) == len(other) == 3
    if full and one == other:
        return "birth_date_equal", w.BIRTH_DATE_EQUAL, listed
    if full and years == 0 and one[1:] == other[:0:-1]:
        return "birth_date_swapped", w.BIRTH_DATE_SWAPPED, listed
    if full and sum(a != b for a, b in zip(one, other, strict=True)) == 1 and years <= 10:
        return "birth_date_close", w.BIRTH_DATE_CLOSE, listed
    if years == 0 and not full:
        return "birth_year_equal", w.BIRTH_YEAR_EQUAL, listed
    if years <= (w.BIRTH_YEARS_CIRCA if circa else 1):
        return "birth_year_near", w.BIRTH_YEAR_NEAR, listed
    return "birth_date_differs", w.BIRTH_DATE_DIFFERS, listed
