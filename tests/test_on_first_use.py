"""Names of packages that are imported when somebody asks for them."""

import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest

from nkscreen.on_first_use import on_first_use

FACES = ("nkscreen", *(f"nkscreen.{name}" for name in ("formats", "matching", "rulebook", "screening", "watchlist")))


@pytest.mark.parametrize("package", FACES)
def test_every_public_name_is_there_and_listed(package):
    face = import_module(package)
    assert set(face.__all__) <= set(dir(face))
    for module in iter_modules(face.__path__, f"{package}."):
        with suppress(ModuleNotFoundError):  # one that needs an extra
            import_module(module.name)  # a module hides a name of the same spelling
    for name in face.__all__:
        assert getattr(face, name) is vars(face)[name]
        assert not isinstance(vars(face)[name], ModuleType), name


def test_an_unknown_name_is_an_attribute_error():
    import nkscreen

    with pytest.raises(AttributeError, match="module 'nkscreen' has no attribute 'Screner'"):
        nkscreen.Screner  # noqa: B018


def test_a_name_is_looked_for_once():
    find, names = on_first_use(__name__, {"fractions": "Fraction Decimal"})
    assert "Fraction" not in globals()
    assert "Fraction" in names()
    assert find("Fraction") is globals()["Fraction"]


def test_screening_a_record_imports_no_readers_and_nothing_for_frames_and_fetching():
    code = (
        "import sys, nkscreen; screener = nkscreen.Screener.default();"
        "record = nkscreen.Counterparty.read({'id': '1', 'name': 'Korea Mining Development Trading Corporation'});"
        "assert screener.screen(record).alert;"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert "nkscreen.screening.screener" in loaded
    unused = {"nkscreen.formats", "nkscreen.watchlist.load", "polars", "pandas", "lxml", "httpx", "typer", "rich"}
    assert not loaded & unused
