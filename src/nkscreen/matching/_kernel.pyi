from array import array
from collections.abc import Sequence
from mmap import mmap
from typing import Any

from numpy.typing import NDArray

Numbers = array[int] | array[float] | NDArray[Any]
Block = bytes | memoryview | mmap

def record(
    text: bytes,
    spelling: bytes,
    kind: int,
    flags: int,
    spanned: int,
    weight: float,
    owed: float,
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
    /,
) -> bytes: ...
def distance(one: bytes, other: bytes, most: int, /) -> int: ...

Part = tuple[tuple[bytes, ...], tuple[tuple[int, bytes], ...], int, float, float]

class Retriever:
    def __init__(self, block: Block, /) -> None: ...
    def search(self, cutoff: float, parts: list[Part], exact: list[bytes], continuing: list[bytes], /) -> list[int]: ...
    def bound(self, one: bytes, other: bytes, /) -> float: ...
    def offers(self, record: bytes, /) -> list[tuple[int, float]]: ...
