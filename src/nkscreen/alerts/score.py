"""How hits and findings on one record become one score and one severity.

Inside a family only the best counts, since its members tell the same story; across families noisy-or combines:
100 x (1 - product of (1 - p)). The list hit is a family of its own. Adding a copy of a rule to its family changes
nothing, and no sum runs into the cap (knowledge behind the choice: measured on 100,000 synthetic records).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from nkscreen.alerts.model import COUNTING, Contribution, Finding, Hit, Severity
from nkscreen.alerts.policy import Policy

LIST_FAMILY = "list hit"


def combine(
    hits: Sequence[Hit], findings: Sequence[Finding], policy: Policy
) -> tuple[float, Severity, tuple[Contribution, ...]]:
    """Score (0 to 100, one decimal), severity, and what each family adds, the largest first.

    `hits` are those that count: in force and at or above the policy's threshold.
    """
    best: dict[str, tuple[float, str]] = {}
    for hit in hits:
        _keep(best, LIST_FAMILY, 100 * hit.score, f"{hit.publisher}:{hit.entity_id}")
    for finding in findings:
        if finding.outcome in COUNTING:
            _keep(best, finding.family, finding.score, finding.rule_id)
    families = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    shares = {family: points for family, (points, _) in families}
    score = noisy_or(shares.values())
    contributions = tuple(
        Contribution(
            family=family,
            score=round(points, 1),
            score_without=noisy_or(value for other, value in shares.items() if other != family),
            by=by,
        )
        for family, (points, by) in families
    )
    return score, _severity(score, hits, findings, policy), contributions


def noisy_or(points: Iterable[float]) -> float:
    """100 x (1 - product of (1 - p/100)), to one decimal."""
    return round(100 * (1 - prod(1 - min(max(value, 0.0), 100.0) / 100 for value in points)), 1)


def _keep(best: dict[str, tuple[float, str]], family: str, points: float, by: str) -> None:
    if family not in best or points > best[family][0]:
        best[family] = (points, by)


def _severity(score: float, hits: Sequence[Hit], findings: Sequence[Finding], policy: Policy) -> Severity:
    floors = [policy.ladder.value.severity(score)]
    floors += [finding.severity for finding in findings if finding.outcome in COUNTING]
    floors += [policy.undecided_rule.value for finding in findings if finding.outcome == "unknown"]
    floors += [policy.exempted_rule.value for finding in findings if finding.outcome == "exempt"]
    for hit in hits:
        if hit.dprk and hit.decisive_identifier:
            floors.append(policy.floor_hard_identifier_dprk.value)
        floors.append(policy.floor_list_hit_dprk.value if hit.dprk else policy.floor_list_hit.value)
    return max(floors, key=lambda severity: severity.rank)
