"""Countries: any usual way of writing one to its ISO 3166-1 alpha-2 code, with the two Koreas kept apart.

A text is read as a code (`KP`, `PRK`, `408`) or as a name, in many languages, however it is punctuated, inverted or
repeated (`Korea, Dem. Rep.`, `NORTH KOREA (DPRK)`). Of a place with its country (`Nampo, North Korea`) the country is
read; nothing is ever concluded from the name of a place. Bare Korea is either of two countries and stays unread.

The names come from `data/countries.tsv` (see scripts/build_countries.py), and from `data/country_aliases.tsv` and
`data/country_words.tsv`, which are kept by hand.
"""

from __future__ import annotations

import re
from functools import cache

from nkscreen.records.codes._text import MAX_LENGTH, clean, key, remembered, table

_BETWEEN = re.compile(r"[()\[\]/|;:\n]| - |(?<=^[A-Za-z]{2})-|(?<=^[A-Za-z]{3})-")


def parse(text: str) -> str | None:
    """The alpha-2 code of the country that a text names, or None when there is none or more than one.

    `parse("KOREA DEM PEOPLES REP")` is `"KP"`, `parse("Busan, Republic of Korea")` is `"KR"`, `parse("Korea")` is None.
    """
    found = candidates(text)
    return found[0] if len(found) == 1 else None


def candidates(text: str) -> tuple[str, ...]:
    """The codes of the countries a text may mean: one as a rule, two for bare "Korea", none for what is no country."""
    found = _read(text)
    return tuple(found.split("/")) if found else ()


def readings(text: str) -> tuple[str, ...]:
    """The codes that a text is read as: one, two for bare "Korea" and the like, or none; nothing is guessed."""
    found = _read(text)
    return tuple(found.split("/")) if found else ()


def ambiguous(text: str) -> bool:
    """Whether a text names a country, but one of two, as bare "Korea" does."""
    return len(candidates(text)) > 1


def is_code(text: str) -> bool:
    """Whether a text is an alpha-2 code already, in capitals."""
    return text in _display()


def name(code: str) -> str:
    """The English short name for display; a text that is no code comes back as it is."""
    return _display().get(code, code)


def why(text: str) -> str:
    """One sentence on why a text is not read as a country, and what to write instead."""
    shown = text[:60]
    found = candidates(text)
    if len(found) > 1:
        either = " or ".join(f"{code} for {name(code)}" for code in found)
        return f"“{shown}” may be one of two countries; write {either}."
    if len(text) <= MAX_LENGTH and any(_exact(part) for piece in text.split(",") for part in (piece, *_parts(piece))):
        return f"“{shown}” names a country along with words that contradict it or are not known; write one ISO code."
    return f"“{shown}” is no country known by this name; write its ISO 3166-1 code of two letters."


@remembered
def _read(text: str) -> str | None:
    """A code, the codes of two countries as "KP/KR", or None."""
    text = clean(text)
    whole = _whole(text)
    if whole or "," not in text:
        return whole
    parts = text.split(",")
    for start in range(1, len(parts)):
        # The longest tail first: "Seoul, Korea, Republic of" ends in a name that has a comma itself.
        tail = ",".join(parts[start:]).strip()
        found = None if tail.upper() in _words()["state"] else _whole(tail)
        if found:
            before = {_whole(part.strip()) for part in [*parts[:start], ",".join(parts[:start])]}
            return _agreed({found, *before} - {None})
    return None


def _whole(text: str) -> str | None:
    """A text that is nothing but a country: a code, a name, or the same country said twice."""
    return _exact(text) or _agreed({_exact(part) for part in _parts(text)})


def _agreed(said: set[str | None]) -> str | None:
    """What several statements come to: "Korea (KP)" settles itself, "China (KP)" contradicts itself."""
    codes = {code for code in said if code and "/" not in code}
    settled = codes or said
    if len(settled) != 1 or None in said:
        return None
    code = settled.pop()
    return code if all(other and code and code in other for other in said) else None


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in _BETWEEN.split(text)]
    if len(parts) == 1:
        head, _, tail = parts[0].partition(" ")
        parts = [head, tail] if head.upper() in _codes() else parts
    return [part for part in parts if part]


def _exact(text: str) -> str | None:
    code = _codes().get(text.strip("()[]\"' ").upper())
    if code:
        return code
    words = key(text)
    return _names().get(words) or _korea(words) or _inverted(words)


def _korea(words: str) -> str | None:
    kinds = _words()
    said = set(words.replace("people s", "peoples").split()) - kinds["filler"]
    sides = kinds["north"], kinds["south"], kinds["republic"]
    if said.isdisjoint(kinds["korea"]) or said - kinds["korea"].union(*sides):
        return None
    north, south, republic = (not said.isdisjoint(side) for side in sides)
    if north and south:
        return None
    return "KP" if north else "KR" if south or republic else "KP/KR"


def _inverted(words: str) -> str | None:
    return _by_words().get(_bag(words)) if " " in words else None


def _bag(words: str) -> str:
    return " ".join(sorted(set(words.split()) - _words()["filler"]))


@cache
def _display() -> dict[str, str]:
    return {row[0]: row[3] for row in table("countries.tsv")}


@cache
def _codes() -> dict[str, str]:
    """Alpha-2, alpha-3 and numeric codes."""
    return {code: row[0] for row in table("countries.tsv") for code in row[:3] if code}


@cache
def _names() -> dict[str, str]:
    names = {name: row[0] for row in table("countries.tsv") for name in row[4].split("|")}
    names.update((key(row[0]), row[1]) for row in table("country_aliases.tsv"))
    return names


@cache
def _words() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(row[1].split()) for row in table("country_words.tsv")}


@cache
def _by_words() -> dict[str, str]:
    """Names of several words by their sorted words, for inverted names; those that two countries share are left out."""
    bags: dict[str, set[str]] = {}
    for words, code in _names().items():
        if " " in words and words.isascii():
            bags.setdefault(_bag(words), set()).add(code)
    return {bag: codes.pop() for bag, codes in bags.items() if len(codes) == 1 and " " in bag}
