"""The example of another engine in docs/scale.md runs as it stands and gives the answers of the single machine."""

import re
from pathlib import Path

import polars as pl
import pytest

from nkscreen.screening.frames import screen_frame
from nkscreen.screening.worker import ANSWERS, pack

pytest.importorskip("dask.dataframe", reason="Dask is not installed: make test-spark installs it and runs this")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"


def test_the_dask_example_gives_the_answers_of_the_single_machine(screener, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ["KOREA MINING DEVELOPMENT TRADING CORPORATION", "Anna Kowalska", "Blue Heron"] * 40
    frame = pl.DataFrame({"CUSTOMER_NO": [f"C{n}" for n in range(120)], "CUSTOMER": names})
    frame.write_parquet("customers.parquet", row_group_size=30)
    pack(screener, "lists.screener")
    (example,) = [code for code in re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL) if "dask" in code]
    told: dict = {}
    exec(example, told)
    parts = told["answers"].repartition(npartitions=1).compute(scheduler="threads")
    columns = {"id": "CUSTOMER_NO", "name": "CUSTOMER"}
    expected = screen_frame(frame, columns=columns, screener=screener).drop("row")
    found = pl.from_pandas(parts).cast(dict(ANSWERS)).select(list(ANSWERS))
    shown = ["id", "status", "alert"]
    assert sorted(found.select(shown).rows()) == sorted(expected.select(shown).rows())
    assert (found["status"] == "alert").sum() == 40
    assert len(example.strip().splitlines()) <= 15
