"""Sea areas by name: which one a place lies in, for whole columns, and which one a text means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from nkscreen.records.codes import port
from nkscreen.vessels.geography import Mask, within
from nkscreen.vessels.sphere import Floats, distance_km

CAVEAT = "sea areas are approximations of ours, by a few corners or a circle; they are context and no legal limits"

OFF_PORT_KM = 20.0
"""What "off Wonsan" means where data/sea_areas.yaml has no such area: so near to the port. Our choice; roads and outer
anchorages lie within it."""


@dataclass(frozen=True)
class SeaArea:
    """A named part of the sea: a ring of (longitude, latitude), or a circle around a centre.

    `verified` says whether its limits were read in `source`; see `CAVEAT`.
    """

    key: str
    name: str
    names: tuple[str, ...]
    source: str
    verified: bool
    ring: Floats | None = None
    centre: tuple[float, float] | None = None
    km: float = 0.0

    def holds(self, lat: Floats, lon: Floats) -> Mask:
        """Which places (degrees) lie in it; none of those that are no places."""
        if self.ring is not None:
            return within(lat, lon, (self.ring,))
        assert self.centre is not None
        here = np.broadcast_to(self.centre[0], np.shape(lat)), np.broadcast_to(self.centre[1], np.shape(lon))
        return np.asarray((np.abs(lat) <= 90) & (distance_km(np.asarray(lat), np.asarray(lon), *here) <= self.km))


@cache
def sea_areas() -> tuple[SeaArea, ...]:
    """All areas that have a name, the narrower before the wider."""
    data: dict[str, Any] = yaml.safe_load((files(__package__) / "data" / "sea_areas.yaml").read_text(encoding="utf-8"))
    return tuple(_area(key, given) for key, given in data.items())


def areas_at(lat: Floats, lon: Floats) -> NDArray[np.str_]:
    """For each place (degrees) the names of the areas it lies in, the narrower first, joined with commas
    ("off Nampo, Korea Bay, Yellow Sea"); "" where it is in none or is no place."""
    found = np.full(np.shape(lat), "", dtype=object)
    for area in sea_areas():
        held = area.holds(lat, lon)
        found[held] = [f"{names}, {area.name}" if names else area.name for names in found[held]]
    return found.astype(str)


def area_named(text: str) -> SeaArea | None:
    """The narrowest area whose name stands in a text ("YELLOW SEA, 250 nm E of Qingdao"), or the sea off a port of the
    DPRK ("off Wonsan"); None where there is none."""
    words = _plain(text)
    for area in sea_areas():
        for name in (area.name, *area.names):
            wanted = _plain(name)
            if wanted in words if name.isascii() else wanted.strip() in words:
                return area
    code = port.parse(text) if _OFF.search(text[:_LONGEST]) else None
    place = port.position(code) if code and code.startswith("KP") else None
    if code is None or place is None:
        return None
    name = f"off {port.name(code)}"
    source = f"ours, within {OFF_PORT_KM:.0f} km of the port"
    return SeaArea(f"off_{code}", name, (), source, verified=False, centre=place, km=OFF_PORT_KM)


_OFF = re.compile(r"\b(?:off|roads?|roadstead|anchorage|opl)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 200


def _plain(text: str) -> str:
    return f" {' '.join(_WORD.findall(text[:_LONGEST].casefold()))} "


def _area(key: str, given: dict[str, Any]) -> SeaArea:
    circle, corners = given.get("circle"), given.get("corners")
    return SeaArea(
        key=key,
        name=given["name"],
        names=tuple(given["names"]),
        source=given["source"],
        verified=given["verified"],
        ring=np.array(corners, float)[:, ::-1] if corners else None,
        centre=(circle["lat"], circle["lon"]) if circle else None,
        km=circle["km"] if circle else 0.0,
    )
