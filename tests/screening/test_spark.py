"""On Spark every row has the answer of the single machine, even where a worker or an executor is lost on the way."""

import os
import shutil
import signal
from pathlib import Path

import polars as pl
import pytest

from nkscreen import InputError
from nkscreen.screening.frames import screen_frame
from nkscreen.screening.worker import ANSWERS, NO_ID, pack

pyspark = pytest.importorskip("pyspark", reason="Spark is not installed: make test-spark installs it and runs these")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Spark needs Java 17 or later, and there is no java", allow_module_level=True)

from nkscreen.screening import spark as on_spark  # noqa: E402

pytestmark = [
    pytest.mark.filterwarnings("ignore::FutureWarning:pyspark", "ignore::ResourceWarning"),
    pytest.mark.xdist_group("spark"),
]

COLUMNS = {"id": "CUSTOMER_NO", "name": "CUSTOMER", "country": "CTRY"}
NAMES = ["Blue Heron Trading", "KOREA MINING DEVELOPMENT TRADING CORPORATION", "Anna Kowalska", None, "TO ORDER"]
COUNTRIES = ["GB", "KP", None]
ROWS = [(f"C{n:04}", NAMES[n % 5], COUNTRIES[n % 3]) for n in range(600)]
DDL = "CUSTOMER_NO string, CUSTOMER string, CTRY string"


@pytest.fixture(scope="module")
def packed(screener, tmp_path_factory):
    path = tmp_path_factory.mktemp("packed") / "lists-2026-06-01.screener"
    pack(screener, path)
    return path


@pytest.fixture(scope="module")
def expected(screener):
    frame = pl.DataFrame(ROWS, schema=list(COLUMNS.values()), orient="row")
    return sorted(screen_frame(frame, columns=COLUMNS, screener=screener).drop("row").rows())


def session(master, folder, monkeypatch):
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("SPARK_HOME", str(Path(pyspark.__file__).parent))
    monkeypatch.setenv("SPARK_WORKER_DIR", str(folder))
    builder = pyspark.sql.SparkSession.builder.master(master).config("spark.ui.enabled", "false")
    builder = builder.config("spark.local.dir", str(folder)).config("spark.sql.warehouse.dir", str(folder))
    made = builder.config("spark.executor.memory", "512m").config("spark.log.level", "OFF").getOrCreate()
    made.sparkContext.setLogLevel("OFF")
    return made


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    """Two workers in this machine; a task may fail three times before the job does."""
    with pytest.MonkeyPatch.context() as patch:
        made = session("local[2, 4]", tmp_path_factory.mktemp("spark"), patch)
        yield made
        made.stop()


def killing(task, seen, victim):
    """The task, but the first worker that begins ends `victim` (a process) when it has answered a batch."""

    def work(batches):
        for answers in task(batches):
            yield answers
            try:
                os.close(os.open(seen, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                continue
            os.kill(victim(), signal.SIGKILL)

    return work


def test_every_row_has_the_answer_of_the_single_machine(spark, packed, expected):
    frame = spark.createDataFrame(ROWS, DDL).repartition(7)
    found = on_spark.screen_dataframe(frame, packed, columns=COLUMNS)
    assert sorted(map(tuple, found.collect())) == expected
    assert found.where("status = 'alert'").count() == sum(row[1] == "alert" for row in expected) > 100


def test_the_columns_of_the_answers_are_those_of_the_worker(spark, packed):
    found = on_spark.screen_dataframe(spark.createDataFrame(ROWS[:1], DDL), packed, columns=COLUMNS)
    named = {"string": pl.String, "double": pl.Float64}
    assert {name: named[of] for name, of in found.dtypes} == dict(ANSWERS)


def test_a_task_whose_worker_dies_is_run_again_and_answers_the_same(spark, packed, expected, tmp_path):
    frame = spark.createDataFrame(ROWS, DDL).repartition(5)
    on_spark.screen_dataframe(frame, packed, columns=COLUMNS)
    dying = killing(on_spark.Task(packed.name, COLUMNS), str(tmp_path / "killed"), os.getpid)
    found = frame.mapInArrow(dying, on_spark.ANSWERS).collect()
    assert (tmp_path / "killed").exists()
    assert sorted(map(tuple, found)) == expected


def test_a_row_without_an_id_is_set_aside_and_ids_may_be_numbers(spark, packed):
    frame = spark.createDataFrame([(1, NAMES[1]), (None, NAMES[1])], "n long, name string")
    found = on_spark.screen_dataframe(frame, packed, columns={"id": "n", "name": "name"}).collect()
    assert sorted((row.id or "", row.status, row.alert is None) for row in found) == [
        ("", "quarantined", True),
        ("1", "alert", False),
    ]
    assert NO_ID in {row.reason for row in found}


def test_what_cannot_be_screened_is_told(spark, packed):
    frame = spark.createDataFrame(ROWS[:5], DDL)
    with pytest.raises(InputError, match="on a cluster rows have no number"):
        on_spark.screen_dataframe(frame, packed, columns={"name": "CUSTOMER"})
    wrong = on_spark.screen_dataframe(frame, packed, columns={"id": "CUSTOMER_NO", "name": "KUNDE"})
    with pytest.raises(Exception, match="there is no column 'KUNDE'"):
        wrong.collect()


def test_what_a_lost_executor_had_is_answered_by_another(packed, expected, tmp_path, monkeypatch):
    def executor():
        """The Java process that this Python worker belongs to."""
        pid = os.getpid()
        while "CoarseGrainedExecutorBackend" not in Path(f"/proc/{pid}/cmdline").read_text():
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
            assert pid > 1, "no executor above this worker"
        return pid

    if not Path("/proc/self/stat").exists():
        pytest.skip("the executor of a worker is found in /proc, which this system lacks")
    cluster = session("local-cluster[2, 1, 1024]", tmp_path, monkeypatch)
    try:
        frame = cluster.createDataFrame(ROWS, DDL).repartition(6)
        on_spark.screen_dataframe(frame, packed, columns=COLUMNS)
        dying = killing(on_spark.Task(packed.name, COLUMNS), str(tmp_path / "killed"), executor)
        found = frame.mapInArrow(dying, on_spark.ANSWERS).collect()
    finally:
        cluster.stop()
    assert (tmp_path / "killed").exists()
    assert sorted(map(tuple, found)) == expected
