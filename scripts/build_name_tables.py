"""Derive the small name tables that the matcher ships from the data beside the project.

Sources: OpenSanctions rigour 2.6 (MIT licence), files `org_types.yml`, `symbols.yml`, `word_lists.json` and
`territories.jsonl` of its repository; name items and nickname groups that go back to Wikidata (CC0) in
`name_symbols.tsv`. Word frequencies: the UN, OFAC, EU, UK and US lists named in `LISTS` and `TABLES`, and
the invented people of the yente negatives (MIT licence). Run: `python scripts/build_name_tables.py ../shared/data`.
"""

from __future__ import annotations

import csv
import json
import math
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from nkscreen.matching.names.normalise import form_key, words
from nkscreen.watchlist import load_watchlist

OUT = Path(__file__).resolve().parents[1] / "src/nkscreen/matching/names/data"

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
            if key and not key.isdigit() and len(key) > 1:
                forms.setdefault(key, " ".join(words(str(kind))) or GENERIC_FORM)
    return forms


def word_classes(groups: dict[str, list[object]]) -> dict[str, str]:
    """Generic organisation word to its class; a word that two classes claim goes to the first in the source."""
    found: dict[str, str] = {}
    for name, items in groups.items():
        for item in [name, *items]:
            parts = words(str(item))
            if len(parts) == 1 and len(parts[0]) > 1:
                found.setdefault(parts[0], str(name).lower())
    return found


def phrases(items: Iterable[str]) -> set[str]:
    """The normalised phrases, space-joined."""
    return {" ".join(words(item)) for item in items} - {""}


def write(name: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write one table, sorted, tab separated."""
    lines = sorted("\t".join(row) for row in rows)
    (OUT / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} rows")


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
"""A name item that more spellings than this share says too little to be kept."""


def name_forms(source: Path) -> Iterator[tuple[str, str]]:
    """Spelling and the groups it belongs to, for every item that at least two spellings share."""
    groups: dict[str, set[str]] = defaultdict(set)
    for line in source.read_text(encoding="utf-8").splitlines():
        word, items = line.split("\t")
        key = form_key(word)
        for item in items.split():
            if key:
                groups[item].add(key)
    spellings: dict[str, list[str]] = defaultdict(list)
    kept = sorted((sorted(members), item) for item, members in groups.items() if 1 < len(members) <= BROAD)
    number = 0
    seen: set[tuple[str, ...]] = set()
    for members, item in kept:
        nickname = item.startswith("k:")
        if tuple(members) in seen and not nickname:
            continue
        seen.add(tuple(members))
        number += 1
        for word in members:
            spellings[word].append(f"{'k' if nickname else 'n'}{number}")
    return ((word, " ".join(codes)) for word, codes in spellings.items())


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


def places(source: Path) -> dict[str, str]:
    """Name of a country or territory in its own or the official languages, as Latin words, to its code."""
    found: dict[str, str] = {}
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    for row in sorted(rows, key=lambda row: (not row.get("is_country"), row["code"])):
        for name in [row["name"], *row.get("names_strong", ())]:
            latin = all("LATIN" in unicodedata.name(ch, "") for ch in name if ch.isalpha())
            parts = words(name)
            if latin and 0 < len(parts) <= 3 and len("".join(parts)) >= 4:
                found.setdefault(" ".join(parts), row["code"].split("-")[0])
    del found["island"]  # Iceland in German, and a word of English names
    return found


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


def main(data: Path) -> None:
    """Build every table."""
    source = data / "names"
    OUT.mkdir(parents=True, exist_ok=True)
    types = yaml.safe_load((source / "org_types.yml").read_text(encoding="utf-8"))["types"]
    symbols = yaml.safe_load((source / "symbols.yml").read_text(encoding="utf-8"))
    lists = json.loads((source / "word_lists.json").read_text(encoding="utf-8"))
    write("legal_forms.tsv", legal_forms(types).items())
    write("organisation_words.tsv", word_classes(symbols["org_symbols"]).items())
    write("honorifics.tsv", ((phrase,) for phrase in phrases(lists["person_name_prefixes"])))
    write("vessel_prefixes.tsv", ((phrase,) for phrase in phrases(lists["obj_name_prefixes"])))
    write("name_forms.tsv", name_forms(source / "name_symbols.tsv"))
    write("number_words.tsv", number_words(lists["ordinals"]).items())
    write("places.tsv", places(source / "territories.jsonl").items())
    write("word_bits.tsv", word_bits(data))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
