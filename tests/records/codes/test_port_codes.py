from __future__ import annotations

from pathlib import Path

import pytest

from nkscreen.records.codes import port
from nkscreen.records.codes._text import table


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CNDAL", "CNDAL"),
        ("CNDLC", "CNDAL"),
        ("CN DLC", "CNDAL"),
        ("cndag", "CNDAL"),
        ("CNDDZ", "CNDDG"),
        ("CNSHA", "CNSGH"),
        ("CNTAO", "CNQIN"),
        ("CNNGB", "CNNBO"),
        ("CNXMN", "CNXAM"),
        ("CNYNT", "CNYAT"),
        ("CNXGG", "CNTXG"),
        ("DJPOD", "DJJIB"),
        ("KPNJN", "KPRJN"),
        ("KPGEN", "KPWON"),
        ("KPSON", "KPSON"),
        ("KPSGN", "KPSGN"),
        ("KRPUS", "KRPUS"),
        ("DEFRA", "DEFRA"),
        ("KPRAJ", None),
        ("KPCHJ", None),
        ("ZZZZZ", None),
    ],
)
def test_codes_and_their_aliases(text: str, code: str | None) -> None:
    assert port.parse(text) == code


@pytest.mark.parametrize(
    "text", ["DALIAN", "Dalian, China", "DALIAN(CHINA)", "DAIREN", "dalian port", "CNDLC - Dalian"]
)
def test_dalian_is_one_port_however_it_is_written(text: str) -> None:
    assert port.parse(text) == "CNDAL"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Shanghai ,China (Mainland)", "CNSGH"),
        ("SHANGHAI CHINA", "CNSGH"),
        ("57035 - SHANGHAI", "CNSGH"),
        ("57035", "CNSGH"),
        ("2704 - LOS ANGELES, CA", "USLAX"),
        ("LOS ANGELES, CA", "USLAX"),
        ("Long Beach, California", "USLGB"),
        ("CHARLESTON, SC", "USCHS"),
        ("Portland, OR", "USPDX"),
        ("BUSAN, KOREA", "KRPUS"),
        ("INCHON, KOREA", "KRINC"),
        ("Busan, Republic of Korea", "KRPUS"),
        ("Kaohsiung, Taiwan", "TWKHH"),
        ("HONG KONG, CHINA", "HKHKG"),
        ("Shanghai (CNSHA)", "CNSGH"),
        ("KRPUS - Busan", "KRPUS"),
        ("Port of Singapore", "SGSIN"),
        ("Hunchun, China", "CNHCG"),
        ("Khasan, Russia", "RUKHS"),
        ("KPNAM, China", None),
        ("Portland", None),
    ],
)
def test_names_with_what_stands_beside_them(text: str, code: str | None) -> None:
    assert port.parse(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BUSAN", "KRPUS"),
        ("PUSAN", "KRPUS"),
        ("NAMPO", "KPNAM"),
        ("CHINNAMPO", "KPNAM"),
        ("SINGAPORE", "SGSIN"),
        ("ROTTERDAM", "NLRTM"),
        ("HAIPHONG", "VNHPH"),
        ("HAI PHONG", "VNHPH"),
        ("KEELUNG", "TWKEL"),
        ("CHILUNG", "TWKEL"),
        ("VLADIVOSTOK", "RUVVO"),
        ("HO CHI MINH CITY", "VNSGN"),
        ("PORT KLANG", "MYPKG"),
    ],
)
def test_a_name_alone_is_read_where_one_port_is_meant(text: str, code: str) -> None:
    assert port.parse(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DUBAI", "AEDXB"),
        ("OSAKA", "JPOSA"),
        ("BUSAN", "KRPUS"),
        ("TOKYO", "JPTYO"),
        ("AQABA", "JOAQB"),
        ("BREST", "FRBES"),
    ],
)
def test_a_word_of_five_letters_is_a_name(text: str, code: str) -> None:
    assert port.parse(text) == code


