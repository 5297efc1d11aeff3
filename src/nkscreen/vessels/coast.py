"""Coast lines of the world, simplified from Natural Earth's 1:10m land (public domain) by scripts/build_coast.py."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files

import numpy as np

from nkscreen.vessels.sphere import Floats

CAVEAT = "coast lines are simplified: about 1 km off around Korea and up to 10 km elsewhere; small islands are missing"

SCALE = 1000
"""The file holds thousandths of degrees."""


@cache
def coast() -> tuple[Floats, ...]:
    """Closed lines around land and its holes, each an array of (longitude, latitude) in degrees; the first point is not
    repeated. Land is what an odd number of them surround; none crosses the dateline, where land is cut."""
    raw = (files(__package__) / "data" / "coast.npz").read_bytes()
    with np.load(io.BytesIO(raw), allow_pickle=False) as kept:
        steps, lengths = kept["steps"], kept["lengths"]
    lines = np.split(steps, np.cumsum(lengths)[:-1])
    return tuple(np.cumsum(line, axis=0) / SCALE for line in lines)
