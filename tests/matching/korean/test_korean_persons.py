"""Names of persons read as Korean: what is one name, what is another, and what is not Korean at all."""

import pytest

from nkscreen.matching.names.korean import KoreanComparison, compare, read

MATCH = 0.8


def compared(one: str, other: str) -> KoreanComparison:
    a, b = read(one, "Person"), read(other, "Person")
    assert a is not None
    assert b is not None
    return compare(a, b)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KIM, Jong-un", "김정은"),
        ("Kim Jeong-eun", "김정은"),
        ("PAK, Ch'o'l-su", "박철수"),
        ("PARK CHUL SOO", "박철수"),
        ("RIYONGHO", "리용호"),
        ("Yongho Ri", "이용호"),
        ("Lee Yong-ho", "Ri Yong Ho"),
        ("Mun Kyong Dok", "MUN, Kyo'ng-to'k"),
        ("O Kŭng-nyŏl", "오극렬"),
        ("Ким Чен Ын", "Kim Jong Un"),
        ("Кім Чен Ин", "김정은"),
        ("Пак Чон Чхон", "Pak Jong Chon"),
        ("キム・ジョンウン", "金正恩"),
        ("金正恩", "Kim Jong Un"),
        ("努光铁", "No Kwang-chol"),
        ("朴奉珠", "朴鳳柱"),
        ("Jin Zheng'en", "Kim Jong Un"),
        ("Dr. Kim Jong Un", "김정은"),
        ("Jin Zheng'en (金正恩)", "Kim Jong Un"),
        ("Namgung Hyok", "남궁혁"),
        ("최룡해", "최용해"),
        ("김 정은", "정은 김"),
    ],
)
def test_one_name_written_in_two_ways_matches(one: str, other: str) -> None:
    assert compared(one, other).score >= MATCH
    assert compared(other, one).score >= MATCH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RO Kwang-sik", "Ro Kang Sik"),
        ("Paek Tong-ho", "Pak Tong Ho"),
        ("KIM Hek-chun", "Kim Hyok Chun"),
    ],
)
def test_one_slip_in_a_name_that_agrees_otherwise_is_a_bare_match(one: str, other: str) -> None:
    assert MATCH <= compared(one, other).score < 0.95


def test_a_slip_is_explained_by_its_cost_without_hangul() -> None:
    steps = compared("Ro Kwang Sik", "Ro Kang Sik").steps
    assert [(step.hangul, step.cost) for step in steps] == [("로", 0.0), ("", 0.6), ("식", 0.0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ro Kwang Sik", "Ro Kang Sok"),
        ("Paek Kwang Ho", "Pak Kang Ho"),
        ("Pak Ho", "Paek Ho"),
        ("노광식", "노강식"),
        ("Ko Yong Min", "Ko Yon Min"),
    ],
)
def test_two_slips_short_names_hangul_and_minimal_pairs_are_no_slip(one: str, other: str) -> None:
    assert compared(one, other).score < MATCH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kjong-szu Pak", "박경수"),
        ("Rjong Mjong", "Ryong Myong"),
        ("Guo Tianbing", "곽천병"),
        ("Jian Guangzhu", "Kang Kwang Ju"),
        ("Ju Seoungnam", "주승남"),
        ("You Hyunyop", "유현엽"),
    ],
)
def test_spellings_of_other_countries_and_odd_hands_match(one: str, other: str) -> None:
    assert compared(one, other).score >= MATCH


def test_a_chinese_name_in_han_is_not_bridged_to_other_pinyin_by_korean() -> None:
    assert compared("刘秀花", "LIU, Cuihua").score < MATCH
    assert compared("崔富九", "Cui Fujiu").score >= MATCH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Chol Nam", "Kim Chol Man"),
        ("KIM Jong Un", "KIM Jong Il"),
        ("Kim Chol", "Pak Chol"),
        ("김정은", "김종은"),
        ("Gim Jeong-suk", "Gim Jong-suk"),
        ("Bak Nam-cheol", "Bak Nam-chul"),
        ("Kim Ch'ŏl-ho", "Kim Ch'ul-ho"),
        ("김성훈", "Kim Song Ho"),
        ("Ким Чен Ын", "Kim Jong Il"),
    ],
)
def test_two_names_that_differ_in_a_sound_do_not_match_and_decide(one: str, other: str) -> None:
    found = compared(one, other)
    assert found.score < MATCH
    assert found.decisive


@pytest.mark.parametrize("other", ["김정은", "김종은"])
def test_an_ambiguous_spelling_matches_each_of_its_readings(other: str) -> None:
    assert compared("Kim Jong Un", other).score >= MATCH


def test_a_name_that_keeps_to_the_revised_system_is_no_longer_ambiguous() -> None:
    assert compared("Kim Jong-suk", "김정숙").score >= MATCH
    assert compared("Gim Jong-suk", "김정숙").score < MATCH
    assert compared("Gim Jong-suk", "김종숙").score >= MATCH


def test_only_the_same_letters_are_certain() -> None:
    assert compared("KIM, Jong-un", "Kim Jong Un").score == 1.0
    assert compared("김정은", "김정은").score == 1.0
    assert compared("Kim Jong Un", "김정은").score == 0.99


def test_the_explanation_names_the_hangul_and_the_pieces() -> None:
    found = compared("KIM, Jong-un", "金正恩")
    assert found.hangul == "김정은"
    assert [(step.given, step.listed, step.hangul) for step in found.steps] == [
        ("kim", "金", "김"),
        ("jong", "正", "정"),
        ("un", "恩", "은"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Lee Harvey",
        "Kim Philby",
        "Vladimir Putin",
        "محمد",
        "12",
        "",
        "Kim",
        "José García",
        "Nguyen Van Anh",
        "x" * 1000,
    ],
)
def test_what_cannot_be_korean_is_not_read_or_does_not_convince(name: str) -> None:
    reading = read(name, "Person")
    assert reading is None or not reading.convincing


@pytest.mark.parametrize(
    "name", ["Zhang Wei", "Wang Wei", "Maria", "RIYONGHO", "John Johnson", "Liu Yang", "Charles Lee"]
)
def test_a_doubtful_reading_never_vetoes(name: str) -> None:
    reading = read(name, "Person")
    assert reading is None or not reading.convincing


@pytest.mark.parametrize("name", ["Tina Song", "Li Na", "Song Jin", "Wang Yong", "Kim Allen", "Sean Lee", "Ho Chi Min"])
def test_a_name_read_as_korean_by_accident_still_matches_itself(name: str) -> None:
    assert compared(name, name.upper()).score == 1.0
    assert compared(name, name.replace(" ", "  ")).score == 1.0


def test_a_chinese_name_beside_its_pinyin_is_left_to_the_generic_comparison() -> None:
    assert not compared("林丹", "Lin Dan").decisive
    assert not compared("李娜", "Li Na").decisive


def test_two_names_in_pinyin_are_not_compared_as_korean() -> None:
    found = compared("Zhang Wenji", "Jiang Wenji")
    assert (found.score, found.decisive) == (0.0, False)
