"""The fixed reference tables of names. They are versioned with the library: a list update never changes a score.

Derived by `scripts/build_name_tables.py`, which names the sources.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from nkscreen.matching.names.normalise import Words

RESPELLED_LETTERS = 12
"""Letters from which a legal form is also known in other spellings of its Cyrillic."""

LONGEST_PLACE = 6
"""Words of the longest name of a country (`democratic peoples republic of korea`)."""

LONGEST_PHRASE = 5
"""Words of the longest phrase in `organisation_words`."""


def _rows(name: str) -> list[list[str]]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


@cache
def legal_forms() -> dict[Words, str]:
    """Legal form as words (`("co", "ltd")`) to the class that forms of other countries share (`llc`)."""
    found = {tuple(written.split()): kind for written, kind in _rows("legal_forms.tsv")}
    return {respelled(written): kind for written, kind in found.items()} | found


_RESPELLED = (
    ("shch", "s"),
    ("sch", "s"),
    ("shh", "s"),
    ("sh", "s"),
    ("kh", "h"),
    ("zh", "z"),
    ("ts", "c"),
    ("tz", "c"),
)


@lru_cache(maxsize=65_536)
def respelled(written: Words) -> Words:
    """A long legal form as every Latin spelling of Cyrillic has it: `obshchestvo`, `obschestvo` and `obshestvo` agree.

    Short ones (`oao`, `zao`) are written in one way and stay; the others come out marked, to meet each other only.
    """
    if sum(map(len, written)) < RESPELLED_LETTERS:
        return written
    return ("~", *map(respelled_word, written))


def respelled_word(word: str) -> str:
    """A word of a legal form, its spellings of one Cyrillic word made one."""
    for spelled, one in _RESPELLED:
        word = word.replace(spelled, one)
    return re.sub(r"(.)\1+", r"\1", re.sub("[iyj]+", "i", word))


@cache
def organisation_words() -> dict[str, dict[Words, tuple[str, str]]]:
    """Words and phrases of organisations in any language, by their first word: their class and its kind.

    `kompaniya` and `company` are both `co`, which is `generic`; `instrument making` and `priborostroitelnyy` are both
    `instrmak`, which is a `domain`, a line of business.
    """
    found: dict[str, dict[Words, tuple[str, str]]] = {}
    for phrase, name, kind in _rows("organisation_words.tsv"):
        parts = tuple(phrase.split())
        found.setdefault(parts[0], {})[parts] = name, kind
    return found


@cache
def honorifics() -> dict[Words, int]:
    """Titles and forms of address of persons, with how many words must stand beside one for it to be no name."""
    return {tuple(title.split()): int(beside) for title, beside in _rows("honorifics.tsv")}


@cache
def vessel_prefixes() -> dict[Words, int]:
    """Prefixes of ship names (M/V, MT, SS), each with the one word that must follow."""
    return {tuple(row[0].split()): 1 for row in _rows("vessel_prefixes.tsv")}


class SortedTable:
    """A table of many short rows, `word TAB value`, sorted by their bytes, searched where it lies.

    The names of Wikidata are half a million: as a dictionary they would take ten times their size and half a second.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("\n")).astype(np.uint32) + 1
        self._starts = array("I", [0])
        self._starts.frombytes(ends[:-1].tobytes())

    def __contains__(self, word: str) -> bool:
        return self.get(word) is not None

    def get(self, word: str) -> str | None:
        """The value of a word, None for a word that is not in the table."""
        wanted = word.encode() + b"\t"
        data, length = self._data, len(wanted)
        at = bisect_left(self._starts, wanted, key=lambda start: data[start : start + length])
        start = self._starts[at] if at < len(self._starts) else len(data)
        if not data.startswith(wanted, start):
            return None
        return data[start + length : data.index(b"\n", start)].decode()


@cache
def _name_forms() -> SortedTable:
    return SortedTable((files(__package__) / "data" / "name_forms.tsv").read_bytes())


@lru_cache(maxsize=65_536)
def name_forms(spelling: str) -> tuple[str, ...]:
    """The groups that a spelling (`form_key`) belongs to: `n...` forms of one name, `k...` a nickname and its names.

    Two spellings that share a group are evidence of one name, not proof: groups come from Wikidata. `x...` and `y...`
    are the Latin and the other spellings of a name with very many; one meets the other and not its own kind.
    """
    return tuple((_name_forms().get(spelling) or "").split())


@cache
def number_words() -> dict[str, str]:
    """Numbers as words, ordinals and Roman numerals (`forty four`, `1st`, `vii`) to digits."""
    return dict(_rows("number_words.tsv"))


@cache
def places() -> dict[Words, str]:
    """Countries and territories in Latin spelling, as words, to their ISO code."""
    return {tuple(name.split()): code for name, code in _rows("places.tsv")}


@cache
def word_bits(people: bool) -> dict[str, float]:
    """Rarity in bits (-log2 of the share of names with the word) of the more usual words of names.

    A word that is not in it is rarer than all that are.
    """
    column = 1 if people else 2
    return {row[0]: float(row[column]) for row in _rows("word_bits.tsv") if row[column]}
