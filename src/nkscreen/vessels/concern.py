"""Ports that laws or documented cases name beside North Korea's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True)
class Concern:
    """Why laws or documented cases name a port. Context for a reader: it raises nothing by itself."""

    why: str
    source: str
    verified: bool


def concern(code: str) -> Concern | None:
    """What is said of a port (UN/LOCODE), from data/ports_of_concern.yaml; None for all others."""
    return _concerns().get(code)


@cache
def _concerns() -> dict[str, Concern]:
    text = (files(__package__) / "data" / "ports_of_concern.yaml").read_text(encoding="utf-8")
    return {code: Concern(**said) for said in yaml.safe_load(text) for code in said.pop("ports")}
