"""Finding listed names: every name whose comparison reaches the cutoff, without comparing them all.

The promise: for a cutoff of 0.5 or more, `search` returns exactly the listed names whose `compare` score reaches it (a
test holds it to exhaustive comparison). How: retrieval bounds the score of every name from above, and only names whose
bound reaches the cutoff are compared. There are two ways to the candidates and one meaning: the compiled kernel, and
plain Python where it is not installed. Effects outside the alignment (whole names written as one word, names cut at the
field's end, acronyms, Korean readings) have channels of their own; everything else in `compare` only lowers a score.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from nkscreen.matching import kernel
from nkscreen.matching.names.analyse import Name, analyse
from nkscreen.matching.names.compare import DEFAULT_THRESHOLD, NameComparison, compare
from nkscreen.matching.reference import ReferenceRetrieval
from nkscreen.records import Schema

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Found(Generic[Key]):
    """A listed name that reached the cutoff: whose it is (`key`) and how it compares."""

    key: Key
    comparison: NameComparison


class Index(Generic[Key]):
    """An index over the listed names of one schema group. Built once, then read-only; any number of threads may search.

    `compiled` chooses the way to the candidates: by default the kernel where it is installed. Both find the same.
    """

    def __init__(self, entries: Iterable[tuple[Key, str, Schema]], *, compiled: bool = kernel.AVAILABLE) -> None:
        self._keys: list[Key] = []
        self._names: list[tuple[str, Schema]] = []
        for key, text, schema in entries:
            self._keys.append(key)
            self._names.append((text, schema))
        names = ((number, analyse(*name)) for number, name in enumerate(self._names))
        self._retrieval = kernel.KernelRetrieval(kernel.block_of(names)) if compiled else ReferenceRetrieval(names)

    def __len__(self) -> int:
        return len(self._names)

    def search(self, text: str, schema: Schema, cutoff: float = DEFAULT_THRESHOLD) -> list[Found[Key]]:
        """Every listed name that scores at least `cutoff` (from 0.5) against `text`, best first, ties in list order."""
        query = analyse(text, schema)
        if not query.tokens:
            return []
        found = []
        for number in self._retrieval.candidates(query, cutoff):
            comparison = compare(query, self._name(number))
            if comparison.score >= cutoff:
                found.append((-comparison.score, number, comparison))
        found.sort(key=lambda item: item[:2])
        return [Found(self._keys[number], comparison) for _, number, comparison in found]

    def _name(self, number: int) -> Name:
        return analyse(*self._names[number])
