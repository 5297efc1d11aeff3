"""Each effect by which parts of a name meet, alone: what it accepts and what it does not."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.matching import DEFAULT_THRESHOLD, compare_names
from nkscreen.matching.names.analyse import TRUNCATED_AT

MET = [
    ("Ivanna Petrova", "Petrova, Ivanna", "Person", "equal"),
    ("Oleg Karpenko Sidorchuk", "Oleg Karpenkosidorchuk", "Person", "joined"),
    ("Nordwind", "Nord Wind", "Organization", "joined"),
    ("Goolbaaz Karpenko", "Gulbaz Karpenko", "Person", "sound"),
    ("Karpenkko Oleh", "Karpenko Oleh", "Person", "sound"),
    ("Karpneko Oleh", "Karpenko Oleh", "Person", "spelling"),
    ("O. Karpenko", "Oleh Karpenko", "Person", "initial"),
    ("JP Karpenko", "Jean Pierre Karpenko", "Person", "initials"),
    ("Bill Karpenko", "William Karpenko", "Person", "nickname"),
    ("Aleksandr Karpenko", "Alexander Karpenko", "Person", "name_form"),
    ("0leh Karpenk0", "Oleh Karpenko", "Person", "digits"),
    ("okneprak Oleh", "Karpenko Oleh", "Person", "reversed"),
    ("Vostok OOO", "Vostok LLC", "Company", "same_class"),
    ("Torgovaya Kompaniya Sibirvostok", "Sibirvostok Trading Company", "Company", "same_class"),
    ("First Sibirvostok Bank", "1st Sibirvostok Bank", "Company", "number"),
    ("Sibirvostok Fund VII", "Sibirvostok Fund 7", "Company", "number"),
    ("Brigade Forty-Four", "Brigade 44", "Organization", "number"),
    ("Sibirvostok Schweiz", "Sibirvostok Suisse", "Company", "same_class"),
    ("شاکری گلباز", "Shakeri Golbaz", "Person", "consonants"),
    ("Карпенко Олег", "Karpenko Oleg", "Person", "equal"),
    ("習近平", "Xi Jinping", "Person", "joined"),
    ("RGB", "Rostov General Bank", "Organization", "acronym"),
    ("Sibirvostok Trust Bank (STB)", "STB", "Organization", "equal"),
    ("Sibirvostok IT Company", "Sibirvostok Information Technology Company", "Company", "initials"),
    ("Sibirvostok Instrument-Making Plant", "Сибирвосток Приборостроительный Plant", "Company", "same_class"),
    ("Islamic Revolutionary Guard Corps", "IRGC", "Organization", "same_class"),
    ("Obschestvo s ogranichennoi otvetstvennostyu Sibirvostok", "OOO Sibirvostok", "Company", "same_class"),
    ("Sibirvostok Fund I", "Sibirvostok Fund 1", "Company", "number"),
    ("华星國際海運有限公司", "Hua Xing International Shipping Co., Ltd.", "Company", "same_class"),
    ("Oleh Karpenko", "Oleh Ivanovych Karpenko", "Person", "missing"),
    ("Salem bin Nasser al-Karbi", "Salem bin Nasser bin Awadh bin Omar al-Karbi", "Person", "missing"),
    ("KARPENKO, Oleksandra", "karpenkooleksandra88", "Person", "joined"),
    ("尼古拉·库兹涅佐夫", "Nikolay Kuznetsov", "Person", "name_form"),
    ("Mullah Golbaz Shakeri", "Golbaz Shakeri", "Person", "equal"),
    ("Golbaz, Haji Shakeri", "Golbaz Shakeri", "Person", "extra"),
    ("Dalian Sibirvostok Trading", "Sibirvostok Trading", "Company", "extra"),
    ("GNPS", "General Northern Pipeline Service", "Organization", "acronym"),
    ("KIM Jong Un", "김정은", "Person", "korean"),
]

APART = [
    ("Michel Cooper", "Michelle Cooper", "Person"),
    ("William G. Frost", "William W. Frost", "Person"),
    ("Ahmed Hassan al-Tikriti", "Ahmed Hassan al-Dulaimi", "Person"),
    ("Oleh Ivanovych Karpenko", "Oleh Petrovych Karpenko", "Person"),
    ("Martin", "Ryan Martin", "Person"),
    ("Antonio Ramirez", "Juarez Ramirez, Julio Antonio", "Person"),
    ("Sibirvostok GmbH", "Sibirvostok AG", "Company"),
    ("Banco Sibirvostok Mexico", "Banco Sibirvostok Chile", "Company"),
    ("Sibirvostok Fund VII", "Sibirvostok Fund VIII", "Company"),
    ("Management Company", "Westminister Management Company", "Company"),
    ("محمد حمیدی", "Mohammad Ahmadi", "Person"),
    ("建华 孙", "Sun Jian", "Person"),
    ("军 翟", "Jundi", "Person"),
    ("成 董", "Chen Dong", "Person"),
    ("Valentin Karpenko", "Valentina Karpenko", "Person"),
    ("Hani Latif Tilfah al-Mosuli", "Hani Latif Tilfah al-Qaysi", "Person"),
    ("سالم گلباز", "Salimi Golbaz", "Person"),
    ("Sibirvostok Fund", "Sibirvostok Fund II", "Company"),
    ("Sibirvostok Fund V", "Sibirvostok Fund VI", "Company"),
    ("Sibirvostok Bank", "Sibirvostok Trust Bank", "Company"),
    ("Ministry of State Harvests", "Ministry of State Harvests Prison Bureau", "Organization"),
    ("Dalian Sibirvostok Trading", "Shenyang Sibirvostok Trading", "Company"),
    ("Qari Ahmad", "Ahmad", "Person"),
    ("Golbaz Maulana", "Golbas", "Person"),
    ("Pavle Radovich", "Pavle", "Person"),
    ("Mike Lee", "Mekele", "Person"),
]


@pytest.mark.parametrize(("one", "other", "schema", "effect"), MET)
def test_the_effect_makes_the_names_match_and_is_named(one, other, schema, effect):
    comparison = compare_names(one, other, schema)
    assert comparison.score >= DEFAULT_THRESHOLD
    assert effect in {step.effect for step in comparison.alignment}


@pytest.mark.parametrize(("one", "other", "schema"), APART)
def test_names_of_different_parties_stay_apart(one, other, schema):
    assert compare_names(one, other, schema).score < DEFAULT_THRESHOLD
    assert compare_names(other, one, schema).score < DEFAULT_THRESHOLD


def test_a_city_or_country_that_only_one_name_has_weighs_little():
    assert compare_names("Banco Sibirvostok Mexico", "Banco Sibirvostok", "Company").score >= 0.9


def test_an_edit_in_a_short_word_is_possible_yet_dear():
    short = compare_names("Tom Cooper", "Tim Cooper", "Person").score
    assert 0.5 < short < compare_names("Thomas Cooper", "Thonas Cooper", "Person").score - 0.05


def test_particles_weigh_next_to_nothing():
    assert compare_names("Tarif Bin Isa al Zarkari", "Tarif Isa Zarkari", "Person").score >= 0.95


def test_a_repeated_word_is_no_other_word():
    assert compare_names("Sidorchuk Sidorchuk Oleh", "Oleh Sidorchuk", "Person").score >= DEFAULT_THRESHOLD


def test_a_name_cut_at_the_end_of_its_field_is_found_reordered_and_without_its_legal_form():
    cut = "VOSTOK TORGOVAYA KOMPANIYA SIBIRSKA"
    assert len(cut) == TRUNCATED_AT
    comparison = compare_names(cut, "OOO Sibirskaya Vostok Torgovaya Kompaniya", "Company")
    assert comparison.score >= 0.9
    assert comparison.alignment[3].effect == "truncated"
    assert compare_names(cut[:-1], "OOO Sibirskaya Vostok Torgovaya Kompaniya", "Company").score < comparison.score


def test_two_names_in_one_field_are_each_a_name():
    comparison = compare_names("Islamic Army", "Al-Qa'ida/Islamic Army", "Organization")
    assert comparison.score == pytest.approx(0.95)
    assert compare_names("Sibirvostok a.k.a. Karpenko Trading", "Karpenko Trading", "Company").is_match
    assert compare_names("M/V Karpenko", "Karpenko", "Vessel").score == 1.0


def test_a_hangul_step_names_the_syllable_that_explains_both_spellings():
    steps = compare_names("KIM Jong Un", "Gim Jeong-eun", "Person").alignment
    assert [step.reading for step in steps] == ["김", "정", "은"]


def test_only_equal_names_score_one():
    assert compare_names("KIM, Jong-un", "Kim Jong Un", "Person").score == 1.0
    assert compare_names("Jongun Kim", "Kim Jong Un", "Person").score < 1.0
    assert compare_names("Karpenko 03", "Karpenko 3", "Vessel").score < 1.0


@given(st.sampled_from(MET), st.sampled_from([str.upper, str.lower, str.title, lambda name: f" ({name}) "]))
def test_case_and_surrounding_punctuation_change_nothing(pair, change):
    one, other, schema, _ = pair
    plain = compare_names(one, other, schema).score
    assert compare_names(change(one), other, schema).score == pytest.approx(plain)


@pytest.mark.parametrize(("one", "other", "schema", "_"), MET)
def test_composed_and_decomposed_letters_are_the_same(one, other, schema, _):
    composed = compare_names(unicodedata.normalize("NFC", one), other, schema).score
    assert compare_names(unicodedata.normalize("NFD", one), other, schema).score == pytest.approx(composed)


@given(st.permutations(["Dr.", "Sheikh", "General", "Haji"]), st.integers(0, 4))
def test_titles_count_for_nothing_in_whatever_order_they_stand(titles, number):
    plain = compare_names("Golbaz Shakeri", "Shakeri, Golbas", "Person").score
    assert compare_names(" ".join([*titles[:number], "Golbaz Shakeri"]), "Shakeri, Golbas", "Person").score == plain


@given(st.sampled_from(MET))
def test_names_that_are_not_written_alike_never_score_one(pair):
    one, other, schema, effect = pair
    score = compare_names(one, other, schema).score
    assert score <= 1.0
    if effect not in {"equal", "missing", "extra"}:
        assert score < 1.0


NAMES = st.text(alphabet="abcdekimnosu AEIKO-'.éñßжий김정은金محمد01", max_size=40)


@given(NAMES, NAMES, st.sampled_from(["Person", "Company", "Vessel", "LegalEntity"]))
def test_the_score_of_any_two_names_is_symmetric_and_within_bounds(one, other, schema):
    score = compare_names(one, other, schema).score
    assert 0.0 <= score <= 1.0
    if TRUNCATED_AT not in (len(one.strip()), len(other.strip())):
        assert score == pytest.approx(compare_names(other, one, schema).score)


@pytest.mark.parametrize(
    "name",
    [" ".join(f"word{number}xy" for number in range(500)), "a" * 10_000, "kim jong " * 1_000, "x/y/" * 2_500,
     "김정은 " * 2_000, "Limited Liability " * 500],
)  # fmt: skip
def test_a_long_name_is_compared_in_under_fifty_milliseconds(name):
    compare_names("warm", "up", "LegalEntity")
    start = time.process_time()
    compare_names(name, name[::-1], "LegalEntity")
    assert time.process_time() - start < 0.05


def test_a_letter_struck_twice_does_not_make_another_korean_name():
    comparison = compare_names("CHOE PYONG RYAAN", "Choe Pyong Ryan", "Person")
    assert comparison.is_match
    assert {step.effect for step in comparison.alignment} <= {"equal", "sound", "spelling"}
