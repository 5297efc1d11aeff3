"""The difference between two versions of a pack over a whole corpus at once: all conditions are asked by columns.

Records that answer alike are counted together; only examples, and undecided records that the evidence must weigh, are
looked at one by one. The result is that of `semantic.diff` over the same records, their list hits included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from nkscreen.rulebook.backtest import valid_on
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.corpus import Corpus
from nkscreen.rulebook.language import Node
from nkscreen.rulebook.language.columns import FALSE, TRUE, UNKNOWN, Truth
from nkscreen.rulebook.rulebook import Rulebook
from nkscreen.rulebook.update.differences import EXAMPLES, Example, SemanticDiff
from nkscreen.rulebook.update.semantic import Tally, example
from nkscreen.rulebook.update.versions import Comparison, Values, changed_pairs

Rows = npt.NDArray[np.intp]

_VALUES: Final = {int(FALSE): False, int(UNKNOWN): None, int(TRUE): True}
_MOST_CODES: Final = 2**60


def diff_corpus(
    old: Rulebook, new: Rulebook, corpus: Corpus, as_of: date, examples: int = EXAMPLES, *, file: str = ""
) -> SemanticDiff:
    """Hold both versions against every record of a corpus; `file` is where it comes from, for the examples.

    `as_of` stands in where a record lacks the date that a rule's validity needs.
    """
    pairs = changed_pairs(old, new)
    comparisons = [Comparison(pair) for pair in pairs if pair.subject == corpus.kind]
    trees = {tree: None for each in comparisons for tree in (*each.trees, *(question for question, _ in each.gates))}
    names = {tree: str(number) for number, tree in enumerate(trees)}
    truths = corpus.columns.truths({name: tree for tree, name in names.items()})
    over = _Over(corpus, {tree: truths[name] for tree, name in names.items()}, as_of, examples, file)
    for comparison in comparisons:
        over.compare(comparison)
    return over.tally.result(pairs, len(corpus), hits=True)


class _Over:
    def __init__(self, corpus: Corpus, truths: dict[Node, Truth], as_of: date, examples: int, file: str) -> None:
        self.corpus, self.truths, self.as_of, self.examples, self.file = corpus, truths, as_of, examples, file
        self.tally = Tally()

    def compare(self, comparison: Comparison) -> None:
        """Count the records on which the versions of a rule may say something, and show some that differ."""
        rows = self.concerned(comparison)
        if not len(rows):
            return
        values = [np.broadcast_to(_at(self.truths[tree], rows), len(rows)) for tree in comparison.trees]
        valid = [np.broadcast_to(self.valid(rule, rows), len(rows)) for rule in comparison.pair.versions]
        differing: dict[tuple[object, ...], list[Rows]] = {}
        for first, members in _alike([*values, *valid]):
            given: Values = tuple(_VALUES[int(column[first])] for column in values)
            was, now = (bool(column[first]) for column in valid)
            found = comparison.compared(given, was, now)
            if found.weigh:
                for row in rows[members]:
                    one = comparison.weighed(found, self.corpus.view(int(row)), self.as_of)
                    difference = self.tally.add(comparison.pair, one)
                    if difference:
                        differing.setdefault(difference.key, []).append(np.array([row]))
            else:
                difference = self.tally.add(comparison.pair, found, len(members))
                if difference:
                    differing.setdefault(difference.key, []).append(rows[members])
        for key, parts in differing.items():
            for row in np.sort(np.concatenate(parts))[: self.examples]:
                self.tally.differences[key].examples.append(self.example(comparison, int(row)))

    def concerned(self, comparison: Comparison) -> Rows:
        """The records of which one of the versions may say anything."""
        found = np.zeros(len(self.corpus), dtype=bool)
        for tree, wanted in comparison.gates:
            truth = self.truths[tree]
            found |= truth == TRUE if wanted else truth != FALSE
        return np.flatnonzero(found)

    def valid(self, rule: Rule | None, rows: Rows) -> npt.NDArray[np.bool_]:
        return (
            np.ones(1, dtype=bool) if rule is None else valid_on(rule, self.corpus.days(rule.clock, self.as_of)[rows])
        )

    def example(self, comparison: Comparison, row: int) -> Example:
        shown = self.corpus.view(row)
        source = f"{self.file} row {row + 1}" if self.file else ""
        return example(comparison.pair, shown["id"], source, shown, self.as_of)


def _at(truth: Truth, rows: Rows) -> Truth:
    return truth if len(truth) == 1 else truth.take(rows)


def _alike(columns: Sequence[npt.NDArray[np.uint8] | npt.NDArray[np.bool_]]) -> Iterator[tuple[int, Rows]]:
    """The first of all rows that are the same in every column, and all of them, for each kind of row."""
    codes: npt.NDArray[np.int64] = np.zeros(len(columns[0]), dtype=np.int64)
    span = 1
    for column in columns:
        if span * len(_VALUES) > _MOST_CODES:
            known, codes = np.unique(codes, return_inverse=True)
            span = len(known)
        codes = codes * len(_VALUES) + column
        span *= len(_VALUES)
    order = np.argsort(codes, kind="stable")
    bounds = np.flatnonzero(np.diff(codes[order])) + 1
    for members in np.split(order, bounds):
        yield int(members[0]), members
