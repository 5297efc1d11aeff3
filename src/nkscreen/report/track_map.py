"""The map of a track as one SVG: coast, graticule, the way sailed, what happened, a scale and a legend.

Colours are those of Okabe and Ito (2008), which colour-blind readers tell apart; every kind has its own shape or dash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from markupsafe import Markup

from nkscreen.records.codes import port
from nkscreen.report.projection import Frame, simplified
from nkscreen.report.svg import Attributes, element, picture, text
from nkscreen.vessels.coast import coast
from nkscreen.vessels.dossier import Dossier, Entry, Stretch
from nkscreen.vessels.geography import dprk_territorial_sea
from nkscreen.vessels.sphere import Floats

WIDTH, HEIGHT = 960.0, 600.0
LEGEND = 34.0
OFF = 0.5
"""Units of the picture that a simplified line may be off: half a pixel."""

ARROWS = 110.0
"""Units of way between two arrows; more on a stretch that would have over `MOST_ARROWS`."""

MOST_ARROWS = 40

NAMES = {
    "gap": "silence",
    "encounter": "encounter",
    "visit": "port visit",
    "pattern": "circle or box",
    "loitering": "slow",
}


def track_map(dossier: Dossier) -> Markup:
    """The map of a dossier; it must have a track."""
    lat, lon = dossier.places
    frame = Frame.around(lat, lon, WIDTH, HEIGHT)
    marks = [entry for entry in dossier.timeline if entry.number and entry.lat is not None]
    stretches = sorted(dossier.stretches, key=lambda stretch: stretch.way == "sailed")
    inside = element(
        "g",
        {"clip-path": "url(#sea)"},
        element("path", {"class": "land", "fill-rule": "evenodd", "d": _land(frame)}),
        *_territorial_sea(frame),
        *_graticule(frame),
        *(_stretch(frame, stretch) for stretch in stretches),
        *(arrow for stretch in stretches if stretch.way == "sailed" for arrow in _arrows(frame, stretch)),
        *_ports(frame),
        *_ends(frame, dossier.stretches),
        *(_mark(frame, entry) for entry in marks),
    )
    box: Attributes = {"width": WIDTH, "height": HEIGHT}
    return picture(
        WIDTH,
        HEIGHT + LEGEND,
        _said(dossier),
        element("clipPath", {"id": "sea"}, element("rect", box)),
        element("rect", {"class": "sea", **box}),
        inside,
        element("rect", {"class": "frame", **box}),
        *_scale(frame),
        *_inset(frame),
        *_legend(frame, dossier, marks),
        css="map",
    )


def _said(dossier: Dossier) -> str:
    counts = {kind: sum(entry.kind == kind for entry in dossier.timeline) for kind in NAMES}
    told = ", ".join(f"{count} × {NAMES[kind]}" for kind, count in counts.items() if count)
    start = min(stretch.start for stretch in dossier.stretches)
    end = max(stretch.end for stretch in dossier.stretches)
    return (
        f"Track from {start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC; {told or 'no event'}. The timeline lists all."
    )


def _line(x: Floats, y: Floats) -> str:
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x.tolist(), y.tolist(), strict=True))


def _stretch(frame: Frame, stretch: Stretch) -> Markup:
    x, y = _way(frame, stretch)
    kept = simplified(x, y, OFF)
    drawn = _line(x[kept], y[kept]) + ("h.1" if len(kept) == 1 else "")
    return element("path", {"class": f"way {stretch.way}", "d": drawn})


def _way(frame: Frame, stretch: Stretch) -> tuple[Floats, Floats]:
    """A step across the edge of the map goes on beyond it, and is not drawn back across all of it."""
    if frame.polar:
        return frame.at(stretch.lat, stretch.lon)
    turned = np.degrees(np.unwrap(np.radians(stretch.lon - frame.lon)))
    first = (turned[0] + 180) % 360 - 180
    return frame.at(stretch.lat, turned - turned[0] + first, turned=True)


def _arrows(frame: Frame, stretch: Stretch) -> Iterator[Markup]:
    x, y = _way(frame, stretch)
    kept = simplified(x, y, OFF * 4)
    x, y = x[kept], y[kept]
    steps = np.hypot(np.diff(x), np.diff(y))
    way = np.cumsum(steps)
    if not len(way) or way[-1] < ARROWS / 3:
        return
    apart = max(ARROWS, way[-1] / MOST_ARROWS)
    for place in np.arange(min(apart, way[-1]) / 2, way[-1], apart):
        at = int(np.searchsorted(way, place))
        if steps[at] < 4:
            continue
        share = 1 - (way[at] - place) / steps[at]
        a, b = x[at] + share * (x[at + 1] - x[at]), y[at] + share * (y[at + 1] - y[at])
        angle = np.degrees(np.arctan2(y[at + 1] - y[at], x[at + 1] - x[at]))
        turned = f"translate({a:.1f} {b:.1f}) rotate({angle:.0f})"
        yield element("path", {"class": "arrow", "d": "M6 0L-5 4.5L-2 0L-5-4.5Z", "transform": turned})


_SHAPES = {
    "gap": "M0-10L10 8H-10Z",
    "visit": "M-8.5-8.5H8.5V8.5H-8.5Z",
    "pattern": "M0-11L11 0L0 11L-11 0Z",
}


def _mark(frame: Frame, entry: Entry) -> Markup:
    x, y = frame.at(np.array([entry.lat or 0.0]), np.array([entry.lon or 0.0]))
    css = {"class": f"mark {entry.kind}"}
    shape = (
        element("path", {**css, "d": _SHAPES[entry.kind]})
        if entry.kind in _SHAPES
        else element("circle", {**css, "r": 9.5 if entry.kind == "encounter" else 7.5})
    )
    label = text(0, 6.5 if entry.kind == "gap" else 4, str(entry.number), f"number on-{entry.kind}", "middle")
    told = element("title", {}, f"{entry.number}: {entry.title}, {entry.start:%Y-%m-%d %H:%M}; {entry.detail}")
    return element("g", {"transform": f"translate({x[0]:.1f} {y[0]:.1f})"}, told, shape, label)


def _ends(frame: Frame, stretches: Sequence[Stretch]) -> Iterator[Markup]:
    sailed = [stretch for stretch in stretches if stretch.way == "sailed"]
    first, last = min(sailed, key=lambda s: s.start), max(sailed, key=lambda s: s.end)
    for stretch, at, when, css in ((first, 0, first.start, "begin"), (last, -1, last.end, "end")):
        x, y = (float(v[0]) for v in frame.at(stretch.lat[[at]], stretch.lon[[at]]))
        yield element("circle", {"class": f"tip {css}", "cx": x, "cy": y, "r": 4.5})
        word = "first heard" if css == "begin" else "last heard"
        left = _west(frame, stretch, at) if 190 < x < WIDTH - 190 else x > WIDTH / 2
        label = f"{word} {when:%Y-%m-%d %H:%M}"
        yield text(
            x + (-12 if left else 12), y + (20 if css == "end" else -10), label, "halo", "end" if left else "start"
        )


def _west(frame: Frame, stretch: Stretch, at: int) -> bool:
    """Whether what is written at an end of a track stands clear of it on the left."""
    x, _ = _way(frame, stretch)
    away = (x if at == 0 else x[::-1]) - x[at]
    far = away[np.abs(away) > 10]  # pixels; a ship in port has been at one place for long
    return bool(len(far) and far[0] > 0)


def _territorial_sea(frame: Frame) -> Iterator[Markup]:
    if drawn := _areas(frame, dprk_territorial_sea()):
        yield element("path", {"class": "territorial", "fill-rule": "evenodd", "d": drawn})


def _ports(frame: Frame) -> Iterator[Markup]:
    """North Korean ports for context, and where little else is there to go by, no others. A name that would be written
    over another is left out, its mark is not."""
    written: list[tuple[float, float, float]] = []
    for code, place, lat, lon, _ in port.harbours():
        if port.country_of(code) != "KP":
            continue
        x, y = (float(v[0]) for v in frame.at(np.array([lat]), np.array([lon])))
        if 0 < x < WIDTH and 18 < y < HEIGHT:
            yield element("rect", {"class": "harbour", "x": x - 2.5, "y": y - 2.5, "width": 5, "height": 5})
            wide = 7.0 * len(place) + 6
            if any(abs(y - at) < 12 and x < end and begin < x + wide for begin, end, at in written):
                continue
            written.append((x, x + wide, y))
            yield text(x + 6, y + 4, place, "harbour-name halo")


def _land(frame: Frame) -> str:
    return _areas(frame, coast())


def _areas(frame: Frame, rings: Sequence[Floats]) -> str:
    far = frame.degrees(*_edge())
    parts = []
    for ring in rings:
        if frame.polar:
            # Land around the far pole would be drawn inside out.
            if np.abs(ring[:, 1] - frame.lat).min() > 60:
                continue
            x, y = frame.at(ring[:, 1], ring[:, 0])
            parts.append(_clipped(x, y))
            continue
        if ring[:, 1].max() < np.min(far[0]) or ring[:, 1].min() > np.max(far[0]):
            continue
        for round_ in (-360, 0, 360):
            x, y = frame.at(ring[:, 1], ring[:, 0] - frame.lon + round_, turned=True)
            parts.append(_clipped(x, y))
    return "".join(parts)


def _edge() -> tuple[Floats, Floats]:
    along = np.linspace(0, 1, 30)
    zero, one = np.zeros(30), np.ones(30)
    return (
        np.concatenate([along, along, zero, one]) * WIDTH,
        np.concatenate([zero, one, along, along]) * HEIGHT,
    )


def _clipped(x: Floats, y: Floats) -> str:
    """A closed line within the picture and a rim around it, simplified; "" where nothing of it is left."""
    low, wide, high = -20.0, WIDTH + 20, HEIGHT + 20
    if x.max() < low or x.min() > wide or y.max() < low or y.min() > high:
        return ""
    points = np.stack([x, y], axis=1)
    for axis, bound, above in ((0, low, True), (0, wide, False), (1, low, True), (1, high, False)):
        points = _cut(points, axis, bound, above)
        if len(points) < 3:
            return ""
    kept = simplified(points[:, 0], points[:, 1], OFF)
    return _line(points[kept, 0], points[kept, 1]) + "Z" if len(kept) > 2 else ""


def _cut(points: Floats, axis: int, bound: float, above: bool) -> Floats:
    """The part of a polygon on one side of a line (Sutherland and Hodgman 1974)."""
    here, there = points, np.roll(points, -1, axis=0)
    inside = here[:, axis] >= bound if above else here[:, axis] <= bound
    after = np.roll(inside, -1)
    run = there[:, axis] - here[:, axis]
    share = np.divide(bound - here[:, axis], run, out=np.zeros(len(run)), where=run != 0)[:, None]
    crossing = here + share * (there - here)
    both = np.stack([here, crossing], axis=1).reshape(-1, 2)
    keep = np.stack([inside, inside != after], axis=1).reshape(-1)
    return np.asarray(both[keep])


_STEPS = (30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 1 / 3, 1 / 6, 1 / 12, 1 / 30, 1 / 60, 1 / 120)
"""Degrees between lines of the graticule: down to half a minute of arc."""


def _graticule(frame: Frame) -> Iterator[Markup]:
    lat, off = frame.degrees(*_edge())
    spans = float(np.ptp(lat)), float(np.ptp(off))
    if frame.polar:
        yield from _polar_graticule(frame)
        return
    step = next((s for s in _STEPS if spans[0] / s >= 3 or spans[1] / s >= 5), _STEPS[-1])
    for value in np.arange(np.ceil(lat.min() / step), lat.max() / step) * step:
        y = float(frame.at(np.array([value]), np.zeros(1), turned=True)[1][0])
        yield element("path", {"class": "grid", "d": f"M0 {y:.1f}H{WIDTH:.0f}"})
        if 20 < y < HEIGHT - 30:
            yield text(5, y - 4, _degrees(value, "N", "S"), "axis halo")
    west, east = float(off.min() + frame.lon), float(off.max() + frame.lon)
    for value in np.arange(np.ceil(west / step), east / step) * step:
        x = float(frame.at(np.zeros(1), np.array([value - frame.lon]), turned=True)[0][0])
        yield element("path", {"class": "grid", "d": f"M{x:.1f} 0V{HEIGHT:.0f}"})
        if 60 < x < WIDTH - 70:
            yield text(x + 4, 13, _degrees((value + 180) % 360 - 180, "E", "W"), "axis halo")


def _polar_graticule(frame: Frame) -> Iterator[Markup]:
    around = np.linspace(-180, 180, 181)
    sign = 1.0 if frame.lat > 0 else -1.0
    for value in np.arange(50, 90, 5.0) * sign:
        x, y = frame.at(np.full(181, value), around, turned=True)
        yield element("path", {"class": "grid", "d": _line(x, y)})
        top = float(frame.at(np.array([value]), np.zeros(1), turned=True)[1][0])
        if 15 < top < HEIGHT - 30:
            yield text(WIDTH / 2 + 4, top - 4, _degrees(value, "N", "S"), "axis halo")
    for value in np.arange(-180, 180, 15.0):
        x, y = frame.at(np.linspace(45, 89, 45) * sign, np.full(45, value - frame.lon), turned=True)
        yield element("path", {"class": "grid", "d": _line(x, y)})
        seen = np.flatnonzero((x > 20) & (x < WIDTH - 60) & (y > 20) & (y < HEIGHT - 40))
        if len(seen) > 3 and value % 30 == 0:
            yield text(float(x[seen[0]]) + 3, float(y[seen[0]]), _degrees(value, "E", "W"), "axis halo")


def _degrees(value: float, plus: str, minus: str) -> str:
    seconds = round(abs(value) * 3600)
    whole, rest = divmod(seconds, 3600)
    side = "" if not seconds or (seconds == 648000 and plus == "E") else plus if value > 0 else minus
    minutes = f"{rest // 60:02}′" + (f"{rest % 60:02}″" if rest % 60 else "") if rest else ""
    return f"{whole}°{minutes}{f' {side}' if side else ''}"


def _scale(frame: Frame) -> Iterator[Markup]:
    """A bar in nautical miles, true at the middle of the map."""
    mile = 1.852 * frame.scale
    most = 200 / mile
    unit = 10 ** np.floor(np.log10(most))
    miles = float(max(n for n in (1, 2, 5) if n * unit <= most) * unit)
    x, y = 16.0, HEIGHT - 16
    length = miles * mile
    yield element(
        "rect", {"class": "plate", "x": x - 8, "y": y - 26, "width": max(length, 150) + 20, "height": 34, "rx": 3}
    )
    yield element("path", {"class": "bar", "d": f"M{x} {y - 5}V{y}H{x + length:.1f}V{y - 5}"})
    yield text(x, y - 11, f"{miles:,g} nm = {miles * 1.852:,.3g} km at {_degrees(round(frame.lat), 'N', 'S')}", "axis")


def _inset(frame: Frame) -> Iterator[Markup]:
    """Where on Earth the map lies."""
    wide, high = 168.0, 84.0
    left, top = WIDTH - wide - 10, HEIGHT - high - 10
    unit = wide / 360
    drawn = []
    for ring in coast():
        size = np.ptp(ring, axis=0)
        if size.max() < 4:
            continue
        x, y = left + (ring[:, 0] + 180) * unit, top + (90 - ring[:, 1]) * unit
        kept = simplified(x, y, 0.5)
        if len(kept) > 2:
            drawn.append(_line(x[kept], y[kept]) + "Z")
    yield element("rect", {"class": "sea plate", "x": left, "y": top, "width": wide, "height": high})
    yield element("path", {"class": "land", "fill-rule": "evenodd", "d": "".join(drawn)})
    at = left + (frame.lon + 180) * unit, top + (90 - frame.lat) * unit
    width = WIDTH / frame.scale / 111.2 / max(np.cos(np.radians(frame.lat)), 0.05) * unit
    height = HEIGHT / frame.scale / 111.2 * unit
    if width > 9 and width < wide and not frame.polar:
        x0, y0 = max(at[0] - width / 2, left), max(at[1] - height / 2, top)
        x1, y1 = min(at[0] + width / 2, left + wide), min(at[1] + height / 2, top + high)
        yield element("rect", {"class": "here", "x": x0, "y": y0, "width": x1 - x0, "height": y1 - y0})
    else:
        yield element("circle", {"class": "here", "cx": at[0], "cy": at[1], "r": 5})
    yield element("rect", {"class": "frame", "x": left, "y": top, "width": wide, "height": high})


def _legend(frame: Frame, dossier: Dossier, marks: Sequence[Entry]) -> Iterator[Markup]:
    ways = [way for way in ("sailed", "gap", "jump") if any(s.way == way for s in dossier.stretches)]
    words = {"sailed": "track, arrow ahead", "gap": "not heard", "jump": "impossible step"}
    x, y = 4.0, HEIGHT + 20
    for way in ways:
        yield element("path", {"class": f"way {way}", "d": f"M{x} {y}h30"})
        if way == "sailed":
            yield element(
                "path", {"class": "arrow", "d": "M6 0L-5 4.5L-2 0L-5-4.5Z", "transform": f"translate({x + 17} {y})"}
            )
        yield text(x + 36, y + 4, words[way], "axis")
        x += 48 + 6.2 * len(words[way])
    for kind in [kind for kind in NAMES if any(entry.kind == kind for entry in marks)]:
        css = {"class": f"mark {kind}", "transform": f"translate({x + 8} {y})"}
        yield element("path", {**css, "d": _SHAPES[kind]}) if kind in _SHAPES else element("circle", {**css, "r": 8})
        yield text(x + 22, y + 4, NAMES[kind], "axis")
        x += 36 + 6.2 * len(NAMES[kind])
    if any(True for _ in _territorial_sea(frame)):
        yield element("rect", {"class": "territorial", "x": x + 2, "y": y - 6, "width": 18, "height": 11})
        yield text(x + 26, y + 4, "12 nm off the DPRK, approximate", "axis")
        x += 226
    if any(True for _ in _ports(frame)):
        yield element("rect", {"class": "harbour", "x": x + 2, "y": y - 3, "width": 5, "height": 5})
        yield text(x + 12, y + 4, "port of the DPRK", "axis")
