"""Words and phrases of a list as they may stand in free text, prepared so that a long list costs little to look for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

FIRST_UNSPACED = "\u1100"
"""From Hangul Jamo on, scripts of East Asia follow in Unicode."""

SHORTEST_PLURAL = 3
"""Letters from which a word is matched in the plural too; shorter ones are abbreviations."""

_MARKS = re.compile("[\u0300-\u036f]+")
_GAPS = re.compile(r"[\W_]+")
_ASCII_GAPS = {number: " " for number in range(128) if not chr(number).isalnum()}


@lru_cache(maxsize=64)  # several conditions look into one description; texts may have 100,000 characters
def words(text: str) -> str:
    """Lower-case words between single spaces, with a space at both ends; accents and punctuation are gone."""
    if text.isascii():
        return f" {' '.join(text.lower().translate(_ASCII_GAPS).split())} "
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return f" {_GAPS.sub(' ', text.casefold()).strip()} "


@lru_cache(maxsize=64)
def _distinct(known: str) -> frozenset[str]:
    return frozenset(known.split())


@dataclass(frozen=True, slots=True)
class Phrases:
    """A prepared list: `spaced` holds phrases with spaces at both ends by their first word, `unspaced` those that may
    stand anywhere. Only phrases whose first word is in a text are looked for in it."""

    spaced: dict[str, tuple[str, ...]]
    unspaced: tuple[str, ...]

    @classmethod
    def of(cls, items: tuple[str, ...]) -> Phrases:
        """The items in the singular and a regular plural."""
        forms = dict.fromkeys(form for item in items for form in _forms(words(item)))
        spaced: dict[str, tuple[str, ...]] = {}
        for form in forms:
            if form.startswith(" "):
                first = form.split(None, 1)[0]
                spaced[first] = (*spaced.get(first, ()), form)
        return cls(spaced, tuple(form for form in forms if not form.startswith(" ")))

    @property
    def forms(self) -> list[str]:
        """All of them, as they may stand in a text that `words` spells."""
        return [*(form for forms in self.spaced.values() for form in forms), *self.unspaced]

    def within(self, known: str) -> Iterator[str]:
        """The phrases that stand in a text as `words` spells it."""
        for word in _distinct(known) & self.spaced.keys():
            yield from (phrase for phrase in self.spaced[word] if phrase in known)
        if not known.isascii():
            yield from (phrase for phrase in self.unspaced if phrase in known)

    def found(self, known: str) -> bool:
        """Whether one of them does."""
        if self.spaced.keys().isdisjoint(_distinct(known)) and (known.isascii() or not self.unspaced):
            return False  # most texts by far
        return next(self.within(known), None) is not None

    def removed(self, known: str) -> str:
        """The text without these phrases, longer ones first."""
        for phrase in sorted(self.within(known), key=lambda phrase: (-len(phrase), phrase)):
            # twice, because two of them in a row share the space between them
            known = known.replace(phrase, " | ").replace(phrase, " | ")
        return known


def _forms(phrase: str) -> tuple[str, ...]:
    """A phrase as it may stand in a text: with its last word in the plural; without word bounds in scripts that set
    no spaces (Han, kana) or join particles to words (Hangul)."""
    plain = phrase.strip()
    if any(ch >= FIRST_UNSPACED for ch in plain):
        return (plain,)
    last = plain.rpartition(" ")[2]
    if len(last) < SHORTEST_PLURAL or not (last.isascii() and last.isalpha()):
        return (phrase,)
    stem = plain[:-1] + "ies" if last.endswith("y") and last[-2] not in "aeiou" else plain + "es"
    return (phrase, f" {plain}s ", f" {stem} ")
