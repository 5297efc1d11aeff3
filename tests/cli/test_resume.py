"""A run that was killed goes on where it was: no alert is lost and none is doubled."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from nkscreen import InputError
from nkscreen.screening import batch
from nkscreen.screening.journal import Journal

KILLS = int(os.environ.get("NKSCREEN_KILLS", "3"))
SMALL = "from nkscreen.screening import batch; batch.CHUNK = 20; from nkscreen.cli import main; main()"


def names(path, rows=400):
    """A file of names of which every seventh is listed and every fiftieth has too many cells."""
    lines = ["id,name,country"]
    for number in range(rows):
        name = "KOREA MINING DEVELOPMENT TRADING CORPORATION" if number % 7 == 0 else f"Blue Heron {number}"
        lines.append(f"{number},{name},GB" + (",,x" if number % 50 == 49 else ""))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def arguments(folder, out):
    return ["screen", str(folder / "names.csv"), "--kind", "counterparty", "--as-of", "2026-06-01", "--out", str(out)]


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL here")
def test_a_run_killed_at_random_points_gives_the_same_files(tmp_path):
    names(tmp_path / "names.csv")
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    quarantine = ["--quarantine", str(tmp_path / "q.jsonl"), "--resume", str(tmp_path / "journal")]
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", SMALL, *arguments(tmp_path, whole)], check=True, capture_output=True)
    length = time.monotonic() - start
    chance = random.Random(7)
    for _ in range(KILLS):
        run = subprocess.Popen(
            [sys.executable, "-c", SMALL, *arguments(tmp_path, out), *quarantine],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(length * chance.uniform(0.5, 0.95))
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert not out.exists() or out.read_bytes() == whole.read_bytes()
    last = [sys.executable, "-c", SMALL, *arguments(tmp_path, out), *quarantine]
    said = subprocess.run(last, check=True, capture_output=True, text=True).stdout
    assert out.read_bytes() == whole.read_bytes()
    assert len(out.read_text(encoding="utf-8").splitlines()) >= 50
    assert "read 400 = screened 392 + quarantined 8" in said
    assert len((tmp_path / "q.jsonl").read_text(encoding="utf-8").splitlines()) == 8


def test_what_is_finished_is_not_screened_again(screener, tmp_path, monkeypatch):
    from nkscreen import open_input

    monkeypatch.setattr(batch, "CHUNK", 50)
    path = names(tmp_path / "names.csv", 200)
    first = batch.Batch(screener)
    broken_off = open_input(path, kind="counterparty")
    begun = first.resumed(broken_off, Journal(tmp_path / "journal", {"inputs": 1}))
    for _ in range(12):
        next(begun)
    broken_off.close()
    kept = len(list((tmp_path / "journal").glob("*.jsonl")))
    assert kept == 2
    asked = []
    original = type(screener).screen
    monkeypatch.setattr(type(screener), "screen", lambda self, record: asked.append(record) or original(self, record))
    second = batch.Batch(screener)
    source = open_input(path, kind="counterparty")
    found = list(second.resumed(source, Journal(tmp_path / "journal", {"inputs": 1})))
    assert len(asked) < 110
    alone = batch.Batch(screener)
    assert found == [
        item if not hasattr(item, "alert") else item.alert
        for item in alone.run(open_input(path, kind="counterparty"))
        if getattr(item, "alert", item) is not None
    ]
    assert second.summary() == alone.summary()


def test_a_journal_of_another_run_is_refused(tmp_path):
    Journal(tmp_path / "j", {"inputs": 1, "kind": "vessel"})
    with pytest.raises(InputError, match="begun with other inputs; give the same"):
        Journal(tmp_path / "j", {"inputs": 2, "kind": "vessel"})
    (tmp_path / "k").mkdir()
    (tmp_path / "k/mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="holds other files"):
        Journal(tmp_path / "k", {"inputs": 1})
    assert (tmp_path / "k/mine.txt").exists()
