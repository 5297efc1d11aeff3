"""What the words of a name are: distinctive, generic, a legal form, a number, an initial, a particle, a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from nkscreen.matching.names import korean, tables
from nkscreen.matching.names.normalise import Words, written
from nkscreen.matching.names.scripts import is_syllabic
from nkscreen.matching.names.token import LIGHT, Kind, Token
from nkscreen.matching.names.word import (
    class_word,
    joined,
    legal_form,
    letters,
    light,
    number,
    patronymic,
    phrase,
    place,
    word_token,
)
from nkscreen.records import Schema

MAX_TOKENS = 40
"""Longest name compared word by word; further words count as unmatched. The longest listed name has fewer."""

MAX_TEXT = 1_000
"""Letters of a field that are read as a name; every further one counts as unmatched. Listed names have under 400."""

MAX_JOINED_TOKENS = 16
"""Longest name whose words are also tried joined: longer ones are descriptions, not names."""

TRUNCATED_AT = 35
"""Customs, EDI and SWIFT fields hold 35 characters: a name of exactly that length may have been cut."""

_PARTICLES: dict[str, str] = dict.fromkeys(
    ["al", "el", "ul", "ad", "as", "de", "del", "der", "den", "van", "von", "dos", "e", "y"], ""
) | dict.fromkeys(["bin", "ben", "ibn", "bint", "binti", "ould", "wald", "ogly", "oglu", "kyzy"], "of")
"""Articles and words for `son of` in names of persons, with the class they share."""

_CONNECTIVES = frozenset(
    ["the", "of", "and", "for", "in", "to", "at", "on", "de", "du", "des", "del", "la", "le", "les", "el", "al", "et"]
    + ["und", "der", "die", "das", "y", "e", "i", "da", "do", "dos", "di", "per", "para", "pour"]
)
"""Articles, conjunctions and prepositions in names of organisations and ships."""

PATRONYMIC = ("vich", "vna", "wich", "vych")
"""Endings of Russian, Belarusian and Ukrainian patronymics."""

_SUFFIXES = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv", "phd", "md", "esq"})
"""What follows a person's name without being part of it."""

_ALSO = re.compile(
    r"\s+\(?(?:a\.?k\.?a\.?|f\.?k\.?a\.?|d\.?b\.?a\.?|a/k/a|f/k/a|d/b/a|t/a|(?:also|formerly|previously|now) known as"
    r"|doing business as|trading as)\s+|/",
    re.IGNORECASE,
)
"""What parts two names of one party in one field."""

_BRACKETED = re.compile(r"\(\s*([A-Za-z]{2,8})\s*\)")
"""Letters in brackets, which may be the acronym of the name before them."""

ACRONYM_LETTERS = (3, 8)
"""Letters of an acronym that is matched with the words it stands for.

Of the listed organisations with an alias of three letters more are the wrong owner of those initials than the right
one (221 right, 365 wrong in UN and OFAC); with four letters 149 are right and 45 wrong. Such names are alike and no
more: the evidence for the party needs more than an acronym to reach an alert.
"""

_VARIANT_LETTERS = 4
"""Letters that each side of a slash must have to be a name: M/V, S/A and A/S are not two names."""

_JOINABLE: frozenset[Kind] = frozenset({"word", "patronymic", "generic", "domain", "particle", "initial", "syllable"})
"""Kinds of words that are also tried joined to their neighbours."""

_ROMAN_LETTERS = {"i": "1", "v": "5", "x": "10"}

_NUMBER_SIGNS = frozenset({"no", "nr", "number"})

