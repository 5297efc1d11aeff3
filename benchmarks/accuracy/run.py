"""Name accuracy beside the peers, in one run. `make bench-accuracy DATE=...`; `--date` goes into RESULTS.md as given.

Sets: hand-made and synthetic pairs of nomenklatura's benchmarks, Korean pairs, and the UN and OFAC lists themselves:
each alias of a DPRK entity against the entity without it, each DPRK entity against the others of its list, and UN names
with errors screened against both lists. The synthetic pairs are reported and never tuned on: their labels follow
edit distance.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import sets
from matchers import Scorer, matchers, versions
from rapidfuzz import fuzz, process, utils

from nkscreen.matching import Index, NameComparison
from nkscreen.records import Schema

RESULTS = Path(__file__).with_name("RESULTS.md")
NAMESAKE = 0.84
"""Similarity of every word from which a stranger bears the listed name itself: equal, a form of it, or Korean."""

WORST = 12
"""Errors of nkscreen listed under each set of pairs."""

PAIR_SETS: dict[str, Callable[[], list[sets.Pair]]] = {
    "entity_bench": sets.entity_bench,
    "name_bench, made by hand": lambda: sets.name_bench("name_bench_dev.csv"),
    "name_bench, STRONG rows": lambda: sets.name_bench("name_bench_dev.csv", "STRONG"),
    "Korean pairs": sets.korean_pairs,
    "Korean near-homographs": sets.near_homographs,
    "name_bench, synthetic": lambda: sets.name_bench("name_bench_synthetic.csv"),
}


class Report:
    """Lines that go to the screen at once and to a file in the end."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, line: str = "") -> None:
        """Print one line and keep it."""
        print(line, flush=True)
        self.lines.append(line)


def pair_tables(report: Report) -> None:
    """Precision, recall and F1 of every matcher on every set of labelled pairs; categories and errors of nkscreen."""
    for title, load in PAIR_SETS.items():
        pairs = load()
        report.add(f"\n## {title}: {len(pairs):,} pairs, {sum(pair.same for pair in pairs):,} the same\n")
        report.add("| matcher | P | R | F1 | false | missed | µs a pair, warm |\n|---|---|---|---|---|---|---|")
        for name, (scorer, threshold) in matchers().items():
            scores = [scorer(pair.one, pair.other, pair.schema) for pair in pairs]
            each = _warm_microseconds(scorer, pairs)
            report.add(f"| {name} | {_measures(pairs, scores, threshold)} | {each:.1f} |")
            if name == "nkscreen":
                ours = scores, threshold
        _details(report, pairs, *ours)


def _warm_microseconds(scorer: Scorer, pairs: list[sets.Pair]) -> float:
    """Median time of one comparison of names seen before (logic-v2 gets a fresh entity, and so reads them anew)."""
    taken = []
    for pair in pairs:
        start = time.perf_counter()
        scorer(pair.one, pair.other, pair.schema)
        taken.append(time.perf_counter() - start)
    return 1e6 * statistics.median(taken)


def _measures(pairs: list[sets.Pair], scores: list[float], threshold: float) -> str:
    hit = sum(pair.same and score >= threshold for pair, score in zip(pairs, scores, strict=True))
    false = sum(not pair.same and score >= threshold for pair, score in zip(pairs, scores, strict=True))
    missed = sum(pair.same for pair in pairs) - hit
    precision, recall = hit / max(hit + false, 1), hit / max(hit + missed, 1)
    f1 = 2 * hit / max(2 * hit + false + missed, 1)
    return f"{precision:.3f} | {recall:.3f} | {f1:.3f} | {false} | {missed}"


def _details(report: Report, pairs: list[sets.Pair], scores: list[float], threshold: float) -> None:
    groups: dict[str, list[int]] = defaultdict(list)
    errors = []
    for number, (pair, score) in enumerate(zip(pairs, scores, strict=True)):
        groups[pair.category or "(none)"].append(number)
        if (score >= threshold) != pair.same:
            errors.append((-abs(score - threshold), pair, score))
    report.add("\n| category | P | R | F1 | false | missed |\n|---|---|---|---|---|---|")
    for category, numbers in sorted(groups.items()):
        chosen = [pairs[number] for number in numbers]
        report.add(f"| {category} ({len(numbers)}) | {_measures(chosen, [scores[n] for n in numbers], threshold)} |")
    report.add("\nErrors furthest from the threshold:\n")
    for _, pair, score in sorted(errors, key=lambda error: (error[0], error[1].one, error[1].other))[:WORST]:
        report.add(f"- {'missed' if pair.same else 'false'} {score:.2f}: {pair.one} | {pair.other}")


def alias_table(report: Report) -> None:
    """Leave one alias out over the DPRK entities of UN and OFAC, and alerts between different ones of one list."""
    report.add("\n## DPRK entities of UN and OFAC: one alias left out, and alerts on other entities of the list\n")
    kinds: tuple[Schema, ...] = ("Person", "Organization", "Vessel")
    tests = {kind: sets.aliases(kind) for kind in kinds}
    heads = [f"{kind} recalled (of {len(tests[kind])}) | wrong-record alerts" for kind in kinds]
    report.add(f"| matcher | {' | '.join(heads)} |\n|{'---|' * (2 * len(kinds) + 1)}")
    missed: list[str] = []
    for name, (scorer, threshold) in matchers().items():
        cells = []
        for kind in kinds:
            lost = [test for test in tests[kind] if not _alerts(test, scorer, threshold)]
            wrong = [test for test in sets.namesakes(kind) if _alerts(test, scorer, threshold)]
            found = len(tests[kind]) - len(lost)
            cells.append(f"{found} ({100 * found / max(len(tests[kind]), 1):.1f} %) | {len(wrong)}")
            if name == "nkscreen":
                missed += [f"- {kind} missed: {test.query} | {'; '.join(test.others)}" for test in lost]
                missed += [f"- {kind} wrong record: {test.query} | {'; '.join(test.others)}" for test in wrong]
        report.add(f"| {name} | {' | '.join(cells)} |")
    report.add("\nEvery error of nkscreen:\n")
    for line in missed:
        report.add(line[:240])