@pytest.mark.parametrize(
    "text",
    ["CARTAGENA", "MANZANILLO", "Delhi", "Gensan", "GenSan", "Songdo", "Paris", "PORT", "", "Matanzas", "Hamilton"],
)
def test_a_name_alone_is_not_guessed(text: str) -> None:
    assert port.parse(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nampo, DPRK", "KPNAM"),
        ("Nampo (KP)", "KPNAM"),
        ("NAMPO DPR KOREA", "KPNAM"),
        ("NAMPO, KOREA", "KPNAM"),
        ("Najin, North Korea", "KPRJN"),
        ("Kimchaek", "KPSON"),
        ("Songnim", "KPSGN"),
        ("Gensan, DPRK", "KPWON"),
        ("Pyongyang, DPRK", "KPFNJ"),
        ("Songdo, DPRK", "KPSGO"),
    ],
)
def test_ports_of_the_dprk(text: str, code: str) -> None:
    assert port.parse(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Songdo",
        "Songdo, Korea",
        "Songdo, Incheon",
        "Songdo, Incheon KR",
        "Nampo-dong, Busan",
        "Nampo-dong",
        "GenSan",
        "Gensan, Philippines",
        "Nampo, China",
        "Busan, DPRK",
        "Panjang",
        "Tanyang",
        "KP Chemical",
        "Colon",
        "Sari",
        "Moa",
        "Dara",
    ],
)
def test_what_is_not_in_the_dprk_is_never_read_as_a_port_of_it(text: str) -> None:
    assert (port.parse(text) or "")[:2] != "KP"


def test_aliases_are_listed_for_the_port_they_stand_for() -> None:
    assert port.aliases("CNDAL") == ("CNDAG", "CNDAS", "CNDLC", "CNDYW")
    assert port.aliases("CNDDG") == ("CNDDZ",)
    assert port.aliases("CNDLC") == ()
    assert port.aliases("KRPUS") == ()


def test_every_alias_resolves_to_a_port_that_is_no_alias() -> None:
    for alias, code, _ in table("port_aliases.tsv"):
        assert port.parse(alias) == (None if code == "-" else code)
        assert code == "-" or port.parse(code) == code


def test_every_code_of_the_table_reads_as_itself() -> None:
    for code, *_ in table("ports.tsv"):
        assert port.parse(code) == code


def test_names_and_positions() -> None:
    assert port.name("CNDLC") == "Dalian"
    assert port.name("KPSON") == "Songjin"
    assert port.name("KPSGN") == "Songnim"
    assert port.name("ZZZZZ") is None
    assert port.position("KPNAM") == (38.72, 125.4)
    assert port.position("KPSON") == (40.67, 129.2)
    assert port.position("CNDLC") == port.position("CNDAL") == (38.92, 121.67)
    assert port.position("KPCCD") is None
    assert port.position("ZZZZZ") is None


def test_positions_of_the_dprk_lie_in_the_dprk() -> None:
    places = [place for place in table("ports.tsv") if place[0].startswith("KP")]
    positions = [position for place in places if (position := port.position(place[0]))]
    assert len(positions) >= 15
    assert all(37.6 < latitude < 43.1 and 124.0 < longitude < 130.8 for latitude, longitude in positions)


def test_the_country_is_known_where_the_port_is_not() -> None:
    assert port.parse("Taean, DPRK") is None
    assert port.country_of("Taean, DPRK") == "KP"
    assert port.country_of("CNDLC") == "CN"
    assert port.country_of("Taean, Korea") is None
    assert port.country_of("Taean") is None


def test_reasons_tell_what_to_write() -> None:
    assert port.why("KPRAJ") == "“KPRAJ” is not in UN/LOCODE; Rajin is KPRJN."
    assert port.why("Gensan") == "“Gensan” may be KPWON or PHGES; write the UN/LOCODE or add the country."
    assert "no port known" in port.why("Eiffel Tower")


def test_the_tables_stay_small() -> None:
    data = Path(port.__file__).with_name("data")
    assert sum((data / name).stat().st_size for name in ("ports.tsv", "inland.tsv")) < 850_000


@pytest.mark.parametrize("text", ["KRPUS / CNDAL", "KRPUS, CNDAL", "KRPUS;KPNAM", "CNDAL KPNAM"])
def test_two_ports_in_one_cell_are_not_read_as_the_first(text: str) -> None:
    assert port.parse(text) is None


