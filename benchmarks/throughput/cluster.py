"""The same rows by two threads, by two processes and by Spark local[2]: rows a second, and equal answers.

Rows are names, kinds and countries in one Parquet file; what is not clear is written to Parquet. Spark's start and its
first small job are timed apart. Run: `make bench-spark ROWS=1000000`.
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import names_made
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

import nkscreen
from nkscreen.screening.worker import ANSWERS, Worker, pack

COLUMNS = {"id": "no", "name": "name", "schema": "schema", "country": "country"}
COUNTRIES = ("GB", "SG", "CN", "AE", "DE", "US", "KR", "RU", "MY", "HK")
ROWS_A_GROUP = 100_000


def made(rows: int, path: Path) -> None:
    """Write so many rows."""
    chance = random.Random(5)
    names = list(names_made.asked(rows))
    frame = pl.DataFrame(names, schema=["name", "schema"], orient="row").with_columns(
        no=pl.format("C{}", pl.int_range(rows)), country=pl.Series(chance.choices(COUNTRIES, k=rows))
    )
    frame.write_parquet(path, row_group_size=min(ROWS_A_GROUP, max(1, rows // 4)))


def part(worker: Worker, source: Path, target: Path, group: int) -> int:
    """Screen one row group, write what is not clear, and give the rows answered."""
    batches = pq.ParquetFile(source).read_row_group(group).to_batches()
    found = pl.concat([pl.DataFrame(schema=ANSWERS), *map(pl.DataFrame, worker(batches))])
    found.filter(pl.col("status") != "clear").write_parquet(target / f"{group}.parquet")
    return found.height


def ours(pool: Executor, worker: Worker, source: Path, target: Path) -> float:
    """Seconds for all row groups."""
    target.mkdir()
    start = time.perf_counter()
    groups = range(pq.ParquetFile(source).num_row_groups)
    rows = sum(pool.map(partial(part, worker, source, target), groups))
    assert rows == pq.ParquetFile(source).metadata.num_rows, "every row is answered"
    return time.perf_counter() - start


def on_spark(packed: Path, source: Path, target: Path) -> tuple[float, float]:
    """Seconds to start and to run a first job on one row, and for all rows."""
    from pyspark.sql import SparkSession

    from nkscreen.screening.spark import screen_dataframe

    start = time.perf_counter()
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    rows = spark.read.parquet(str(source))
    screen_dataframe(rows.limit(1), packed, columns=COLUMNS).collect()
    ready = time.perf_counter()
    found = screen_dataframe(rows.repartition(8), packed, columns=COLUMNS)
    found.where("status != 'clear'").write.parquet(str(target))
    return ready - start, time.perf_counter() - ready


def digest(files: Iterable[Path]) -> tuple[int, str]:
    """How many rows were not clear, and a hash of them whatever their order."""
    frame = pl.concat(map(pl.read_parquet, files)).sort("id")
    return frame.height, hashlib.sha256(repr(frame.rows()).encode()).hexdigest()[:12]


def main(rows: int = 1_000_000) -> None:
    """Measure and print; different answers end with status 1."""
    names_made.needed()
    pa.set_cpu_count(1)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        source, packed = folder / "rows.parquet", folder / "un-ofac.screener"
        made(rows, source)
        watchlist = nkscreen.load_watchlist(*names_made.LISTS)
        pack(nkscreen.Screener(watchlist, nkscreen.load_rulebook(tests=False), as_of=date(2026, 11, 21)), packed)
        del watchlist
        worker = Worker(packed, COLUMNS)
        seconds = {}
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            list(pool.map(partial(ready, worker), range(2)))
            seconds["two processes"] = ours(pool, worker, source, folder / "processes")
        with ThreadPoolExecutor(2) as pool:
            ready(worker)
            seconds["two threads"] = ours(pool, worker, source, folder / "threads")
        started, seconds["Spark local[2]"] = on_spark(packed, source, folder / "spark")
        for title, taken in seconds.items():
            print(f"{title:16} {rows / taken:12,.0f} rows a second {taken:8.1f} s")
        print(f"Spark's start and first job: {started:.1f} s")
        print(f"Spark to our processes: {seconds['two processes'] / seconds['Spark local[2]']:.2f}, ", end="")
        print(f"to our threads: {seconds['two threads'] / seconds['Spark local[2]']:.2f}")
        answers = {name: digest((folder / name).glob("*.parquet")) for name in ("processes", "threads", "spark")}
        print(f"not clear: {answers}")
        sys.exit(0 if len(set(answers.values())) == 1 else 1)


def ready(worker: Worker, _: int = 0) -> None:
    """Let a process read the screener before time is taken."""
    batch = pa.record_batch({"no": ["1"], "name": ["Anna"], "schema": ["Person"], "country": ["GB"]})
    list(worker([batch]))
    time.sleep(1)  # so that the other process takes the other one


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