def _alerts(test: sets.AliasTest, scorer: Scorer, threshold: float) -> bool:
    return any(scorer(test.query, other, test.schema) >= threshold for other in test.others)


def screening_table(report: Report, sample: int) -> None:
    """UN names with errors, and names of people on no list, screened by name against UN and OFAC complete."""
    entries = [
        (f"{snapshot.publisher}:{entity.id}", name.value, entity.schema_)
        for snapshot, entity in sets.entities()
        if entity.schema_ in {"Person", "Organization"}
        for name in entity.names
    ]
    start = time.perf_counter()
    index = Index(entries)
    built = time.perf_counter() - start
    listed = [utils.default_process(text) for _, text, _ in entries]
    positives, negatives = sets.treated(), sets.negatives()
    negatives = negatives[:: max(1, len(negatives) // sample)] if sample else negatives

    def ours(name: str) -> set[str]:
        return {found.key for found in index.search(name, "Person")}

    def sorted_tokens(name: str) -> set[str]:
        query = utils.default_process(name)
        found = process.extract(query, listed, scorer=fuzz.token_sort_ratio, score_cutoff=85, limit=None)
        return {entries[number][0] for _, _, number in found}

    report.add(
        f"\n## Screening by name against UN and OFAC complete: {len(entries):,} names, index built in {built:.1f} s\n"
    )
    report.add(
        "| matcher | right entity found | negatives alerting | ms a search, median | 95 % |\n|---|---|---|---|---|"
    )
    errors: list[str] = []
    for title, search in (("nkscreen", ours), ("token_sort 85", sorted_tokens)):
        taken = []
        lost, alerts = [], []
        for name, key in positives:
            start = time.perf_counter()
            found = search(name)
            taken.append(time.perf_counter() - start)
            if key not in found:
                lost.append(name)
        rate = max(1, len(negatives) // 4_000) if title != "nkscreen" else 1
        some = negatives[::rate]
        for name in some:
            start = time.perf_counter()
            found = search(name)
            taken.append(time.perf_counter() - start)
            if found:
                alerts.append(name)
        taken.sort()
        right = len(positives) - len(lost)
        report.add(
            f"| {title} | {right} of {len(positives)} ({100 * right / len(positives):.2f} %) "
            f"| {len(alerts)} of {len(some)} ({100 * len(alerts) / len(some):.3f} %) "
            f"| {1e3 * taken[len(taken) // 2]:.2f} | {1e3 * taken[int(len(taken) * 0.95)]:.2f} |"
        )
        if title == "nkscreen":
            errors += [f"- missed: {name}" for name in lost]
            found_by = [(name, index.search(name, "Person")[0].comparison) for name in alerts]
            for name, best in found_by:
                effects = ", ".join(step.effect for step in best.alignment)
                errors.append(f"- negative {best.score:.2f}: {name} | {best.listed} ({effects})")
    namesakes = sum(all(step.similarity >= NAMESAKE for step in best.alignment) for _, best in found_by)
    latin = [name for name in negatives if name.isascii()]
    korean = sum(name.isascii() and _is_korean(best) for name, best in found_by)
    report.add(
        f"\nOf the {len(found_by)} negatives that alert with nkscreen {namesakes} bear a listed name word for word, in"
    )
    report.add(
        f"their own script or in Latin. The Korean path raises {korean} of the {len(latin):,} names in ASCII letters."
    )
    report.add("\nEvery error of nkscreen:\n")
    for line in errors:
        report.add(line)


def _is_korean(comparison: NameComparison) -> bool:
    return any(step.effect == "korean" for step in comparison.alignment)


def hangul_table(report: Report) -> None:
    """Officials in unsegmented Hangul against the spelling on OFAC's list."""
    pairs = sets.hangul_pairs()
    report.add(f"\n## Unsegmented Hangul against OFAC's spelling: {len(pairs)} officials\n")
    report.add("| matcher | found |\n|---|---|")
    for name, (scorer, threshold) in matchers().items():
        found = sum(scorer(one, other, "Person") >= threshold for one, other in pairs)
        report.add(f"| {name} | {found} of {len(pairs)} |")


def main() -> None:
    """Measure, print, and write RESULTS.md when a date is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", default="", help="the day of the run, for RESULTS.md; without it nothing is written")
    parser.add_argument("--negatives", type=int, default=0, help="how many negatives to screen, evenly drawn; 0 is all")
    parser.add_argument("--only", choices=["pairs", "aliases", "screening"], help="one part of the run")
    given = parser.parse_args()
    if not sets.BENCH.exists():
        sys.exit("the benchmark needs the data beside the project")
    report = Report()
    report.add("# Name accuracy\n")
    report.add(f"{given.date + '. ' if given.date else ''}{versions()}, Python {sys.version.split()[0]}.")
    report.add("nkscreen at its one default threshold; the peers at the thresholds their users take.")
    if given.only in {None, "pairs"}:
        pair_tables(report)
        hangul_table(report)
    if given.only in {None, "aliases"}:
        alias_table(report)
    if given.only in {None, "screening"}:
        screening_table(report, given.negatives)
    if given.date:
        RESULTS.write_text("\n".join(report.lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
