"""Hostile registers and tracks together: every row accounted for, nothing raised."""

import random

import polars as pl
import pytest

from nkscreen.formats import Quarantined, open_input
from nkscreen.records import Vessel
from nkscreen.vessels.fleet import Fleet
from nkscreen.vessels.listed import ListedVessels
from nkscreen.vessels.sea import Sea
from nkscreen.vessels.track import read_track
from nkscreen.vessels.tracks import Tracks

PORTS = pl.DataFrame({"port": ["KPNAM", "KRPUS"], "lat": [38.72, 35.1], "lon": [125.4, 129.04]})
JUNK = (
    "", "NaN", "inf", "1e400", "-1", "181", "91", "NULL", "0", "999999999", "445539000", "٣", "1970-01-01T00:00:00",
    "2024-01-01 00:00:00.5+25:00", "9999-12-31T23:59:59", "1700000000", "IMO0000000", "9076260", "KP", "X" * 300, '"',
    "\\", "-0.0", "180", "12,5", "Panama (2010-2015); Togo", "Korea", "A Ltd (2010)", "183 x 32 m", "Call sign",
    "2015 - 2010", "(", "Cameroon (false)", "9076260 / 9283186", "445539000, 441910000",
)  # fmt: skip
FIELDS = ("MMSI", "BaseDateTime", "LAT", "LON", "SOG", "COG", "Draught", "IMO", "VesselName", "Destination")
REGISTER = ("name", "imo", "mmsi", "flag", "former names", "flag history", "owner", "year", "loa", "beam", "dwt")


def message(chance):
    time = f"2024-01-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:00:00"
    cells = [chance.choice(("445539000", "441910000")), time, "38.72", "125.4", "4", "90", "6", "9076260", "A", "NAMPO"]
    return ",".join(chance.choice(JUNK) if chance.random() < 0.1 else cell for cell in cells)


@pytest.mark.parametrize("seed", range(12))
def test_hostile_rows_cost_nobody_else(tmp_path, seed):
    chance = random.Random(seed)
    register, ais = tmp_path / "register.tsv", tmp_path / "ais.csv"
    rows = ["\t".join(chance.choice(JUNK) for _ in REGISTER) for _ in range(20)]
    register.write_text("\t".join(REGISTER) + "\n" + "\n".join(rows) + "\n")
    ais.write_text(",".join(FIELDS) + "\n" + "\n".join(message(chance) for _ in range(80)) + "\n")
    source = open_input(register, kind="vessel")
    vessels = [item for item in source if not isinstance(item, Quarantined)]
    assert source.read == len(vessels) + source.quarantined
    track = read_track(ais)
    assert track.read == track.frame.height + sum(count for count, _ in track.refused.values())
    vessels.append(Vessel.read({"id": "ours", "mmsi": "441910000", "imo_number": "9076260"}))
    fleet = Fleet(vessels)
    sea = Sea(fleet, Tracks(track, known=fleet.seen(), ports=PORTS))
    seen = [sea.seen(vessel, ListedVessels([])) for vessel in vessels]
    assert seen[-1].track
    assert all(Vessel.read(vessel.model_dump(by_alias=True)) == vessel for vessel in seen)
