"""Countries: any usual way of writing one to its ISO 3166-1 alpha-2 code, with the two Koreas kept apart.

A text is read as a code (`KP`, `PRK`, `408`) or as a name, in many languages, however it is punctuated, inverted or
repeated (`Korea, Dem. Rep.`, `NORTH KOREA (DPRK)`), also with letters of another alphabet that look the same, or cut
off by a field of 20 to 35 characters. Of a place with its country (`Nampo, North Korea`) the country is read; the name
of a place tells nothing. Bare Korea is either of two countries and stays unread. A typing error is not read either, but
`why` and `candidates` say which country the text resembles.

The names come from `data/countries.tsv` (see scripts/build_countries.py), and from `data/country_aliases.tsv` and
`data/country_words.tsv`, which are kept by hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nkscreen.records.codes._text import MAX_LENGTH, clean, key, remembered, table, unmixed

_BETWEEN = re.compile(r"[()\[\]/|;:\n]| - |(?<=^[A-Za-z]{2})-|(?<=^[A-Za-z]{3})-")


TRUNCATED = 18
"""Characters from which the beginning of one country's names is taken for a name cut off by its field."""

LONG = 8
"""Characters from which a name is so long that a single typing error still shows which one it is."""


def parse(text: str) -> str | None:
    """The alpha-2 code of the country that a text names, or None when there is none or more than one.

    `parse("KOREA DEM PEOPLES REP")` is `"KP"`, `parse("Busan, Republic of Korea")` is `"KR"`, `parse("Korea")` is None.
    """
    found = readings(text)
    return found[0] if len(found) == 1 else None


def candidates(text: str) -> tuple[str, ...]:
    """The codes of the countries a text may mean: what it is read as, else what it resembles but for a typing error.

    `candidates("Korea")` is `("KP", "KR")`, `candidates("Norht Korea")` is `("KP",)`, though that is not parsed.
    """
    return readings(text) or (resembling(text) if len(text) <= MAX_LENGTH else ())


def readings(text: str) -> tuple[str, ...]:
    """The codes that a text is read as: one, two for bare "Korea" and the like, or none; nothing is guessed."""
    found = _read(text)
    return tuple(found.split("/")) if found else ()


def ambiguous(text: str) -> bool:
    """Whether a text names a country, but one of two, as bare "Korea" does."""
    return len(readings(text)) > 1


@lru_cache(maxsize=4096)
def resembling(text: str) -> tuple[str, ...]:
    """The codes of the countries with a long name that differs from the text by one letter, sorted; nothing is read."""
    words = key(clean(text).rpartition(",")[2])
    size = len(words)
    if size < LONG:
        return ()
    names = [name for length in (size - 1, size, size + 1) for name in _by_length().get(length, ())]
    near = process.extract(words, names, scorer=OSA.distance, score_cutoff=1, limit=None)
    if any(distance == 0 for _, distance, _ in near):
        return ()  # a known name in a contradictory text
    return tuple(sorted({code for name, _, _ in near for code in _names()[name].split("/")}))


def is_code(text: str) -> bool:
    """Whether a text is an alpha-2 code already, in capitals."""
    return text in _display()


def name(code: str) -> str:
    """The English short name for display; a text that is no code comes back as it is."""
    return _display().get(code, code)


def why(text: str) -> str:
    """One sentence on why a text is not read as a country, and what to write instead."""
    shown = text[:60]
    found = readings(text)
    if len(found) > 1:
        either = " or ".join(f"{code} for {name(code)}" for code in found)
        return f"“{shown}” may be one of two countries; write {either}."
    if len(text) <= MAX_LENGTH and any(_exact(part) for piece in text.split(",") for part in (piece, *_parts(piece))):
        return f"“{shown}” names a country along with words that contradict it or are not known; write one ISO code."
    if near := candidates(text):
        either = " or ".join(f"{code} for {name(code)}" for code in near)
        return f"“{shown}” resembles {' or '.join(map(name, near))} but for a letter; write {either} if that is meant."
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
    # "Qatar, Doha"; but "Guinea, Equatorial" in some language is not Guinea.
    unsettled = _words()["partial"] | _words()["state"]
    heads = (",".join(parts[:end]).strip() for end in range(len(parts) - 1, 0, -1) if "".join(parts[end:]).strip())
    heads = (head for head in heads if key(head) not in unsettled and head.upper() not in unsettled)
    return next((found for head in heads if (found := _whole(head))), None)


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
    found = _of_words(words)
    if found or words.isascii():
        return found
    plain = key(unmixed(words))
    return _of_words(plain) if plain != words else None


def _of_words(words: str) -> str | None:
    found = _names().get(words) or _korea(words) or _inverted(words) or _truncated(words)
    # In Korean and Chinese the spaces are a matter of taste.
    return found if found or words.isascii() else _names().get(words.replace(" ", ""))


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


def _truncated(words: str) -> str | None:
    """The country all of whose names that begin like this are of one country: "KOREA DEMOCRATIC PEOPLES REPUBL"."""
    if len(words) < TRUNCATED:
        return None
    names = _ordered()
    at = bisect_left(names, words)
    found = set()
    while at < len(names) and names[at].startswith(words):
        found.add(_names()[names[at]])
        at += 1
    return found.pop() if len(found) == 1 else None


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
def _ordered() -> list[str]:
    return sorted(_names())


@cache
def _by_length() -> dict[int, list[str]]:
    """The names long enough to be known by, by their length."""
    lengths: dict[int, list[str]] = {}
    for name in _ordered():
        if len(name) >= LONG:
            lengths.setdefault(len(name), []).append(name)
    return lengths


@cache
def _words() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(row[1].split()) for row in table("country_words.tsv")}


@cache
def _by_words() -> dict[str, str]:
    """Names of several words by their sorted words, for inverted names; those that two countries share are left out."""
    bags: dict[str, set[str]] = {}
    for words, code in _names().items():
        if " " in words:
            bags.setdefault(_bag(words), set()).add(code)
    return {bag: codes.pop() for bag, codes in bags.items() if len(codes) == 1 and " " in bag}
