"""Derives approximate waters of North Korea: `src/nkscreen/vessels/data/dprk_waters.json`.

    pip install shapely && npm pack world-atlas && tar xzf world-atlas-*.tgz
    python scripts/build_dprk_waters.py package/countries-10m.json

From Natural Earth's 1:10m countries (public domain; npm package world-atlas, ISC): what lies within so many nautical
miles of the country's land and is nearer to it than to the land of any other, cut in two where the peninsula lies
between. No treaty, baseline or claim went into it: the state's straight baselines, islands that the map lacks and the
Northern Limit Line make the true limits differ.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from shapely import MultiPoint, Polygon, box, transform, union_all, voronoi_polygons
from shapely.ops import unary_union
from shapely.strtree import STRtree

from build_coast import rings_of

OUT = Path(__file__).resolve().parents[1] / "src/nkscreen/vessels/data/dprk_waters.json"

DPRK, NEIGHBOURS = "408", ("410", "156", "643", "392")  # ISO 3166 numbers; South Korea, China, Russia, Japan
MIDDLE = (40.0, 127.5)  # of the flat map in which distances are measured: within 500 km of it they are 0.1 % off
DIVIDE = 127.0  # degrees east: the west coast ends before it and the east coast begins after it
LIMITS = {"territorial_sea": 12, "near": 50}  # nautical miles
STEP_KM = 3.0  # between points of a coast when asked which is nearer


def main(source: Path) -> None:
    topology = json.loads(source.read_text())
    around = box(118, 33, 137, 46)
    own, others = (
        transform(unary_union([shape.intersection(around) for n in numbers for shape in rings_of(topology, n)]), flat)
        for numbers in ((DPRK,), NEIGHBOURS)
    )
    nearer = cells(own, others)
    found = {}
    for name, miles in LIMITS.items():
        waters = own.buffer(miles * 1.852, 32).intersection(nearer).difference(own).difference(others)
        for side, half in (("yellow_sea", box(118, 33, DIVIDE, 46)), ("east_sea", box(DIVIDE, 33, 137, 46))):
            part = transform(waters.simplify(0.3), degrees).intersection(half)
            pieces = [p for p in getattr(part, "geoms", [part]) if p.area > 1e-4]
            found[f"{name}_{side}"] = [
                [[[round(x, 3), round(y, 3)] for x, y in list(line.coords)[:-1]] for line in (p.exterior, *p.interiors)]
                for p in pieces
            ]
    OUT.write_text(json.dumps(found, separators=(",", ":")) + "\n")
    print({name: len(pieces) for name, pieces in found.items()}, f"{OUT.stat().st_size:,} bytes")


def cells(own: Polygon, others: Polygon) -> Polygon:
    """What is nearer to the one land than to the others."""
    # Points of the border on land are of both and decide nothing at sea.
    mine, theirs = (
        MultiPoint(np.concatenate([np.array(line.segmentize(STEP_KM).coords) for line in lines(shape)])).difference(
            other.buffer(1)
        )
        for shape, other in ((own, others), (others, own))
    )
    seen = own.buffer(max(LIMITS.values()) * 1.852 + 50)
    all_cells = list(voronoi_polygons(unary_union([mine, theirs]), extend_to=seen).geoms)
    tree = STRtree(all_cells)
    chosen = np.unique(tree.query(list(mine.geoms), predicate="intersects")[1])
    return union_all([all_cells[at] for at in chosen], grid_size=0.01)


def lines(shape: Polygon) -> list:
    return [part.exterior for part in getattr(shape, "geoms", [shape])]


def flat(points: np.ndarray) -> np.ndarray:
    """Degrees to kilometres by the azimuthal equidistant map around MIDDLE."""
    lon, lat = np.radians(points[:, 0] - MIDDLE[1]), np.radians(points[:, 1])
    at = np.radians(MIDDLE[0])
    east, north = np.cos(lat) * np.sin(lon), np.cos(at) * np.sin(lat) - np.sin(at) * np.cos(lat) * np.cos(lon)
    far = np.arccos(np.clip(np.sin(at) * np.sin(lat) + np.cos(at) * np.cos(lat) * np.cos(lon), -1, 1))
    factor = 6371.0 * far / np.maximum(np.hypot(east, north), 1e-12)
    return np.column_stack([east * factor, north * factor])


def degrees(points: np.ndarray) -> np.ndarray:
    far, rise = np.hypot(points[:, 0], points[:, 1]) / 6371.0, np.arctan2(points[:, 0], points[:, 1])
    at = np.radians(MIDDLE[0])
    lat = np.arcsin(np.sin(at) * np.cos(far) + np.cos(at) * np.sin(far) * np.cos(rise))
    lon = np.arctan2(np.sin(rise) * np.sin(far) * np.cos(at), np.cos(far) - np.sin(at) * np.sin(lat))
    return np.column_stack([np.degrees(lon) + MIDDLE[1], np.degrees(lat)])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
