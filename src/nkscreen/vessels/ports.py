"""The harbours of the table of ports as a frame, for visits and for what is near; ports that laws or cases name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl
import yaml

from nkscreen.records.codes import port

CAVEAT = (
    "a port is one point, to about a kilometre; terminals and anchorages farther off than a visit reaches are missed"
)


@dataclass(frozen=True)
class Concern:
    """Why laws or documented cases name a port. Context for a reader: it raises nothing by itself."""

    why: str
    source: str
    verified: bool


def harbours() -> pl.DataFrame:
    """`port` (UN/LOCODE, or a name with its country), `place`, `lat` and `lon` in degrees, and `km` around it that are
    the port (null where nobody looked), of harbours of the World Port Index and seaports of the DPRK."""
    schema = {"port": pl.String, "place": pl.String, "lat": pl.Float64, "lon": pl.Float64, "km": pl.Float64}
    return pl.DataFrame(list(port.harbours()), schema, orient="row")


def concern(code: str) -> Concern | None:
    """What is said of a port in statutes and cases, from data/ports_of_concern.yaml; None for all others."""
    return _concerns().get(code)


@cache
def _concerns() -> dict[str, Concern]:
    text = (files(__package__) / "data" / "ports_of_concern.yaml").read_text(encoding="utf-8")
    return {code: Concern(**said) for said in yaml.safe_load(text) for code in said.pop("ports")}
