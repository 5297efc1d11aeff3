"""Names of a package that are imported when somebody first asks for them.

A program that screens one record reads no files of twenty formats and fetches no lists: it does not wait for what it
does not use.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def on_first_use(package: str, names: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """A package's `__getattr__` and `__dir__`, for names that stand in other modules. Each name is looked for once.

    `names` has the public names of each module, with spaces between them.
    """
    face = vars(sys.modules[package])
    modules = {name: module for module, found in names.items() for name in found.split()}

    def find(name: str) -> Any:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name, obj=sys.modules[package])
        face[name] = getattr(import_module(modules[name]), name)
        return face[name]

    return find, lambda: sorted({*face, *modules})
