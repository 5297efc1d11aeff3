"""The route of a shipment: its stops in order, and the picture of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from nkscreen.alerts.explain import wrap
from nkscreen.records import Leg, Shipment
from nkscreen.records.codes import country as countries
from nkscreen.records.codes import port as ports
from nkscreen.report.svg import Attributes, element, picture, text

DPRK = "KP"

_CELL = 176
_LINE = 16
_MARK = 9
_WIDE_COLUMNS = 25
_NARROW_COLUMNS = 40
_NARROW_WIDTH = 330


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop. `code` is its UN/LOCODE, `country` alpha-2; either is "" when unknown. `notes` say what happens there.

    `declared` is false for the one stop that the papers do not name: where the goods go in the end.
    """

    place: str
    code: str = ""
    country: str = ""
    arrival: date | None = None
    departure: date | None = None
    transshipment: bool = False
    notes: tuple[str, ...] = ()
    declared: bool = True

    @property
    def dprk(self) -> bool:
        """Whether the stop is in North Korea."""
        return DPRK in (self.country, self.code[:2])


def stops(shipment: Shipment) -> tuple[Stop, ...]:
    """The stops of a shipment in sailing order: its legs, with the named ports that the legs leave out.

    Where the papers name neither a destination country nor a place of delivery, the last stop is an undeclared one.
    A shipment that names no place at all has no stops.
    """
    way = [_leg(leg) for leg in shipment.legs]
    way = _with_port(way, shipment.port_of_loading, "loading", first=True)
    way = _with_port(way, shipment.port_of_discharge, "discharge")
    way = _with_port(way, shipment.place_of_delivery, "delivery")
    end = shipment.destination_country
    if end and (not way or way[-1].country != end):
        way.append(Stop(countries.name(end) if countries.is_code(end) else end, country=end))
    if end:
        way[-1] = _noted(way[-1], "declared destination")
    elif way and not shipment.place_of_delivery:
        way.append(Stop("Not declared", notes=("obtain the final destination",), declared=False))
    if way and not shipment.legs:
        way[0] = replace(way[0], departure=shipment.departure_date)
        last = max(index for index, stop in enumerate(way) if stop.declared)
        way[last] = replace(way[last], arrival=shipment.arrival_date if last else None)
    return tuple(way)


def _with_port(way: list[Stop], given: str | None, note: str, *, first: bool = False) -> list[Stop]:
    if not given:
        return way
    stop = _stop(given, None)
    same = [index for index, known in enumerate(way) if (known.code or known.place) == (stop.code or stop.place)]
    if not same:
        return [_noted(stop, note), *way] if first else [*way, _noted(stop, note)]
    index = same[0] if first else same[-1]
    return [_noted(known, note) if place == index else known for place, known in enumerate(way)]


def _leg(leg: Leg) -> Stop:
    stop = _stop(leg.port, leg.country)
    notes = ("transshipment",) if leg.transshipment else ()
    ship = (f"ship {leg.vessel.name}",) if leg.vessel and leg.vessel.name else ()
    return replace(
        stop,
        arrival=leg.arrival,
        departure=leg.departure,
        transshipment=bool(leg.transshipment),
        notes=(*stop.notes, *notes, *ship),
    )


def _stop(given: str | None, country: str | None) -> Stop:
    if given and ports.parse(given) == given:
        return Stop(ports.name(given) or given, given, given[:2])
    known = country or ""
    if given:
        return Stop(given, country=known, notes=("port not recognised",))
    return Stop(countries.name(known) if countries.is_code(known) else known or "Unnamed stop", country=known)


def _noted(stop: Stop, note: str) -> Stop:
    return stop if note in stop.notes else replace(stop, notes=(*stop.notes, note))


