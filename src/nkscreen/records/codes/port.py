"""Ports: codes, names and papers' ways of writing them to one UN/LOCODE a port.

UN/LOCODE gives some ports several codes, and carriers use an airport's for the port (`CNDLC` for Dalian); each port
has one canonical code here, and `aliases` lists the others. A name is read

- with its country (`DALIAN(CHINA)`, `BUSAN, KOREA`) or its US state, if one port there has it, or one sizeable port;
- alone (`ROTTERDAM`), if one seaport in the world has it, or one that is by far the largest by the World Port Index,
  or no seaport and one place of the DPRK. Where a port of the DPRK shares its name, or a small landing place shares it
  with a town abroad, the name alone is not enough. `data/port_main.tsv` overrules this by hand.

Words around a name that say what kind of place it is (`Nampo Anchorage`, `Off Nampo`, `大连港`) are peeled off; see
`data/port_words.tsv`. A district is no port: `Nampo-dong` stays unread.

The tables are `data/ports.tsv`, `data/inland.tsv` and `data/spelled.tsv` (see scripts/build_ports.py for sources).
Inland places are known by code only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nkscreen.records.codes import country
from nkscreen.records.codes._text import MAX_LENGTH, clean, key, remembered, squashed, table, unmixed

_SEPARATORS = re.compile(r"[,;()\[\]/&+]| - | or | and |(?<=\w)-(?=\w)", re.IGNORECASE)
_SCHEDULE = re.compile(r"(\d{4,5})\s*[-–:]?\s*(.*)")
_CODE_SHAPE = re.compile(r"([A-Z]{2})[ -]?([A-Z]{3})")

LARGE, MUCH_LARGER = 4, 2
"""Of namesakes the one large harbour (size 4) is meant, or one that exceeds the others by two sizes of four."""

MARKS = 4
"""Separators that are looked at from either end of a text: more than an address has, few enough for a hostile one."""


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
    def rank(self) -> int:
        return int(self.size) if self.size.isdecimal() else 0

    @property
    def sizeable(self) -> bool:
        """Medium or large in the World Port Index, or with a Schedule K number of its own."""
        return self.rank >= 3  # sizes are explained in ports.tsv


@remembered
def parse(text: str) -> str | None:
    """The canonical UN/LOCODE that a text means, or None when there is none or more than one.

    `parse("CN DLC")`, `parse("Dalian, China")` and `parse("DAIREN")` are all `"CNDAL"`.
    """
    text = clean(text)
    found = _code(text) or _schedule_k(text) or _named(text)
    if found or text.isascii():
        return found
    plain = unmixed(text)
    return _named(plain) if plain != text else None


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


class Harbour(NamedTuple):
    """Where ships lie: the port as rules read it (its code, or "Chaho, KP" where it has none), the place, degrees, and
    how many kilometres around are the port, None where nobody looked."""

    port: str
    place: str
    latitude: float
    longitude: float
    km: float | None = None


def harbours() -> Iterator[Harbour]:
    """Every harbour that the World Port Index has, and every seaport of the DPRK with all its places. A port may have
    several."""
    for place in _places().values():
        if place.where and (place.rank or (place.code.startswith("KP") and place.size)):
            latitude, longitude = place.where.split()
            yield Harbour(place.code, place.name, float(latitude), float(longitude))
    for port, shown, latitude, longitude, km, *_ in table("port_places.tsv"):
        yield Harbour(port, shown.partition(" (")[0], float(latitude), float(longitude), float(km))


def aliases(code: str) -> tuple[str, ...]:
    """The other codes that are read as this one, sorted; none for a code that is an alias itself."""
    place = _places().get(code)
    return tuple(place.aliases.split()) if place else ()


def country_of(text: str) -> str | None:
    """The country a port text stands in, known even where the port is not: `"KP"` for "Taean, DPRK"."""
    if len(text) > MAX_LENGTH:
        return None
    code = parse(text)
    if code:
        return code[:2]
    text = clean(text)
    said = _countries_said(text) or _countries_of_name(text)
    return said.pop() if len(said) == 1 else None if said else _country_of_code(text)


def _countries_said(text: str) -> set[str]:
    """The countries that the parts of a text name or, being codes of ports, lie in."""
    parts = {text, *_peeled(text)} | {tail for _, tail in _splits(text)} | {head for head, _ in _marked(text)}
    codes = {code for part in parts if (code := _code(part)) in _codes()}
    return {code[:2] for code in codes if code} | {land for part in parts if (land := country.parse(part))}


def _countries_of_name(text: str) -> set[str]:
    """The countries of a name that is no single port, or of several ports ("Nampo or Chongjin").

    A name that small landings share with towns abroad tells none.
    """
    listed = [part for part in _SEPARATORS.split(text) if part.strip()]
    ports = [parse(part) for part in listed] if 1 < len(listed) <= MARKS else []
    if ports and all(ports):
        return {code[:2] for code in ports if code}
    bearers = _bearers(text)
    known = text.upper() not in _refused() and all(_places()[code].size != "-" for code in bearers)
    return {code[:2] for code in bearers} if known else set()


def _country_of_code(text: str) -> str | None:
    """The country of a code that is not in UN/LOCODE but has the shape, unless it spells the name of a place."""
    found = _CODE_SHAPE.fullmatch(text)
    if not found or not country.is_code(found[1]) or found[2] in _spelled().get(found[1], ()):
        return None
    return found[1]


def why(text: str) -> str:
    """One sentence on why a text is not read as a port, and what to write instead."""
    shown = text[:60]
    refused = _refused().get(clean(text).upper())
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
        return _alone(text, bearers)
    for head, tail in _splits(text):
        code = _code(head) or _code(tail)
        if code and code in _codes():
            return _confirmed(code, tail if _code(head) else head)
        twice = _bearers(head) & _bearers(tail)
        if twice:
            return _choose(set(twice))
        state = _states().get(key(tail))
        if state:
            found = {code for code in _bearers(head) if code[:2] == "US" and _places()[code].state == state}
            if found:
                return _choose(found)
        for place, land in ((head, tail), (tail, head)):
            found = _in_country(place, land, text)
            if found:
                return _choose(found) if len({code[:2] for code in found}) == 1 else None
    return None


def _confirmed(code: str, other: str) -> str | None:
    """A code with what stands beside it: "KRPUS - Busan" agrees, "KPNAM, China" and "KRPUS / CNDAL" do not."""
    if code in _bearers(other):
        return code
    return code if _code(other) in (None, code) and country.parse(other) in (None, code[:2]) else None


def _in_country(place: str, land: str, text: str) -> set[str]:
    """The ports of a name that lie in the country beside it; in bare Korea, the seaports only."""
    countries = set(country.readings(land))
    if not countries:
        return set()
    if not _bearers(place):
        # "Portland, ME, USA" and "Dayaowan / Dalian, China"; no deeper, so that a hostile text is soon done with.
        code = _named(place) if len(_SEPARATORS.findall(place)) == 1 else None
        return {code} if code and code[:2] in countries else set()
    # The whole text too: "Hong Kong, China" is not in CN.
    countries.update(country.readings(text))
    found = {code for code in _bearers(place) if code[:2] in countries}
    return {code for code in found if _places()[code].size} if len(countries) > 1 else found


def _alone(text: str, bearers: frozenset[str]) -> str | None:
    """The port that a name without a country means."""
    for name in (squashed(text), *(name.replace(" ", "") for name in _peeled(text))):
        if name in _main():
            return _main()[name]
        if name in _by_name():
            break
    seaports = {code for code in bearers if _places()[code].size}
    if len(seaports) > 1 and any(code[:2] == "KP" for code in seaports):
        return None
    if not seaports:
        return next(iter(bearers)) if len(bearers) == 1 and min(bearers)[:2] == "KP" else None
    if len(seaports) > 1:
        largest, second = sorted((_places()[code].rank, code) for code in seaports)[:-3:-1]
        return largest[1] if largest[0] == LARGE > second[0] or largest[0] - second[0] >= MUCH_LARGER else None
    (chosen,) = seaports
    return chosen if _places()[chosen].size != "-" else None


def _choose(codes: set[str]) -> str | None:
    if len(codes) > 1:
        codes = {code for code in codes if _places()[code].sizeable}
    return min(codes) if len(codes) == 1 else None


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Every way to take a text for a port and what follows it, the most marked first."""
    yield from _marked(text)
    words = text.split()
    for count in range(1, min(len(words), 5)):
        yield " ".join(words[:-count]).rstrip(" ,("), " ".join(words[-count:])


