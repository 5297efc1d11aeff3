"""One word of a name and the keys under which it can meet another word.

A key is text with a prefix that says what it stands for; `KEYS` says what sharing one is worth. Most keys meet
themselves; a few meet a counterpart: Arabic consonants (`ar`) meet the consonants of a Latin word (`la`), letters that
stand for names (`in`) meet the first letters of adjacent words (`of`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA, Indel

from nkscreen.matching.names.scripts import fits

Kind = Literal[
    "word",
    "patronymic",
    "generic",
    "domain",
    "legal_form",
    "number",
    "initial",
    "particle",
    "title",
    "place",
    "syllable",
    "joined",
]

Effect = Literal[
    "equal", "same_class", "number", "name_form", "nickname", "sound", "consonants", "reversed", "spelling", "initial",
    "initials", "digits", "joined", "truncated", "missing", "extra", "different_number", "acronym", "korean",
]  # fmt: skip

LIGHT: frozenset[Kind] = frozenset({"legal_form", "particle", "title"})
"""Kinds that papers add and drop at will: having one that the other lacks contradicts nothing."""

COMMON: frozenset[Kind] = LIGHT | {"generic", "place"}
"""Kinds that do not tell one party from another."""

KEYS: dict[str, tuple[float, Effect]] = {
    "form": (0.98, "same_class"),  # LLC and OOO: one class of legal form, in two laws
    "word": (0.98, "same_class"),  # Trading and Torgovaya: the same word, yet not written alike
    "body": (0.0, "missing"),  # a bank, a ministry: read by the whole name's comparison alone
    "place": (0.98, "same_class"),  # Schweiz and Suisse
    "num": (0.98, "number"),  # 3 and 03, First and 1st, VII and 7
    "n": (0.95, "name_form"),  # forms of one name in Wikidata: evidence, not proof
    "x": (0.95, "name_form"),  # a form of a name with very many, in Latin letters: meets only forms in another script
    "b": (0.9, "name_form"),  # two Latin forms of such a name, where they are written much alike
    "s": (0.9, "sound"),  # Nooristani and Nuristani
    "ar": (0.9, "consonants"),  # vowels unwritten: most but not all of the name is seen
    "k": (0.85, "nickname"),  # Bill is William, and so is Will
    "r": (0.75, "reversed"),  # the same letters in another order: a slip, or another name
    "in": (0.75, "initials"),  # JC may be Jean-Claude
}
_COUNTERPARTS = {"ar": "la", "la": "ar", "in": "of", "of": "in", "x": "y", "y": "x"}
KEYS["la"], KEYS["of"], KEYS["y"] = KEYS["ar"], KEYS["in"], KEYS["x"]

MIRRORED = 0.85
"""Similarity of a word and the same written from its end, which is no accident: `nituP` and `Putin`."""

INITIAL = 0.75
"""Similarity of `V.` and `Vladimir`: compatible, not confirmed."""

JOINED = 0.97
"""Similarity of `RYESONGGANG` and `RYE SONG GANG`: the same letters, spaced differently."""

DIGITS = 0.95
"""Similarity of `0leg` and `Oleg`: digits drawn like letters."""

PREFIX = 0.95
"""Similarity of the last word of a cut name and a word that continues it."""

MOST_SPELLED = 2
"""Words joined that may also be misspelled; more must have the very letters."""

FURTHER_EDIT = 0.5
"""What every edit after the first costs more: one slip is usual, two in one word make another name as often."""

SHORT_WORD = 4
"""Up to this many letters an edit makes another name as often as a slip (Tom/Tim), so it costs half as much again."""

ALIKE_FORMS = 0.63
"""Share of common letters from which two Latin forms of a name with very many are one name: Aleksandr and Alexander
have 0.78, Serhiy and Sergey 0.67, Michael and Miguel 0.62."""

SHORT_FORM = 0.85
"""Similarity of two forms of one short name: the groups of syllables (`Jun`, `Chun`) are broad."""

PATRONYMIC_SHARE = 0.5
"""Share of its weight that a patronymic counts where the other name has none: lists give it, papers leave it out."""

MOST_EDITS = 3
"""Edits that the longest words may differ by."""

MAN_AND_WOMAN = 0.4
"""Similarity of the names of a man and a woman: nearly the same letters, never the same bearer."""

TWO_NAMES = 0.6
"""Most that two words can agree by spelling when both are usual in names: Michel and Michelle are no slip."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Token:
    """One word of a name, interned: equal words of one kind are one object.

    `text` is what equality is judged by, `spelling` the same with digits put back to the letters they are drawn like.
    `bits` is how rare the word is in names (-log2 of their share), `usual` that it is among the common ones as it is
    spelled, `vowelless` that its script leaves vowels out. `spanned` counts the words it was joined from, `phrase` says
    that together they stand for a class. `owed` is the weight that counts where the other name lacks this word, `meets`
    the keys that its keys meet. `sounds` says that it may sound like another: words of a script with standard readings,
    and words joined from many, must meet to the letter.
    """

    text: str
    spelling: str
    kind: Kind
    weight: float
    keys: frozenset[str]
    bits: float = 0.0
    usual: bool = False
    vowelless: bool = False
    spanned: int = 1

    owed: float = field(init=False)
    light: bool = field(init=False)
    common: bool = field(init=False)
    phrase: bool = field(init=False)
    meets: frozenset[str] = field(init=False)
    sounds: bool = field(init=False)

    def __post_init__(self) -> None:
        known = {
            "owed": self.weight * PATRONYMIC_SHARE if self.kind == "patronymic" else self.weight,
            "light": self.kind in LIGHT,
            "common": self.kind in COMMON,
            "phrase": self.spanned > 1 and any(key.startswith("word:") for key in self.keys),
            "meets": frozenset(map(counterpart, self.keys)) if _elsewhere(self.keys) else self.keys,
            "sounds": any(key[:2] == "s:" for key in self.keys),
        }
        for name, value in known.items():
            object.__setattr__(self, name, value)


