"""Name accuracy on labelled pairs beside three rapidfuzz recipes, in one run. Run: `make bench-names`.

The pairs are development sets beside the project. nkscreen is shown at its one default threshold; the recipes at the
thresholds their users take (token_sort 85, WRatio 86, JaroWinkler 90).
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz, utils
from rapidfuzz.distance import JaroWinkler

from nkscreen.matching import compare_names

BENCH = Path(__file__).resolve().parents[3] / "shared" / "data" / "bench"
SETS = ("name_bench_dev.csv", "name_bench_synthetic.csv", "ko_dev.csv", "ko_nearhomograph_dev.csv")
SCHEMATA = {"Person", "Company", "Organization", "LegalEntity", "Vessel"}


def recipe(scorer: Callable[..., float], threshold: float) -> Callable[[str, str, str], bool]:
    """A rapidfuzz scorer with its threshold as a matcher."""
    return lambda one, other, _: scorer(utils.default_process(one), utils.default_process(other)) >= threshold


MATCHERS: dict[str, Callable[[str, str, str], bool]] = {
    "nkscreen": lambda one, other, schema: compare_names(one, other, schema).is_match,  # type: ignore[arg-type]
    "token_sort 85": recipe(fuzz.token_sort_ratio, 85),
    "WRatio 86": recipe(fuzz.WRatio, 86),
    "JaroWinkler 0.90": recipe(JaroWinkler.normalized_similarity, 0.90),
}


def pairs(name: str) -> list[tuple[str, str, str, bool]]:
    """The labelled pairs of one set: two names, schema, whether they are the same."""
    with (BENCH / name).open(encoding="utf-8", newline="") as stream:
        return [
            (
                row["name1"],
                row["name2"],
                row["schema"] if row["schema"] in SCHEMATA else "LegalEntity",
                row["is_match"].lower() in {"1", "true"},
            )
            for row in csv.DictReader(stream)
        ]


def main() -> None:
    """Print precision, recall, F1 and time a pair for every set and matcher."""
    if not BENCH.exists():
        sys.exit("the benchmark needs the data beside the project")
    for name in SETS:
        rows = pairs(name)
        print(f"\n{name}: {len(rows):,} pairs, {sum(row[3] for row in rows):,} the same")
        for label, matcher in MATCHERS.items():
            start = time.perf_counter()
            outcomes = [(matcher(one, other, schema), same) for one, other, schema, same in rows]
            each = 1e6 * (time.perf_counter() - start) / len(rows)
            hit = sum(said and same for said, same in outcomes)
            false = sum(said and not same for said, same in outcomes)
            missed = sum(same and not said for said, same in outcomes)
            precision, recall = hit / max(hit + false, 1), hit / max(hit + missed, 1)
            f1 = 2 * hit / max(2 * hit + false + missed, 1)
            print(
                f"  {label:17} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  false {false:5}  {each:6.1f} us a pair"
            )


if __name__ == "__main__":
    main()
