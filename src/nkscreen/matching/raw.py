"""What the kernel must know of a name as written to tell that no listed name can reach the cutoff (`docs/index.md`).

A name is cut at its spaces into pieces. What a piece is made of is told once, here, by the functions that `analyse`
uses: its words, every token that each may become whatever stands beside it, and the least that it then owes. Where what
stands beside it could make more of it than that, the piece is left unread, and its names are searched in full.
"""

from __future__ import annotations

import threading
import unicodedata
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nkscreen.matching import kernel
from nkscreen.matching.names import analyse as analysis
from nkscreen.matching.names import korean, tables
from nkscreen.matching.names.align import tells_apart
from nkscreen.matching.names.analyse import Name, could_hold_several, kinds_of_word
from nkscreen.matching.names.compare import as_korean
from nkscreen.matching.names.normalise import APOSTROPHES, Words
from nkscreen.matching.names.scripts import SOUNDS, is_ukrainian
from nkscreen.matching.names.token import Token
from nkscreen.matching.names.word import legal_form, number, phrase, place, word_token
from nkscreen.records import Schema

if TYPE_CHECKING:
    from nkscreen.matching._kernel import Retriever, Screen

_UNREAD, _UKRAINIAN, _IN_UKRAINIAN, _SURNAME = (1 << bit for bit in range(4))
_WRITING = {writing: 1 << 4 + bit for bit, writing in enumerate(sorted(korean.WRITINGS))}
_ASIDE, _APART, _SON_OF, _STARTS, _SOUND, _JOINS, _SYLLABLE, _LETTERS, _SILENT, _CONNECTIVE = (
    1 << bit for bit in range(10)
)
CANNOT, MAY, UNKNOWN, UNREAD, KOREAN = range(5)
"""States of a name, as in `screen.h`."""

_BATCH = 65_536
"""Names told apart at a time: what is remembered is looked over between two batches."""


class RawScreen:
    """Which names as written may reach a cutoff, for one schema. Any number of threads may ask."""

    def __init__(self, block: bytes | memoryview, schema: Schema, cutoff: float, listed: Callable[[int], Name]) -> None:
        self._block, self._schema, self._cutoff, self._listed = block, schema, cutoff, listed
        self._local = threading.local()

    def may_hit(self, names: Sequence[str | None]) -> NDArray[np.bool_]:
        """False only for names of which `search` finds nothing."""
        found = [self._batch(names[at : at + _BATCH]) for at in range(0, len(names), _BATCH)]
        return np.concatenate(found) if found else np.zeros(0, dtype=bool)

    def _batch(self, names: Sequence[str | None]) -> NDArray[np.bool_]:
        screen, known = self._screen()
        if screen.forget():
            known.clear()
        texts = [(name or "").encode("utf-8", "surrogatepass") for name in names]
        ends = array("q", [0])
        ends.extend(np.cumsum([len(text) for text in texts]).tolist())
        joined, states = b"".join(texts), bytearray([UNKNOWN]) * len(texts)
        while unknown := screen.names(joined, ends, states):
            for piece in sorted(unknown):
                flags, words = self._piece(piece, screen, known)
                screen.piece(piece, flags, words)
        found = np.frombuffer(states, dtype=np.uint8)
        hits: NDArray[np.bool_] = np.isin(found, (MAY, UNREAD))
        for row in np.flatnonzero(found == KOREAN).tolist():
            hits[row] = self._is_korean(names[row] or "")
        return hits

    def _is_korean(self, text: str) -> bool:
        """Whether a listed name is the same as Korean; nothing else can bring these names to the cutoff."""
        reading = korean.read(text, self._schema)
        keys = [b"korean " + key.encode() for key in korean.keys(reading)] if reading else []
        if not keys:
            return False
        for at in self._retriever().search(self._cutoff, [], keys, []):
            name = self._listed(at)
            for part in (name, *name.variants):
                found = as_korean(reading, self._schema == "Person", part)
                if found and found.score >= self._cutoff:
                    return True
        return False

    def _retriever(self) -> Retriever:
        if not hasattr(self._local, "retriever"):
            self._local.retriever = kernel.retriever_of(self._block)
        found: Retriever = self._local.retriever
        return found

    def _screen(self) -> tuple[Screen, dict[tuple[str, str], int]]:
        if not hasattr(self._local, "screen"):
            made = kernel.screen_of(self._block, self._cutoff, self._schema)
            for spelled, heard in SOUNDS:
                made.sound(spelled.encode(), heard.encode())
            for words, token, alike in _phrases(self._schema):
                made.phrase(
                    tuple(_respelled(word).encode() for word in words), kernel.record(token) if token else b"", alike
                )
            self._local.screen, self._local.known = made, {}
        return self._local.screen, self._local.known

    def _piece(self, piece: bytes, screen: Screen, known: dict[tuple[str, str], int]) -> tuple[int, tuple[int, ...]]:
        text = piece.decode("utf-8", "surrogatepass") if _is_text(piece) else ""
        if not text or could_hold_several(text, self._schema) or _reaches_over_spaces(text):
            return _UNREAD, ()
        writings, surname = korean.may_be_part(text, self._schema)
        flags = sum(_WRITING[writing] for writing in writings) | _SURNAME * surname
        lower = unicodedata.normalize("NFKC", text).lower()
        flags |= _UKRAINIAN * is_ukrainian(lower) | _IN_UKRAINIAN * any(ch in lower for ch in "гий")
        numbers = []
        for word, key in analysis.read_words(text):
            if (word, key) not in known:
                told = _word(word, key, self._schema)
                if told is None:
                    return _UNREAD, ()
                known[word, key] = screen.word(*told)
            numbers.append(known[word, key])
        return flags, tuple(numbers)


