from array import array
from collections.abc import Sequence
from mmap import mmap
from typing import Any

from numpy.typing import NDArray

Numbers = array[int] | array[float] | NDArray[Any]
Block = bytes | memoryview | mmap

SOURCES: str

def record(
    text: bytes,
    spelling: bytes,
    kind: int,
    flags: int,
    spanned: int,
    weight: float,
    owed: float,
    bits: float,
    keys: Sequence[tuple[bytes, bytes, float, int]],
    /,
) -> bytes: ...
def build(
    records: list[bytes],
    spellings: list[bytes],
    exact: list[bytes],
    compacts: list[bytes],
    params: Numbers,
    owed: Numbers,
    owners: Numbers,
    spelled_at: Numbers,
    spelled: Numbers,
    by_start: Numbers,
    forward_at: Numbers,
    forward: Numbers,
    posting_at: Numbers,
    postings: Numbers,
    numbers_of_keys: Numbers,
    part_flags: bytes | bytearray,
    /,
) -> bytes: ...
def distance(one: bytes, other: bytes, most: int, /) -> int: ...

Part = tuple[tuple[bytes, ...], tuple[tuple[int, bytes], ...], int, float, float]

class Retriever:
    def __init__(self, block: Block, /) -> None: ...
    def search(self, cutoff: float, parts: list[Part], exact: list[bytes], continuing: list[bytes], /) -> list[int]: ...
    def bound(self, one: bytes, other: bytes, /) -> float: ...
    def offers(self, record: bytes, /) -> list[tuple[int, float]]: ...

class Screen:
    def __init__(
        self,
        block: Block,
        cutoff: float,
        missing_cost: float,
        person: bool,
        organisation: bool,
        caps: bool,
        part_bits: float,
        /,
    ) -> None: ...
    def sound(self, spelled: bytes, heard: bytes, /) -> int: ...
    def heard(self, word: bytes, /) -> bytes: ...
    def phrase(self, words: tuple[bytes, ...], record: bytes, alike: bool, /) -> int: ...
    def word(
        self,
        owed: float,
        weight: float,
        bits: float,
        flags: int,
        letters: bytes,
        initial: bytes,
        phrase: bytes,
        records: tuple[bytes, ...],
        /,
    ) -> int: ...
    def piece(self, piece: bytes, flags: int, words: tuple[int, ...], /) -> int: ...
    def forget(self) -> bool: ...
    def names(self, text: bytes, ends: array[int], states: bytearray, /) -> set[bytes]: ...