_TENS = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready to compare. `compact` is the name without spaces, legal forms left out. `weight` is that of all its
    words, `owed` the same where words that papers often leave out count for less.

    `spans` are adjacent words joined, as (position of the first, token). `cut` is the position of the last word of a
    name that may have been cut at the end of its field, else -1. `numbers`, `places`, `cities`, `forms` and `bodies`
    are the keys of the tokens of these kinds; a body is a sort of organisation (a bank, a ministry). `variants` are the
    names of a field with several. `korean` is the name read as Korean, None when it cannot be. `acronyms` are the first
    letters of an organisation's words, with and without those of its legal form; `sole` is the one word of a name that
    may be such letters. `distinctive` says that some token tells parties apart, `syllabic` that some is a syllable.
    """

    text: str
    tokens: tuple[Token, ...]
    spans: tuple[tuple[int, Token], ...]
    compact: str
    weight: float
    owed: float
    cut: int = -1
    numbers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    variants: tuple[Name, ...] = ()
    korean: korean.Reading | None = None
    person: bool = False
    vessel: bool = False
    acronyms: frozenset[str] = frozenset()
    sole: str = ""
    distinctive: bool = False
    syllabic: bool = False

    @property
    def truncated(self) -> bool:
        """Whether the name may have been cut at the end of its field."""
        return self.cut >= 0


@lru_cache(maxsize=16_384)
def analyse(text: str, schema: Schema) -> Name:
    """Split a name into weighted tokens. A name without letters or digits has no tokens and matches nothing."""
    person, vessel = schema == "Person", schema == "Vessel"
    read = read_words(text[:MAX_TEXT])
    read = _without_prefix(read, prefixes(schema))
    core, forms = (read, []) if person or vessel else _legal_forms(read)
    kept, rest = core[:MAX_TOKENS], core[MAX_TOKENS:]
    tokens = list(_person_tokens(kept) if person else _other_tokens(kept, vessel))
    spans = tuple(_spans(tokens)) if len(tokens) <= MAX_JOINED_TOKENS else ()
    if not person and not vessel:
        spans += tuple(_phrases(tokens))
    cut = len(tokens) - 1 if len(text.strip()) == TRUNCATED_AT and tokens else -1
    tokens += [legal_form(" ".join(word for word, _ in form), kind) for form, kind in forms]
    unread = sum(letters(word) for word, _ in rest) + len(text[MAX_TEXT:])
    return Name(
        text,
        tuple(tokens),
        spans,
        "".join(word for word, _ in kept),
        sum(token.weight for token in tokens) + unread,
        sum(token.owed for token in tokens) + unread,
        cut,
        _keys(tokens, "number"),
        frozenset(key for key in _keys(tokens, "place") if not key.startswith("place:city-")),
        frozenset(key for key in _keys(tokens, "place") if key.startswith("place:city-")),
        _keys(tokens, "legal_form"),
        frozenset(key for token in tokens for key in token.keys if key.startswith("body:")),
        _variants(text, schema),
        korean.read(text, schema),
        person,
        vessel,
        frozenset() if person or vessel else _acronyms(_words(core), _words(read)),
        _sole(tokens) if not person and not vessel else "",
        any(not token.common for token in tokens),
        any(token.kind == "syllable" for token in tokens),
    )


def _keys(tokens: list[Token], kind: Kind) -> frozenset[str]:
    return frozenset(key for token in tokens if token.kind == kind for key in token.keys)


def _acronyms(*namings: Words) -> frozenset[str]:
    least, most = ACRONYM_LETTERS
    found = ("".join(word[0] for word in words if word not in _CONNECTIVES) for words in namings)
    return frozenset(initials for initials in found if least <= len(initials) <= most)


def _sole(tokens: list[Token]) -> str:
    heavy = [token.text for token in tokens if token.kind not in LIGHT]
    least, most = ACRONYM_LETTERS
    return heavy[0] if len(heavy) == 1 and heavy[0].isalpha() and least <= len(heavy[0]) <= most else ""


def _variants(text: str, schema: Schema) -> tuple[Name, ...]:
    parts = [part.strip(" ()") for part in _ALSO.split(text[:MAX_TEXT])]
    if len(parts) < 2 or any(sum(ch.isalpha() for ch in part) < _VARIANT_LETTERS for part in parts):
        parts = _with_acronym(text) if schema not in {"Person", "Vessel"} and "(" in text[:MAX_TEXT] else []
    return tuple(analyse(part, schema) for part in parts)


def _with_acronym(text: str) -> list[str]:
    """The name and the acronym of its words that it gives in brackets: `Orient Trust Bank (OTB)`; none otherwise."""
    for found in _BRACKETED.finditer(text[:MAX_TEXT]):
        name = text[: found.start()] + " " + text[found.end() :]
        initials = iter("".join(part[0] for _, group in written(name) for part in group))
        if all(letter in initials for letter in found[1].lower()):
            return [name, found[1]]
    return []


Read = tuple[tuple[str, str], ...]
"""Words with the key under which forms of names know them: "" for a syllable of Han or Hangul."""


def read_words(text: str) -> Read:
    """The words of a text with their keys. What stands between two spaces is read alike whatever stands beside it, but
    for Cyrillic beside letters that are Ukrainian alone."""
    read: list[tuple[str, str]] = []
    for key, parts in written(text):
        if not key:
            read += [(word, word) for word in parts]
        elif not key.isascii() and tables.name_forms(key):
            read.append(("".join(parts), key))
        else:
            read += [(word, "" if is_syllabic(key) else key if len(parts) == 1 else word) for word in parts]
    return tuple(read)


def _person_tokens(read: Read) -> Iterator[Token]:
    alone = sum(len(word) > 1 for word, _ in read) < 2
    names = [at for at, (word, _) in enumerate(read) if word not in _PARTICLES]
    first, last = (names[0], names[-1]) if names else (0, 0)
    for at, (word, key) in enumerate(read):
        if not key or is_syllabic(key):
            yield word_token(word, key, "person")
        elif not alone and word in _PARTICLES:
            yield light(word, "particle", _PARTICLES[word])
        elif not alone and (word in _SUFFIXES or len(names) > max(2, tables.honorifics().get((word,), len(names)))):
            yield light(word, "title", word)
        else:
            token = word_token(word, key, "person")
            of = at > 0 and _PARTICLES.get(read[at - 1][0]) == "of"
            ending = word.endswith(PATRONYMIC) and len(names) > 2  # of two words it is a surname: Pavle Radovich
            between = first < at < last and of
            yield patronymic(token) if token.kind == "word" and (between or ending) else token


def _other_tokens(read: Read, vessel: bool) -> Iterator[Token]:
    words = tuple(word for word, _ in read)
    generic = {} if vessel else tables.organisation_words()
    at = 0
    while at < len(words):
        value, length = _number(words, at)
        if length:
            yield number(" ".join(words[at : at + length]), value)
        elif words[at] in _NUMBER_SIGNS and _number(words, at + 1)[1]:
            yield light(words[at], "particle", "")
            length = 1
        elif (found := _place(words, at)) and not vessel:
            code, length = found
            yield place(" ".join(words[at : at + length]), code)
        else:
            length = 1
            name, kind = generic.get(words[at], {}).get(words[at : at + 1], ("", ""))
            if name:
                yield class_word(words[at], name, kind)
            elif words[at] in _CONNECTIVES and len(words) > 1:
                yield light(words[at], "particle", "")
            else:
                yield word_token(*read[at], "vessel" if vessel else "organisation")
        at += length


def _number(words: Words, at: int) -> tuple[str, int]:
    """The number that starts there and how many words it takes; 0 words when there is none.

    A last letter is a number of a series (Fund V); elsewhere it is an initial, and `i` a Slavic `and`.
    """
    known = tables.number_words()
    if at >= len(words):
        return "", 0
    if words[at] in _TENS and at + 1 < len(words):
        unit = known.get(words[at + 1], words[at + 1])
        if len(unit) == 1 and unit.isdigit() and unit != "0":
            return str(int(known[words[at]]) + int(unit)), 2
    if words[at].isdigit():
        return words[at].lstrip("0"), 1
    if words[at] in _ROMAN_LETTERS and at == len(words) - 1 and at > 0 and len(words[at - 1]) > 1:
        return _ROMAN_LETTERS[words[at]], 1
    return (known[words[at]], 1) if words[at] in known else ("", 0)


def _place(words: Words, at: int) -> tuple[str, int] | None:
    for length in range(tables.LONGEST_PLACE, 0, -1):
        code = tables.places().get(words[at : at + length])
        if code and length < len(words):
            return code, min(length, len(words) - at)
    return None


def _spans(tokens: list[Token]) -> Iterator[tuple[int, Token]]:
    for length in (2, 3):
        for at in range(len(tokens) - length + 1):
            parts = tuple(tokens[at : at + length])
            if all(part.kind in _JOINABLE for part in parts):
                yield at, joined(parts)


def _phrases(tokens: list[Token]) -> Iterator[tuple[int, Token]]:
    """Adjacent words that together stand for a class: `instrument making`, `people's liberation army`."""
    known = tables.organisation_words()
    for at, token in enumerate(tokens):
        phrases = known.get(token.text)
        if phrases:
            for length in range(2, min(tables.LONGEST_PHRASE, len(tokens) - at) + 1):
                parts = tuple(tokens[at : at + length])
                if found := phrases.get(tuple(part.text for part in parts)):
                    yield at, phrase(parts, found[0])


def _words(read: Read) -> Words:
    return tuple(word for word, _ in read)


def _without_prefix(read: Read, known: Mapping[Words, int]) -> Read:
    """Drop prefixes from the front, the longest first, as long as a name is left."""
    for length in (4, 3, 2, 1) if known else ():
        beside = known.get(_words(read[:length]))
        if beside and len(read) >= length + beside:
            return _without_prefix(read[length:], known)
    return read


def _legal_forms(read: Read) -> tuple[Read, list[tuple[Read, str]]]:
    """Take legal forms off the end and the front, the longest first, as long as a name is left."""
    known, found = tables.legal_forms(), []
    for at_end in (True, False):
        length = min(6, len(read) - 1)
        while length > 0:
            form = read[-length:] if at_end else read[:length]
            kind = known.get(_words(form)) or known.get(tables.respelled(_words(form)))
            if kind:
                found.append((form, kind))
                read = read[:-length] if at_end else read[length:]
                length = min(6, len(read) - 1)
            else:
                length -= 1
    return read, found


def kinds_of_word(word: str, key: str, schema: Schema) -> tuple[list[Token], bool]:
    """Every token of its own that a word may become in a name, whatever stands beside it, but for patronymics, which
    differ from their word in what they owe; and whether it may be dropped as a prefix."""
    if schema == "Person":
        tokens = [word_token(word, key, "person")]
        if key and not is_syllabic(key):
            if word in _PARTICLES:
                tokens.append(light(word, "particle", _PARTICLES[word]))
            if word in _SUFFIXES or (word,) in tables.honorifics():
                tokens.append(light(word, "title", word))
        return tokens, (word,) in prefixes(schema)
    vessel = schema == "Vessel"
    name, kind = ("", "") if vessel else tables.organisation_words().get(word, {}).get((word,), ("", ""))
    tokens = [class_word(word, name, kind)] if name else [word_token(word, key, "vessel" if vessel else "organisation")]
    known = tables.number_words()
    tokens += [number(word, value) for value in {known.get(word), _ROMAN_LETTERS.get(word)} if value]
    if word.isdigit():
        tokens.append(number(word, word.lstrip("0")))
    if word in _CONNECTIVES or word in _NUMBER_SIGNS:
        tokens.append(light(word, "particle", ""))
    if not vessel:
        if code := tables.places().get((word,)):
            tokens.append(place(word, code))
        if form := tables.legal_forms().get((word,)) or tables.legal_forms().get(tables.respelled((word,))):
            tokens.append(legal_form(word, form))
    return tokens, (word,) in prefixes(schema)


def prefixes(schema: Schema) -> Mapping[Words, int]:
    """What is dropped from the front of a name: prefixes of ships, titles of persons."""
    if schema == "Vessel":
        return tables.vessel_prefixes()
    return tables.honorifics() if schema in {"Person", "LegalEntity"} else {}


def numbers_of_two_words() -> Iterator[tuple[Words, str]]:
    """Numbers such as `twenty one` with their value."""
    known = tables.number_words()
    units = {**known, **{str(digit): str(digit) for digit in range(1, 10)}}
    for tens in sorted(_TENS):
        for word, unit in units.items():
            if len(unit) == 1 and unit.isdigit() and unit != "0":
                yield (tens, word), str(int(known[tens]) + int(unit))


def is_son_of(word: str) -> bool:
    """Whether a word says that a father's name follows."""
    return _PARTICLES.get(word) == "of"


def is_connective(word: str) -> bool:
    """Whether acronyms pass over a word."""
    return word in _CONNECTIVES


def could_hold_several(piece: str, schema: Schema) -> bool:
    """Whether what stands between two spaces may part two names of a field, or hold the acronym of one."""
    sign = piece.casefold().strip("()") == "as" or _ALSO.search(f" {piece} x") is not None
    return sign or ("(" in piece and schema not in {"Person", "Vessel"})
