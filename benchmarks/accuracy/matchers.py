"""What is measured: nkscreen at its one threshold, and its peers at the thresholds their users take."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from rapidfuzz import fuzz, utils
from rapidfuzz.distance import JaroWinkler

from nkscreen.matching import DEFAULT_THRESHOLD, compare_names
from nkscreen.records import Schema

Scorer = Callable[[str, str, Schema], float]


def nkscreen_score(one: str, other: str, schema: Schema) -> float:
    """The score of `compare_names`."""
    return compare_names(one, other, schema).score


def recipe(scorer: Callable[..., float]) -> Scorer:
    """A rapidfuzz scorer on names folded by its own `default_process`."""
    return lambda one, other, _: scorer(utils.default_process(one), utils.default_process(other))


@cache
def matchers() -> dict[str, tuple[Scorer, float]]:
    """Every matcher with its threshold; logic-v2 only where nomenklatura is installed."""
    found: dict[str, tuple[Scorer, float]] = {
        "nkscreen": (nkscreen_score, DEFAULT_THRESHOLD),
        "WRatio 86": (recipe(fuzz.WRatio), 86),
        "token_sort 85": (recipe(fuzz.token_sort_ratio), 85),
        "token_set 90": (recipe(fuzz.token_set_ratio), 90),
        "JaroWinkler .90": (recipe(JaroWinkler.normalized_similarity), 0.90),
    }
    logic = _logic_v2()
    if logic:
        found["logic-v2 .70"] = (logic, 0.70)
    return found


def versions() -> str:
    """The libraries measured, with their versions."""
    found = []
    for package in ("nkscreen", "rapidfuzz", "nomenklatura", "rigour"):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def _logic_v2() -> Scorer | None:
    """nomenklatura's logic-v2. It caches the names of an entity by its id, so every entity gets a fresh one."""
    try:
        from followthemoney import model  # noqa: PLC0415
        from nomenklatura.matching import get_algorithm  # noqa: PLC0415
    except ImportError:
        return None
    algorithm: Any = get_algorithm("logic-v2")
    config: Any = algorithm.default_config()
    number = itertools.count()

    def entity(name: str, schema: Schema) -> Any:
        return model.get_proxy({"id": f"e{next(number)}", "schema": schema, "properties": {"name": [name]}})

    return lambda one, other, schema: algorithm.compare(entity(one, schema), entity(other, schema), config).score