def route(way: Sequence[Stop], *, columns: int = 6) -> Markup:
    """The stops as stations of a line, `columns` to a row; one column gives the upright picture for a narrow page.

    A transshipment is a diamond, a stop in North Korea a filled square with its country in words, and an undeclared
    stop a dashed ring at the end of a dashed line.
    """
    if columns == 1:
        return _upright(way)
    rails: list[Markup] = []
    stations: list[Markup] = []
    top = 0.0
    for first in range(0, len(way), columns):
        row = way[first : first + columns]
        y = top + _MARK + 6
        for column, stop in enumerate(row):
            x = (column + 0.5) * _CELL
            if first + column:
                rails.append(_rail(x - _CELL if column else 0, y, x, y, stop))
            stations += [*_station(x, y, stop), *_words(x, y + _MARK + _LINE + 3, stop, "middle", _WIDE_COLUMNS)]
        if first + columns < len(way):
            rails.append(_rail((columns - 0.5) * _CELL, y, columns * _CELL, y, way[first + columns]))
        top = y + _MARK + (max(len(_lines(stop, _WIDE_COLUMNS)) for stop in row) + 1) * _LINE + 3
    return picture(min(columns, len(way)) * _CELL, top, _said(way), *rails, *stations, css="route")


def _upright(way: Sequence[Stop]) -> Markup:
    x, y = _MARK + 6.0, _MARK + 6.0
    rails: list[Markup] = []
    stations: list[Markup] = []
    for index, stop in enumerate(way):
        height = (len(_lines(stop, _NARROW_COLUMNS)) + 0.7) * _LINE
        if index < len(way) - 1:
            rails.append(_rail(x, y, x, y + height, way[index + 1]))
        stations += [*_station(x, y, stop), *_words(x + 22, y + 5, stop, "start", _NARROW_COLUMNS)]
        y += height
    return picture(_NARROW_WIDTH, y - _LINE / 2, _said(way), *rails, *stations, css="route")


def _said(way: Sequence[Stop]) -> str:
    return "Route: " + "; ".join(", ".join(part for part, _ in _parts(stop)) for stop in way)


def _rail(x1: float, y1: float, x2: float, y2: float, towards: Stop) -> Markup:
    css = "rail" if towards.declared else "rail undeclared"
    return element("line", {"class": css, "x1": x1, "y1": y1, "x2": x2, "y2": y2})


def _station(x: float, y: float, stop: Stop) -> Iterator[Markup]:
    css = "station" + (" dprk" if stop.dprk else "") + ("" if stop.declared else " undeclared")
    corner: Attributes = {"x": x - _MARK, "y": y - _MARK, "width": 2 * _MARK, "height": 2 * _MARK}
    if stop.transshipment:
        turn = f"rotate(45 {x:.1f} {y:.1f})"
        yield element("rect", {"class": css, **corner, "transform": turn})
    elif stop.dprk:
        yield element("rect", {"class": css, **corner})
    else:
        yield element("circle", {"class": css, "cx": x, "cy": y, "r": _MARK})
    if not stop.declared:
        yield text(x, y + 5, "?", "sign", "middle")
    elif stop.dprk:
        yield text(x, y + 5, "!", "sign on", "middle")


def _words(x: float, y: float, stop: Stop, anchor: str, room: int) -> Iterator[Markup]:
    for index, (line, css) in enumerate(_lines(stop, room)):
        yield text(x, y + index * _LINE, line, css, anchor)


def _lines(stop: Stop, room: int) -> tuple[tuple[str, str], ...]:
    return tuple((line, css) for part, css in _parts(stop) for line in wrap(part, width=room))


def _parts(stop: Stop) -> tuple[tuple[str, str], ...]:
    """What is written at a stop, each with its style: place, code and country, dates, notes."""
    red = " dprk" if stop.dprk else ""
    known = countries.name(stop.country) if countries.is_code(stop.country) else stop.country
    where = ((part, f"detail{red}") for part in (stop.code, known if known != stop.place else "") if part)
    notes = ((part, "detail") for part in (_dates(stop), *stop.notes) if part)
    return ((stop.place, f"place{red}"), *where, *notes)


def _dates(stop: Stop) -> str:
    if stop.arrival and stop.departure:
        return f"{stop.arrival} → {stop.departure}"
    if stop.arrival:
        return f"arrived {stop.arrival}"
    return f"left {stop.departure}" if stop.departure else ""
