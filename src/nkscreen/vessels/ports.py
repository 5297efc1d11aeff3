"""The harbours of the table of ports as a frame, for visits and for what is near."""

from __future__ import annotations

import polars as pl

from nkscreen.records.codes import port

CAVEAT = (
    "a port is one point, to about a kilometre; terminals and anchorages farther off than a visit reaches are missed"
)


def harbours() -> pl.DataFrame:
    """`port` (UN/LOCODE), `lat` and `lon` in degrees of harbours of the World Port Index and seaports of the DPRK."""
    return pl.DataFrame(list(port.harbours()), {"port": pl.String, "lat": pl.Float64, "lon": pl.Float64}, orient="row")
