"""What several rooms' tests share."""

import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import nkscreen

ROOT = Path(__file__).resolve().parents[1]
AS_OF = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _pipes() -> Iterator[None]:
    """Every test begins with broken pipes as errors, as Python has it. A command that ran in this process may have let
    them end it, as `| head` expects, and a test with a server would be killed."""
    before = signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGPIPE, before)


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """The folder of example files."""
    return ROOT / "fixtures"


@pytest.fixture(scope="session")
def screener() -> nkscreen.Screener:
    """The bundled lists, rules and policy, as of the day the fixtures' expectations were written for."""
    return nkscreen.Screener.default(as_of=AS_OF)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real lists and files beside the project; tests that need it skip where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real files beside the project are not present")
    return folder
