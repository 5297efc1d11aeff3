"""Ports: codes, names and papers' ways of writing them to one UN/LOCODE a port.

UN/LOCODE gives some ports several codes, and carriers use an airport's for the port (`CNDLC` for Dalian); each port
has one canonical code here, and `aliases` lists the others. A name is read

- with its country (`DALIAN(CHINA)`, `BUSAN, KOREA`) or its US state, if one port there has it, or one sizeable port;
- alone (`ROTTERDAM`), if one seaport in the world has it, or one sizeable port. Sizeable is a harbour that the World
  Port Index calls medium or large, or that has a Schedule K number of its own. Where a port of the DPRK shares its
  name, or a small landing place shares it with a town abroad, the name alone is not enough.

The tables are `data/ports.tsv` and `data/inland.tsv` (see scripts/build_ports.py for sources). Inland places are known
by code only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nkscreen.records.codes import country
from nkscreen.records.codes._text import MAX_LENGTH, clean, key, remembered, squashed, table

_SEPARATORS = re.compile(r"[,;()\[\]/]| - ")
_SCHEDULE = re.compile(r"(\d{4,5})\s*[-–:]?\s*(.*)")
_PORT_WORDS = re.compile(r"^(?:port of |seaport of )|(?: sea)?(?: port| pt| harbour| harbor| seaport)$")


class _Place(NamedTuple):
    """A row of ports.tsv."""

    code: str
    name: str
    state: str = ""
    size: str = ""
    where: str = ""
    schedule_k: str = ""
    aliases: str = ""
    names: str = ""

    @property
    def sizeable(self) -> bool:
        return "3" <= self.size <= "4"


@remembered
def parse(text: str) -> str | None:
    """The canonical UN/LOCODE that a text means, or None when there is none or more than one.

    `parse("CN DLC")`, `parse("Dalian, China")` and `parse("DAIREN")` are all `"CNDAL"`.
    """
    text = clean(text)
    return _code(text) or _schedule_k(text) or _named(text)


def name(code: str) -> str | None:
    """The English name of a port for display, or None for a code that is no port here."""
    place = _places().get(_codes().get(code, code))
    return place.name if place else None


def position(code: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, to about a kilometre, where they are known."""
    place = _places().get(_codes().get(code, code))
    if not place or not place.where:
        return None
    latitude, longitude = place.where.split()
    return float(latitude), float(longitude)


def aliases(code: str) -> tuple[str, ...]:
    """The other codes that are read as this one, sorted; none for a code that is an alias itself."""
    place = _places().get(code)
    return tuple(place.aliases.split()) if place else ()


def country_of(text: str) -> str | None:
    """The country a port text stands in, known even where the port is not: `"KP"` for "Taean, DPRK"."""
    code = parse(text)
    if code or len(text) > MAX_LENGTH:
        return code[:2] if code else None
    said = {country.parse(tail) for _, tail in _splits(clean(text))} - {None}
    return said.pop() if len(said) == 1 else None


def why(text: str) -> str:
    """One sentence on why a text is not read as a port, and what to write instead."""
    shown = text[:60]
    refused = {row[0]: row[2] for row in table("port_aliases.tsv") if row[1] == "-"}.get(clean(text).upper())
    if refused:
        return f"“{shown}” is {refused}."
    bearers = sorted(_bearers(clean(text)[:MAX_LENGTH]))
    if bearers:
        return f"“{shown}” may be {' or '.join(bearers[:5])}; write the UN/LOCODE or add the country."
    return f"“{shown}” is no port known by this name or code; write its UN/LOCODE, such as KRPUS for Busan."


def _code(text: str) -> str | None:
    code = text.upper()
    if len(code) == 6 and code[2] in " -":
        code = code[:2] + code[3:]
    if len(code) != 5:
        return None
    return _codes().get(code) or (code if code[2:] in _inland().get(code[:2], ()) else None)


def _schedule_k(text: str) -> str | None:
    """US papers: "57035 - SHANGHAI", a number of Schedule K (foreign) or D (US) and a name; K also alone."""
    found = _SCHEDULE.fullmatch(text)
    if not found:
        return None
    number, rest = found.groups()
    code = _numbers().get(number)
    if rest and code not in _bearers(rest):
        return _named(rest)
    return code


def _named(text: str) -> str | None:
    bearers = _bearers(text)
    if bearers:
        return _alone(bearers)
    for head, tail in _splits(text):
        code = _code(head) or _code(tail)
        if code and code in _codes():
            other = tail if _code(head) else head
            # "KRPUS - Busan" says it twice; "KPNAM, China" contradicts itself; "KRPUS / CNDAL" are two ports.
            if code in _bearers(other):
                return code
            return code if _code(other) in (None, code) and country.parse(other) in (None, code[:2]) else None
        state = _states().get(key(tail))
        if state:
            found = {code for code in _bearers(head) if code[:2] == "US" and _places()[code].state == state}
            if found:
                return _choose(found)
        # The whole text too: "Hong Kong, China" is not in CN.
        countries = {*country.candidates(tail), *country.candidates(text)} if country.candidates(tail) else set()
        found = {code for code in _bearers(head) if code[:2] in countries}
        if len(countries) > 1:
            # "Busan, Korea": a seaport of that name must be in one of the two only.
            found = {code for code in found if _places()[code].size}
        if found:
            return _choose(found) if len({code[:2] for code in found}) == 1 else None
    return None


def _alone(bearers: frozenset[str]) -> str | None:
    """The port that a name without a country means."""
    seaports = {code for code in bearers if _places()[code].size}
    if len(seaports) > 1 and any(code[:2] == "KP" for code in seaports):
        return None
    chosen = _choose(seaports)
    return chosen if chosen and _places()[chosen].size != "-" else None


def _choose(codes: set[str]) -> str | None:
    if len(codes) > 1:
        codes = {code for code in codes if _places()[code].sizeable}
    return min(codes) if len(codes) == 1 else None


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Every way to take a text for a port and what follows it, the most marked first."""
    for mark in _SEPARATORS.finditer(text):
        head, tail = text[: mark.start()].strip(" ,("), text[mark.end() :].strip(" ,")
        if head and tail:
            yield head, tail[:-1] if tail.endswith(")") and "(" not in tail else tail
    words = text.split()
    for count in range(1, min(len(words), 5)):
        yield " ".join(words[:-count]).rstrip(" ,("), " ".join(words[-count:])


def _bearers(text: str) -> frozenset[str]:
    """The codes of all places that have this name."""
    found = _by_name().get(squashed(text))
    if not found:
        found = _by_name().get(_PORT_WORDS.sub("", key(text)).replace(" ", ""))
    return frozenset(found or ())


@cache
def _places() -> dict[str, _Place]:
    return {row[0]: _Place(*row) for row in table("ports.tsv")}


@cache
def _codes() -> dict[str, str]:
    """Every code that is read as a port, with the canonical one."""
    codes = {code: code for code in _places()}
    codes.update((alias, place.code) for place in _places().values() for alias in place.aliases.split())
    return codes


@cache
def _by_name() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for place in _places().values():
        names.setdefault(squashed(place.name), []).append(place.code)
        for other in place.names.split("|") if place.names else ():
            names.setdefault(squashed(other), []).append(place.code)
    return names


@cache
def _numbers() -> dict[str, str]:
    return {place.schedule_k: place.code for place in _places().values() if place.schedule_k}


@cache
def _inland() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(row[1][i : i + 3] for i in range(0, len(row[1]), 3)) for row in table("inland.tsv")}


@cache
def _states() -> dict[str, str]:
    return {key(word): row[0] for row in table("us_states.tsv") for word in row}
