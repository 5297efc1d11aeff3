"""Areas of sea and land, asked for whole columns: right across the dateline and near poles, false for NaN."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from nkscreen.vessels.coast import coast
from nkscreen.vessels.sphere import Floats, turn

WATERS_CAVEAT = (
    "an approximation of ours from the coast of Natural Earth, and no legal limit: within so many nautical miles of "
    "North Korea's land and nearer to it than to any other state's, whatever its baselines and the Northern Limit Line"
)

SIDES = {"yellow_sea": "Yellow Sea side", "east_sea": "East Sea (Sea of Japan) side"}

Mask = NDArray[np.bool_]


def on_land(lat: Floats, lon: Floats) -> Mask:
    """Whether places (degrees) are on the land of the coast lines; lakes and rivers count as land."""
    return within(lat, lon, coast())


def in_dprk_waters(lat: Floats, lon: Floats, *, near: bool = False) -> NDArray[np.str_]:
    """For each place a key of `SIDES` where it is in the approximate territorial sea of North Korea (12 nautical miles)
    or, with `near`, within 50 nautical miles of its coast; "" elsewhere. `WATERS_CAVEAT` holds."""
    found = np.full(np.shape(lat), "", dtype="<U10")
    for side in SIDES:
        wanted = ("territorial_sea", "near") if near else ("territorial_sea",)
        for kind in wanted:
            found[within(lat, lon, _waters()[f"{kind}_{side}"])] = side
    return found


def dprk_territorial_sea() -> tuple[Floats, ...]:
    """Closed lines of (longitude, latitude) around the approximate territorial sea; `WATERS_CAVEAT` holds."""
    return tuple(ring for side in SIDES for ring in _waters()[f"territorial_sea_{side}"])


@cache
def _waters() -> dict[str, tuple[Floats, ...]]:
    raw = json.loads((files(__package__) / "data" / "dprk_waters.json").read_text(encoding="utf-8"))
    return {name: tuple(np.array(ring, float) for part in parts for ring in part) for name, parts in raw.items()}


def within(lat: Floats, lon: Floats, rings: tuple[Floats, ...]) -> Mask:
    """Which places (degrees) lie within closed lines of (longitude, latitude), none of which crosses the dateline.

    Whether an odd number of edges lies to the east of each place; of each edge only places in its span of latitude are
    looked at, so that a coast of many edges costs little.
    """
    lat, lon = np.asarray(lat, float), np.asarray(lon, float)
    inside = np.zeros(lat.shape, bool)
    known = np.flatnonzero(np.isfinite(lat) & np.isfinite(lon) & (np.abs(lat) <= 90))
    order = known[np.argsort(lat[known], kind="stable")]
    y, x = lat[order], turn(lon[order])
    odd = np.zeros(len(order), bool)
    starts = np.concatenate(rings)
    ends = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings])
    low, high = np.minimum(starts[:, 1], ends[:, 1]), np.maximum(starts[:, 1], ends[:, 1])
    first, last = np.searchsorted(y, low), np.searchsorted(y, high)
    for at in np.flatnonzero(first < last):
        span = slice(first[at], last[at])
        (x1, y1), (x2, y2) = starts[at], ends[at]
        odd[span] ^= x[span] < x1 + (y[span] - y1) * ((x2 - x1) / (y2 - y1))
    inside[order] = odd
    return inside