def _marked(text: str) -> Iterator[tuple[str, str]]:
    marks = list(_SEPARATORS.finditer(text))
    for mark in dict.fromkeys(marks[:MARKS] + marks[-MARKS:]):
        head, tail = text[: mark.start()].strip(" ,("), text[mark.end() :].strip(" ,")
        if head and tail:
            yield head, tail[:-1] if tail.endswith(")") and "(" not in tail else tail


def _bearers(text: str) -> frozenset[str]:
    """The codes of all places that have this name, as it stands or without the words around it."""
    names = _by_name()
    found = names.get(squashed(text))
    peeled = (name.replace(" ", "") for name in _peeled(text))
    return frozenset(found or next((names[name] for name in peeled if name in names), ()))


def _peeled(text: str) -> Iterator[str]:
    """The name's key without words such as anchorage, one word fewer each time: "Off Nampo Roads" is nampo."""
    kinds = _port_words()
    said = key(text)
    for phrase in kinds["before"]:
        if said.startswith(f"{phrase} "):
            said = said[len(phrase) + 1 :]
            yield said
    words, after = said.split(), kinds["after"]
    while len(words) > 1:
        if len(words) > 2 and " ".join(words[-2:]) in after:
            words.pop()
        elif words[-1] not in after and not (words[-1].isdecimal() and words[-2] in after):
            break
        words.pop()
        yield " ".join(words)
    name = "".join(words)
    while ending := next((end for end in kinds["ending"] if name.endswith(end) and len(name) > len(end) + 1), ""):
        name = name.removesuffix(ending)
        yield name


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


@cache
def _spelled() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(row[1][i : i + 3] for i in range(0, len(row[1]), 3)) for row in table("spelled.tsv")}


@cache
def _refused() -> dict[str, str]:
    """Codes and names that are refused by hand, with the reason."""
    codes = {row[0]: row[2] for row in table("port_aliases.tsv") if row[1] == "-"}
    return codes | {row[0].upper(): row[2] for row in table("port_main.tsv") if row[1] == "-"}


@cache
def _main() -> dict[str, str | None]:
    return {squashed(row[0]): None if row[1] == "-" else row[1] for row in table("port_main.tsv")}


@cache
def _port_words() -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(map(key, row[1].split("|"))) for row in table("port_words.tsv")}
