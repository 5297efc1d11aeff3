"""What comes out of a screening: alerts with their hits and findings, and how they become one score."""

from nkscreen.alerts.model import (
    Alert,
    Basis,
    ConditionResult,
    Contribution,
    Evidence,
    Finding,
    Hit,
    LegalBasis,
    ListedBasis,
    ListVersion,
    PathValue,
    Provenance,
    Severity,
    TokenPair,
)

__all__ = [
    "Alert",
    "Basis",
    "ConditionResult",
    "Contribution",
    "Evidence",
    "Finding",
    "Hit",
    "LegalBasis",
    "ListVersion",
    "ListedBasis",
    "PathValue",
    "Provenance",
    "Severity",
    "TokenPair",
]
