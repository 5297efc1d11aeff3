"""A folder that keeps lists: taken whole or not at all, never worse than the one before, readable at any moment."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime

import pytest
from list_samples import write_ofac

from nkscreen.errors import ListError
from nkscreen.watchlist import ListedEntity, ListedName, Listing, Snapshot, write_snapshot
from nkscreen.watchlist.store import Incoming, Store

READERS = int(os.environ.get("NKSCREEN_READERS", "3"))
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def entities(number, programme="SYRIA", first=0):
    return tuple(
        ListedEntity(
            id=str(index),
            schema="Company",
            names=(ListedName(value=f"Heron {index} Trading"),),
            listings=(Listing(programme=programme),),
        )
        for index in range(first, first + number)
    )


def listed(tmp_path, *parts, day=date(2026, 10, 1), publisher="TEST", name="list.jsonl"):
    path = tmp_path / name
    write_snapshot(Snapshot(publisher=publisher, title="a list", list_date=day, entities=sum(parts, ())), path)
    return path


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def test_an_empty_store_has_no_list_and_says_what_to_do(store):
    assert store.state().lists == {}
    with pytest.raises(ListError, match="nkscreen lists add"):
        store.watchlist()


def test_a_list_is_kept_with_its_file_its_hash_and_where_it_came_from(store, tmp_path):
    path = listed(tmp_path, entities(3))
    state, refused = store.update([path], NOON)
    assert refused == ()
    kept = state.lists["test-a-list"]
    assert (kept.entries, kept.list_date, kept.origin, kept.retrieved) == (3, date(2026, 10, 1), "list.jsonl", NOON)
    assert (store.path / "raw" / kept.raw[0]).read_bytes() == path.read_bytes()
    assert len(store.watchlist()) == 3
    assert store.watchlist().snapshots[0].list_date == date(2026, 10, 1)


def test_an_ofac_set_is_kept_with_its_companions(store, tmp_path):
    path = write_ofac(tmp_path, "_2026-01-02")
    (tmp_path / "other.csv").write_text("name\nX\n")
    state, _ = store.update([path], NOON)
    (kept,) = state.lists.values()
    files = [tmp_path / f"{stem}_2026-01-02.csv" for stem in ("sdn", "add", "alt", "sdn_comments")]
    assert [(store.path / "raw" / raw).read_bytes() for raw in kept.raw] == [file.read_bytes() for file in files]


def test_an_ofac_set_that_lacks_a_file_is_refused_until_it_is_accepted(store, tmp_path):
    path = write_ofac(tmp_path, "_2026-01-02")
    (tmp_path / "alt_2026-01-02.csv").unlink()
    state, (refusal,) = store.update([path], NOON)
    assert (state.lists, refusal.reason) == ({}, "lacks alt.csv beside it")
    state, refused = store.update([path], NOON, accept="aliases are not needed for this test")
    assert (len(state.lists), refused) == (1, ())


def test_the_same_list_again_makes_no_new_state_and_a_new_date_does(store, tmp_path):
    store.update([listed(tmp_path, entities(3))], NOON)
    assert store.update([listed(tmp_path, entities(3))], NOON)[0].number == 1
    state, _ = store.update([listed(tmp_path, entities(3), day=date(2026, 10, 8))], NOON)
    assert state.number == 2
    assert [found.lists["test-a-list"].list_date.day for found in store.states()] == [1, 8]
    assert store.watchlist().snapshots[0].list_date == date(2026, 10, 8)
    assert store.watchlist(store.state(1)).snapshots[0].list_date == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("parts", "day", "reason"),
    [
        ((entities(90),), date(2026, 10, 8), "lacks 10.0% of the entries in use, more than 5%"),
        ((entities(98, first=2),), date(2026, 10, 8), "lacks 50.0% of the entries about North Korea"),
        ((entities(100),), date(2026, 9, 1), "is of 2026-09-01, older than the one in use (2026-10-01)"),
        ((entities(100),), None, "carries no date, the one in use is of 2026-10-01"),
    ],
)
def test_a_list_that_is_worse_than_the_one_in_use_is_refused(store, tmp_path, parts, day, reason):
    good = listed(tmp_path, entities(4, "DPRK"), entities(96, first=4))
    before, _ = store.update([good], NOON)
    after, (refusal,) = store.update([listed(tmp_path, *parts, day=day)], NOON)
    assert after == before
    assert refusal.name == "test-a-list"
    assert reason in refusal.reason


def test_a_reason_takes_it_all_the_same_and_is_recorded(store, tmp_path):
    store.update([listed(tmp_path, entities(100))], NOON)
    state, refused = store.update([listed(tmp_path, entities(50))], NOON, accept="half was delisted on 1 October")
    assert refused == ()
    assert (state.lists["test-a-list"].entries, state.lists["test-a-list"].accepted) == (
        50, "half was delisted on 1 October",
    )  # fmt: skip
    later, _ = store.update([listed(tmp_path, entities(60))], NOON, accept="not needed")
    assert later.lists["test-a-list"].accepted == ""


def test_a_file_that_is_no_list_does_not_stop_the_others(store, tmp_path):
    page = tmp_path / "un.xml"
    page.write_text("<!DOCTYPE html><html>Service unavailable</html>")
    state, (refusal,) = store.update([page, listed(tmp_path, entities(3))], NOON)
    assert list(state.lists) == ["test-a-list"]
    assert "is a web page" in refusal.reason


def test_a_list_of_another_publisher_under_the_same_name_is_refused(store, tmp_path):
    path = listed(tmp_path, entities(3))
    store.update([Incoming(path, name="mine")], NOON)
    other = listed(tmp_path, entities(3), publisher="OTHER", name="other.jsonl")
    _, (refusal,) = store.update([Incoming(other, name="mine")], NOON)
    assert "is a list of OTHER" in refusal.reason


@pytest.mark.parametrize("part", ["current.json", "snapshots"])
def test_damage_is_an_error_and_no_empty_list(store, tmp_path, part):
    store.update([listed(tmp_path, entities(3))], NOON)
    file = store.path / part
    file = next(file.iterdir()) if file.is_dir() else file
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(ListError, match=r"damaged|was cut"):
        store.watchlist()


def test_a_store_in_a_place_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ListError, match="cannot be written"):
        Store(tmp_path / "file").update([listed(tmp_path, entities(1))], NOON)


def test_a_time_without_a_zone_is_a_slip_of_the_caller(store, tmp_path):
    with pytest.raises(ValueError, match="time zone"):
        store.update([listed(tmp_path, entities(1))], datetime(2026, 11, 1))


UPDATES = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from nkscreen.watchlist.store import Store
store, files = Store(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
print("ready", flush=True)
while True:
    for one, other in (files[:2], files[2:]):
        store.update([one, other], datetime(2026, 11, 1, tzinfo=UTC), accept="to and fro")
"""


