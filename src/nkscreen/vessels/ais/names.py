"""Column names of AIS files. Loads nothing, so that a file can be told by its header at no cost."""

from __future__ import annotations

ALIASES: dict[str, tuple[str, ...]] = {
    "mmsi": (
        "mmsi", "ssvid", "vesselmmsi", "shipmmsi", "mmsinumber", "mmsino", "sourcemmsi", "userid", "vessel", "vesselid",
    ),
    "time": (
        "basedatetime", "timestamp", "timestamputc", "positiontimestamp", "positiontime", "datetimeutc", "datetime",
        "datetimestamp", "dtposutc", "dtpos", "msgtime", "msgtimestamp", "messagetimestamp", "timeutc", "time",
        "tstamp",
        "postime", "lastpositiontime", "lastpositionutc", "receivedtime", "receivetime", "eventtime", "recordtime",
        "unixtime", "epoch", "epochtime", "epochseconds", "epochmillis", "utctime", "utc", "ts", "t", "date",
    ),
    "lat": ("lat", "latitude", "latitudedeg", "latdeg", "latdd", "latdecimaldegrees", "positionlatitude", "y"),
    "lon": (
        "lon", "longitude", "lng", "long", "longitudedeg", "londeg", "londd", "londecimaldegrees", "positionlongitude",
        "x",
    ),
    "speed": (
        "sog", "speed", "speedoverground", "speedknots", "sogknots", "sogkn", "sogkts", "speedkn", "speedkts",
        "positionspeed",
    ),
    "course": ("cog", "course", "courseoverground", "cogdeg", "coursedeg", "positioncourse"),
    "draught": ("draught", "draft", "draughtm", "currentdraught", "draughtmetres", "shipdraught"),
}  # fmt: skip
"""Header words, letters and digits alone, in lower case, of MarineCadastre (NOAA), the Danish Maritime Authority, the
Norwegian Coastal Administration, MarineTraffic, Spire, exactEarth, AISHub, Global Fishing Watch, the Naval Academy of
France and common exports."""

STATED: dict[str, tuple[str, ...]] = {
    "imo": ("imo", "imonumber", "imono", "imonr"),
    "name": ("vesselname", "shipname", "name"),
    "call_sign": ("callsign", "ircs"),
    "destination": ("destination", "reporteddestination", "aisdestination", "dest"),
}
"""Header words of what a ship says of itself and of its voyage beside where it is."""

REQUIRED = ("mmsi", "time", "lat", "lon")


def recognise(headers: list[str]) -> dict[str, str]:
    """Field of the schema → header, the first that fits; a header that fits none is not read."""
    words = {plain(header): header for header in reversed(headers)}
    found = {}
    for field, names in {**ALIASES, **STATED}.items():
        match = next((words[name] for name in names if name in words), None)
        if match is not None:
            found[field] = match
    if plain(found.get("time", "")) in _CLOCKS:
        date = next((words[name] for name in ("date", "dateutc", "day") if name in words), None)
        found |= {"date": date} if date else {}
    return found


_CLOCKS = frozenset({"time", "timeutc", "utctime", "utc"})
"""Headers of a column that may have the time of day alone, where another column has the date."""


def plain(header: str) -> str:
    """A header by its letters and digits, in lower case."""
    return "".join(filter(str.isalnum, header.lower()))
