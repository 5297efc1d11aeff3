"""How far a message is from where an earlier one lets its ship be. After gpsdio-segment (discrepancy, matcher)."""

from __future__ import annotations

from math import atan2, cos, exp, hypot, inf, radians, sin
from typing import NamedTuple

VERY_SLOW_KNOTS = 0.35
"""Below this a ship need not know its course, and is taken to lie still."""

_SHAPE = 4.0
_PENALTY_HOURS = 4.0
_BUFFER_HOURS = 0.25
PENALTY_KNOTS = 5.0
"""Being faster than this against what dead reckoning expects counts strongly against a fit."""


class Heard(NamedTuple):
    """A message: hours since 1970, degrees, knots (0 where unknown) and degrees from north (None where unknown)."""

    hour: float
    lat: float
    lon: float
    speed: float
    course: float | None


def metric(before: Heard, after: Heard, hours: float, knots: float, penalty: float) -> float:
    """How well the message fits as the next one after `hours`: above 0, or 0 where `knots` do not allow it.

    `penalty` is the speed against what is expected from which a fit is poor: `PENALTY_KNOTS` where courses are known.
    """
    padded = hypot(hours, _BUFFER_HOURS)
    allowed = padded * knots
    sailed = hours / (1 + (hours / _PENALTY_HOURS) ** 0.5)
    # No way of measuring makes the discrepancy less than the difference of latitude without what both sail.
    if 60 * abs(after.lat - before.lat) - (before.speed + after.speed) / 2 * sailed > allowed:
        return 0.0
    off = _discrepancy(before, after, sailed)
    if off > allowed:
        return 0.0
    return exp(-((knots / penalty * off / allowed) ** 2)) / padded


def _discrepancy(before: Heard, after: Heard, hours: float) -> float:
    """Nautical miles: the least of dead reckoning from both ends, lying still, and lying beside the course."""
    wide = 60 * cos(radians((before.lat + after.lat) / 2))
    north, east = 60 * (after.lat - before.lat), wide * _turn(after.lon - before.lon)
    ahead, astern = _sailed(before, hours), _sailed(after, -hours)
    reckoned = 0.5 * (
        hypot(wide * _turn(before.lon + ahead[1] - after.lon), 60 * (before.lat + ahead[0] - after.lat))
        + hypot(wide * _turn(after.lon + astern[1] - before.lon), 60 * (after.lat + astern[0] - before.lat))
    )
    apart, bearing = hypot(north, east), atan2(north, east)
    beside = 0.5 * _SHAPE * (_beside(before, apart, bearing, hours) + _beside(after, apart, bearing, hours))
    return min(reckoned, apart * _SHAPE, beside)


def _sailed(message: Heard, hours: float) -> tuple[float, float]:
    if message.course is None:
        return 0.0, 0.0
    far, angle = message.speed * hours / 60, radians(90 - message.course)
    return sin(angle) * far, cos(angle) * far / (cos(radians(message.lat)) + 1e-3)


def _beside(message: Heard, apart: float, bearing: float, hours: float) -> float:
    angle = radians(90 - (message.course or 0.0)) - bearing
    return abs(sin(angle)) * apart if 0 < cos(angle) * apart <= message.speed * hours else inf


def _turn(degrees: float) -> float:
    return (degrees + 180) % 360 - 180