@pytest.mark.parametrize(
    "text",
    ["Nampo Anchorage", "Off Nampo", "Nampo-hang", "Port of Nampo", "NAMPO LOCKGATE", "Nampo Outer Roads", "OPL Nampo"]
    + ["Nampo Berth No. 3", "남포", "남포항", "南浦", "南浦港", "Нампхо", "порт Нампхо", "DPRK, Nampo", "NAMPO-DPRK"],
)
def test_nampo_is_read_with_the_words_around_a_port_and_in_every_script(text: str) -> None:
    assert port.parse(text) == "KPNAM"


@pytest.mark.parametrize(
    "text",
    [
        "Dayaowan",
        "DALIAN DAYAOWAN",
        "Dayaowan/Dalian",
        "Dayaowan, Dalian, China",
        "DALIAN NEW PORT",
        "DALIAN SEA PORT",
        "DCT DALIAN",
    ]
    + [
        "CNDYW",
        "Xingang Dalian",
        "大连",
        "大連港",
        "Далянь",
        "CHINA, DALIAN",
        "Dalian, Liaoning, China",
        "DALIAN, LIAONING",
    ],
)
def test_terminals_of_dalian_are_dalian(text: str) -> None:
    assert port.parse(text) == "CNDAL"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Pyongyang", "KPFNJ"),
        ("Sinuiju", "KPSII"),
        ("Sonbong", "KPRJN"),
        ("Unggi", "KPRJN"),
        ("청진시", "KPCHO"),
        ("Havana", "CUHAV"),
        ("HABANA", "CUHAV"),
        ("Puerto de La Habana", "CUHAV"),
        ("Владивосток", "RUVVO"),
        ("부산신항", "KRBNP"),
        ("Busan New Port", "KRBNP"),
        ("Singapore OPL", "SGSIN"),
        ("Sydney", "AUSYD"),
        ("Vancouver", "CAVAN"),
        ("Lisbon", "PTLIS"),
        ("Shanghai Pt", "CNSGH"),
        ("Yangshan", "CNYSN"),
        ("Portland, ME, USA", "USPWM"),
        ("Namро", "KPNAM"),  # the last two letters are Cyrillic
    ],
)
def test_the_main_bearer_of_a_name_is_read(text: str, code: str) -> None:
    assert port.parse(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NORTH KOREA", "KP"),
        ("DPRK", "KP"),
        ("KP", "KP"),
        ("KPXXX", "KP"),
        ("KP-XXX", "KP"),
        ("KPRAJ", "KP"),
        ("North Korea, Taean", "KP"),
        ("DPRK PORT", "KP"),
        ("N. Korean port", "KP"),
        ("Any port, North Korea", "KP"),
        ("Nampo or Chongjin", "KP"),
        ("CHINA MAIN PORT", "CN"),
        ("Nampo or Dalian", None),
        ("South China Sea Bay", None),
        ("CNXXX", "CN"),
        ("PARIS", None),
        ("DELHI", None),
        ("kpxxx", None),
        ("Songdo", None),
        ("Nampo-dong", None),
        ("KPNAM, China", None),
        ("North Korea / China", None),
        ("KRPUS / CNDAL", None),
    ],
)
def test_the_country_is_taken_from_a_country_a_code_or_a_name_but_not_from_contradictions(
    text: str, code: str | None
) -> None:
    assert port.country_of(text) == code


def test_every_name_decided_by_hand_is_one_that_ports_bear() -> None:
    for name, code, _ in table("port_main.tsv"):
        assert port.parse(name) == (None if code == "-" else code)


def test_every_name_kept_by_hand_is_read_with_its_country() -> None:
    for code, names in table("port_names.tsv"):
        for name in names.split("|"):
            canonical = port.parse(code)
            assert port.parse(name) in (canonical, None)
            assert port.parse(f"{name}, {code[:2]}") == canonical, name


@pytest.mark.parametrize("part", ["China, ", "a,", "Nampo/", "KP-", "Dalian, China, "])
def test_a_text_of_many_parts_is_settled_in_bounded_work(part: str) -> None:
    text = (part * 100)[:195]
    assert sum(1 for _ in port._splits(text)) <= 12
    assert port.parse(text) in (None, "CNDAL")
