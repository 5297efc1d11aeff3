"""The thresholds of events, read from `data/thresholds.yaml`: each with its value and the source it was taken from."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number and where it comes from."""

    value: float
    reason: str


def _read() -> dict[str, Threshold]:
    text = (files(__package__) / "data" / "thresholds.yaml").read_text(encoding="utf-8")
    return {name: Threshold(**fields) for name, fields in yaml.load(text, Loader=yaml.CSafeLoader).items()}


THRESHOLDS = _read()


def threshold(name: str, given: float | None = None) -> float:
    """The value in force: what was given, or what the file has."""
    return THRESHOLDS[name].value if given is None else given
