"""Distances on the Earth taken as a ball, for whole columns at once. Dateline and poles need no care: all is angles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0
"""The mean radius, as Global Fishing Watch uses it (pipe-encounters, compute_adjacency.py)."""

KM_PER_NM = 1.852
"""The international nautical mile."""

Floats = NDArray[np.float64]


def distance_km(lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Great-circle distance by the haversine formula; degrees in, kilometres out, NaN where a place is NaN."""
    a, b = np.radians(lat1), np.radians(lat2)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(lon2 - lon1) / 2) ** 2
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


def turn(degrees: Floats) -> Floats:
    """The same angle between -180 (with) and 180 (without)."""
    return np.asarray((degrees + 180.0) % 360.0 - 180.0)