def _elsewhere(keys: frozenset[str]) -> bool:
    """Whether some of the keys meet other keys than themselves."""
    return any(key.partition(":")[0] in _COUNTERPARTS for key in keys)


def counterpart(key: str) -> str:
    """The key that this key meets: itself for most."""
    prefix, _, rest = key.partition(":")
    return f"{_COUNTERPARTS[prefix]}:{rest}" if prefix in _COUNTERPARTS else key


def key_similarity(key: str) -> tuple[float, Effect]:
    """What sharing this key is worth, and the effect it goes by."""
    return KEYS[key.partition(":")[0]]


def _key_similarity(key: str, one: Token, other: Token) -> tuple[float, Effect]:
    alike, effect = key_similarity(key)
    if effect == "reversed" and one.text == other.text[::-1]:
        return MIRRORED, effect
    if key[0] == "b" and Indel.normalized_similarity(one.spelling, other.spelling) < ALIKE_FORMS:
        return NOTHING
    if effect == "name_form" and max(len(one.text), len(other.text)) <= SHORT_WORD:
        return SHORT_FORM, effect
    return alike, effect


def edits_allowed(length: int) -> int:
    """Edits (insert, delete, replace, swap) that a word of that length may differ by and still be the same word."""
    return 0 if length < 3 else 1 if length < 6 else 2 if length < 12 else MOST_EDITS


def spelling_similarity(one: str, other: str) -> float:
    """1 minus edits per letter of the longer word, or 0 when there are more edits than its length allows."""
    length, shorter = max(len(one), len(other)), min(len(one), len(other))
    allowed = min(edits_allowed(length), edits_allowed(shorter + 1))
    if length - shorter > allowed:
        return 0.0
    distance = OSA.distance(one, other, score_cutoff=allowed)
    if distance > allowed:
        return 0.0
    cost = distance + FURTHER_EDIT * max(0, distance - 1)
    return 1 - cost / length * (1.5 if length <= SHORT_WORD else 1.0)


