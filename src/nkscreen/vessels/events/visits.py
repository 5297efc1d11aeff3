"""Port visits: a ship comes near a port and stops or falls silent. After pipe-anchorages (Global Fishing Watch)."""

from __future__ import annotations

import numpy as np
import polars as pl

from nkscreen.vessels.events.gaps import in_order
from nkscreen.vessels.events.jumps import ON_EARTH
from nkscreen.vessels.sphere import EARTH_RADIUS_KM, distance_km
from nkscreen.vessels.thresholds import threshold


def find_visits(frame: pl.DataFrame, ports: pl.DataFrame) -> pl.DataFrame:
    """Stays of each MMSI within `port_exit_km` of one port that came within `port_entry_km` of it and stopped there
    (`port_stop_knots`) or was not heard for `port_gap_hours`. A port may have several places, each with a radius of its
    own, in place of which it is entered; it is left as far beyond it as the two distances differ.

    Columns: mmsi, port, start, end (the first and last message there), hours, km (the least distance), stopped, silent
    (the longest silence, in hours), lat, lon (of the message nearest to the port), draught_in and draught_out (metres,
    first and last sent there; null where none).
    Places are points: a visit to a terminal farther off is not seen, one at an anchorage close by is.

    Args:
        frame: messages, as `read_track` gives them.
        ports: a row each with `port` (a code or a name), `lat` and `lon` in degrees, and `km` where that is known.
    """
    frame = in_order(frame.filter(ON_EARTH)).with_row_index("at")
    near = _entered(frame, ports)
    stays = (
        frame.join(near, on="at", how="left", maintain_order="left")
        .with_columns(
            pl.struct("mmsi", "port").rle_id().alias("stay"),
            ((pl.col("time") - pl.col("time").shift(1)).dt.total_microseconds() / 3.6e9).alias("silent"),
        )
        .filter(pl.col("port").is_not_null())
    )
    first = pl.col("stay") != pl.col("stay").shift(1, fill_value=-1)
    return (
        stays.with_columns(pl.when(~first).then("silent").alias("silent"))
        .group_by("stay", maintain_order=True)
        .agg(
            pl.col("mmsi").first(),
            pl.col("port").first(),
            pl.col("time").min().alias("start"),
            pl.col("time").max().alias("end"),
            pl.col("lat", "lon").sort_by("km").first(),
            pl.col("km").min(),
            pl.col("entered").any(),
            (pl.col("speed") <= threshold("port_stop_knots")).any().alias("stopped"),
            pl.col("silent").max().fill_null(0.0),
            pl.col("draught").drop_nulls().first().alias("draught_in"),
            pl.col("draught").drop_nulls().last().alias("draught_out"),
        )
        .filter(pl.col("entered") & (pl.col("stopped") | (pl.col("silent") >= threshold("port_gap_hours"))))
        .select(
            "mmsi",
            "port",
            "start",
            "end",
            ((pl.col("end") - pl.col("start")).dt.total_microseconds() / 3.6e9).alias("hours"),
            "km",
            "stopped",
            "silent",
            "lat",
            "lon",
            "draught_in",
            "draught_out",
        )
    )


def with_port(events: pl.DataFrame, ports: pl.DataFrame, *, km: float) -> pl.DataFrame:
    """The events with `port`: the nearest port within `km` of their `lat` and `lon`, null where there is none."""
    at = events.with_row_index("at")
    near = _nearest(at, ports, km).select("at", "port")
    return at.join(near, on="at", how="left", maintain_order="left").drop("at")


def _entered(frame: pl.DataFrame, ports: pl.DataFrame) -> pl.DataFrame:
    """The port around each message, the nearest: `at`, `port`, `km`, and whether the message is `entered` in it."""
    own = pl.col("km") if "km" in ports.columns else pl.lit(None, pl.Float64)
    places = ports.select("port", "lat", "lon", own.fill_null(threshold("port_entry_km")).alias("entry"))
    margin = threshold("port_exit_km") - threshold("port_entry_km")
    found = [
        _nearest(frame, part, entry + margin).with_columns(entered=pl.col("km") <= entry)
        for (entry,), part in sorted(places.partition_by("entry", as_dict=True).items())
    ]
    none = pl.DataFrame(schema={"at": pl.UInt32, "port": pl.String, "km": pl.Float64, "entered": pl.Boolean})
    return pl.concat(found or [none]).sort("at", "km", "port").unique("at", keep="first", maintain_order=True)


def _nearest(frame: pl.DataFrame, ports: pl.DataFrame, reach: float) -> pl.DataFrame:
    """The port within reach of each message, the nearest: `at`, `port`, `km`. Ports are in the 27 cubes around them."""
    here = _cubes(frame, reach)
    steps = [(x, y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1)]
    around = pl.DataFrame(steps, ["i", "j", "k"], orient="row")
    there = _cubes(ports, reach).with_columns(ports["port"]).join(around, how="cross")
    there = there.with_columns(pl.col("x") + pl.col("i"), pl.col("y") + pl.col("j"), pl.col("z") + pl.col("k"))
    pairs = here.with_columns(frame["at"]).join(there, on=["x", "y", "z"])
    far = distance_km(*(pairs[name].to_numpy() for name in ("lat", "lon", "lat_right", "lon_right")))
    pairs = pairs.with_columns(pl.Series("km", far, pl.Float64)).filter(pl.col("km") <= reach)
    return pairs.sort("at", "km", "port").unique("at", keep="first", maintain_order=True).select("at", "port", "km")


def _cubes(frame: pl.DataFrame, edge: float) -> pl.DataFrame:
    lat, lon = np.radians(frame["lat"].to_numpy()), np.radians(frame["lon"].to_numpy())
    xyz = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]) * EARTH_RADIUS_KM / edge
    cube = np.floor(xyz).astype(np.int64)
    return frame.select("lat", "lon").with_columns(
        pl.Series("x", cube[0]), pl.Series("y", cube[1]), pl.Series("z", cube[2])
    )
