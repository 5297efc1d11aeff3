"""The fixed reference tables of names. They are versioned with the library: a list update never changes a score.

Derived by `scripts/build_name_tables.py` from OpenSanctions rigour 2.6 (MIT licence).
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
