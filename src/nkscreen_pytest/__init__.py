"""The pytest plugin's door: an option, and nothing more until it is used.

pytest imports this in every run of an environment that has nkscreen, so it stands outside the package (which would be
imported with it) and hands over to `nkscreen.pytest_plugin` when rules are to be collected:

```
pytest --nkscreen-rules rules           # every test and the lint of every rule, beside the other tests
pytest --nkscreen-rules rules rules -k nk-ship-001
```

The ini option `nkscreen_rules` names the folder without adding it to the run: it is then collected where it lies among
the arguments or in `testpaths`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option."""
    group = parser.getgroup("nkscreen", "red-flag rules of nkscreen")
    group.addoption("--nkscreen-rules", metavar="DIR", help="Collect every test and the lint of the rules in DIR.")
    parser.addini("nkscreen_rules", "Folder of rules, collected where it lies among the arguments or testpaths.")


def pytest_configure(config: pytest.Config) -> None:
    """Remember the folder, and add it to what is collected unless the arguments reach it already."""
    asked = config.getoption("--nkscreen-rules")
    if asked:
        folder = (config.invocation_params.dir / str(asked)).resolve()
    elif config.getini("nkscreen_rules"):
        folder = (config.rootpath / str(config.getini("nkscreen_rules"))).resolve()
    else:
        return
    if asked and not folder.is_dir():
        raise pytest.UsageError(f"--nkscreen-rules {asked}: there is no such folder")
    config.stash[FOLDER] = folder
    if asked:
        given = [(config.invocation_params.dir / arg.partition("::")[0]).resolve() for arg in config.args]
        if not any(path == folder or folder in path.parents or path in folder.parents for path in given):
            config.args.append(str(folder))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the YAML files of the folder."""
    folder = parent.config.stash.get(FOLDER, None)
    if folder is None or file_path.suffix != ".yaml" or folder not in file_path.parents:
        return None
    from nkscreen.pytest_plugin import collect  # noqa: PLC0415  only runs that ask for rules pay for the import

    return collect(folder, file_path, parent)
