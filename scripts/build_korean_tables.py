"""Build the Korean tables that `nkscreen.matching.names.korean` ships.

    python scripts/build_korean_tables.py KNOWLEDGE UNIHAN

KNOWLEDGE is the folder with the project's measured tables (`korean_tables.json`, `korean_syllables.tsv`); UNIHAN is
the folder with `Unihan_Readings.txt` and `Unihan_Variants.txt` of the Unicode Character Database (plain or .bz2, as
Debian's package `unicode-data` has them; Unicode licence). Written:

- `spellings.tsv`  script, part, jamo or syllable, spelling, cost: from `korean_tables.json`;
- `syllables.tsv`  the syllables of Sino-Korean and names, 1 where found in names: from `korean_syllables.tsv`;
- `surnames.tsv`   surnames of one and two syllables: from `korean_tables.json`;
- `concepts.tsv`  language, generic word of organisations, concepts: `korean_tables.json` and the lists below;
- `hanja.tsv`      character and its readings: Unihan kHangul, through kTraditionalVariant for simplified characters,
                   kKorean (Yale) for the rest, name readings of `korean_tables.json` first;
- `pinyin.tsv`     pinyin syllable, Hangul, cost: Unihan kMandarin and kXHC1983 of the characters used in names.
"""

from __future__ import annotations

import bz2
import csv
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src/nkscreen/matching/names/korean/data"

ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
NUCLEI = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]

YALE_ONSET = dict(
    zip(
        ["K", "N", "T", "L", "M", "P", "S", "-", "C", "CH", "KH", "TH", "PH", "H", "KK", "SS"],
        "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎㄲㅆ",
        strict=True,
    )
)
YALE_NUCLEUS = dict(
    zip(
        ["A", "AY", "YA", "E", "EY", "YE", "YEY", "O", "WA", "WAY", "OY", "YO", "WU", "WE", "WI", "YU", "U", "UY", "I"],
        "ㅏㅐㅑㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅟㅠㅡㅢㅣ",
        strict=True,
    )
)
YALE_CODA = dict(zip(["", *["K", "N", "L", "M", "P", "NG"]], ["", *"ㄱㄴㄹㅁㅂㅇ"], strict=True))

NAME_PRIOR = 1.0
"""`prior_cost` below which a syllable counts as one found in names."""

PINYIN_COST, PINYIN_SECOND, PINYIN_RARE = 0.1, 0.1, 0.6
"""A name character's Mandarin reading is certain but for its ambiguity; a second reading and a rarer character cost."""

PINYIN_NASAL = 0.5
"""Cost of n for ng and ng for n at the end of a pinyin syllable: the South of China says in and ing alike."""

SURNAME_HANJA = (
    "가賈 강姜康 고高 공孔 곽郭 구具 국鞠 궁弓 권權 금琴 기奇 길吉 김金 나羅 남南 노盧 도都 라羅 려呂 로盧 "
    "류柳劉 리李 림林 마馬 맹孟 명明 모毛 문文 민閔 박朴 반潘 방方房 배裵 백白 변卞邊 복卜 봉奉 서徐 석石 "
    "선宣 설薛 성成 소蘇 손孫 송宋 신申辛愼 심沈 안安 양梁楊 어魚 엄嚴 여呂 연延 염廉 예芮 오吳 옥玉 온溫 "
    "왕王 용龍 우禹 원元 위魏 유兪柳劉 육陸 윤尹 은殷 이李 인印 임任林 장張章 전全田 정鄭丁 제諸 조趙曺 "
    "주朱周 지池 진陳秦 차車 채蔡 천千 최崔 추秋 탁卓 태太 표表 피皮 하河 한韓 함咸 허許 현玄 형邢 호扈 홍洪 "
    "황黃"
)
"""Korean surnames with the characters that nearly all their bearers write (as South Korean censuses list them)."""

