"""From the cost of the best common Hangul to a score on the library's scale."""

from __future__ import annotations

MATCH_COST = 0.9
"""Cost at which two readings just match: the operating point, chosen on labelled pairs by
`benchmarks/accuracy/korean.py` where F1 is high and few near-homographs (정은 ~ 정원) alert."""

MATCH_SCORE = 0.8
"""Score at `MATCH_COST`: the library's `DEFAULT_THRESHOLD`, which this package does not import to stay below it."""

HALF_COST = 1.25
"""Cost, in shares of `MATCH_COST`, where the score is 0.5 and the promise of `keys` ends."""

NOT_WRITTEN_ALIKE = 0.99
"""Most that two spellings score that are not the same letters: 1.0 is for what is certain."""


def score_of(cost: float, same_letters: bool) -> float:
    """Score in 0..1: 1 at no cost, `MATCH_SCORE` at `MATCH_COST`, 0.5 at `HALF_COST`, then down to 0 as steeply."""
    share = cost / MATCH_COST
    if share <= 1:
        score = 1 - (1 - MATCH_SCORE) * share
    else:
        score = max(0.0, MATCH_SCORE - (MATCH_SCORE - 0.5) * (share - 1) / (HALF_COST - 1))
    return round(score if same_letters else min(score, NOT_WRITTEN_ALIKE), 4)