def _reaches_over_spaces(text: str) -> bool:
    """Whether spaces of other kinds, brackets or an apostrophe at either end make what stands beside a piece matter."""
    marks = unicodedata.normalize("NFKC", text)
    around = (marks[:1] + marks[-1:]).translate(APOSTROPHES)
    return any(ch.isspace() or ch in "()" for ch in text + marks) or len(around) < 2


def _is_text(piece: bytes) -> bool:
    try:
        piece.decode()
    except UnicodeDecodeError:
        return False
    return True


Told = tuple[float, float, float, int, bytes, bytes, bytes, tuple[bytes, ...]]


@lru_cache(maxsize=65_536)
def _word(word: str, key: str, schema: Schema) -> Told | None:
    """A word as the kernel is told of it; None for one whose letters are not its spelling."""
    person, vessel = schema == "Person", schema == "Vessel"
    tokens, dropped = kinds_of_word(word, key, schema)
    plain = word_token(word, key, "person" if person else "vessel" if vessel else "organisation")
    if any(token.spelling != word for token in tokens):
        return None
    owed = 0.0 if dropped else min(token.owed for token in tokens)
    if person and word.endswith(analysis.PATRONYMIC):
        owed *= 0.5
    silent = any(token.vowelless for token in tokens)
    flags = (
        _ASIDE * (dropped or any(token.light for token in tokens))
        | _APART * all(tells_apart(token) and not word.endswith(analysis.PATRONYMIC) for token in tokens)
        | _SON_OF * (person and analysis.is_son_of(word))
        | _STARTS * (_respelled(word) in _starts(schema))
        | _JOINS
        | _SYLLABLE * (plain.kind == "syllable")
        | _LETTERS * word.isalpha()
        | _SILENT * silent
        | _CONNECTIVE * analysis.is_connective(word)
    )
    weight, bits = max(token.weight for token in tokens), max(token.bits for token in tokens)
    records = tuple(map(kernel.record, tokens))
    return owed, weight, bits, flags, word.encode(), word[0].encode(), _respelled(word).encode(), records


def _respelled(word: str) -> str:
    return tables.respelled_word(word)


@lru_cache
def _starts(schema: Schema) -> frozenset[str]:
    return frozenset(_respelled(words[0]) for words, _, _ in _phrases(schema))


def _phrases(schema: Schema) -> Iterator[tuple[Words, Token | None, bool]]:
    """Words that `analyse` may take together, with their token (None: they are dropped); `alike` says that the token
    may be as good as any that it meets, since other spellings of it go by the same words."""
    person, vessel = schema == "Person", schema == "Vessel"
    for words in analysis.prefixes(schema):
        if len(words) > 1:
            yield words, None, False
    if person:
        return
    for words, value in analysis.numbers_of_two_words():
        yield words, number(" ".join(words), value), False
    if vessel:
        return
    for words, kind in tables.legal_forms().items():
        if len(words) > 1 and words[0] != "~":
            yield words, legal_form(" ".join(words), kind), True
    for words, code in tables.places().items():
        if len(words) > 1:
            yield words, place(" ".join(words), code), False
    for phrases in tables.organisation_words().values():
        for words, (name, _) in phrases.items():
            if len(words) > 1:
                parts = tuple(word_token(word, word, "organisation") for word in words)
                yield words, phrase(parts, name), False
