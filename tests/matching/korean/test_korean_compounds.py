"""Names of organisations and ships read as Korean."""

import pytest

from nkscreen.matching.names.korean import KoreanComparison, compare, read
from nkscreen.records import Schema

MATCH = 0.8


def compared(one: str, other: str, schema: Schema) -> KoreanComparison:
    a, b = read(one, schema), read(other, schema)
    assert a is not None
    assert b is not None
    return compare(a, b)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Korea Ryonbong General Corporation", "조선련봉총회사"),
        ("Korea Ryonbong General Corporation", "朝鲜莲峰总公司"),
        ("Korea Ryonbong General Corporation", "Choson Yonbong Chonghoesa"),
        ("Taesong Bank", "조선대성은행"),
        ("Daedong Credit Bank (DCB)", "Taedong Sinyong Unhaeng"),
        ("Amnokgang Development Bank", "압록강개발은행"),
        ("Foreign Trade Bank", "Внешнеторговый банк КНДР"),
        ("Korea Pugang Trading Corp", "Korea Bugang Trading Corporation"),
    ],
)
def test_one_organisation_in_two_languages_matches(one: str, other: str) -> None:
    assert compared(one, other, "Organization").score >= MATCH
    assert compared(other, one, "Company").score >= MATCH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Korea Buyon Shipping Co", "Korea Yujong Shipping Co Ltd"),
        ("Korea Taesong Bank", "Korea Taesong Trading Corporation"),
        ("Korea Foreign Technical Trade Center", "Korea International Exhibition Corporation"),
    ],
)
def test_another_name_or_another_trade_is_another_organisation(one: str, other: str) -> None:
    found = compared(one, other, "Organization")
    assert found.score < MATCH
    assert found.decisive


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministry of Coal Industry of the DPRK", "Coal Industry Department"),
        ("Military Transport Command of the KPA", "Korean People's Army Transportation Bureau"),
        ("Korea Samgak Metal Corporation", "조선삼각금속회사"),
        ("Korea Namsong Global Trust Bank", "Korea Namsong Credit Bank"),
        ("Korea Haksan Fisheries Company", "Choson Haksan Susan Hoesa"),
    ],
)
def test_words_that_translate_one_korean_word_are_one_word(one: str, other: str) -> None:
    assert compared(one, other, "Organization").score >= MATCH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Third Academy of Defence Sciences", "Che 3 Kukbang Kwahak-won"),
        ("Bureau No. 57", "Office 57"),
        ("4th Research Center", "Lab 4"),
        ("조명련", "명련"),
        ("Jo Myong Ryon", "朝鮮明連"),
    ],
)
def test_numbers_offices_and_the_countrys_short_name_are_understood(one: str, other: str) -> None:
    assert compared(one, other, "Organization").score >= MATCH


@pytest.mark.parametrize(("one", "other"), [("Korea Pokpodong Trading", "Korea Pakpodong Trading Co")])
def test_one_vowel_in_a_long_name_is_a_slip(one: str, other: str) -> None:
    assert compared(one, other, "Organization").score >= MATCH


def test_one_vowel_in_a_short_name_is_another_name() -> None:
    assert compared("Korea Namsan Trading", "Korea Namson Trading", "Organization").score < MATCH


def test_russian_spellings_are_a_sign_of_korean() -> None:
    assert compared("Pudzhin", "Pujin", "Organization").score >= MATCH


@pytest.mark.parametrize(
    ("one", "other"), [("Taiyang Bank", "Taeyang Bank of Korea"), ("Baishan Trading Co", "조선백산무역회사")]
)
def test_an_organisation_in_pinyin_is_the_korean_one(one: str, other: str) -> None:
    assert compared(one, other, "Organization").score >= MATCH


def test_two_organisations_in_pinyin_are_not_compared_as_korean() -> None:
    a, b = read("Zhicheng Trading", "Organization"), read("Zhisheng Trading", "Organization")
    assert a is None or b is None or compare(a, b).score < MATCH


def test_another_number_is_another_office() -> None:
    assert compared("Bureau 57", "Office 58", "Organization").score < MATCH
    assert compared("Second Defence Academy", "Third Defence Academy", "Organization").score < MATCH


def test_a_name_that_only_spaces_change_is_left_to_the_generic_comparison() -> None:
    assert not compared("Air Moran", "Airmoran", "Organization").decisive


@pytest.mark.parametrize(
    ("one", "other"),
    [("Koryo Bank", "Koryo Savings Investment Bank"), ("Koryo Machinery Corporation", "Koryo Machinery Trading Corp")],
)
def test_the_old_name_of_the_country_distinguishes_nothing(one: str, other: str) -> None:
    a, b = read(one, "Organization"), read(other, "Organization")
    assert a is not None
    assert b is None or compare(a, b).score < MATCH


def test_a_word_more_beside_another_name_is_still_the_same_organisation() -> None:
    assert compared("Korea Moran Bank", "Korea Moran Commercial Bank", "Organization").score >= MATCH


@pytest.mark.parametrize("name", ["Dalian Tianbao International Logistics", "Gazprom", "Vostok Trading LLC"])
def test_a_word_that_is_neither_generic_nor_korean_makes_a_name_not_korean(name: str) -> None:
    assert read(name, "Organization") is None


@pytest.mark.parametrize("name", ["National Bank", "General Trading Company", "Sarina Limited", "Amin Investment Bank"])
def test_a_name_without_a_korean_sign_never_vetoes(name: str) -> None:
    reading = read(name, "Organization")
    assert reading is None or not reading.convincing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CHONG CHON GANG", "청천강"),
        ("M/V Chongchongang", "CHONG CHON GANG"),
        ("KANG NAM 1", "Kang Nam I"),
        ("Ryong Gang No. 2", "龙冈 2"),
        ("만경봉호", "Man Gyong Bong"),
        ("AM NOK GANG", "압록강"),
        ("KUM SONG 03", "Kumsong 3"),
    ],
)
def test_one_ship_written_in_two_ways_matches(one: str, other: str) -> None:
    assert compared(one, other, "Vessel").score >= MATCH


@pytest.mark.parametrize(
    ("one", "other"),
    [("KUM SONG 3", "KUM SONG 5"), ("KUM SONG 3", "KANG SONG 3"), ("NAM SAN 8", "JI NAM SAN")],
)
def test_another_number_or_sound_is_another_ship(one: str, other: str) -> None:
    assert compared(one, other, "Vessel").score < MATCH


def test_a_name_of_unknown_kind_meets_persons_and_organisations() -> None:
    person, bank = read("Kim Jong Un", "LegalEntity"), read("Taesong Bank", "LegalEntity")
    assert person is not None
    assert bank is not None
    listed_person, listed_bank = read("김정은", "Person"), read("조선대성은행", "Organization")
    assert listed_person is not None
    assert listed_bank is not None
    assert compare(person, listed_person).score >= MATCH
    assert compare(bank, listed_bank).score >= MATCH
    assert compare(person, listed_bank).score < MATCH


def test_other_kinds_of_entities_are_not_read() -> None:
    assert read("Kim Jong Un", "CryptoWallet") is None
    assert read("P-885", "Airplane") is None
