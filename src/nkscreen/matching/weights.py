"""The match weights, read from `data/weights.yaml`: one table of effects, each with its bits and the reason."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Weight:
    """One effect: its weight in bits and why. See the head of the data file."""

    bits: float
    reason: str
    decisive: bool = False
    conflict: bool = False


def _read() -> dict[str, Weight]:
    text = (files(__package__) / "data" / "weights.yaml").read_text(encoding="utf-8")
    effects = yaml.load(text, Loader=yaml.CSafeLoader)["effects"]
    return {code: Weight(**fields) for code, fields in effects.items()}


WEIGHTS = _read()
PRIOR = WEIGHTS["prior"]

DECISIVE = frozenset(code for code, weight in WEIGHTS.items() if weight.decisive)
"""Identifiers that decide on their own; rules and severity floors call them hard identifiers."""

CONFLICTS = frozenset(code for code, weight in WEIGHTS.items() if weight.conflict)
"""Valid identifiers that differ where an entity can have only one."""
