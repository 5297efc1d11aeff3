"""Finding listed names: every name whose comparison reaches the cutoff, without comparing them all.

The promise: for a cutoff of 0.5 or more, `search` returns exactly the listed names whose `compare` score reaches it (a
test holds it to exhaustive comparison). How: retrieval bounds the score of every name from above, and only names whose
bound reaches the cutoff are compared. There are two ways to the candidates and one meaning: the compiled kernel, and
plain Python where it is not installed. Effects outside the alignment (whole names written as one word, names cut at the
field's end, acronyms, Korean readings) have channels of their own; everything else in `compare` only lowers a score.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from nkscreen.matching import kernel
from nkscreen.matching.names.analyse import Name, analyse
from nkscreen.matching.names.compare import DEFAULT_THRESHOLD, NameComparison, compare
from nkscreen.matching.names.memory import forget
from nkscreen.matching.raw import RawScreen
from nkscreen.records import Schema

if TYPE_CHECKING:
    from nkscreen.matching.reference import ReferenceRetrieval

Key = TypeVar("Key", bound=Hashable)

REMEMBERED = 2_048
"""Listed names after which what was learnt of their words is forgotten: the memory of all of UN and OFAC is 150 MB, and
forgetting costs a sixth more time, as words that come again are analysed again."""

Names = Sequence[str | None] | Any
"""A list of names, or a column of strings that shows itself through Arrow's C interface: an array of pyarrow, a series
of polars. None and null are rows without a name."""


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
        names = enumerate(self._analysed())
        self._retrieval = kernel.KernelRetrieval(kernel.block_of(names)) if compiled else _reference(names)
        self._screens: dict[tuple[Schema, float], RawScreen] = {}

    def _analysed(self) -> Iterator[Name]:
        """The listed names. Few of them are met again: what is learnt of them is forgotten as it comes."""
        for number, name in enumerate(self._names, 1):
            yield analyse.__wrapped__(*name)
            if number % REMEMBERED == 0:
                forget()

    def __getstate__(self) -> dict[str, Any]:
        """Another process gets the index, and makes screens of its own."""
        return {**self.__dict__, "_screens": {}}

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

    def search_many(
        self, names: Names, schema: Schema, cutoff: float = DEFAULT_THRESHOLD
    ) -> Iterator[tuple[int, Found[Key]]]:
        """What `search` finds for each of many names: pairs of the row of the name, from 0, and a listed name found.

        Rows rise; those of one row come as `search` gives them. A row that is null finds nothing. Rows that cannot hit
        are passed over by `can_hit` and cost next to nothing.
        """
        texts = _texts(names)
        for row in np.flatnonzero(self.can_hit(names, schema, cutoff)).tolist():
            for found in self.search(texts[row] or "", schema, cutoff):
                yield row, found

    def can_hit(self, names: Names, schema: Schema, cutoff: float = DEFAULT_THRESHOLD) -> NDArray[np.bool_]:
        """Of each of many names whether `search` may find something: False only where it certainly finds nothing."""
        texts = _texts(names)
        if not isinstance(self._retrieval, kernel.KernelRetrieval):
            return np.array([bool(text and self.search(text, schema, cutoff)) for text in texts], dtype=bool)
        raw = self._screens.get((schema, cutoff))
        if raw is None:
            raw = self._screens.setdefault(
                (schema, cutoff), RawScreen(self._retrieval.block, schema, cutoff, self._name)
            )
        return raw.may_hit(texts)

    def _name(self, number: int) -> Name:
        return analyse(*self._names[number])


def _reference(names: Iterable[tuple[int, Name]]) -> ReferenceRetrieval:
    from nkscreen.matching.reference import ReferenceRetrieval  # noqa: PLC0415  only where the kernel is not

    return ReferenceRetrieval(names)


def _texts(names: Names) -> Sequence[str | None]:
    """The names as Python's own strings."""
    for listing in ("to_pylist", "to_list"):  # of pyarrow, of polars and pandas
        if hasattr(names, listing):
            texts: Sequence[str | None] = getattr(names, listing)()
            return texts
    return names