NOTHING: tuple[float, Effect] = (0.0, "missing")


@lru_cache(maxsize=262_144)
def similarity(one: Token, other: Token) -> tuple[float, Effect]:
    """Similarity of two tokens in 0..1 and the effect that gives it. Symmetric; 1 only for the same text."""
    if one.spanned > 1 or other.spanned > 1:
        return _joined(one, other)
    kinds = {one.kind, other.kind}
    if one.text == other.text and (one.kind == other.kind or "number" not in kinds):
        return 1.0, "equal"
    shared: list[tuple[float, Effect]] = []
    if not one.meets.isdisjoint(other.keys):
        shared = [
            _key_similarity(key, one, other)
            for key in one.keys
            if counterpart(key) in other.keys and _vowels_fit(key, one, other)
        ]
    best = max(shared, default=NOTHING)
    if "number" in kinds:
        return best if best[0] else (0.0, "different_number")
    if not kinds.isdisjoint({"legal_form", "syllable"}) or one.vowelless != other.vowelless:
        return best
    if (one.kind == "initial") != (other.kind == "initial"):
        return (INITIAL, "initial") if one.text[0] == other.text[0] else NOTHING
    spelled = spelling_similarity(one.spelling, other.spelling)
    found = max(best, (DIGITS, "digits") if spelled == 1.0 else (spelled, "spelling"))
    if _differ_in_gender(one.spelling, other.spelling) and found[1] in {"spelling", "name_form"}:
        found = MAN_AND_WOMAN, found[1]
    elif found[0] > TWO_NAMES and _are_two_names(one, other, found[1], shared):
        found = TWO_NAMES, found[1]
    return found if found[0] > 0 else NOTHING


def _are_two_names(one: Token, other: Token, effect: Effect, shared: list[tuple[float, Effect]]) -> bool:
    """Whether words alike in letters are usual names of their own."""
    if effect not in {"spelling", "reversed"} or not (one.usual and other.usual):
        return False
    return all(known not in {"name_form", "nickname"} for _, known in shared)


def _differ_in_gender(one: str, other: str) -> bool:
    """Whether a last `a` is all the difference: Valentin and Valentina, Ivanov and Ivanova are a man and a woman."""
    few, many = (one, other) if len(one) < len(other) else (other, one)
    return many == few + "a" and len(few) >= SHORT_WORD and few[-1] not in "aeiouy"


def _vowels_fit(key: str, one: Token, other: Token) -> bool:
    """Whether the long vowels that an Arabic word writes are in the Latin word whose consonants it shares."""
    if not key.startswith(("ar:", "la:")):
        return True
    return fits(one.text, other.text) if one.vowelless else fits(other.text, one.text)


def may_meet_joined(span: Token, word: Token) -> bool:
    """Whether words joined may be alike to a word at all: they share a key, or differ by few letters in length."""
    return abs(len(span.spelling) - len(word.spelling)) <= MOST_EDITS or not span.meets.isdisjoint(word.keys)


def _joined(one: Token, other: Token) -> tuple[float, Effect]:
    """Words joined on one side only: the same letters, or nearly, or the letters that stand for them; or a phrase."""
    meeting = () if one.meets.isdisjoint(other.keys) else one.keys
    if any(key in other.keys for key in meeting if key[:5] == "word:"):
        return KEYS["word"]
    unjoinable = {one.kind, other.kind} & {"number", "legal_form", "initial"}
    if (one.spanned > 1) == (other.spanned > 1) or unjoinable or one.vowelless or other.vowelless:
        return NOTHING
    if any(counterpart(key) in other.keys for key in meeting if key[:3] in {"in:", "of:"}):
        return KEYS["in"]
    if one.spelling == other.spelling:
        return JOINED, "joined"
    if not (one.sounds and other.sounds):
        return NOTHING
    alike = spelling_similarity(one.spelling, other.spelling)
    if any(key in other.keys for key in meeting if key[:2] == "s:"):
        alike = max(alike, KEYS["s"][0])
    return (JOINED * alike, "joined") if alike else NOTHING
