"""Screening on a Spark cluster: a frame of Spark in, a frame with the answer to every row out.

Needs `pip install nkscreen[spark]` on the driver and nkscreen of the same version on every worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark import SparkFiles

from nkscreen.screening.worker import Worker

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

ANSWERS = """id string, status string, reason string, score double, severity string, alert_id string, alert string"""
"""The columns of the answers as Spark's DDL: those of `worker.ANSWERS`."""


def screen_dataframe(
    frame: DataFrame, screener: Path | str, *, columns: Mapping[str, str], kind: str = "counterparty"
) -> DataFrame:
    """Screen every row of a frame of Spark and give one row for each (`ANSWERS`); Spark runs it when it is asked for.

    The file is brought to every machine once, and each Python worker reads it once and keeps it. Rows are known by
    their id alone, so `columns` must name one; a row whose id is null is quarantined. Answers depend on the row and the
    file and nothing else: a task that is run again gives the same.

    Args:
        frame: a frame of Spark 4, classic or Connect.
        screener: the file that `worker.pack` wrote. It must stay where it is until Spark is done.
        columns: which field of the record is in which column: `{"id": "CUSTOMER_NO", "name": "CUSTOMER"}`.
        kind: the kind of record that a row is.

    Raises:
        InputError: no column is named for the id. What else is wrong with the columns or the file, a task tells.
    """
    path = Path(screener).absolute()
    task = Task(path.name, dict(columns), kind)
    frame.sparkSession.addArtifacts(str(path), file=True)
    return frame.mapInArrow(task, ANSWERS)


@dataclass(frozen=True)
class Task:
    """A `Worker` whose screener is the file that Spark brought under this name."""

    name: str
    columns: Mapping[str, str]
    kind: str = "counterparty"

    def __post_init__(self) -> None:
        Worker(self.name, self.columns, self.kind)

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return Worker(SparkFiles.get(self.name), self.columns, self.kind)(batches)
