"""The bundled list made anew from a store of lists."""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from list_samples import write_ofac

from nkscreen.watchlist import is_dprk, read_snapshot
from nkscreen.watchlist.bundled import BUNDLED
from nkscreen.watchlist.store import Store

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
NOW = datetime(2026, 11, 27, tzinfo=UTC)


@pytest.fixture
def script(monkeypatch):
    """The script, as `python scripts/bundle_from_store.py` would run it."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import bundle_from_store

    yield bundle_from_store
    for name in ("bundle_from_store", "build_bundled_list"):
        sys.modules.pop(name, None)


@pytest.fixture
def target(script, tmp_path):
    return Path(shutil.copytree(script.TARGET, tmp_path / "data"))


def test_what_the_store_has_is_taken_and_the_rest_stays(script, target, tmp_path, capsys):
    store = Store(tmp_path / "store")
    store.update([write_ofac(tmp_path, "_2026-01-02")], NOW)
    before = {name: (target / name).read_bytes() for name in BUNDLED}
    script.main(str(store.path), target)
    said = capsys.readouterr().out
    assert "un.jsonl: stays as it is; the store has no list for it" in said
    made = read_snapshot(target / "ofac.jsonl")
    assert (str(made.list_date), made.bundled) == ("2026-01-02", True)
    assert made.entities
    assert all(map(is_dprk, made.entities))
    assert "sdn_2026-01-02.csv" in made.sources
    assert {name for name in BUNDLED if (target / name).read_bytes() != before[name]} == {"ofac.jsonl"}
    first = (target / "ofac.jsonl").read_bytes()
    script.main(str(store.path), target)
    assert (target / "ofac.jsonl").read_bytes() == first


def test_a_list_that_is_too_large_is_not_written(script, target, tmp_path, monkeypatch):
    store = Store(tmp_path / "store")
    store.update([write_ofac(tmp_path, "_2026-01-02")], NOW)
    before = (target / "ofac.jsonl").read_bytes()
    monkeypatch.setattr(script, "MOST_BYTES", 1000)
    with pytest.raises(SystemExit, match="more than 1,000"):
        script.main(str(store.path), target)
    assert (target / "ofac.jsonl").read_bytes() == before
