"""Forgetting what the analysis of names remembers of words and texts."""

from __future__ import annotations

import sys

LEAST = 1024
"""Results from which a memory is one of words and not of a few settings. Tables, which have no bound, stay."""


def forget() -> None:
    """Empty every bounded memory of `matching`. What is asked next is worked out anew and is the same; words that are
    in use stay the objects they are (`interned`)."""
    for name, module in tuple(sys.modules.items()):
        if name.startswith("nkscreen.matching."):
            for one in tuple(vars(module).values()):
                parameters = getattr(one, "cache_parameters", None)
                if callable(parameters) and (parameters()["maxsize"] or 0) >= LEAST:
                    one.cache_clear()
