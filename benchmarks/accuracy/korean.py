"""Accuracy of the Korean name path on labelled pairs, beside rapidfuzz recipes.

    python benchmarks/accuracy/korean.py [--errors]

Reads `ko_dev.csv` and `ko_nearhomograph_dev.csv` from the folder `shared/data/bench` beside the repository. Printed:
P, R and F1 at the library's fixed threshold, recall or false alerts per category, and the share of near-homographs
(names of two people that differ in one sound) that alert, per kind. Categories that no comparison of names can settle
are apart.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from nkscreen.matching.names import korean
from nkscreen.matching.names.compare import DEFAULT_THRESHOLD, compare_names
from nkscreen.records import Schema

BENCH = Path(__file__).resolve().parents[2] / "../shared/data/bench"
APART = {"alias-unrelated", "org-acronym", "other-language", "ambiguous-homograph"}
SCHEMAS: dict[str, Schema] = {"Person": "Person", "Organization": "Organization", "Vessel": "Vessel"}

Row = dict[str, str]
Matcher = Callable[[Row], bool]


def nkscreen(row: Row) -> bool:
    return score(row["name1"], row["name2"], SCHEMAS.get(row["schema"], "LegalEntity")) >= DEFAULT_THRESHOLD


def score(one: str, other: str, schema: Schema) -> float:
    """The Korean score where it decides, else the better of it and the generic one."""
    a, b = korean.read(one, schema), korean.read(other, schema)
    if a and b:
        found = korean.compare(a, b)
        if found.decisive:
            return found.score
        return max(found.score, compare_names(one, other, schema).score)
    return compare_names(one, other, schema).score


def recipe(scorer: Callable[..., float], cutoff: float) -> Matcher:
    def matches(row: Row) -> bool:
        return scorer(anyascii(row["name1"]).lower(), anyascii(row["name2"]).lower()) >= cutoff

    return matches


MATCHERS: dict[str, Matcher] = {
    "nkscreen": nkscreen,
    "WRatio 86": recipe(fuzz.WRatio, 86),
    "token_sort 85": recipe(fuzz.token_sort_ratio, 85),
    "token_set 90": recipe(fuzz.token_set_ratio, 90),
    "JaroWinkler .90": recipe(JaroWinkler.similarity, 0.90),
}


def rows(name: str) -> list[Row]:
    with (BENCH / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def figures(pairs: list[Row], matches: Matcher) -> str:
    hits = [(row["is_match"] == "1", matches(row)) for row in pairs]
    true, found = sum(truth for truth, _ in hits), sum(hit for _, hit in hits)
    right = sum(truth and hit for truth, hit in hits)
    precision, recall = right / (found or 1), right / (true or 1)
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.4f}"


def table(title: str, groups: dict[str, list[Row]]) -> None:
    print(f"\n{title:<44}{'n':>6}" + "".join(f"{name:>17}" for name in MATCHERS))
    for group, pairs in groups.items():
        shares = [sum(map(matches, pairs)) / len(pairs) for matches in MATCHERS.values()]
        print(f"{group:<44}{len(pairs):>6}" + "".join(f"{share:>17.3f}" for share in shares))


def grouped(pairs: list[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in pairs:
        groups[key(row)].append(row)
    return dict(sorted(groups.items()))


def main() -> None:
    labelled, near = rows("ko_dev.csv"), rows("ko_nearhomograph_dev.csv")
    counted = [row for row in labelled if row["category"] not in APART]
    separable = [row for row in near if not row["category"].endswith("inseparable")]
    for name, matches in MATCHERS.items():
        alerts = sum(map(matches, separable)) / len(separable)
        print(f"{name:<18}{figures(counted, matches)}  near-homographs {alerts:.3f}")
    for schema, pairs in grouped(counted, lambda row: row["schema"]).items():
        print(f"nkscreen, {schema:<16}{figures(pairs, nkscreen)}")
    for label, wanted in (("Same (share that alerts)", "1"), ("Different (share that alerts)", "0")):
        chosen = [row for row in counted if row["is_match"] == wanted]
        table(label, grouped(chosen, lambda row: f"{row['schema']} {row['category']}"))
    table("Apart", grouped([row for row in labelled if row["category"] in APART], lambda row: row["category"]))
    table("Near-homographs", {"separable": separable} | grouped(near, lambda row: row["category"]))
    if "--errors" in sys.argv:
        for row in counted:
            if nkscreen(row) != (row["is_match"] == "1"):
                schema = SCHEMAS.get(row["schema"], "LegalEntity")
                print(round(score(row["name1"], row["name2"], schema), 3), *row.values(), sep=" | ")


if __name__ == "__main__":
    main()
