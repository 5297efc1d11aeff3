"""Compare the rules with a changed copy of them over 100,000 made-up records, and say where the time goes.

Two changes are measured: a morning's (a flag and a weight of one rule, a word less in a list that two rules use), and
every rule at once; over JSON Lines, and over the same records as a corpus in Parquet, one file a kind, whose reading is
part of the time. Run: `make bench-rules`.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from recorded_corpus import write

from nkscreen.cli.recorded import over_files
from nkscreen.formats import Quarantined, open_input
from nkscreen.rulebook import bundled_rules, load_rulebook
from nkscreen.rulebook.corpus import Corpus, CorpusBuilder
from nkscreen.rulebook.update.differences import SemanticDiff

AS_OF = date(2026, 11, 21)
MORNING = {
    "vessel/nk-vsl-001.yaml": (("flag == 'KP'", "flag in ['KP', 'RU']"), ("weight: 10", "weight: 12")),
    "lists/text/coal.yaml": (("  coal, anthracite", "  anthracite"),),
}

_T = TypeVar("_T")


def timed(label: str, work: Callable[[], _T]) -> _T:
    """Run it and print wall and processor time, that of other processes included."""
    before = os.times()
    found = work()
    after = os.times()
    used = sum(after[:4]) - sum(before[:4])
    print(f"{label:58} {after.elapsed - before.elapsed:6.1f} s wall, {used:6.1f} s of processors")
    return found


def tables_of(file: Path) -> list[Path]:
    """The records of the file as Parquet beside it, without list hits."""
    builders: dict[str, CorpusBuilder] = {}
    with open_input(file) as source:
        for item in source:
            if not isinstance(item, Quarantined):
                builders.setdefault(item.kind, CorpusBuilder(item.kind)).add(item)
    tables = []
    for kind, builder in builders.items():
        tables.append(file.with_name(f"{kind}.parquet"))
        Corpus(kind, builder.frame()).write_parquet(tables[-1])
    return tables


def shown(found: SemanticDiff) -> str:
    """The result in a line."""
    counts: dict[str, int] = {}
    for one in found.differences:
        counts[one.kind.value] = counts.get(one.kind.value, 0) + one.count
    return f"  {len(found.asked)} rules asked; " + ", ".join(f"{name} {number:,}" for name, number in counts.items())


def main(number: int = 100_000) -> None:
    """Measure both changes, from the file and from records in memory."""
    with tempfile.TemporaryDirectory() as temporary:
        corpus = Path(temporary) / "corpus.jsonl"
        write(number, corpus)
        print(f"{number:,} records, {corpus.stat().st_size / 1e6:.0f} MB; load {os.getloadavg()[0]:.1f}")
        old = load_rulebook()
        tables = timed("the corpus, made of the file once", lambda: tables_of(corpus))
        morning = Path(temporary) / "morning"
        shutil.copytree(bundled_rules(), morning)
        for name, changes in MORNING.items():
            text = (morning / name).read_text(encoding="utf-8")
            for was, now in changes:
                assert was in text, f"{name} no longer says {was!r}"
                text = text.replace(was, now, 1)
            (morning / name).write_text(text, encoding="utf-8")
        every = Path(temporary) / "every"
        shutil.copytree(morning, every)
        for path in every.rglob("nk-*.yaml"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("family: ", "family: new ", 1), encoding="utf-8")
        for label, folder in (("a morning's changes", morning), ("every rule", every)):
            new = load_rulebook(folder, locked=False)
            for jobs in (1, 2):
                found, _ = timed(
                    f"{label}, from the file, {jobs} process{'es' if jobs > 1 else ''}",
                    lambda jobs=jobs, new=new: over_files(old, new, [corpus], AS_OF, examples=5, jobs=jobs),
                )
            print(shown(found))
            by_columns, _ = timed(
                f"{label}, from Parquet",
                lambda new=new: over_files(old, new, tables, AS_OF, examples=5),
            )
            assert shown(by_columns) == shown(found), "both ways find the same"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
