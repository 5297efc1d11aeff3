"""Derive the small name tables that the matcher ships from the data beside the project.

Sources: OpenSanctions rigour 2.6 (MIT licence), files `org_types.yml`, `symbols.yml`, `word_lists.json` and
`territories.jsonl` of its repository; its names of Wikidata items (CC0), which `extract_wikidata_names.py` takes out of
its wheel, and its nickname groups in `name_symbols.tsv`. Word frequencies: the UN, OFAC, EU, UK and US lists named in
`LISTS` and `TABLES`, and the invented people of the yente negatives (MIT licence). Cities: the addresses of OFAC's
list. Run: `python scripts/build_name_tables.py ../shared/data names.txt`.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

import yaml

from nkscreen.matching.names.normalise import form_key, words
from nkscreen.matching.names.scripts import sound
from nkscreen.watchlist import load_watchlist

OUT = Path(__file__).resolve().parents[1] / "src/nkscreen/matching/names/data"

MORE_FORMS = {
    "cong ty tnhh": "llc",
    "cong ty tnhh mtv": "llc",
    "cong ty cp": "jsc",
    "private limited": "llc",
    "private ltd": "llc",
    "pvt limited": "llc",
    "pvt ltd": "llc",
    "open joint stock bank": "jsc",
    "public joint stock bank": "jsc",
    "closed joint stock bank": "jsc",
}
"""Forms that the source lacks: Vietnamese abbreviations (Law on Enterprises 59/2020/QH14, articles 46, 74, 111), the
usual short forms of India and Pakistan, and the banks among the joint stock companies of Russia and Ukraine."""

ROMAN = re.compile("[ivx]+")
"""Roman numerals, which a fund's series bears more often than they stand for a form (`II` in Azerbaijan)."""

GENERIC_FORM = "x"
"""The class of a legal form whose country and kind the source does not say."""


def legal_forms(types: list[dict[str, object]]) -> dict[str, str]:
    """Written form (normalised, space-joined) to the class it is compared by."""
    forms: dict[str, str] = {}
    for entry in types:
        kind = entry.get("generic") or entry.get("compare") or entry.get("display") or GENERIC_FORM
        aliases = entry.get("aliases") or []
        assert isinstance(aliases, list)
        for written in [entry.get("display"), entry.get("compare"), *aliases]:
            key = " ".join(words(str(written))) if written else ""
            if key and not key.isdigit() and len(key) > 1 and not ROMAN.fullmatch(key):
                forms.setdefault(key, " ".join(words(str(kind))) or GENERIC_FORM)
    return MORE_FORMS | forms


LONGEST_PHRASE = 5
"""Words of the longest phrase that stands for a class (`settlement non banking credit organization`)."""

NAMED = frozenset({"alqaeda", "hezbollah", "irgc", "pla", "ccp", "cia", "tpb"})
"""Domains of the source that are one organisation's names rather than a line of business."""

BODIES = frozenset(
    ["academy", "agency", "airline", "airport", "army", "authority", "bank", "branch", "brigade"]
    + ["bureau", "casino", "ccp", "club", "committee", "dept", "factory", "fdn", "fund"]
    + ["hospital", "hotel", "institute", "insurance", "jail", "lab", "ministry", "museum", "office"]
    + ["party", "police", "prison", "reinsurance", "repoff", "restaurant", "school", "theater", "trust"]
    + ["union", "university"]
)
"""Classes that say what sort of body bears the name. A name that has one and lacks another is another body: a ministry
is not its prison bureau, a bank not its trust."""


