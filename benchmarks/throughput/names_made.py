"""Names to measure with: lists of any length and names to screen, the same for the same number.

A list begins with the real names of UN and OFAC. A longer one goes on with made aliases of them, seven a name: slips,
words in another order, left out, joined, with initials. A still longer one goes on with names of people that are on no
list, each with its aliases. Names to screen are those of people on no list with first and last names put together anew,
a tenth of them with a slip, and a fifth companies: real files have names that come again and many that do not.
"""

from __future__ import annotations

import csv
import random
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import nkscreen
from nkscreen.matching.groups import GROUPS
from nkscreen.records import Schema

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
LISTS = (SHARED / "lists/un/UN_consolidated_2026-02.xml", SHARED / "lists/ofac/trio_2024-01")
PEOPLE = SHARED / "bench/negatives_global.csv"

ALIASES = 7
"""Made aliases of a name. With the real ones of UN and OFAC that is 300,000 names."""

TRADES = (
    "Trading",
    "Shipping",
    "Import Export",
    "Logistics",
    "Foods",
    "Marine Services",
    "Electronics",
    "Construction",
)
FORMS = ("Ltd", "Co., Ltd.", "GmbH", "S.A.", "LLC", "Pte Ltd", "B.V.", "JSC", "Inc.", "")

Named = tuple[str, Schema]


def needed() -> None:
    """End the program with a message where the data beside the project are absent."""
    for path in (*LISTS, PEOPLE):
        if not path.exists():
            sys.exit(f"the benchmark needs {path.name} from the data beside the project")


@cache
def real() -> tuple[Named, ...]:
    """Every name of a person or organisation on the complete UN and OFAC lists, in the order of the lists."""
    return tuple(
        (name.value, entity.schema_)
        for _, entity in nkscreen.load_watchlist(*LISTS)
        for name in entity.names
        if GROUPS[entity.schema_] == "party"
    )


@cache
def people() -> tuple[tuple[str, list[str]], ...]:
    """First names of people that are on no list, of all countries, and with each the last names in its script."""
    with PEOPLE.open(encoding="utf-8", newline="") as stream:
        rows = [(row["first_name"], row["last_name"]) for row in csv.DictReader(stream)]
    last: dict[str, list[str]] = defaultdict(list)
    for _, name in rows:
        last[_script(name)].append(name)
    return tuple((name, last[_script(name)]) for name, _ in rows if _script(name) in last)


def _script(text: str) -> str:
    return unicodedata.name(text[:1], "").split(" ")[0] if text else ""


def listed(number: int, seed: int = 1) -> list[Named]:
    """A list of so many names. A short one is drawn from all the real ones."""
    chance = random.Random(seed)
    names = list(real())
    if number <= len(names):
        return sorted(chance.sample(names, number))
    more = _aliases(chance, iter(names))
    while len(names) < number:
        names += [name for _, name in zip(range(number - len(names)), more, strict=False)]
        more = _with_aliases(chance)
    return names


def asked(number: int, seed: int = 2) -> Iterator[Named]:
    """So many names to screen."""
    chance = random.Random(seed)
    for _ in range(number):
        first, last = person(chance)
        if chance.random() < 0.2:
            yield f"{last} {chance.choice(TRADES)} {chance.choice(FORMS)}".strip(), "Company"
        else:
            name = f"{first} {last}"
            yield slipped(chance, name) if chance.random() < 0.1 else name, "Person"


def person(chance: random.Random) -> tuple[str, str]:
    """First and last name of somebody made up, in one script."""
    first, lasts = chance.choice(people())
    return first, chance.choice(lasts)


def slipped(chance: random.Random, text: str) -> str:
    """The text with one letter left out, doubled, changed or swapped."""
    at = chance.randrange(max(1, len(text) - 1))
    before, one, two, after = text[:at], text[at : at + 1], text[at + 1 : at + 2], text[at + 2 :]
    return before + chance.choice((two, one + one + two, chance.choice("aeinrst") + two, two + one)) + after


def alias(chance: random.Random, text: str) -> str:
    """Another way to write a name."""
    words = text.split()
    at = chance.randrange(len(words))
    way = chance.randrange(6)
    if way == 0:
        chance.shuffle(words)
    elif way == 1 and len(words) > 2:
        del words[at]
    elif way == 2 and at:
        words[at - 1 : at + 1] = [words[at - 1] + words[at].lower()]
    elif way == 3 and len(words) > 2 and len(words[at]) > 3:
        words[at] = words[at][0] + "."
    else:
        words[at] = slipped(chance, words[at])
    return " ".join(words)


def _aliases(chance: random.Random, names: Iterator[Named]) -> Iterator[Named]:
    for text, schema in names:
        for _ in range(ALIASES):
            yield alias(chance, text), schema


def _with_aliases(chance: random.Random) -> Iterator[Named]:
    while True:
        name: Named = " ".join(person(chance)), "Person"
        yield name
        yield from _aliases(chance, iter((name,)))
