"""Pictures for the report: pure functions from values to inline SVG.

Every text and attribute is escaped on its way in. Colours come from the classes of the page's style sheet, so that the
pictures follow its light and dark schemes; no meaning rests on colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from nkscreen.alerts.explain import columns
from nkscreen.alerts.model import Contribution, Hit
from nkscreen.alerts.wording import bits, percent, steps, visible

Attributes = Mapping[str, str | float]

WATERFALL_WIDTH = 460
_BARS_FROM, _BARS_TO = 152, 356
_ROW = 26
_BAR = 14
_LABEL_COLUMNS = 21

SHARES_WIDTH = 640
_SHARES_HEIGHT = 26
_ROOM_FOR_NUMBER = 16


def element(name: str, attributes: Attributes, *children: str) -> Markup:
    """One SVG element; children that are not Markup already are escaped."""
    inside = Markup("").join(child if isinstance(child, Markup) else escape(visible(child)) for child in children)
    given = Markup("").join(Markup(' {}="{}"').format(key, _attribute(value)) for key, value in attributes.items())
    return Markup("<{0}{1}>{2}</{0}>").format(name, given, inside)


def picture(width: float, height: float, title: str, *children: str, css: str = "") -> Markup:
    """An `<svg>` that scales down to its container, read out as `title`."""
    attributes: Attributes = {
        "class": f"picture {css}".strip(),
        "role": "img",
        "viewBox": f"0 0 {_attribute(width)} {_attribute(height)}",
        "width": width,
        "height": height,
    }
    return element("svg", attributes, element("title", {}, title), *children)


def text(x: float, y: float, content: str, css: str = "", anchor: str = "start") -> Markup:
    """One line of text with its baseline at `y`."""
    return element("text", {"x": x, "y": y, "class": css, "text-anchor": anchor}, content)


def shorten(content: str, room: int) -> str:
    """The text cut to `room` columns, the cut shown as `…`; wide characters count twice."""
    content = visible(content)
    if columns(content) <= room:
        return content
    while columns(content) > room - 1:
        content = content[:-1]
    return f"{content}…"


def waterfall(hit: Hit) -> Markup:
    """How the match weights lead from the prior to the probability: one bar a step, to the right for, to the left
    against, their sum, and the probability on a scale of its own. The bars are in bits; at zero the odds are even."""
    way = steps(hit)
    total = way[-1].total
    reach = [0.0, *(step.total for step in way)]
    low, high = min(reach), max(reach)
    scale = (_BARS_TO - _BARS_FROM) / ((high - low) or 1)

    def at(weight: float) -> float:
        return _BARS_FROM + (weight - low) * scale

    bottom = (len(way) + 1) * _ROW
    drawn = [_upright("even", at(0), 0, bottom), text(at(0), bottom + 11, "even odds", "axis", "middle")]
    for index, step in enumerate(way):
        start = step.total - step.weight if index else 0.0
        css = "prior" if not index else "for" if step.weight >= 0 else "against"
        drawn += _line(index, step.label, bits(step.weight))
        drawn += [_bar(index, at(start), at(step.total), css)]
        drawn += [_upright("link", at(step.total), index * _ROW + _BAR + 3, (index + 1) * _ROW + 3)]
    drawn += [*_line(len(way), "sum", bits(total), "strong"), _bar(len(way), at(0), at(total), "sum")]
    last = len(way) + 1.6
    drawn += [*_line(last, "probability", percent(hit.score), "strong"), _bar(last, _BARS_FROM, _BARS_TO, "track")]
    drawn += [_bar(last, _BARS_FROM, _BARS_FROM + hit.score * (_BARS_TO - _BARS_FROM), "sum")]
    said = ", ".join(f"{step.label} {bits(step.weight)}" for step in way)
    title = f"Match weights in bits: {said}; sum {bits(total)}. Probability {percent(hit.score)}."
    return picture(WATERFALL_WIDTH, (last + 1) * _ROW, title, *drawn, css="waterfall")


def _line(row: float, label: str, value: str, css: str = "") -> tuple[Markup, Markup]:
    y = row * _ROW + _BAR
    return text(0, y, shorten(label, _LABEL_COLUMNS), css), text(WATERFALL_WIDTH, y, value, f"value {css}", "end")


def _bar(row: float, start: float, end: float, css: str) -> Markup:
    # A weight of zero still shows as a hairline, so that no step is missing from the chart.
    width = max(abs(end - start), 1.5)
    box: Attributes = {"class": css, "x": min(start, end), "y": row * _ROW + 3, "width": width, "height": _BAR, "rx": 2}
    return element("rect", box)


def _upright(css: str, x: float, top: float, bottom: float) -> Markup:
    return element("line", {"class": css, "x1": x, "x2": x, "y1": top, "y2": bottom})


def shares(parts: Sequence[Contribution]) -> Markup:
    """The score as one bar from 0 to 100: each family takes its share of what the families before it left.

    The widths add up to 100·(1−∏(1−p)), the alert's score. Segments are numbered in the order of `parts`.
    """
    drawn = [element("rect", {"class": "track", "width": SHARES_WIDTH, "height": _SHARES_HEIGHT, "rx": 3})]
    left = 100.0
    for number, part in enumerate(parts, start=1):
        share = left * part.score / 100
        x, width = (100 - left) * SHARES_WIDTH / 100, share * SHARES_WIDTH / 100
        css = f"share share-{(number - 1) % 5 + 1}"
        box: Attributes = {"class": css, "x": x, "width": max(width - 1.5, 0), "height": _SHARES_HEIGHT, "rx": 2}
        drawn.append(element("rect", box))
        if width >= _ROOM_FOR_NUMBER:
            drawn.append(text(x + width / 2, 18, str(number), "number", "middle"))
        left -= share
    said = ", ".join(f"{part.family} {part.score:.0f}" for part in parts)
    title = f"Score {100 - left:.1f} of 100, by family: {said}."
    return picture(SHARES_WIDTH, _SHARES_HEIGHT, title, *drawn, css="shares")


def _attribute(value: str | float) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, int | float) else visible(value)