_MARKED_ONSETS = "k/g kk n t/d tt r m p/b pp s ss - ch/j tch chʰ kʰ tʰ pʰ h"
_BARE_ONSETS = "k/g kk n t/d tt r m p/b pp s ss - ch/j tch ch k/kh t/th p/ph h"
_MARKED_NUCLEI = "a ae ya yae ŏ e yŏ ye o wa wae oe yo u wŏ we wi yu ŭ ŭi i"
_BARE_NUCLEI = "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i"
STRICT = {
    "revised": (
        "g kk n d tt r m b pp s ss - j jj ch k t p h",
        "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i",
    ),
    "mccune": (_MARKED_ONSETS, _MARKED_NUCLEI),
    "breved": (_BARE_ONSETS, _MARKED_NUCLEI),
    "aspirated": (_MARKED_ONSETS, _BARE_NUCLEI),
    "bare": (_BARE_ONSETS, _BARE_NUCLEI),
    "initial_j": (
        "k/g kk n t/d tt r/l m p/b pp s/sh ss - j jj ch k/kh t/th p/ph h",
        "a ae ya yae o/eo/u e yo/yeo/you/yu ye o wa wae oe yo u/oo wo we wi yu/yoo u/eu ui/ee i/ee",
    ),
    "northern": ("k/g kk n t/d tt r m p/b pp s ss - j jj ch k/kh t/th p/ph h", _BARE_NUCLEI),
}
"""Onsets and nuclei in Unicode order of the Revised system (2000); of McCune-Reischauer (1939) with both its marks,
with one and with none; of any spelling with an initial j for ㅈ; and of the DPRK's (1992, with the k, t, p that lists
write for its kh, th, ph). Used to tell what a name that keeps to one of them cannot mean."""

