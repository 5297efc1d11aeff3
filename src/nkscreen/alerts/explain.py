"""An alert in plain text for a compliance analyst: what was found, on what ground, and how the score came about."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from nkscreen.alerts import wording
from nkscreen.alerts.model import COUNTING, Alert, ConditionResult, Finding, Hit, LegalBasis, TokenPair
from nkscreen.alerts.wording import bits, percent, points, visible

WIDTH = 100
"""Columns of the text; wide enough for a chart of weights, narrow enough for a ticket or a mail."""

_LABEL = 18
_VALUE_LIMIT = 200


def explain(alert: Alert) -> str:
    """The alert as text, at most `WIDTH` columns wide, ending in a line break.

    The same alert gives the same text. Control characters, escape sequences and bidirectional overrides of the input
    appear as `<U+001B>` and cannot act on a terminal.
    """
    lines = [*_head(alert)]
    for number, hit in enumerate(alert.hits, start=1):
        lines += _title(f"List hit {number} of {len(alert.hits)}") + [*_hit(hit, alert)]
    for number, finding in enumerate(alert.findings, start=1):
        lines += _title(f"Finding {number} of {len(alert.findings)}") + [*_finding(finding)]
    lines += _title("How the score came about") + [*_score(alert)]
    lines += _title("Provenance")
    for name, value in wording.provenance_lines(alert.provenance):
        lines += _field(name, value)
    stripped = [line.rstrip() for line in lines]
    return "\n".join(line for line, last in zip(stripped, ["", *stripped], strict=False) if line or last) + "\n"


def value_text(value: Any) -> str:
    """A value of a record as an analyst reads it: `yes`, `CNDAL`, `{"port": "CNDAL"}`; long ones are cut, visibly."""
    if value is None:
        return "(not given)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    text = visible(value)
    return text if len(text) <= _VALUE_LIMIT else f"{text[:_VALUE_LIMIT]}… ({len(text)} characters)"


def legal_text(basis: LegalBasis) -> str:
    """`UNSCR 2397 (2017), para 7, in force since 2017-12-22`, with `(not verified)` where nobody has checked it."""
    # A paragraph number needs the word; `Art. 16a` or `Annex II` brings its own.
    parts = [basis.id, f"para {basis.para}" if basis.para[:1].isdigit() else basis.para]
    parts += [f"in force since {basis.effective}" if basis.effective else ""]
    text = ", ".join(part for part in parts if part)
    return text if basis.verified else f"{text} (not verified)"


def alignment_text(pair: TokenPair) -> str:
    """`PAK ~ PARK (spelling, 0.83)`; a token that met nothing stands against `nothing`."""
    sign = "=" if pair.similarity >= 1 else "~"
    read = f", read {pair.reading}" if pair.reading else ""
    label = f"{wording.effect(pair.effect)}{read}, {pair.similarity:.2f}"
    return f"{pair.given or 'nothing'} {sign} {pair.listed or 'nothing'} ({label})"


def _head(alert: Alert) -> Iterator[str]:
    yield f"{alert.severity.upper()}  {points(alert.score)} points"
    yield from wrap(alert.headline)
    yield "=" * WIDTH
    yield from _field("subject", alert.subject)
    yield from _field("record", f"{alert.record_kind} {alert.record_id}")
    yield from _field("where", str(alert.source or "") or "no file: screened on its own")
    yield from _field("date of the record", str(alert.event_date or f"not given; the run's {wording.day_of(alert)}"))
    yield from _field("alert", alert.id)


def _hit(hit: Hit, alert: Alert) -> Iterator[str]:
    yield from wrap(f"{hit.caption}: {percent(hit.score)} probability of being the same", "", "  ")
    for sentence in (wording.standing(hit, wording.day_of(alert)), *map(_loud, wording.conflicts(hit))):
        if sentence:
            yield from wrap(sentence, "", "  ")
    yield ""
    place = ", ".join(part for part in (hit.role, f"at {hit.path}" if hit.path else "") if part)
    yield from _field("in the record", f"{hit.given_name or '(no name)'}{f' ({place})' if place else ''}")
    kinds = ", ".join(part for part in (hit.matched_name_kind.replace("_", " "), hit.matched_name_quality) if part)
    yield from _field("on the list", f"{hit.matched_name or hit.caption}{f' ({kinds})' if kinds else ''}")
    yield from _field("entry", f"{hit.publisher} {hit.entity_id}, {hit.schema_}, list of {hit.list_date or 'no date'}")
    if hit.same_party:
        yield from _field("same party as", ", ".join(hit.same_party))
    if hit.decisive_identifier:
        yield from _field("decided by", wording.effect(hit.decisive_identifier))
    for listing in hit.listings:
        yield from _field("listed under", wording.listing_words(listing))
    if hit.alignment:
        yield from _field("names, by token", "; ".join(map(alignment_text, hit.alignment)))
    yield ""
    yield from _waterfall(hit)


def _loud(sentence: str) -> str:
    return f"CONFLICT: {sentence}"


def _waterfall(hit: Hit) -> Iterator[str]:
    yield "  Match weights in bits; one bit doubles the odds        weight     sum   probability"
    for step in wording.steps(hit):
        first, *more = wrap(step.label, "  ", "    ", width=52)
        yield f"{_pad(first, 54)}{bits(step.weight):>9}{bits(step.total):>8}{percent(step.probability):>14}"
        yield from more
        if step.given or step.listed:
            against = f"{step.given or 'nothing'} against {step.listed or 'nothing'}"
            yield from wrap(f"{against}{f' (at {step.path})' if step.path else ''}", "      ", "      ")
        if step.detail:
            yield from wrap(step.detail, "      ", "      ")
    if sentence := wording.calibration(hit):
        yield from wrap(sentence, "  ", "  ")


def _finding(finding: Finding) -> Iterator[str]:
    yield from wrap(finding.title, "", "  ")
    yield ""
    yield from _field("rule", f"{wording.rule_words(finding)}, family {finding.family}")
    counted = f"; severity {finding.severity}, {points(finding.score)} points" if finding.outcome in COUNTING else ""
    yield from _field("outcome", f"{wording.OUTCOME[finding.outcome]}{counted}")
    yield from _field("basis", wording.BASIS[finding.basis])
    if finding.jurisdictions:
        yield from _field("jurisdictions", ", ".join(finding.jurisdictions))
    if finding.as_of:
        assumed = "; not given, so the run's date was used" if finding.clock_assumed else ""
        clock = f" ({finding.clock}{assumed})" if finding.clock else ""
        yield from _field("applied as of", f"{finding.as_of}{clock}")
    if finding.detail:
        yield from _field("detail", finding.detail)
    yield from _conditions(finding)
    legal = [text for item in finding.legal for text in (legal_text(item), item.url) if text]
    for label, values in (
        ("legal basis", legal),
        ("known from", finding.seed),
        ("references", finding.references),
        ("could be harmless", finding.falsepositives),
    ):
        for index, text in enumerate(values):
            yield from _field("" if index else label, text)
    if finding.action:
        yield from _field("what to do", finding.action)


def _conditions(finding: Finding) -> Iterator[str]:
    for heading, holds in (("Held", True), ("Could not be decided", None), ("Did not hold", False)):
        chosen = [item for item in finding.conditions if item.holds is holds]
        if chosen:
            yield ""
            yield f"  {heading}:"
        for item in chosen:
            yield from _condition(item)
    if finding.missing:
        yield ""
        yield from wrap(f"Obtain: {', '.join(finding.missing)}", "  ", "          ")
    yield ""


def _condition(condition: ConditionResult) -> Iterator[str]:
    weight = f" (+{points(condition.weight)} points)" if condition.weight and condition.holds else ""
    name = wording.effect(condition.name)
    text = f"{name}: {condition.says}" if condition.says else name
    yield from wrap(f"- {text}{weight}", "    ", "      ")
    for item in condition.evidence:
        yield from wrap(f"{item.path} = {value_text(item.value)}", "        ", "          ")
    if condition.holds is None and condition.missing:
        yield from wrap(f"missing: {', '.join(condition.missing)}", "        ", "          ")


def _score(alert: Alert) -> Iterator[str]:
    if not alert.contributions:
        yield from wrap("Nothing adds points: the alert asks for data or gives context.")
    else:
        yield "  family                              points    score without it"
        for part in wording.by_weight(alert):
            first, *more = wrap(part.family, "  ", "    ", width=32)
            yield f"{_pad(first, 34)}{points(part.score):>10}{points(part.score_without):>20}"
            yield from more
            yield from wrap(f"by {part.by}", "      ", "      ")
        yield ""
        yield from wrap(f"100 · (1 − ∏(1 − p)) over families: {wording.formula(alert)}", "  ", "      ")
    if sentence := wording.floors(alert):
        yield from wrap(sentence, "  ", "      ")


def _title(text: str) -> list[str]:
    return ["", text, "-" * len(text)]


def _field(label: str, text: str) -> Iterator[str]:
    return wrap(text, f"  {label:<{_LABEL}}  ", " " * (_LABEL + 4))


def wrap(text: str, first: str = "", rest: str = "", *, width: int = WIDTH) -> Iterator[str]:
    """Words in lines of at most `width` columns, `first` before the first line and `rest` before the others.

    The text is made visible on its way; a word that is wider than a line is cut.
    """
    line, empty = first, True
    for word in _pieces(visible(text).split(), width - max(len(first), len(rest))):
        if not empty and columns(line) + 1 + columns(word) > width:
            yield line
            line, empty = rest, True
        line, empty = line + ("" if empty else " ") + word, False
    yield line


def _pieces(words: Iterable[str], room: int) -> Iterator[str]:
    """The words, those that are wider than a line cut into pieces that fit."""
    for word in words:
        piece = ""
        for character in word if columns(word) > room else ():
            if columns(piece + character) > room:
                yield piece
                piece = ""
            piece += character
        yield piece or word


def columns(text: str) -> int:
    """The columns a terminal needs: two for a wide (Korean, Chinese, Japanese) character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(ch) else 1 + (unicodedata.east_asian_width(ch) in "WF") for ch in text)


def _pad(text: str, width: int) -> str:
    return text + " " * max(0, width - columns(text))