def pairs(tmp_path):
    """Two lists in two versions each; the versions of one day belong together."""
    return [
        listed(tmp_path, entities(200 + version, first=first), publisher=publisher, name=f"{publisher}{version}.jsonl")
        for version in (0, 1)
        for publisher, first in (("ONE", 0), ("TWO", 1000))
    ]


def sizes(store):
    return tuple(len(snapshot.entities) for snapshot in store.watchlist().snapshots)


def test_a_writer_killed_at_any_moment_leaves_a_whole_state(tmp_path):
    files = pairs(tmp_path)
    store = Store(tmp_path / "store")
    store.update(files[:2], NOON)
    chance = random.Random(20261126)
    seen = set()
    for _ in range(int(os.environ.get("NKSCREEN_KILLS", "12"))):
        writer = subprocess.Popen(
            [sys.executable, "-c", UPDATES, str(store.path), *map(str, files)], stdout=subprocess.PIPE
        )
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.0, 0.08))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        seen.add(sizes(store))
    assert seen <= {(200, 200), (201, 201)}
    store.update(files[:2], NOON, accept="the lock of a dead writer is free")


def _watch(path, until, found):
    store = Store(path)
    seen = set()
    while not until.is_set():
        seen.add(sizes(store))
    found.put(seen)


def test_readers_during_updates_see_one_state_or_the_other_and_never_a_mixture(tmp_path):
    files = pairs(tmp_path)
    store = Store(tmp_path / "store")
    store.update(files[:2], NOON)
    context = multiprocessing.get_context("spawn")
    until, found = context.Event(), context.Queue()
    readers = [context.Process(target=_watch, args=(store.path, until, found)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for _ in range(15):
        store.update(files[2:], NOON, accept="to")
        store.update(files[:2], NOON, accept="fro")
    until.set()
    seen = set().union(*(found.get(timeout=60) for _ in readers))
    for reader in readers:
        reader.join()
    assert seen <= {(200, 200), (201, 201)}
