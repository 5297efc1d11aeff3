"""Retrieval by the compiled kernel: the same names as `reference`, found by arrays that can be mapped from a file.

What the kernel knows of a token is a record: text, spelling, weight and the hashes of its keys. It bounds `similarity`
from above by the same rules, finds the tokens that a query token can meet, and bounds the score of each name that has
one (`docs/index.md`). The names that stay are compared by `compare` itself.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nkscreen.matching.names import korean, token
from nkscreen.matching.names.align import MISSING_COST, PART_BITS, PART_CAP, missing_cost, tells_apart
from nkscreen.matching.names.analyse import Name
from nkscreen.matching.names.compare import ACRONYM, TRUNCATED
from nkscreen.matching.names.token import JOINED, KEYS, MOST_SPELLED, Effect, Token, counterpart
from nkscreen.records import Schema


def of_these_sources(compiled: str) -> bool:
    """Whether a kernel was compiled of the sources that lie beside it; an update of the Python files alone leaves an
    old one behind. `compiled` is the SHA-256 that `hatch_build.py` wrote into it; where no sources lie here, or none
    was written, there is nothing to hold it to."""
    files = sorted((Path(__file__).parent / "csrc").glob("*.[ch]"))
    if not (compiled and files):
        return True
    found = hashlib.sha256()
    for file in files:
        found.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest() == compiled


try:
    from nkscreen.matching import _kernel
except ImportError:  # installed where no C compiler was: `reference` finds the same names, slower
    AVAILABLE = False
    logging.getLogger("nkscreen").info(
        "the compiled search kernel is not installed: the same names are found in pure Python, more slowly"
    )
else:
    AVAILABLE = of_these_sources(getattr(_kernel, "SOURCES", "unknown"))
    if not AVAILABLE:
        logging.getLogger("nkscreen").warning(
            "the compiled search kernel was made of other sources than those beside it and is not used: the same names "
            "are found in pure Python, more slowly; install nkscreen again"
        )

_KINDS = {"number": 1, "legal_form": 2, "initial": 3, "syllable": 4}
_EFFECTS: dict[Effect, int] = {"name_form": 1, "nickname": 2, "reversed": 3, "initials": 4, "sound": 5}
_SAME_WORD = 6
_USUAL, _VOWELLESS, _JOINED, _SOUND, _LIGHT, _SPELLED, _APART = (1 << bit for bit in range(7))
_PERSON, _SYLLABIC, _REPEATS = (1 << bit for bit in range(3))

_PARAMS = (
    token.INITIAL,
    token.JOINED,
    token.DIGITS,
    token.PREFIX,
    token.MIRRORED,
    token.SHORT_FORM,
    token.MAN_AND_WOMAN,
    token.TWO_NAMES,
    token.FURTHER_EDIT,
    float(token.SHORT_WORD),
    KEYS["s"][0],
    KEYS["in"][0],
)
"""The scorer's numbers in the order of `index.h`."""


@lru_cache(maxsize=16_384)
def record(one: Token) -> bytes:
    """A token as the kernel reads it."""
    sounds = any(key[:2] == "s:" for key in one.keys)
    spelled = one.kind not in _KINDS and one.spanned <= MOST_SPELLED
    flags = (
        _USUAL * one.usual
        | _VOWELLESS * one.vowelless
        | _JOINED * (one.spanned > 1)
        | _SOUND * sounds
        | _LIGHT * one.light
        | _SPELLED * spelled
        | _APART * tells_apart(one)
    )
    keys = [_key(key) for key in one.keys if not key.startswith("body:")]
    text, spelling = one.text.encode(), one.spelling.encode()
    return _kernel.record(
        text, spelling, _KINDS.get(one.kind, 0), flags, one.spanned, one.weight, one.owed, one.bits, sorted(keys)
    )


def _key(key: str) -> tuple[bytes, bytes, float, int]:
    prefix = key.partition(":")[0]
    worth, effect = KEYS[prefix]
    return key.encode(), counterpart(key).encode(), worth, _SAME_WORD if prefix == "word" else _EFFECTS.get(effect, 0)


class KernelRetrieval:
    """Finds candidates in a block that `block_of` made. The block may be mapped from a file; nothing is copied."""

    def __init__(self, block: bytes | memoryview) -> None:
        self.block = block
        self._local = threading.local()
        self._retriever()

    def __reduce__(self) -> tuple[type[KernelRetrieval], tuple[bytes]]:
        """Another process gets the block, and retrievers of its own."""
        return KernelRetrieval, (bytes(self.block),)

    def candidates(self, query: Name, cutoff: float) -> list[int]:
        """Numbers of the names that may reach the cutoff, in order; every one that does is among them."""
        exact: list[bytes] = []
        continuing: list[bytes] = []
        parts = []
        for part in (query, *query.variants):
            spans = tuple((first, record(span)) for first, span in part.spans)
            parts.append((tuple(map(record, part.tokens)), spans, part.cut, part.owed, missing_cost(part)))
            exact += _asked(part, cutoff)
            if part.truncated and cutoff <= TRUNCATED:
                continuing.append(part.compact.encode())
        return self._retriever().search(max(0.01, min(cutoff, 1.0)), parts, exact, continuing)

    def _retriever(self) -> _kernel.Retriever:
        """This thread's own: a retriever keeps what it learns, and belongs to one thread."""
        found: _kernel.Retriever | None = getattr(self._local, "retriever", None)
        if found is None:
            found = self._local.retriever = _kernel.Retriever(self.block)
        return found


