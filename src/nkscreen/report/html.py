"""One self-contained HTML page: no network, no external font or script, everything from the input escaped.

Three walls stand between hostile input and the reader's browser: Jinja's autoescape, `visible` applied to every value
that a template prints, and a Content-Security-Policy that allows the page's own style and script by hash and nothing
else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, TextIO
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from nkscreen.alerts import wording
from nkscreen.alerts.explain import legal_text, value_text
from nkscreen.alerts.model import Alert, Severity
from nkscreen.errors import InputError
from nkscreen.records import Shipment
from nkscreen.report.quarantine import QuarantinedItem
from nkscreen.report.route import Stop, route, stops
from nkscreen.report.svg import shares, waterfall
from nkscreen.screening.summary import RunSummary

DETAIL_LIMIT = 2_000
"""Alerts shown with their detail, the most urgent first; the others are rows. At 8 to 15 kB a detail, more would make
a page that browsers are slow to open."""

QUARANTINE_LIMIT = 2_000
"""Quarantined records shown; the JSON Lines file holds all of them."""

RECORD_LIMIT = 200
"""Values of a record shown; a record may hold thousands (a bill of lading with 2,000 containers)."""


def write_html(
    alerts: Sequence[Alert], summary: RunSummary, quarantined: Sequence[QuarantinedItem], stream: TextIO
) -> None:
    """Write the report of a run, the most urgent alert first; the same values give the same bytes.

    The first `DETAIL_LIMIT` alerts come with evidence, findings, route and score, the rest as rows, and the page says
    so. Open the stream with `encoding="utf-8", newline="\\n"`.
    """
    ordered = sorted(alerts, key=lambda alert: (-alert.severity.rank, -alert.score, alert.id))
    counts = {severity: sum(alert.severity is severity for alert in ordered) for severity in reversed(Severity)}
    context = {
        "summary": summary,
        "alerts": ordered,
        "counts": counts,
        "kinds": sorted({alert.record_kind for alert in ordered}),
        "detail_limit": DETAIL_LIMIT,
        "quarantined": quarantined[:QUARANTINE_LIMIT],
        "quarantined_given": len(quarantined),
    }
    stream.writelines(environment().get_template("report.html").generate(context))


def web_url(text: str) -> str | None:
    """The text if it is an absolute http or https address and nothing else, so that it may become a link."""
    text = text.strip()
    if not text.isascii() or not text.isprintable() or " " in text:
        return None
    try:
        parts = urlsplit(text)
        return text if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


def linked(text: str) -> Markup:
    """The text, as a link where it is a web address."""
    url = web_url(text)
    if url is None:
        return shown(text)
    return Markup('<a href="{0}" rel="noopener noreferrer" target="_blank">{0}</a>').format(url)


def shown(value: object) -> Markup:
    """A value from the input, isolated so that right-to-left text does not reorder what stands around it."""
    return Markup("<bdi>{}</bdi>").format(wording.visible(value))


def route_of(alert: Alert) -> tuple[Stop, ...]:
    """The stops of the alert's shipment; none for other records and for a record that cannot be read back."""
    if alert.record_kind != Shipment.kind or not alert.record:
        return ()
    known = {key: value for key, value in alert.record.items() if key != "kind"}
    try:
        return stops(Shipment.read(known))
    except InputError:
        return (Stop("The record cannot be read back", notes=("see its values below",), declared=False),)


def values(record: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value of a record as (path, text), in the order of its fields; what was not given is left out."""
    if isinstance(record, dict):
        for key, value in record.items():
            yield from values(value, f"{path}.{key}" if path else str(key))
    elif isinstance(record, list | tuple):
        for index, value in enumerate(record):
            yield from values(value, f"{path}[{index}]")
    elif record is not None and record != "":
        yield path, value_text(record)


def search_text(alert: Alert) -> str:
    """What the page's text filter finds an alert by, besides what its row shows."""
    words = [alert.id]
    for hit in alert.hits:
        words += [hit.entity_id, hit.caption, hit.given_name, *(listing.programme for listing in hit.listings)]
    words += [finding.rule_id for finding in alert.findings]
    return " ".join(dict.fromkeys(map(wording.visible, words)))


def _long_date(day: date) -> str:
    # Not strftime: %B would follow the machine's locale, and the same run must give the same bytes everywhere.
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"


def asset(name: str) -> Markup:
    """A file of the templates, as it is."""
    # Written by us and shipped in the package, hence the only text besides the templates that is not escaped.
    text = files("nkscreen.report").joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704


def csp_hash(text: str) -> str:
    """What a Content-Security-Policy allows the text of a style or script by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of the room, with the three walls that the module speaks of."""
    environment = Environment(
        loader=PackageLoader("nkscreen.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: value if isinstance(value, Markup) else wording.visible(value),
    )
    style, script = asset("report.css"), asset("report.js")
    environment.globals |= {
        "words": wording,
        "style": style,
        "script": script,
        "style_hash": csp_hash(style),
        "script_hash": csp_hash(script),
        "waterfall": waterfall,
        "shares": shares,
        "route": route,
        "route_of": route_of,
        "values": values,
        "record_limit": RECORD_LIMIT,
        "search_text": search_text,
        "legal_text": legal_text,
    }
    environment.filters |= {
        "shown": shown,
        "linked": linked,
        "value": value_text,
        "percent": wording.percent,
        "points": wording.points,
        "bits": wording.bits,
        "effect": wording.effect,
        "long_date": _long_date,
        "thousands": lambda number: f"{number:,}",
    }
    return environment
