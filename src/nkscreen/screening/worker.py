"""The work of one worker of a cluster, whatever the engine: Arrow record batches in, Arrow record batches out.

`pack` writes a screener to a file once; the file is brought to every machine, and `Worker` is what the engine calls
there with the batches of a partition. Rows are known by their id: where partitions are worked in any order a row has
no number, and a partition that is worked again must give the same answers.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from nkscreen._version import __version__
from nkscreen.errors import InputError
from nkscreen.screening.frames import SCHEMA, screen_batches
from nkscreen.screening.screener import Screener

if TYPE_CHECKING:
    import pyarrow as pa

ANSWERS = pl.Schema({name: of for name, of in SCHEMA.items() if name != "row"})
"""The columns of the answers: those of frames (`frames.SCHEMA`) without the number of the row."""

NO_ID = "the row has no id, and on a cluster nothing else tells which row it is"

_MAGIC = "nkscreen screener"
_LONGEST_HEAD = 200
_kept: dict[str, Screener] = {}
_lock = threading.Lock()


def pack(screener: Screener, path: Path | str) -> str:
    """Write a screener (lists, index, rules, policy) to a file for workers, and give the SHA-256 of its content.

    The content is a pickle: give workers files that you wrote, and none that came from elsewhere.

    Raises:
        OSError: the file cannot be written.
    """
    body = pickle.dumps(screener, protocol=5)
    digest = hashlib.sha256(body).hexdigest()
    target = Path(path)
    whole = target.with_name(f"{target.name}.{os.getpid()}.part")
    whole.write_bytes(f"{_MAGIC}\t{__version__}\t{digest}\n".encode() + body)
    whole.replace(target)
    return digest


def unpack(path: Path | str) -> Screener:
    """The screener that `pack` wrote. A process reads it once and keeps it for its later tasks and all its threads.

    Raises:
        InputError: the file is not one of `pack`, is damaged, or was written by another version of the library, whose
            answers may differ.
        OSError: the file cannot be read.
    """
    with _lock, Path(path).open("rb") as stream:
        first = stream.readline(_LONGEST_HEAD)
        head = first.decode("ascii", "replace").split()
        if len(head) != 4 or " ".join(head[:2]) != _MAGIC:
            raise InputError(f"{path} holds no screener; write one with nkscreen.screening.worker.pack")
        version, digest = head[2:]
        if version != __version__:
            raise InputError(
                f"{path} was written by nkscreen {version} and this worker has {__version__}: workers of one version "
                "answer alike, so install the same one everywhere"
            )
        if digest not in _kept:
            if hashlib.file_digest(stream, "sha256").hexdigest() != digest:
                raise InputError(f"{path} is damaged: its content does not have the SHA-256 it was written with")
            stream.seek(len(first))
            screener = pickle.load(stream)  # noqa: S301  what `pack` wrote, whole
            _kept.clear()
            _kept[digest] = screener
        return _kept[digest]


@dataclass(frozen=True)
class Worker:
    """What an engine calls on a worker with the record batches of a partition.

    It can be sent to other processes, and any number of threads may call it: a process has one screener, and what
    threads learn of names they keep for themselves. Every row has one answer (`ANSWERS`), in order.

    Args:
        screener: the file that `pack` wrote, where the worker finds it.
        columns: which field of the record is in which column; see `frames.screen_frame`. `id` must be among them.
        kind: the kind of record that a row is.

    Raises:
        InputError: no column is named for the id.
    """

    screener: Path | str
    columns: Mapping[str, str]
    kind: str = "counterparty"

    def __post_init__(self) -> None:
        if "id" not in self.columns:
            raise InputError(
                'name the column of the id, columns={"id": "CUSTOMER_NO", ...}: on a cluster rows have no number'
            )

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The answers to the rows of some batches, in batches of bounded length.

        Raises:
            InputError: a column is not there or is no field of the record, or the screener cannot be used.
        """
        screener = unpack(self.screener)
        for batch in batches:
            frame = pl.DataFrame(batch)
            found = screen_batches([frame], columns=self.columns, kind=self.kind, screener=screener)
            for answers in found:
                unnamed = frame[self.columns["id"]].gather(answers["row"] - 1).is_null()
                yield from _named(answers, unnamed).to_arrow().to_batches()


def _named(answers: pl.DataFrame, unnamed: pl.Series) -> pl.DataFrame:
    """The answers by id; rows without one are set aside, as an answer to them could not be brought back to them."""
    aside = {"id": None, "status": "quarantined", "reason": NO_ID}
    return answers.select(
        pl.when(unnamed).then(pl.lit(aside.get(name), dtype=of)).otherwise(name).alias(name)
        for name, of in ANSWERS.items()
    )
