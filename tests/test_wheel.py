"""A wheel built here and installed elsewhere screens, with its own rules and lists."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RUN = "import nkscreen; print(nkscreen.__file__); from nkscreen.cli import main; main()"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True, capture_output=True,
    )  # fmt: skip
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_carries_rules_lists_templates_and_types(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "nkscreen/_rules/trade/nk-ship-002.yaml" in names
    assert "nkscreen/_rules/policy/scoring.yaml" in names
    assert "nkscreen/watchlist/data/ofac.jsonl" in names
    assert "nkscreen/py.typed" in names
    assert any(name.startswith("nkscreen/report/templates/") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "fixtures/"))]


def test_the_wheel_installed_elsewhere_screens(wheel, tmp_path):
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    bin_folder = home / ("Scripts" if os.name == "nt" else "bin")
    python = bin_folder / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", str(wheel)],
        check=True, capture_output=True,
    )  # fmt: skip
    # The dependencies come from the environment of the tests, the package itself from the wheel alone.
    here = [path for path in sys.path if path.endswith("site-packages")]
    site = next((home / "lib").glob("python*/site-packages"))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join([str(site), *here])}
    manifest = tmp_path / "fleet.csv"
    manifest.write_text("id,vessel name,imo number\n1,CHONG CHON GANG,7937317\n", encoding="utf-8")
    done = subprocess.run(
        [str(python), "-P", "-c", RUN,
         "screen", str(manifest), "--as-of", "2026-06-01", "--out", "-"],
        check=False, capture_output=True, text=True, cwd=tmp_path, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    where, alert = done.stdout.splitlines()
    assert Path(where).is_relative_to(home.resolve())
    assert json.loads(alert)["severity"] == "critical"
    assert "676 entries" in done.stderr