STRICT_CODA = {"": "", "ㄱ": "k/g", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l/r", "ㅁ": "m", "ㅂ": "p/b", "ㅇ": "ng"}

RIMES = {
    "ㅓ": {"u": 1.65, "ou": 2.0},
    "ㅕ": {"yu": 1.1, "you": 1.05},
    "ㅓㄱ": {"uk": 0.45, "ug": 0.6},
}
"""Rimes that are not the sum of their nucleus and coda: `u` writes ㅓ before a coda (sung, chul), hardly alone."""

LATIN_SYLLABLES = {"의": {"i": 1.0, "ee": 1.0, "ie": 1.2, "y": 1.2}}
"""ㅢ is written `i` after a consonant (Hi for 희), hardly alone."""

ONSETS_OF_LATIN = {
    "ㄱ": {"kg": 0.6},
    "ㅈ": {"zh": 0.6, "dzh": 0.5, "chzh": 0.5, "dsch": 0.6, "tsch": 0.8},
    "ㅊ": {"chkh": 0.4, "tsch": 0.6, "csh": 0.3},
    "ㅋ": {"kkh": 0.6},
    "ㅌ": {"tkh": 0.6},
    "ㅍ": {"pkh": 0.6},
    "ㅅ": {"sch": 0.8},
}
"""Latin spellings of Russian, German and Hungarian ones, as gazetteers and lists have them: chkh for чх, dzh for дж,
dsch, csh; and kg, where a tense ㄱ is written twice."""

NUCLEI_OF_LATIN = {
    "ㅐ": {"e": 0.9, "aei": 0.1, "ea": 0.8},
    "ㅔ": {"ae": 0.9, "ye": 0.5},
    "ㅕ": {"jo": 1.4, "e": 0.9},
    "ㅘ": {"ua": 0.5},
    "ㅛ": {"jo": 1.4},
    "ㅠ": {"ju": 1.4, "uy": 0.8},
    "ㅡ": {"eou": 0.6},
}
"""Sharper than measured: ㅐ and ㅔ sound alike in the South, but papers keep ae and e apart (재, 제); j is written for
y in Hungarian texts alone, and elsewhere Jong is not 영. And what the measured table lacks: `e` for ㅕ from Russian
(хек), `ye` for ㅔ after s and ch, `eou` for ㅡ, and letters exchanged or one too many (ea, uy, aei)."""

CODAS_OF_CYRILLIC = {"ㄴ": {"нь": 0.2}, "ㅇ": {"нь": 0.2}}
"""A soft sign at the end, as Russian place names have one."""

KANA_SYLLABLES = {
    "최": {"che": 0.0},
    "훈": {"fun": 0.0, "kun": 0.4},
    "흥": {"fun": 0.0},
    "범": {"bon": 0.2, "pomu": 0.0},
}
"""Katakana of single syllables that are not the sum of their parts."""

SURNAMES = ("자",)
"""Surnames of listed and accredited DPRK persons that the table of the South's census lacks."""


RUSSIAN_WORDS = {
    "korea": "кндр корея кореи корейская корейский корейское корейская",
    "north": "народная народно демократическая республика трудовая",
    "corp": "корпорация компания общество ооо оао зао предприятие",
    "trade": "торговая торговый торговля внешторг",
    "ext trade": "внешнеторговый внешнеторговая",
    "bank": "банк",
    "comm": "коммерческий коммерческая",
    "univ": "университет институт политехнический",
    "of": "имени и по",
    "center": "центр",
    "computer": "компьютерный компьютерная",
    "air": "авиакомпания авиалинии эйр",
    "army": "армия армии",
    "party": "партия",
    "bureau": "бюро управление",
    "acad": "академия",
    "sci": "наук научно естественных",
    "research": "исследовательский",
    "second": "вторая второй",
    "nuclear": "ядерный атомный атомной",
    "central": "центральное центральный",
    "agency": "агентство",
    "news": "телеграфное",
    "dev": "развития развитие",
    "mining": "горнорудная",
    "recon": "разведывательное",
    "general": "главное генеральная",
    "ship": "судоходная пароходство",
}
"""Generic words of organisations in Russian texts about the DPRK; inflected as names have them."""

MORE_WORDS: dict[str, dict[str, str]] = {
    "latin": {
        "korea": "chosun choson joson joseon dpr corea kore",
        "pyongyang": "pyongyang",
        "north army": "kpa",
        "north": "public",
        "trade": "import export imports exports",
        "corp": "cooperative enterprises establishment business factory plant works jsc sarl sdn bhd",
        "group": "holding holdings",
        "intl": "global world",
        "credit": "trust",
        "bureau": "supervision command headquarters division directorate team",
        "guidance": "guidance",
        "univ": "college institute",
        "recon": "reconnaissance",
        "army": "military",
        "munitions": "munitions militarysupplies weapons armament armaments",
        "supplies": "supplies supply",
        "security": "security safety",
        "prison": "prison prisons correctional corrections",
        "force": "force forces armed armedforces",
        "strategic": "strategic",
        "rocket": "rocket missile",
        "space": "space aerospace",
        "propaganda": "propaganda",
        "ship": "merchant vessels",
        "ocean": "ocean",
        "transport": "transport transportation",
        "land": "land",
        "rail": "railway railways",
        "motor": "automobile vehicle vehicles motors",
        "power": "electric power electricity electrical",
        "oil": "crude",
        "explor": "exploration",
        "mining": "mineral minerals",
        "resources": "resources resource",
        "coal": "coal",
        "zinc": "zinc",
        "gold": "gold",
        "metal": "metal metals metallic metallurgical",
        "steel": "steel iron",
        "material": "material materials",
        "chem": "chemical chemicals",
        "cement": "cement",
        "mach": "machine equipment",
        "tool": "tool tools",
        "precision": "precision",
        "food": "food foods foodstuff foodstuffs",
        "fish": "fishery fisheries fishing seafood",
        "farm": "farm farming agriculture agricultural",
        "forest": "forestry timber",
        "tobacco": "tobacco",
        "textile": "textile textiles garment clothing",
        "med": "medicine medical pharmaceutical pharmaceuticals",
        "travel": "travel tourism tourist",
        "sport": "sports",
        "logistics": "logistics",
        "sci": "natural scientific",
        "info": "information",
        "info ind": "it",
        "research center": "lab laboratory",
        "third": "third",
        "fourth": "fourth",
        "fifth": "fifth",
        "computer": "software",
        "network": "network internet",
        "post": "telecommunications telecommunication telecom communications posts",
        "news": "press",
        "publish": "publishing publication publications printing",
        "broadcast": "broadcasting television",
        "band": "band",
        "art": "art arts",
        "culture": "culture cultural",
        "film": "film films",
        "studio": "studio",
        "youth": "youth",
        "service": "service services",
        "united": "federation union league",
    },
    "hangul": {
        "": "주식 총회 회",
        "group": "집단",
        "pyongyang": "평양",
        "korea": "조선민주주의인민공화국",
        "corp": "사 상사 기업 공장",
        "jv": "합작",
        "general bureau": "지도총국",
        "bureau": "사령부",
        "natl defense": "국방",
        "security": "보위 보안 안전",
        "strategic force": "전략군",
        "rocket": "로케트 로켓 미사일",
        "space": "우주",
        "acad sci": "과학원",
        "univ": "대학교",
        "research": "연구",
        "sci": "과학 자연 자연과학",
        "sci tech": "과기",
        "tech": "기술 공학",
        "ind": "실업",
        "info": "정보",
        "dev": "발전",
        "econ": "경제",
        "trade": "수출입 수출 수입 상무 진출구",
        "exchange": "교류",
        "invest": "투자",
        "fin": "재정",
        "resources": "자원",
        "oil": "석유 원유",
        "explor": "탐사",
        "mining": "광물",
        "coal": "석탄",
        "zinc": "아연",
        "metal": "금속",
        "steel": "제강 제철",
        "chem": "화학",
        "cement": "세멘트 시멘트",
        "logistics": "물류",
        "ship": "선박 선무 항운",
        "transport": "운수 수송",
        "rail": "철도",
        "air": "항공사",
        "passenger": "려객",
        "post": "체신",
        "food": "식품 식료",
        "fish": "수산",
        "farm": "농업",
        "forest": "림업",
        "tobacco": "담배 연초",
        "textile": "방직 피복",
        "med": "의약품 제약 의료",
        "travel": "관광 려행",
        "sport": "체육",
        "exhib": "전시 전람",
        "propaganda": "선전",
        "news agency": "통신사",
        "publish": "출판 출판사",
        "broadcast": "방송",
        "culture": "문화",
        "art": "예술",
        "film": "영화",
        "studio": "창작사",
        "service": "봉사",
        "united": "연합 련맹",
    },
}
"""Further generic words, of the kinds that the measured table has: concepts, then the words that stand for them."""

SHINJITAI = dict(
    zip(
        "楽桜聡浜真広竜栄寿実宝塩関黒総聯蔵学国会沢郷県駅鉱労営団図辺発豊駆済剣顕勲円壱弐旧亜渓晩穏巌瑶凜",
        "樂櫻聰濱眞廣龍榮壽實寶鹽關黑總連藏學國會澤鄕縣驛鑛勞營團圖邊發豐驅濟劍顯勳圓壹貳舊亞溪晚穩巖瑤凛",
        strict=True,
    )
)
"""Japanese simplified characters to traditional ones, for those that Unihan does not link."""

NOT_GENERIC = {"GREENPINE", "EASTLAND", "HWARYO", "KOREA2", "X"}
"""Entries of the measured table that translate the name of one entity: that is an alias, not a word."""

SAME_CONCEPT = {
    "impex": "trade",
    "elecpower": "power",
    "newsp": "news",
    "maritime": "ship",
    "merchant": "ship",
    "tech": "ind",
    "dept": "bureau",
    "office": "bureau",
    "admin": "bureau",
    "min": "bureau",
}
"""Concepts that translations of one name exchange: 공업 is industry or technology, 부 a ministry or a department."""


def concepts(tables: dict[str, dict[str, object]]) -> Iterator[tuple[object, ...]]:
    """Rows of language, word and the concepts it stands for, joined by spaces."""
    words: dict[tuple[str, str], list[str]] = {}
    for word, concept in tables["org_generic_en"].items():
        words["latin", word] = str(concept).lower().split()
    for word, found in tables["org_generic_ko"].items():
        if not NOT_GENERIC.intersection(found):
            words["hangul", word] = [concept.lower() for concept in found]
    for concept, russian in RUSSIAN_WORDS.items():
        words |= {("cyrillic", word): concept.split() for word in russian.split()}
    for language, more in MORE_WORDS.items():
        words |= {(language, word): concept.split() for concept, listed in more.items() for word in listed.split()}
    for (language, word), found in sorted(words.items()):
        yield language, word, " ".join(SAME_CONCEPT.get(concept, concept) for concept in found)


def compose(onset: str, nucleus: str, coda: str) -> str:
    return chr(0xAC00 + (ONSETS.index(onset) * 21 + NUCLEI.index(nucleus)) * 28 + CODAS.index(coda))


def from_yale(text: str) -> str | None:
    """`THAYK` to 택; None for what is not one syllable."""
    for i in range(3):
        for j in range(i + 1, len(text) + 1):
            onset, nucleus, coda = text[:i] or "-", text[i:j], text[j:]
            if onset in YALE_ONSET and nucleus in YALE_NUCLEUS and coda in YALE_CODA:
                return compose(YALE_ONSET[onset], YALE_NUCLEUS[nucleus], YALE_CODA[coda])
    return None


def unihan(folder: Path, name: str, fields: set[str]) -> dict[str, dict[str, str]]:
    path = folder / f"{name}.txt"
    raw = path.read_bytes() if path.exists() else bz2.decompress(path.with_suffix(".txt.bz2").read_bytes())
    table: dict[str, dict[str, str]] = {field: {} for field in fields}
    for line in raw.decode().splitlines():
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            if field in fields:
                table[field][chr(int(code[2:], 16))] = value
    return table


def plain_pinyin(text: str) -> str:
    text = unicodedata.normalize("NFD", text.lower()).replace("u\u0308", "v")
    return "".join(c for c in text if not unicodedata.combining(c))


def write(name: str, rows: list[tuple[object, ...]]) -> None:
    text = "".join("\t".join(map(str, row)) + "\n" for row in rows)
    (TARGET / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(rows)} rows, {len(text.encode())} bytes")


def spellings(tables: dict[str, dict[str, dict[str, float]]]) -> Iterator[tuple[object, ...]]:
    more = {
        ("latin", "onset"): ONSETS_OF_LATIN,
        ("latin", "nucleus"): NUCLEI_OF_LATIN,
        ("cyrillic", "coda"): CODAS_OF_CYRILLIC,
    }
    for script, prefix in (("latin", ""), ("cyrillic", "cyr_"), ("kana", "kana_")):
        for part in ("onset", "nucleus", "coda"):
            for jamo, written in tables[prefix + part].items():
                own = more.get((script, part), {}).get(jamo, {})
                yield from ((script, part, jamo, spelling, cost) for spelling, cost in (written | own).items())
    whole = {
        "latin": tables["special_latin"] | LATIN_SYLLABLES,
        "cyrillic": tables["cyr_special"],
        "kana": KANA_SYLLABLES,
    }
    for script, table in whole.items():
        for syllable, written in table.items():
            yield from ((script, "syllable", syllable, spelling, cost) for spelling, cost in written.items())
    for rime, written in RIMES.items():
        yield from (("latin", "rime", rime, spelling, cost) for spelling, cost in written.items())


def strict_spellings() -> Iterator[tuple[object, ...]]:
    for system, (onsets, nuclei) in STRICT.items():
        for part, targets, written in (
            ("onset", ONSETS, onsets.split()),
            ("nucleus", NUCLEI, nuclei.split()),
            ("coda", STRICT_CODA, STRICT_CODA.values()),
        ):
            for target, choices in zip(targets, written, strict=True):
                yield from ((system, part, target, spelling, 0) for spelling in choices.replace("-", "").split("/"))


def hanja(folder: Path, named: dict[str, str]) -> dict[str, str]:
    readings = unihan(folder, "Unihan_Readings", {"kHangul", "kKorean"})
    variants = unihan(folder, "Unihan_Variants", {"kTraditionalVariant", "kZVariant", "kSemanticVariant"})
    table: dict[str, str] = {}
    for character, value in readings["kHangul"].items():
        table[character] = "".join(re.findall(r"[가-힣]", value))
    for character, value in readings["kKorean"].items():
        if character not in table:
            found = [from_yale(word) for word in value.split()]
            table[character] = "".join(dict.fromkeys(s for s in found if s))
    for character, value in variants["kTraditionalVariant"].items():
        others = [chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]+)", value)]
        table[character] = "".join(dict.fromkeys("".join(table.get(c, "") for c in (character, *others))))
    for field in ("kZVariant", "kSemanticVariant"):
        for character, value in variants[field].items():
            if not table.get(character):
                others = [chr(int(code, 16)) for code in re.findall(r"U\+([0-9A-F]+)", value)]
                table[character] = "".join(dict.fromkeys("".join(table.get(other, "") for other in others)))
    for character, value in named.items():
        table[character] = "".join(dict.fromkeys(value + table.get(character, "")))
    for character, traditional in SHINJITAI.items():
        if not table.get(character):
            table[character] = table.get(traditional, "")
    return {c: r for c, r in sorted(table.items()) if r and unicodedata.normalize("NFKC", c) == c}