HAN_WORDS = {
    "shipping": "船務 船务 海運 海运 航運 航运 輪船 轮船",
    "intl": "國際 国际",
    "trade": "貿易 贸易 商貿 商贸",
    "import": "進口 进口",
    "export": "出口",
    "logistics": "物流",
    "tech": "科技 技術 技术",
    "industry": "實業 实业 工業 工业",
    "grp": "集團 集团",
    "bank": "銀行 银行",
    "investment": "投資 投资",
    "holding": "控股",
    "dev": "發展 发展 開發 开发",
    "construction": "建設 建设 建築 建筑",
    "oil": "石油",
    "chemical": "化工",
    "energy": "能源",
    "aviation": "航空",
    "insurance": "保險 保险",
    "mining": "礦業 矿业",
    "steel": "鋼鐵 钢铁",
    "machine": "機械 机械",
    "electronic": "電子 电子",
    "mgmt": "管理",
    "service": "服務 服务",
    "transport": "運輸 运输",
    "agriculture": "農業 农业",
    "university": "大學 大学",
    "academy": "學院 学院",
    "institute": "研究所 研究院",
    "factory": "工廠 工厂",
    "hotel": "酒店",
    "supply": "供應 供应",
    "information": "信息",
    "network": "網絡 网络",
    "cooperation": "合作",
    "general": "總 总",
}
"""Chinese words of firms' names in both scripts, by the class they stand for: what a dictionary gives, no more."""


def word_classes(symbols: dict[str, dict[str, list[object]]]) -> Iterator[tuple[str, str, str]]:
    """Words and phrases of organisations' names with their class and its kind: generic, domain (a line of business) or
    named (one organisation under its several names), the first two with `body` for what is a sort of body.

    Words that two classes claim go to the first in the source; a domain's abbreviation of two letters is too short.
    """
    found: dict[str, tuple[str, str]] = {}
    domains = {str(name).lower() for name in symbols["org_domains"]}
    for name, chinese in HAN_WORDS.items():
        for item in chinese.split():
            parts = words(item)
            if len(parts) > 1:
                body = " body" if name in BODIES else ""
                found.setdefault(" ".join(parts), (name, ("domain" if name in domains else "generic") + body))
    for group, kind, shortest in (("org_symbols", "generic", 2), ("org_domains", "domain", 3)):
        for name, items in symbols[group].items():
            for item in [name, *items]:
                parts = words(str(item))
                if 0 < len(parts) <= LONGEST_PHRASE and len("".join(parts)) >= shortest:
                    kinds = "named" if name.lower() in NAMED else f"{kind} body" if name.lower() in BODIES else kind
                    found.setdefault(" ".join(parts), (str(name).lower(), kinds))
    return ((phrase, name, kind) for phrase, (name, kind) in found.items())


def phrases(items: Iterable[str]) -> set[str]:
    """The normalised phrases, space-joined."""
    return {" ".join(words(item)) for item in items} - {""}


