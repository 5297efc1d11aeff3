"""From degrees to the picture: a frame around places, right across the dateline and near the poles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nkscreen.vessels.sphere import EARTH_RADIUS_KM, Floats, turn

POLAR = 75.0
"""Degrees of latitude from which the map is drawn around its middle (azimuthal equidistant) and not by Mercator."""

LEAST_KM = 4.0
"""Width of the smallest map: a ship at anchor is shown at anchor, and not as a star of satellite errors."""

MARGIN = 0.14
"""Share of the width that is left free around the places."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A map of `width` by `height` units, `scale` of them a kilometre in its middle (`lat`, `lon`, in degrees)."""

    width: float
    height: float
    lat: float
    lon: float
    scale: float
    polar: bool
    shift: tuple[float, float] = (0.0, 0.0)

    @classmethod
    def around(cls, lat: Floats, lon: Floats, width: float, height: float) -> Frame:
        """The frame that shows all places; those that are not finite are passed over, and there must be another."""
        known = np.isfinite(lat) & np.isfinite(lon)
        lat, lon = lat[known], lon[known]
        middle = _middle(lon)
        polar = bool(np.abs(lat).max() > POLAR)
        start = cls(width, height, float(lat.min() + lat.max()) / 2, middle, 1.0, polar)
        x, y = start._km(lat, lon)
        spans = max(float(np.ptp(x)), LEAST_KM), max(float(np.ptp(y)), LEAST_KM * height / width)
        free = 1 - 2 * MARGIN
        scale = min(width * free / spans[0], height * free / spans[1])
        shift = float(x.min() + x.max()) / 2, float(y.min() + y.max()) / 2
        return cls(width, height, start.lat, middle, scale, polar, shift)

    def at(self, lat: Floats, lon: Floats, *, turned: bool = False) -> tuple[Floats, Floats]:
        """Places in units of the picture, x to the right and y down. `turned` says that longitudes are differences
        from the middle already."""
        x, y = self._km(lat, lon, turned=turned)
        return (x - self.shift[0]) * self.scale + self.width / 2, self.height / 2 - (y - self.shift[1]) * self.scale

    def degrees(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """The latitude of points of the picture, and the difference of longitude from the middle."""
        east = (x - self.width / 2) / self.scale + self.shift[0]
        north = (self.height / 2 - y) / self.scale + self.shift[1]
        if self.polar:
            far = np.hypot(east, north) / EARTH_RADIUS_KM
            rise, at = np.arctan2(east, north), np.radians(self.lat)
            lat = np.arcsin(np.clip(np.sin(at) * np.cos(far) + np.cos(at) * np.sin(far) * np.cos(rise), -1, 1))
            lon = np.arctan2(np.sin(rise) * np.sin(far) * np.cos(at), np.cos(far) - np.sin(at) * np.sin(lat))
            return np.degrees(lat), np.degrees(lon)
        unit = EARTH_RADIUS_KM * np.cos(np.radians(self.lat))
        lat = 2 * np.arctan(np.exp(north / unit + _stretched(self.lat))) - np.pi / 2
        return np.degrees(lat), np.degrees(east / unit)

    def _km(self, lat: Floats, lon: Floats, *, turned: bool = False) -> tuple[Floats, Floats]:
        off = np.radians(lon if turned else turn(lon - self.lon))
        at = np.radians(self.lat)
        if not self.polar:
            unit = EARTH_RADIUS_KM * np.cos(at)
            return off * unit, (_stretched(np.clip(lat, -85, 85)) - _stretched(self.lat)) * unit
        there = np.radians(lat)
        near = np.sin(at) * np.sin(there) + np.cos(at) * np.cos(there) * np.cos(off)
        far = np.arccos(np.clip(near, -1, 1))
        east = np.cos(there) * np.sin(off)
        north = np.cos(at) * np.sin(there) - np.sin(at) * np.cos(there) * np.cos(off)
        length = np.hypot(east, north)
        factor = np.divide(far, length, out=np.ones_like(far), where=length > 1e-12) * EARTH_RADIUS_KM
        return east * factor, north * factor


def _stretched(lat: Floats | float) -> Floats:
    return np.asarray(np.log(np.tan(np.pi / 4 + np.radians(lat) / 2)))


def _middle(lon: Floats) -> float:
    """The middle of the shortest arc that holds all longitudes."""
    order = np.unique(turn(lon))
    gaps = np.diff(order, append=order[0] + 360)
    widest = int(np.argmax(gaps))
    start = order[(widest + 1) % len(order)]
    return float(turn(np.asarray(start + (360 - gaps[widest]) / 2)))


def simplified(x: Floats, y: Floats, off: float) -> NDArray[np.int64]:
    """Which points of a line to keep so that no other is further from it than `off` (Ramer 1972, Douglas and Peucker
    1973), give or take the cell of half of it that points are thinned to before; the first and the last are kept.

    A line that still has more than `MOST` points is simplified again with twice the distance, until it has not.
    """
    kept, cell = _thinned(np.arange(len(x)), x, y, off / 2), off
    while len(kept) > CLOSE:
        kept, cell = _thinned(kept, x, y, cell), cell * 2
    while True:
        parts = [_bends(kept[first : first + PART + 1], x, y, off) for first in range(0, max(len(kept) - 1, 1), PART)]
        kept = np.unique(np.concatenate(parts))
        if len(kept) <= MOST:
            return kept
        off *= 2


MOST, CLOSE, PART = 20_000, 200_000, 2_000
"""Points of one line that are drawn, that are looked at closely, and that are at one time, so that a hostile track
costs seconds."""


def _thinned(kept: NDArray[np.int64], x: Floats, y: Floats, cell: float) -> NDArray[np.int64]:
    """Without points that lie in the cell of the one before."""
    places = np.stack([np.floor(x[kept] / cell), np.floor(y[kept] / cell)])
    moved = np.append(True, (np.diff(places, axis=1) != 0).any(axis=0))
    moved[-1] = True
    return np.asarray(kept[moved])


def _bends(kept: NDArray[np.int64], x: Floats, y: Floats, off: float) -> NDArray[np.int64]:
    x, y = x[kept], y[kept]
    keep = np.zeros(len(kept), bool)
    keep[[0, -1]] = True
    spans = [(0, len(kept) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        far = _away(x, y, first, last, slice(first + 1, last))
        worst = int(np.argmax(far))
        if far[worst] > off:
            keep[first + 1 + worst] = True
            spans += [(first, first + 1 + worst), (first + 1 + worst, last)]
    return np.asarray(kept[keep])


def _away(x: Floats, y: Floats, first: int, last: int, inside: slice) -> Floats:
    """Distances of the points inside from the stretch between first and last."""
    east, north = x[last] - x[first], y[last] - y[first]
    length = east * east + north * north
    dx, dy = x[inside] - x[first], y[inside] - y[first]
    share = np.clip((dx * east + dy * north) / length, 0, 1) if length > 0 else np.zeros(len(dx))
    return np.asarray(np.hypot(dx - share * east, dy - share * north))