def pinyin(
    folder: Path, named: dict[str, str], characters: dict[str, str], names: set[str], surnames: set[str]
) -> dict[str, dict[str, float]]:
    readings = unihan(folder, "Unihan_Readings", {"kMandarin", "kXHC1983", "kHanyuPinlu"})
    table: dict[str, dict[str, float]] = {}

    def add(spelling: str, syllable: str, cost: float) -> None:
        known = table.setdefault(spelling, {})
        known[syllable] = min(cost, known.get(syllable, cost))

    def mandarin(character: str) -> list[str]:
        found = readings["kMandarin"].get(character, "").split()
        found += re.findall(r":([^\s,]+)", readings["kXHC1983"].get(character, ""))
        return list(dict.fromkeys(p for p in map(plain_pinyin, found) if re.fullmatch("[a-z]+", p)))

    family = {entry[0]: entry[1:] for entry in SURNAME_HANJA.split()}
    for syllable in named | family:
        for character in dict.fromkeys(named.get(syllable, "") + family.get(syllable, "")):
            for rank, spelling in enumerate(mandarin(character)[:3]):
                add(spelling, syllable, PINYIN_COST + (PINYIN_SECOND if rank else 0))
    for character, sounds in characters.items():
        common = character in readings["kHanyuPinlu"]
        if common or character in readings["kXHC1983"]:
            for syllable in sounds:
                if syllable in surnames or (common and syllable in names):
                    for spelling in mandarin(character)[:1]:
                        add(spelling, syllable, PINYIN_RARE)
    for spelling, found in [(spelling, dict(found)) for spelling, found in table.items()]:
        other = spelling[:-1] if spelling.endswith("ng") else f"{spelling}g" if spelling.endswith("n") else ""
        if other in table:
            for syllable, cost in found.items():
                if cost < PINYIN_RARE:
                    add(other, syllable, cost + PINYIN_NASAL)
    return table


def main() -> None:
    knowledge, folder = map(Path, sys.argv[1:3])
    tables = json.loads((knowledge / "korean_tables.json").read_text(encoding="utf-8"))
    with (knowledge / "korean_syllables.tsv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    names = {row["hangul"] for row in rows if float(row["prior_cost"]) < NAME_PRIOR}
    write("spellings.tsv", [*spellings(tables), *strict_spellings()])
    write("syllables.tsv", [(row["hangul"], int(row["hangul"] in names)) for row in rows])
    write("surnames.tsv", [(name,) for name in [*tables["surnames"], *SURNAMES, *tables["double_surnames"]]])
    write("concepts.tsv", list(concepts(tables)))
    characters = hanja(folder, tables["hanja_multi_readings"])
    write("hanja.tsv", list(characters.items()))
    sounds = pinyin(folder, tables["name_hanja"], characters, names, set(tables["surnames"]))
    write("pinyin.tsv", [(p, s, round(c, 2)) for p in sorted(sounds) for s, c in sorted(sounds[p].items())])


if __name__ == "__main__":
    main()
