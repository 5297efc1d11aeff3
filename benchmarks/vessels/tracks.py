"""Speed and memory of gaps, jumps and encounters; movingpandas beside it when installed.

Run: make bench-vessels
"""

from __future__ import annotations

import resource
import time
from pathlib import Path

import numpy as np
import polars as pl

from nkscreen.vessels.events.encounters import find_encounters
from nkscreen.vessels.events.gaps import find_gaps
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
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"gaps and jumps: {frame.height:,} positions, {gaps.height:,} gaps, {jumps.height:,} jumps, {took:.1f} s of CPU, "  # noqa: E501
    )
    print(f"  {frame.height / took:,.0f} positions a second a core; peak {peak:.2f} GB")
    _peer(frame.head(100_000))
    del frame
    crowd = made(100_000, 10_000, 24).with_columns(pl.col("lat") / 60, pl.col("lon") / 170)
    start = time.perf_counter()
    found = find_encounters(crowd)
    print(
        f"encounters: {crowd.height:,} positions of 10,000 ships within two degrees, {found.height:,} found, "
        f"{time.perf_counter() - start:.1f} s"
    )
    for path in sorted(DAY.glob("*NOAA*.csv")):
        track = read_track(path)
        first, last = track.frame["time"].min(), track.frame["time"].max()
        start = time.perf_counter()
        found = find_encounters(track.frame)
        short = find_encounters(track.frame, minutes=20)
        took = time.perf_counter() - start
        print(
            f"{path.name}: {track.ships:,} ships, {track.read:,} rows read, {track.frame.height:,} kept, {first} to {last}"  # noqa: E501
        )
        print(
            f"  encounters {found.height} (2 hours), {short.height} (20 minutes), both in {took:.1f} s; the strongest:"
        )
        for row in short.head(10).iter_rows(named=True):
            print(
                f"  {row['mmsi']} {row['other']} {row['start']:%H:%M}-{row['end']:%H:%M} {row['lat']:.4f} {row['lon']:.4f} "  # noqa: E501
                f"{row['km']:.3f} km {row['knots']:.2f} kn"
            )


def _peer(frame: pl.DataFrame) -> None:
    try:
        import geopandas  # noqa: PLC0415
        import movingpandas  # noqa: PLC0415
    except ImportError:
        print("  movingpandas is not installed; no peer in this run")
        return
    pandas = frame.with_columns(pl.col("time").dt.replace_time_zone(None)).to_pandas()
    start = time.process_time()
    points = geopandas.GeoDataFrame(pandas, geometry=geopandas.points_from_xy(pandas.lon, pandas.lat), crs=4326)
    tracks = movingpandas.TrajectoryCollection(points, traj_id_col="mmsi", t="time")
    import datetime  # noqa: PLC0415

    movingpandas.ObservationGapSplitter(tracks).split(gap=datetime.timedelta(hours=12))
    tracks.add_speed()
    took = time.process_time() - start
    print(f"  movingpandas: {frame.height / took:,.0f} positions a second a core on {frame.height:,} positions")


if __name__ == "__main__":
    main()
