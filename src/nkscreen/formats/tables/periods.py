"""Values with the time in which they held, as ship registers write them in one cell: `Panama (2010-2015); Togo`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nkscreen.records.codes import dates

MAX_CHARACTERS = 5_000
"""A longer cell is no list of names; the cap keeps hostile ones cheap."""

_PARTS = re.compile(r"[;|\n]|\s/\s|\s*(?:->|=>|→|»)\s*")
_COMMA = re.compile(r",(?![^()\[\]]*[)\]])(?!\s*(?:inc|ltd|s\.?a|llc|corp|co)\b)", re.IGNORECASE)
_DAY = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{4}"
_TIME = rf"(?:{_DAY}|\d{{4}}-\d{{2}}(?!\d)|\d{{1,2}}/\d{{4}}|[A-Za-z]{{3,9}}[. ]\d{{4}}|(?:19|20)\d{{2}})"
_NOW = r"(?:present|now|date|today|current)"
_SPAN = (
    rf"(?:(?P<word>since|from|until|till|to|up to|before|after|in|as of)\s+)?(?P<first>{_TIME})?"
    rf"(?:\s*(?P<dash>-|–|—|to|until|till)\s*(?P<second>{_TIME}|{_NOW})?)?"
)
_WHOLE = re.compile(_SPAN, re.IGNORECASE)
_BEHIND = re.compile(rf"(?P<value>.*?)\s*[(\[]\s*(?P<span>{_SPAN})\s*[)\]]\s*(?P<rest>.*)", re.IGNORECASE)
_BEFORE = re.compile(rf"(?P<span>{_TIME}(?:\s*(?:-|–|—|to)\s*(?:{_TIME}|{_NOW}))?)\s*:\s*(?P<value>.+)", re.IGNORECASE)
_AFTER = re.compile(rf"(?P<value>.+?)[\s,]+(?P<span>(?:since|from|until|till|to)\s+{_TIME}.*)", re.IGNORECASE)
_BARE = re.compile(rf"(?P<value>\D+?)[\s,:]+(?P<span>{_TIME}(?:\s*(?:-|–|—|to)\s*(?:{_TIME}|{_NOW})?)?)", re.IGNORECASE)
_UNTIL = frozenset({"until", "till", "to", "up to", "before"})


@dataclass(frozen=True, slots=True)
class Held:
    """A value, the days from and until which it held, and the time as it was written where these are not full days."""

    value: str
    since: date | None = None
    until: date | None = None
    period: str | None = None
    past: bool = False

    def time(self) -> dict[str, date | str]:
        """`since`, `until` and `period` as fields of a record, those that are known."""
        return {name: told for name in ("since", "until", "period") if (told := getattr(self, name))}


def held(text: str, *, commas: bool = False, bare: bool = False) -> list[Held]:
    """The values of a cell in their order, each with the time written beside it.

    They are parted by semicolons, bars, lines, " / " or arrows, with `commas` by commas as well. `bare` takes a year
    without word or bracket for a time too, which in a name may be a part of it.
    """
    if len(text) > MAX_CHARACTERS:
        return [Held(text)]
    parts = [part for piece in _PARTS.split(text) for part in (_COMMA.split(piece) if commas else [piece])]
    forms = (_BEHIND, _BEFORE, _AFTER, _BARE) if bare else (_BEHIND, _BEFORE, _AFTER)
    return [_read(part.strip(), forms) for part in parts if part.strip(" -–,.")]


def _read(part: str, forms: tuple[re.Pattern[str], ...]) -> Held:
    for form in forms:
        found = form.fullmatch(part)
        if found and (value := " ".join((found["value"], found.groupdict().get("rest") or "")).strip(" ,:")):
            span = _WHOLE.fullmatch(found["span"].strip())
            if span and (span["first"] or span["second"]):
                return _held(value, span, found["span"].strip())
    return Held(part)


def _held(value: str, span: re.Match[str], written: str) -> Held:
    first, second = span["first"], span["second"]
    since, until = first, second
    if (span["word"] or "").lower() in _UNTIL and not second:
        since, until = None, first
    now = bool(until and re.fullmatch(_NOW, until, re.IGNORECASE))
    past = bool(until and not now)
    days = [dates.parse_day(text) if text else None for text in (since, None if now else until)]
    whole = all(day or not text or (now and text is until) for day, text in zip(days, (since, until), strict=True))
    return Held(value, days[0], days[1], None if whole else written, past)


def years(text: str) -> Iterator[int]:
    """The years written in a text, in their order."""
    return (int(year) for year in re.findall(r"(?<!\d)(?:1[89]|2[01])\d{2}(?!\d)", text))
