"""Which records of a frame the rules may find something in: all rules asked at once, column by column."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nkscreen.records import KINDS
from nkscreen.rulebook.compiled import Rule
from nkscreen.rulebook.language.columns import FALSE, TRUE, UNKNOWN, Columns
from nkscreen.rulebook.vocabulary import record_type


def may_find(rules: Sequence[Rule], kind: str, frame: pl.DataFrame) -> NDArray[np.bool_]:
    """Of each record of a frame (as `Corpus` has them) whether one of the rules may give a finding.

    False only where certainly none does: a rule finds when it is true, and when it is unknown, asks for review and has
    a condition that holds. Validity and exemptions are left to who judges the rest.
    """
    asked = {rule.id: rule.whole for rule in rules}
    for rule in rules:
        if rule.file.unknown == "review":
            asked |= {f"{rule.id} {name}": found.tree for name, found in rule.conditions.items() if _hints(rule, name)}
    truths = Columns(frame, record_type(KINDS[kind])).truths(asked)
    may = np.zeros(frame.height, dtype=bool)
    for rule in rules:
        whole = truths[rule.id]
        may |= whole == TRUE
        if rule.file.unknown == "review" and (whole == UNKNOWN).any():
            hinted = np.zeros(frame.height, dtype=bool)
            for name in rule.conditions:
                if _hints(rule, name):
                    hinted |= truths[f"{rule.id} {name}"] == TRUE
            may |= (whole != FALSE) & hinted
    return may


def _hints(rule: Rule, name: str) -> bool:
    return not rule.file.conditions[name].exempts
