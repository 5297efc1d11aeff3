"""The fixed reference tables of names. They are versioned with the library: a list update never changes a score.

Derived by `scripts/build_name_tables.py`, which names the sources.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from nkscreen.matching.names.normalise import Words


def _rows(name: str) -> list[list[str]]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


@cache
def legal_forms() -> dict[Words, str]:
    """Legal form as words (`("co", "ltd")`) to the class that forms of other countries share (`llc`)."""
    return {tuple(written.split()): kind for written, kind in _rows("legal_forms.tsv")}


@cache
def organisation_words() -> dict[str, str]:
    """Generic organisation word in any language to its class: `kompaniya` and `company` are both `co`."""
    return dict(_rows("organisation_words.tsv"))


@cache
def honorifics() -> frozenset[Words]:
    """Titles and forms of address that may stand before a person's name."""
    return frozenset(tuple(row[0].split()) for row in _rows("honorifics.tsv"))


@cache
def vessel_prefixes() -> frozenset[Words]:
    """Prefixes of ship names: M/V, MT, SS."""
    return frozenset(tuple(row[0].split()) for row in _rows("vessel_prefixes.tsv"))


@cache
def name_forms() -> dict[str, tuple[str, ...]]:
    """Spelling (`form_key`) to the groups it belongs to: `n...` forms of one name, `k...` a nickname and its names.

    Two spellings that share a group are evidence of one name, not proof: groups come from Wikidata.
    """
    return {word: tuple(groups.split()) for word, groups in _rows("name_forms.tsv")}


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
