"""Watchlists and snapshots as values: equal when they hold the same, whole after pickling."""

import pickle

import pytest
from list_samples import UN, write_ofac

from nkscreen.watchlist import Watchlist, bundled_watchlist, load_snapshot, load_watchlist


@pytest.fixture
def watchlist(tmp_path) -> Watchlist:
    (tmp_path / "un.xml").write_text(UN, encoding="utf-8")
    write_ofac(tmp_path)
    return load_watchlist(tmp_path)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("hashed", [False, True])
def test_a_watchlist_and_its_snapshots_survive_pickle(watchlist, protocol, hashed):
    if hashed:
        assert watchlist.sha256
    again = pickle.loads(pickle.dumps(watchlist, protocol))
    assert again == watchlist
    assert again.snapshots[0] == watchlist.snapshots[0]
    assert again.snapshots[0].report == watchlist.snapshots[0].report
    assert (again.sha256, hash(again), len(again)) == (watchlist.sha256, hash(watchlist), len(watchlist))


def test_the_bundled_watchlist_survives_pickle():
    again = pickle.loads(pickle.dumps(bundled_watchlist()))
    assert again == bundled_watchlist()
    assert again.sha256 == bundled_watchlist().sha256


def test_two_readings_of_one_list_are_equal(tmp_path, watchlist):
    assert load_watchlist(tmp_path) == watchlist
    assert len({load_watchlist(tmp_path), watchlist}) == 1


def test_watchlists_that_differ_in_a_snapshot_are_not_equal(watchlist):
    one, other = watchlist.snapshots
    assert Watchlist(one) != watchlist
    assert Watchlist(one, other.model_copy(update={"title": "Another"})) != watchlist
    assert watchlist != watchlist.snapshots


def test_paths_may_be_text(tmp_path, watchlist):
    assert load_watchlist(str(tmp_path)) == load_watchlist(str(tmp_path / "sdn.csv"), tmp_path / "un.xml") == watchlist
    assert load_snapshot(str(tmp_path / "un.xml")) == load_snapshot(tmp_path / "un.xml")