def write(name: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write one table, sorted, tab separated."""
    lines = sorted(("\t".join(row) for row in rows), key=str.encode)
    (OUT / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} rows")


TITLES = (
    ["maulavi", "maulawi", "mawlawi", "moulavi", "maulvi", "molvi", "maulana", "mawlana", "moulana", "mullah", "mulla"]
    + ["haji", "hajji", "hadji", "hajj", "alhaj", "alhajj", "alhaji", "al haj", "al hajj", "sheikh", "sheik", "shaikh"]
    + ["shaykh", "cheikh", "ayatollah", "hojjatoleslam", "colonel", "col", "general", "gen", "major general", "maj gen"]
    + ["lt gen", "brigadier general", "brig gen", "lieutenant", "lt", "sergeant", "comandante"]
)
"""Titles of religion and rank before names on the UN's list (its TITLE elements) and as other papers spell them."""

TITLES_AND_NAMES = [
    "qari",
    "hafiz",
    "hafez",
    "ustad",
    "ustadz",
    "ustadh",
    "ustaz",
    "imam",
    "mufti",
    "emir",
    "kyai",
    "kiai",
] + ["major", "commander", "engineer", "eng", "ing"]
"""Titles that are also names: only where two more words follow is one sure to be a title."""


def titles(prefixes: list[str]) -> Iterator[tuple[str, str]]:
    """Title and the number of words that must stand beside it."""
    known = phrases(prefixes) | set(TITLES)
    return ((phrase, "2" if phrase in TITLES_AND_NAMES else "1") for phrase in sorted(known | set(TITLES_AND_NAMES)))


LISTS = (
    "lists/un/UN_consolidated_2026-02.xml",
    "lists/ofac/trio_2024-01",
)
"""The lists whose names are counted. Fixed: a new list does not change the table, only a new release does."""

TABLES = {
    "lists/eu/eu_journal_32017R1509_DPRK_2026-08-14.csv": (("name", "alias"), "schema", "Person"),
    "lists/uk/FCDO_SL_2025-08-11.csv": (("Name",), "Type", "Individual"),
    "lists/us_csl/csl_2023-11-30.csv": (("name", "alt_names"), "type", "Individual"),
}
"""Further lists that are plain tables: columns of names, the column of the kind, and what it says of a person."""

PEOPLE = ("bench/negatives_global.csv", "bench/positives_us_congress_untreated.csv")
"""Names of people who are on no list."""

COUNTED_FROM = 6
"""A word that fewer names bear is rare, and rare words need no entry."""

BROAD = 12
"""Spellings up to which any two of one item are taken for forms of one name. An item with more has Latin spellings far
apart (Michael, Mikheil, Mike): those meet only its spellings in other scripts."""

CODE = "0123456789abcdefghijklmnopqrstuvwxyz"


def name_forms(wikidata: Path, symbols: Path) -> Iterator[tuple[str, str]]:
    """Spelling and the groups it belongs to, for every item that at least two spellings share, nicknames among them.

    `n...` are forms of one name, `x...` and `y...` the Latin and the other spellings of an item with very many, `k...`
    a nickname and its names. Items whose spellings sound alike say nothing that `sound` does not.
    """
    items = [line.rpartition(" => ")[0].split(", ") for line in wikidata.read_text(encoding="utf-8").splitlines()]
    groups = {tuple(sorted({form_key(word) for word in item} - {""})) for item in items}
    nicknames: dict[str, set[str]] = defaultdict(set)
    for line in symbols.read_text(encoding="utf-8").splitlines():
        word, codes = line.split("\t")
        for code in codes.split():
            if code.startswith("k:") and form_key(word):
                nicknames[code].add(form_key(word))
    named = sorted((group, "n") for group in groups if len(group) > 1 and not _sounds_alike(group))
    named += sorted((tuple(sorted(members)), "k") for members in nicknames.values() if 1 < len(members) <= BROAD)
    spellings: dict[str, list[str]] = defaultdict(list)
    for number, (members, kind) in enumerate(named):
        for word in members:
            prefix = kind if len(members) <= BROAD else "x" if word.isascii() else "y"
            spellings[word].append(prefix + _base36(number))
    return ((word, " ".join(codes)) for word, codes in spellings.items())


def _sounds_alike(group: tuple[str, ...]) -> bool:
    return all(word.isascii() for word in group) and len({sound(word) for word in group}) == 1


def _base36(number: int) -> str:
    digits = CODE[number % 36]
    while number := number // 36:
        digits = CODE[number % 36] + digits
    return digits


def word_bits(data: Path) -> Iterator[tuple[str, str, str]]:
    """Word with its rarity in bits, -log2 of the share of names that bear it, among people and among other names."""
    people: set[str] = set()
    others: set[str] = set()
    for path in LISTS:
        for _, entity in load_watchlist(data / path):
            names = people if entity.schema_ == "Person" else others
            names.update(name.value for name in entity.names)
    for path, (name_columns, type_column, person) in TABLES.items():
        with (data / path).open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                names = people if row[type_column] == person else others
                given = (part for column in name_columns for part in (row[column] or "").split(";"))
                names.update(part.strip() for part in given if part.strip())
    for path in PEOPLE:
        with (data / path).open(encoding="utf-8", newline="") as stream:
            people.update(row["full_name"] for row in csv.DictReader(stream))
    counts = [Counter(word for name in sorted(names) for word in set(words(name))) for names in (people, others)]
    total = [len(people), len(others)]
    for word in sorted(counts[0] | counts[1]):
        if len(word) > 1 and not word.isdigit() and max(count[word] for count in counts) >= COUNTED_FROM:
            bits = [
                f"{-math.log2(count[word] / size):.1f}" if count[word] >= COUNTED_FROM else ""
                for count, size in zip(counts, total, strict=True)
            ]
            yield word, bits[0], bits[1]


NOT_PLACES = frozenset({"island", "best korea"})
"""Names in the source that are words of other names (Iceland in German), or a joke."""


def places(source: Path) -> dict[str, str]:
    """Name of a country or territory in its own or the official languages, as Latin words, to its code."""
    found: dict[str, str] = {}
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    for row in sorted(rows, key=lambda row: (not row.get("is_country"), row["code"])):
        for name in [row["name"], row.get("full_name", ""), row.get("in_sentence", ""), *row.get("names_strong", ())]:
            latin = all("LATIN" in unicodedata.name(ch, "") for ch in name if ch.isalpha())
            han = len(name) in {2, 3} and all("CJK" in unicodedata.name(ch, "") for ch in name)
            parts = words(name)
            if (latin or han) and 0 < len(parts) <= 6 and len("".join(parts)) >= 4:
                found.setdefault(" ".join(parts), row["code"].split("-")[0])
    return {name: code for name, code in found.items() if name not in NOT_PLACES}


CITY_COUNTED_FROM = 12
"""Addresses from which a place is a city that firms put into their names."""

NOT_CITIES = frozenset(
    ["victoria", "san", "new", "al", "st", "saint", "port", "villa", "los", "las", "santa", "la"]
    + ["plantation", "male", "miranda", "sofia", "mahe", "genaro estrada", "central", "north", "south", "east", "west"]
)
"""Beginnings of cities' names, and words that are names of persons and firms first."""


def cities(data: Path, countries: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Cities of the addresses of OFAC's list, each its own class."""
    counts: Counter[str] = Counter()
    with (data / "lists/ofac/add_2026-06-02.csv").open(encoding="utf-8", errors="replace", newline="") as stream:
        for row in csv.reader(stream):
            if len(row) > 3:
                parts = words(row[3].split(",")[0].replace("'", ""))
                counts[" ".join(takewhile(str.isalpha, parts))] += 1
    for city, number in counts.items():
        if number >= CITY_COUNTED_FROM and len(city) > 3 and city not in countries and city not in NOT_CITIES:
            yield city, f"city-{city.replace(' ', '')}"


AMBIGUOUS_NUMBERS = frozenset({"premier", "una", "li", "xi", "xl", "lv", "nil", "nol", "sem", "sto", "dva", "tri"})
"""Words that are numbers in the source but usually something else in a name: Premier Trading, XI Jinping, LI."""


def number_words(ordinals: dict[str, list[str]]) -> dict[str, str]:
    """Number written as one or more words, an ordinal or a Roman numeral, to its digits."""
    found: dict[str, str] = {}
    for number in sorted(ordinals, key=int):
        for written in ordinals[number]:
            parts = words(written)
            text = " ".join(parts)
            alphabetic = all("LATIN" in unicodedata.name(ch) or "CYRILLIC" in unicodedata.name(ch) for ch in written
                             if ch.isalpha())  # fmt: skip
            plain = alphabetic and bool(parts) and parts[0] not in {"no", "number"} and text not in AMBIGUOUS_NUMBERS
            if plain and not text.isdigit() and len(text) > 1:
                found.setdefault(text, number)
                found.setdefault("".join(parts), number)
    return found


def main(data: Path, wikidata: Path | None = None) -> None:
    """Build every table; that of the forms of names only where the names of Wikidata are given."""
    source = data / "names"
    OUT.mkdir(parents=True, exist_ok=True)
    types = yaml.safe_load((source / "org_types.yml").read_text(encoding="utf-8"))["types"]
    symbols = yaml.safe_load((source / "symbols.yml").read_text(encoding="utf-8"))
    lists = json.loads((source / "word_lists.json").read_text(encoding="utf-8"))
    write("legal_forms.tsv", legal_forms(types).items())
    write("organisation_words.tsv", word_classes(symbols))
    write("honorifics.tsv", titles(lists["person_name_prefixes"]))
    write("vessel_prefixes.tsv", ((phrase,) for phrase in phrases(lists["obj_name_prefixes"])))
    if wikidata:
        write("name_forms.tsv", name_forms(wikidata, source / "name_symbols.tsv"))
    write("number_words.tsv", number_words(lists["ordinals"]).items())
    countries = places(source / "territories.jsonl")
    write("places.tsv", [*countries.items(), *cities(data, countries)])
    write("word_bits.tsv", word_bits(data))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