def retriever_of(block: bytes | memoryview) -> _kernel.Retriever:
    """A retriever of one thread."""
    return _kernel.Retriever(block)


def screen_of(block: bytes | memoryview, cutoff: float, schema: Schema) -> _kernel.Screen:
    """A screen of one thread, with nothing told."""
    acronyms = schema not in {"Person", "Vessel"} and cutoff <= ACRONYM
    return _kernel.Screen(block, cutoff, MISSING_COST, schema == "Person", acronyms, cutoff > PART_CAP, PART_BITS)


def _asked(query: Name, cutoff: float) -> Iterator[bytes]:
    """Keys of the channels beside the alignment that a query asks for; `_known` are those of a listed name."""
    if cutoff <= JOINED:
        yield b"compact " + query.compact.encode()
    if cutoff <= ACRONYM:
        if query.sole:
            yield b"letters " + query.sole.encode()
        for letters in query.acronyms:
            yield b"sole " + letters.encode()
    for key in korean.keys(query.korean) if query.korean else ():
        yield b"korean " + key.encode()


def _known(name: Name) -> Iterator[bytes]:
    yield b"compact " + name.compact.encode()
    for letters in name.acronyms:
        yield b"letters " + letters.encode()
    if name.sole:
        yield b"sole " + name.sole.encode()
    for key in korean.keys(name.korean) if name.korean else ():
        yield b"korean " + key.encode()


def block_of(names: Iterable[tuple[int, Name]]) -> bytes:
    """The block of an index over numbered names. The same names in the same order give the same bytes."""
    numbers: dict[bytes, int] = {}
    spellings: dict[str, list[int]] = {}
    by_start: list[tuple[str, int]] = []
    forward, forward_at = array("I"), array("I", [0])
    owners, owed = array("I"), array("d")
    exact: list[bytes] = []
    exact_parts = array("I")
    compacts: list[tuple[bytes, int]] = []
    part_flags = bytearray()
    for number, name in names:
        for part in (name, *name.variants) if name.tokens else ():
            at = len(owners)
            own = set()
            for one in (*part.tokens, *(span for _, span in part.spans)):
                told = record(one)
                if told not in numbers:  # words are not kept, but what the kernel reads of them: it is far smaller
                    numbers[told] = len(numbers)
                    if one.kind not in _KINDS and one.spanned <= MOST_SPELLED:
                        spellings.setdefault(one.spelling, []).append(numbers[told])
                    if one.spanned == 1:
                        by_start.append((one.text, numbers[told]))
                own.add(numbers[told])
            forward.extend(sorted(own))
            forward_at.append(len(forward))
            owners.append(number)
            owed.append(part.owed)
            repeats = len(set(part.tokens)) < len(part.tokens)
            part_flags.append(_PERSON * part.person | _SYLLABIC * part.syllabic | _REPEATS * repeats)
            keys = sorted(_known(part))
            exact += keys
            exact_parts.extend([at] * len(keys))
            compacts.append((part.compact.encode(), at))
    compacts.sort()
    tokens = list(numbers)
    spelled_at = np.cumsum([0, *map(len, spellings.values())], dtype=np.uint32)
    spelled = array("I", [at for group in spellings.values() for at in group])
    by_start.sort()
    posting_at, postings = _postings(forward_at, forward, owed, len(tokens))
    exact_parts.extend(at for _, at in compacts)
    return _kernel.build(
        tokens,
        [spelling.encode() for spelling in spellings],
        exact,
        [compact for compact, _ in compacts],
        array("d", _PARAMS),
        owed,
        owners,
        spelled_at,
        spelled,
        array("I", [at for _, at in by_start]),
        forward_at,
        forward,
        posting_at,
        postings,
        exact_parts,
        part_flags,
    )


def _postings(
    forward_at: array[int], forward: array[int], owed: array[float], tokens: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Of each token the parts that have it, those that owe least first."""
    starts, of = np.asarray(forward_at), np.asarray(forward)
    parts = np.repeat(np.arange(len(owed), dtype=np.uint32), np.diff(starts))
    order = np.lexsort((parts, np.asarray(owed)[parts], of))
    counts = np.bincount(of, minlength=tokens) if tokens else np.zeros(0, dtype=np.int64)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32), parts[order]
