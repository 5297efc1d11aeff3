"""Derives the coast lines that nkscreen ships: `src/nkscreen/vessels/data/coast.npz`.

    pip install shapely && npm pack world-atlas && tar xzf world-atlas-*.tgz
    python scripts/build_coast.py package/countries-10m.json

The input is Natural Earth's 1:10m land (public domain) as TopoJSON of the npm package world-atlas (ISC). Lines are
simplified by Douglas and Peucker: finely around the Korean peninsula, coarsely elsewhere, where a map is a backdrop.
Lakes are filled, the Caspian Sea aside, which is a hole in the land already.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from shapely import MultiPolygon, Polygon, box
from shapely.affinity import translate
from shapely.ops import unary_union

OUT = Path(__file__).resolve().parents[1] / "src/nkscreen/vessels/data/coast.npz"

NEAR = box(117, 30, 143, 46)
"""Where ships that trade with North Korea meet: the Yellow and East China Seas and the Sea of Japan."""

FINE, COARSE = 0.01, 0.06  # degrees that a simplified line may be off
LEAST_FINE, LEAST_COARSE = 0.00003, 0.01  # square degrees of the smallest island kept
SCALE = 1000  # whole numbers a degree


def main(source: Path) -> None:
    shapes = [part for shape in polygons(json.loads(source.read_text())) for part in getattr(shape, "geoms", [shape])]
    land = MultiPolygon([part for part in shapes if part.area])
    near = unary_union([part.intersection(NEAR) for part in land.geoms if part.intersects(NEAR)])
    far = unary_union([part.difference(NEAR) for part in land.geoms])
    # The two are joined over a hair's breadth, so that no seam shows; what holes that leaves are no lakes.
    joined = unary_union(
        [part.buffer(0.002) for part in simplified(near, FINE, LEAST_FINE)]
        + list(simplified(far, COARSE, LEAST_COARSE))
    ).simplify(0.002)
    rings = [
        ring
        for part in joined.geoms
        for ring in (part.exterior, *(hole for hole in part.interiors if Polygon(hole).area > LEAST_COARSE))
    ]
    points = [np.rint(np.array(ring.coords)[:-1] * SCALE).astype(np.int32) for ring in rings]
    steps = np.concatenate([np.diff(ring, axis=0, prepend=0) for ring in points]).astype(np.int32)
    np.savez_compressed(OUT, steps=steps, lengths=np.array([len(ring) for ring in points], np.int32))
    print(f"{len(rings)} lines, {len(steps)} points, {OUT.stat().st_size:,} bytes")


def simplified(shape: object, off: float, least: float) -> Iterator[Polygon]:
    for part in getattr(shape, "geoms", [shape]):
        line = part.simplify(off)
        yield from (piece for piece in getattr(line, "geoms", [line]) if piece.area >= least)


def polygons(topology: dict[str, object]) -> Iterator[Polygon]:
    """The polygons of the object `land`, its arcs put together."""
    for geometry in topology["objects"]["land"]["geometries"]:  # type: ignore[index]
        yield from _shapes(topology, geometry)


def rings_of(topology: dict[str, object], number: str) -> Iterator[Polygon]:
    """The polygons of a country by its ISO 3166 number."""
    for geometry in topology["objects"]["countries"]["geometries"]:  # type: ignore[index]
        if geometry.get("id") == number:
            yield from _shapes(topology, geometry)


def _shapes(topology: dict[str, object], geometry: dict[str, object]) -> Iterator[Polygon]:
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))  # type: ignore[index]
    arcs: list[list[list[int]]] = topology["arcs"]  # type: ignore[assignment]

    def line(at: int) -> np.ndarray:
        points = np.cumsum(np.array(arcs[at if at >= 0 else ~at]), axis=0) * scale + shift
        return points if at >= 0 else points[::-1]

    def ring(numbers: list[int]) -> np.ndarray:
        first, *rest = map(line, numbers)
        return np.concatenate([first, *(piece[1:] for piece in rest)])

    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for numbers in parts:  # type: ignore[attr-defined]
        outer, *holes = map(ring, numbers)
        if len(outer) > 3:
            yield from cut(outer, holes)


def cut(outer: np.ndarray, holes: list[np.ndarray]) -> Iterator[Polygon]:
    """A polygon cut at the dateline; one that goes around a pole is closed over it."""
    line = np.column_stack([np.degrees(np.unwrap(np.radians(outer[:, 0]))), outer[:, 1]])
    if abs(line[-1, 0] - line[0, 0]) > 180:
        pole = -90.0 if line[:, 1].mean() < 0 else 90.0
        line = np.concatenate([line, [[line[-1, 0], pole], [line[0, 0], pole]]])
    shape = Polygon(line, holes).buffer(0)
    for turns in (-360, 0, 360):
        yield translate(shape, turns).intersection(box(-180, -90, 180, 90))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
