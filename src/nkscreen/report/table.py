"""Alerts as one flat table for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from typing import TextIO

from nkscreen.alerts import wording
from nkscreen.alerts.explain import legal_text
from nkscreen.alerts.model import Alert
from nkscreen.alerts.wording import points, visible

CELL_LIMIT = 32_000
"""Characters a cell may hold: Excel's own limit is 32,767, beyond which it drops text without a word."""

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
"""A cell that starts so may run as a formula when opened (OWASP, "CSV Injection"); full-width signs count in Excel."""


def _each(values: Iterable[object]) -> str:
    return "; ".join(dict.fromkeys(text for text in map(visible, values) if text))


COLUMNS: dict[str, Callable[[Alert], object]] = {
    "alert_id": lambda alert: alert.id,
    "severity": lambda alert: alert.severity,
    "score": lambda alert: points(alert.score),
    "record_kind": lambda alert: alert.record_kind,
    "record_id": lambda alert: alert.record_id,
    "file": lambda alert: alert.source.file if alert.source else "",
    "sheet": lambda alert: alert.source.sheet if alert.source else "",
    "row": lambda alert: alert.source.row if alert.source else "",
    "event_date": lambda alert: alert.event_date,
    "subject": lambda alert: alert.subject,
    "headline": lambda alert: alert.headline,
    "given_names": lambda alert: _each(hit.given_name for hit in alert.hits),
    "listed_names": lambda alert: _each(hit.caption for hit in alert.hits),
    "list_entries": lambda alert: _each(f"{hit.publisher}:{hit.entity_id}" for hit in alert.hits),
    "best_probability": lambda alert: f"{max(hit.score for hit in alert.hits):.4f}" if alert.hits else "",
    "conflicts": lambda alert: _each(text for hit in alert.hits for text in wording.conflicts(hit)),
    "not_in_force": lambda alert: _each(f"{hit.publisher}:{hit.entity_id}" for hit in alert.hits if not hit.in_force),
    "programmes": lambda alert: _each(listing.programme for hit in alert.hits for listing in hit.listings),
    "rules": lambda alert: _each(wording.rule_words(item) for item in alert.findings if item.outcome == "match"),
    "rule_titles": lambda alert: _each(item.title for item in alert.findings if item.outcome == "match"),
    "rule_basis": lambda alert: _each(item.basis for item in alert.findings if item.outcome == "match"),
    "undecided_rules": lambda alert: _each(
        wording.rule_words(item) for item in alert.findings if item.outcome == "unknown"
    ),
    "exempted_rules": lambda alert: _each(
        wording.rule_words(item) for item in alert.findings if item.outcome == "exempt"
    ),
    "missing_fields": lambda alert: _each(path for item in alert.findings for path in item.missing),
    "record_defects": lambda alert: _each(item.title for item in alert.findings if item.outcome == "data"),
    "legal_basis": lambda alert: _each(
        [
            *(listing.legal_basis for hit in alert.hits for listing in hit.listings),
            *(legal_text(basis) for item in alert.findings for basis in item.legal),
        ]
    ),
    "suggested_action": lambda alert: _each(item.action for item in alert.findings),
    "as_of": lambda alert: alert.provenance.as_of,
    "lists": lambda alert: _each(f"{item.publisher} {item.list_date or 'no date'}" for item in alert.provenance.lists),
    "rulebook": lambda alert: alert.provenance.rulebook,
    "library": lambda alert: alert.provenance.library,
}
"""The columns in order, each with what an alert puts there. Several values of one cell are separated by `; `."""


def write_table(alerts: Iterable[Alert], stream: TextIO) -> int:
    """Write `alerts.csv`, one row an alert, and return how many.

    The text starts with a byte order mark, without which Excel takes UTF-8 for the local code page and garbles every
    Korean name; lines end in CRLF (RFC 4180). Open the stream with `encoding="utf-8", newline=""`, so that neither is
    changed on the way. A cell that a spreadsheet could run as a formula gets a leading apostrophe.
    """
    stream.write("\ufeff")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    count = 0
    for alert in alerts:
        writer.writerow([cell(column(alert)) for column in COLUMNS.values()])
        count += 1
    return count


def cell(value: object) -> str:
    """The value as text that a spreadsheet shows and never runs; text beyond `CELL_LIMIT` is cut, and says so."""
    raw = "" if value is None else str(value)
    text = visible(raw)
    if len(text) > CELL_LIMIT:
        text = f"{text[:CELL_LIMIT]} … (cut; the JSON Lines file has all {len(text)} characters)"
    return f"'{text}" if raw.startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS) else text
