"""Evidence for and against, and the probability it gives."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.matching import Matcher
from nkscreen.matching.identity import birth_date_effect, circumstances
from nkscreen.records import Counterparty, Vessel
from nkscreen.watchlist.model import ListedDocument, ListedEntity, ListedName, Listing, Snapshot, Watchlist

AS_OF = date(2026, 11, 21)


def listed(entity_id, schema, *names, programme="DPRK", since=date(2016, 3, 2), **fields):
    return ListedEntity(
        id=entity_id,
        schema=schema,
        names=tuple(ListedName(value=name) if isinstance(name, str) else name for name in names),
        listings=(Listing(programme=programme, listed=since),),
        **fields,
    )


WEAK_ALIAS = ListedName(value="Second Line Works", quality="weak")

MATCHER = Matcher(
    Watchlist(
        Snapshot(
            publisher="TEST",
            title="test list",
            list_date=date(2026, 1, 1),
            entities=(
                listed("ship", "Vessel", "CHONG CHON GANG", imo_number="7937317", mmsi="445114000", flag="KP",
                       call_sign="HMZF", build_year=1977),
                listed("person", "Person", "RI Won Ho", birth_dates=("1964-07-17",), nationalities=("KP",),
                       documents=(ListedDocument(number="381310014"),), genders=("male",)),
                listed("bank", "Company", "Foreign Trade Bank", swift_bics=("FTBDKPPY",), countries=("KP",),
                       lei_code="549300KUZN7HU0E7MN29"),
                listed("wallet", "CryptoWallet", wallets=("0xAbCdEf",)),
                listed("late", "Person", "PAK Yong Sik Test", since=date(2020, 1, 1)),
                listed("weak", "Company", "Korea Ryonbong General", WEAK_ALIAS),
            ),
        )
    )
)  # fmt: skip


def hits(record, as_of=AS_OF, threshold=0.0):
    return [hit for mention in record.mentions() for hit in MATCHER.hits(mention, as_of, threshold)]


def best(record, **options):
    return hits(record, **options)[0]


def ship(**fields):
    return Vessel.read({"id": "v", "name": "CHONG CHON GANG", **fields})


def person(**fields):
    return Counterparty.read({"id": "p", "schema": "Person", "name": "Ri Won-ho", **fields})


def test_the_same_imo_number_decides():
    hit = best(ship(imo_number="7937317"))
    assert hit.score > 0.999
    assert hit.decisive_identifier == "imo"


def test_a_valid_imo_that_differs_is_a_conflict():
    hit = best(ship(imo_number="9074729"))
    assert hit.conflict
    assert hit.score < 0.05
    assert hit.name_score == 1.0


def test_a_conflict_is_kept_for_the_analyst_even_below_the_threshold():
    assert [hit.conflict for hit in hits(ship(imo_number="9074729"), threshold=0.5)] == [True]


def test_an_invalid_imo_is_no_evidence_either_way():
    assert best(ship(imo_number="7937318")).score == best(ship()).score


def test_an_identifier_finds_a_renamed_ship():
    hit = best(Vessel.read({"id": "v", "name": "OCEAN STAR", "imo_number": "7937317"}))
    assert hit.entity_id == "ship"
    assert hit.score > 0.9


def test_evidence_moves_the_probability_the_right_way():
    alone = best(person()).score
    assert best(person(birth_date="1964-07-17")).score > alone
    assert best(person(nationality="KP")).score > alone
    assert best(person(birth_date="1980-01-01")).score < alone
    assert best(person(nationality="KR")).score < alone
    assert best(person(gender="F")).score < alone
    assert best(person(birth_date="1980-01-01", nationality="KR")).score < 0.5


def test_a_birth_date_one_year_off_does_not_lose_an_exact_name():
    assert best(person(birth_date="1965-07-17")).score >= best(person()).score


def test_a_document_number_finds_a_person_under_any_name():
    hit = best(person(name="Lee Somebody Else", documents=[{"number": "3813 10014"}]))
    assert hit.entity_id == "person"
    assert hit.decisive_identifier == "document"


def test_a_bic_and_a_wallet_find_their_owners():
    assert best(Counterparty.read({"id": "b", "name": "X", "swift_bic": "FTBDKPPYXXX"})).entity_id == "bank"
    wallet = Counterparty.read({"id": "b", "name": "Somebody", "wallets": [{"public_key": "0xABCDEF"}]})
    assert best(wallet).entity_id == "wallet"


def test_a_weak_alias_counts_less_than_a_strong_one():
    weak = best(Counterparty.read({"id": "1", "name": "Second Line Works"}))
    strong = best(Counterparty.read({"id": "1", "name": "Korea Ryonbong General"}))
    assert weak.matched_name_quality == "weak"
    assert weak.score < strong.score


def test_a_listing_counts_from_its_day_on():
    record = Counterparty.read({"id": "1", "name": "Pak Yong Sik Test"})
    assert not best(record, as_of=date(2019, 12, 31)).in_force
    assert best(record, as_of=date(2020, 1, 1)).in_force


def test_ships_and_parties_are_not_compared_by_name():
    assert hits(Counterparty.read({"id": "1", "name": "CHONG CHON GANG", "schema": "Company"})) == []


def test_the_weights_add_up_to_the_probability():
    hit = best(person(birth_date="1964-07-17", nationality="KP"))
    total = hit.prior + sum(item.weight for item in hit.evidence)
    assert hit.score == pytest.approx(1 / (1 + 2**-total), abs=1e-4)
    assert next(item.code for item in hit.evidence) == "name"


@pytest.mark.parametrize(
    ("given_date", "listed_date", "code"),
    [
        ("1964-07-17", "1964-07-17", "birth_date_equal"),
        ("1964-05-03", "1964-03-05", "birth_date_swapped"),
        ("1964-07-18", "1964-07-17", "birth_date_close"),
        ("1974-07-17", "1964-07-17", "birth_date_close"),
        ("1964", "1964-07-17", "birth_year_equal"),
        ("1965", "1964", "birth_year_near"),
        ("1980-01-01", "1964-07-17", "birth_date_differs"),
    ],
)
def test_birth_dates_compare_with_their_usual_errors(given_date, listed_date, code):
    assert birth_date_effect(given_date, listed_date) == code


dates = st.dates(date(1900, 1, 1), date(2020, 1, 1)).map(str)


@given(dates, dates)
def test_comparing_birth_dates_is_symmetric(one, other):
    assert birth_date_effect(one, other) == birth_date_effect(other, one)


def test_a_bic_of_another_country_speaks_against_a_bank_of_that_name():
    bank = {"id": "b", "name": "Foreign Trade Banks", "schema": "Company"}
    elsewhere = best(Counterparty.read({**bank, "swift_bic": "KODBKRSE"}))
    assert elsewhere.score < best(Counterparty.read(bank)).score


BANK = {"id": "b", "name": "Foreign Trade Bank", "schema": "Company"}


def codes(hit):
    return {item.code: item.weight for item in hit.evidence}


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (ship(mmsi="445114000"), "mmsi_equal"),
        (ship(mmsi="636012345"), "mmsi_differs"),
        (ship(call_sign="hmzf"), "call_sign_equal"),
        (ship(flag="KP"), "flag_equal"),
        (ship(flag="PA"), "flag_differs"),
        (ship(build_year=1977), "build_year_equal"),
        (ship(build_year=1992), "build_year_differs"),
        (person(gender="female"), "gender_differs"),
        (person(country="KP"), "country_equal"),
        (person(country="CN"), "country_differs"),
        (person(schema="Company"), "schema_differs"),
        (Counterparty.read({**BANK, "lei_code": "549300kuzn7hu0e7mn29"}), "lei_equal"),
        (Counterparty.read({**BANK, "lei_code": "5493001KJTIIGC8Y1R12"}), "lei_conflict"),
        (Counterparty.read({**BANK, "swift_bic": "FTBDKPP1"}), "bic_differs"),
    ],
)
def test_each_identifier_and_circumstance_is_a_step_of_its_own(record, code):
    steps = codes(best(record))
    assert code in steps
    assert (steps[code] > 0) == code.endswith("_equal")


def test_a_build_year_one_off_says_nothing():
    assert not any(code.startswith("build_year") for code in codes(best(ship(build_year=1978))))


def test_three_letters_that_may_stand_for_a_listed_name_need_more_to_alert():
    listing = Snapshot(
        publisher="T", title="t", entities=(listed("b", "Company", "Foreign Harvest Bank", countries=("KP",)),)
    )
    matcher = Matcher(Watchlist(listing))
    alone, with_country = (
        next(
            iter(
                matcher.hits(
                    next(iter(Counterparty.read({"id": "x", "name": "FHB", "schema": "Company", **more}).mentions())),
                    AS_OF,
                )
            )
        )
        for more in ({}, {"country": "KP"})
    )
    assert alone.name_score == 0.8
    assert alone.score < with_country.score < 0.5


def test_a_lei_that_differs_is_a_conflict():
    hit = best(Counterparty.read({**BANK, "lei_code": "5493001KJTIIGC8Y1R12"}))
    assert hit.conflict
    assert hit.score < 0.05


@pytest.mark.parametrize(
    ("given_date", "code"), [("1961", "birth_year_equal"), ("1964", "birth_year_near"), ("1965", "birth_date_differs")]
)
def test_a_date_listed_as_circa_may_be_some_years_off(given_date, code):
    assert birth_date_effect(given_date, "1961", circa=True) == code


@pytest.mark.parametrize("text", ["1937 or 1938", "19.2.1968; 1965 or 1966", "unknown"])
def test_a_birth_date_that_cannot_be_read_is_not_compared_and_is_reported(text):
    record = Counterparty.read({"id": "p", "name": "RI Won Ho", "schema": "Person", "birth_date": text})
    assert [item.code for item in best(record).evidence if item.code.startswith("birth")] == []
    assert [item.path for item in record.uncertainties()] == ["birth_date"]


def test_a_listed_birth_date_that_cannot_be_read_is_not_compared():
    entity = listed("p", "Person", "RI Won Ho", birth_dates=("1937 or 1938", "1964"))
    mention = next(iter(Counterparty.read({"id": "p", "name": "RI Won Ho", "birth_date": "1964-07-17"}).mentions()))
    dates_compared = [(item.code, item.listed) for item in circumstances(mention, entity)]
    assert dates_compared == [("birth_year_equal", "1964")]
