"""The harbours of the table of ports as a frame, for visits and for what is near."""

from __future__ import annotations

import polars as pl

from nkscreen.records.codes import port

CAVEAT = (
    "a port is one point, to about a kilometre; terminals and anchorages farther off than a visit reaches are missed"
)


def harbours() -> pl.DataFrame:
    """`port` (UN/LOCODE, or a name with its country), `place`, `lat` and `lon` in degrees, and `km` around it that are
    the port (null where nobody looked), of harbours of the World Port Index and seaports of the DPRK."""
    schema = {"port": pl.String, "place": pl.String, "lat": pl.Float64, "lon": pl.Float64, "km": pl.Float64}
    return pl.DataFrame(list(port.harbours()), schema, orient="row")
