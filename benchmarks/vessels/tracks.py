"""Speed and memory of gaps, jumps and encounters; movingpandas beside it when installed.

Run: make bench-vessels
"""

from __future__ import annotations

import resource
import time
from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl

from nkscreen.vessels.events.encounters import find_encounters
from nkscreen.vessels.events.gaps import find_gaps
from nkscreen.vessels.events.grid import laid_on_grid
from nkscreen.vessels.events.jumps import find_jumps
from nkscreen.vessels.track import read_track

DAY = Path(__file__).parents[3] / "shared/data/inputs/ais_csv"


def made(count: int, ships: int, hours: float) -> pl.DataFrame:
    """Messages of ships that wander from places spread over the sea, with a gap here and there."""
    random = np.random.default_rng(7)
    each = count // ships
    steps = random.uniform(0.5, 1.5, (ships, each)) * hours * 3600 / each
    steps[random.random((ships, each)) < 0.0005] += 13 * 3600
    seconds = steps.cumsum(axis=1)
    walk = random.normal(0, 0.0005, (2, ships, each)).cumsum(axis=2)
    return pl.DataFrame(
        {
            "mmsi": np.repeat(np.arange(200_000_000, 200_000_000 + ships, dtype=np.uint32), each),
            "time": pl.Series((seconds.ravel() * 1e6).astype(np.int64) + 1_700_000_000_000_000)
            .cast(pl.Datetime("us"))
            .dt.replace_time_zone("UTC"),
            "lat": (random.uniform(-60, 60, (ships, 1)) + walk[0]).ravel(),
            "lon": (random.uniform(-170, 170, (ships, 1)) + walk[1]).ravel(),
            "row": np.arange(ships * each, dtype=np.uint32),
        }
    )


def main() -> None:
    frame = made(10_000_000, 1_000, 24 * 30)
    start = time.process_time()
    gaps, jumps = find_gaps(frame), find_jumps(frame)
    took = time.process_time() - start
    print(f"gaps and jumps: {frame.height:,} positions, {gaps.height:,} gaps, {jumps.height:,} jumps")
    print(f"  {frame.height / took:,.0f} positions a second a core, {took:.1f} s of CPU; peak {peak():.2f} GB")
    _movingpandas(frame.head(100_000))
    start = time.perf_counter()
    found = find_encounters(frame)
    print(f"encounters: {frame.height:,} positions of 1,000 ships in 30 days, {found.height:,} found, ", end="")
    print(f"{time.perf_counter() - start:.1f} s; peak of all so far {peak():.2f} GB")
    del frame
    # Ten positions of each ship, three quarters of an hour apart, so that the times between are filled in.
    crowd = made(106_310, 10_631, 8).with_columns(pl.col("lat") / 120, pl.col("lon") / 340)
    start = time.perf_counter()
    found = find_encounters(crowd)
    took = time.perf_counter() - start
    print(
        f"encounters: {crowd.height:,} positions of 10,631 ships within a degree, {found.height:,} found, {took:.1f} s"
    )
    _geopandas(crowd)
    for path in sorted(DAY.glob("*NOAA*.csv")):
        _real_day(path)


def _real_day(path: Path) -> None:
    """The encounters of a real day for a reader to judge: nobody labelled them."""
    track = read_track(path)
    first, last = track.frame["time"].min(), track.frame["time"].max()
    start = time.perf_counter()
    found = find_encounters(track.frame)
    short = find_encounters(track.frame, minutes=20)
    took = time.perf_counter() - start
    print(
        f"{path.name}: {track.ships:,} ships, {track.read:,} rows read, {track.frame.height:,} kept, {first} to {last}"
    )
    moored = short.filter(pl.col("knots") < MOORED_KNOTS).height
    print(f"  encounters {found.height} (2 hours), {short.height} (20 minutes), both in {took:.1f} s")
    print(f"  one of 20 minutes for every {track.ships // max(1, short.height):,} ships; {moored} of {short.height}")
    print(f"  lay still (below {MOORED_KNOTS} knots: berths and tows, no transfers); the ten strongest:")
    names = {row["mmsi"]: row["name"] for row in track.statements.iter_rows(named=True) if row["name"]}
    for row in short.head(10).iter_rows(named=True):
        print(
            f"  {row['mmsi']} {names.get(row['mmsi'], '')} / {row['other']} {names.get(row['other'], '')}: "
            f"{row['start']:%H:%M}-{row['end']:%H:%M} {row['lat']:.4f} {row['lon']:.4f} "
            f"{row['km']:.3f} km {row['knots']:.2f} kn"
        )


MOORED_KNOTS = 0.1
"""Below this a ship is moored or aground; at anchor or drifting it moves faster. Our choice."""


def peak() -> float:
    """The most memory the process has had, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _movingpandas(frame: pl.DataFrame) -> None:
    """Gaps and speeds by movingpandas on a part of the same positions."""
    try:
        import geopandas  # noqa: PLC0415
        import movingpandas  # noqa: PLC0415
        import pandas  # noqa: PLC0415
    except ImportError:
        print("  movingpandas is not installed; no peer in this run")
        return
    table = pandas.DataFrame({name: frame[name].to_numpy() for name in ("mmsi", "lat", "lon")})
    table["time"] = frame["time"].dt.replace_time_zone(None).to_numpy()
    start = time.process_time()
    points = geopandas.GeoDataFrame(table, geometry=geopandas.points_from_xy(table.lon, table.lat), crs=4326)
    tracks = movingpandas.TrajectoryCollection(points, traj_id_col="mmsi", t="time")
    movingpandas.ObservationGapSplitter(tracks).split(gap=timedelta(hours=12))
    tracks.add_speed()
    took = time.process_time() - start
    print(f"  movingpandas: {frame.height / took:,.0f} positions a second a core on {frame.height:,} positions")


def _geopandas(frame: pl.DataFrame) -> None:
    """The pairs near each other on the same grid of times, by geopandas; without making encounters of them."""
    try:
        import geopandas  # noqa: PLC0415
        import pandas  # noqa: PLC0415
    except ImportError:
        print("  geopandas is not installed; no peer in this run")
        return
    laid = laid_on_grid(frame, step=600, longest=4200)
    reach = 0.5 / 111.2  # half a kilometre in degrees, near the equator
    pairs = 0
    start = time.perf_counter()
    for _, part in laid.group_by("tick"):
        table = pandas.DataFrame({"mmsi": part["mmsi"].to_numpy()})
        points = geopandas.GeoDataFrame(
            table, geometry=geopandas.points_from_xy(part["lon"].to_numpy(), part["lat"].to_numpy())
        )
        joined = points.sjoin(points, predicate="dwithin", distance=reach)
        pairs += int((joined["mmsi_left"] < joined["mmsi_right"]).sum())
    took = time.perf_counter() - start
    print(f"  geopandas: {pairs:,} pairs of places in {took:.1f} s, the search alone")


if __name__ == "__main__":
    main()
