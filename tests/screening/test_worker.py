"""A worker of a cluster answers as the single machine does, however rows are dealt out to batches and threads."""

import pickle
from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest

from nkscreen import InputError
from nkscreen.screening import worker as worker_module
from nkscreen.screening.frames import screen_frame
from nkscreen.screening.worker import ANSWERS, NO_ID, Worker, pack, unpack

pa = pytest.importorskip("pyarrow", reason="record batches are made by pyarrow, which is not installed")

COLUMNS = {"id": "CUSTOMER_NO", "name": "CUSTOMER", "country": "CTRY"}
NAMES = ["Blue Heron Trading", "KOREA MINING DEVELOPMENT TRADING CORPORATION", "Anna Kowalska", None, "TO ORDER"]
COUNTRIES = ["GB", "KP", None]


@pytest.fixture(scope="module")
def customers():
    rows = [(f"C{n:04}", NAMES[n % 5], COUNTRIES[n % 3]) for n in range(120)]
    return pa.Table.from_pydict(dict(zip(COLUMNS.values(), map(list, zip(*rows, strict=True)), strict=True)))


@pytest.fixture(scope="module")
def packed(screener, tmp_path_factory):
    path = tmp_path_factory.mktemp("packed") / "lists.screener"
    pack(screener, path)
    return path


@pytest.fixture(scope="module")
def expected(screener, customers):
    return screen_frame(customers, columns=COLUMNS, screener=screener).drop("row").rows()


def rows(batches):
    return pl.concat([pl.DataFrame(schema=ANSWERS), *map(pl.DataFrame, batches)]).rows()


@pytest.mark.parametrize("length", [1, 7, 1000])
def test_batches_of_any_length_get_the_answers_of_the_single_machine(packed, customers, expected, length):
    found = rows(Worker(packed, COLUMNS)(customers.to_batches(max_chunksize=length)))
    assert found == expected
    assert {row[1] for row in found} == {"alert", "clear"}


def test_a_partition_worked_again_or_in_another_order_gets_the_same_answers(packed, customers, expected):
    worker, partitions = Worker(packed, COLUMNS), [customers.slice(at, 30) for at in (90, 0, 60, 30, 0)]
    found = [rows(worker(part.to_batches())) for part in partitions]
    assert found[1] == found[4]
    assert sorted(row for part in found[:4] for row in part) == sorted(expected)


def test_a_worker_sent_to_another_process_works_there_in_several_threads(packed, customers, expected):
    worker = pickle.loads(pickle.dumps(Worker(packed, COLUMNS)))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: rows(worker(customers.to_batches(max_chunksize=17))), range(8)))
    assert all(one == expected for one in found)


def test_no_batches_no_answers(packed, customers):
    assert rows(Worker(packed, COLUMNS)([])) == []
    assert rows(Worker(packed, COLUMNS)(customers.slice(0, 0).to_batches())) == []


def test_a_row_without_an_id_is_set_aside(packed):
    batch = pa.record_batch({"n": pa.array([1, None, 3]), "name": ["Anna", NAMES[1], NAMES[1]]})
    found = rows(Worker(packed, {"id": "n", "name": "name"})([batch]))
    assert [row[:2] for row in found] == [("1", "clear"), (None, "quarantined"), ("3", "alert")]
    assert found[1] == (None, "quarantined", NO_ID, None, None, None, None)


def test_a_column_must_be_named_for_the_id(packed):
    with pytest.raises(InputError, match="name the column of the id"):
        Worker(packed, {"name": "CUSTOMER"})


def test_a_process_reads_a_screener_once(packed, screener, tmp_path):
    assert unpack(packed) is unpack(packed)
    other = tmp_path / "brought.elsewhere"
    other.write_bytes(packed.read_bytes())
    assert unpack(other) is unpack(packed)
    assert unpack(packed).provenance() == screener.provenance()


def test_a_packed_screener_is_written_whole_and_names_its_content(screener, tmp_path):
    assert pack(screener, tmp_path / "again").encode() in (tmp_path / "again").read_bytes()[:200]
    assert [path.name for path in tmp_path.iterdir()] == ["again"]


def test_a_file_that_is_no_screener_or_is_damaged_is_refused(packed, tmp_path, monkeypatch):
    monkeypatch.setattr(worker_module, "_kept", {})
    content = packed.read_bytes()
    for damaged in (content[:-1], content[:-9] + b"\0" + content[-8:]):
        (tmp_path / "damaged").write_bytes(damaged)
        with pytest.raises(InputError, match="is damaged"):
            unpack(tmp_path / "damaged")
    for other in (b"", b"\xff" * 500, b"id,name\n1,Anna\n", content[100:]):
        (tmp_path / "other").write_bytes(other)
        with pytest.raises(InputError, match="holds no screener"):
            unpack(tmp_path / "other")


def test_a_screener_of_another_version_is_refused(packed, tmp_path):
    head, _, body = packed.read_bytes().partition(b"\n")
    magic, _, digest = head.split(b"\t")
    (tmp_path / "old").write_bytes(b"\t".join((magic, b"0.0.1", digest)) + b"\n" + body)
    with pytest.raises(InputError, match=r"written by nkscreen 0\.0\.1 and this worker has"):
        unpack(tmp_path / "old")
