"""Dates as files and lists write them, whole or in part. A date whose day and month may be swapped is never guessed."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from nkscreen.records.codes._text import MAX_LENGTH, clean

EARLIEST, LATEST = 1800, 2200
"""Years outside are typing errors or numbers that are no dates."""

PIVOT = 69
"""Two-digit years from 69 are of the 1900s, as in POSIX `strptime`. Only whole days have them: `14-JUN-18`."""

_MONTHS = {
    month: number
    for number, months in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august")
        + ("sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for month in months.split()
}

_ISO = re.compile(r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})(?:[T ][0-9:.,+Z -]*|Z|[+-][0-9]{2}:[0-9]{2})?")
_NUMERIC = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})(?:[T ][0-9:]+(?: ?[AP]M)?)?", re.IGNORECASE)
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[-/. ]*([a-z]+)[-/., ]*([0-9]{4}|[0-9]{2})", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]+)[-/. ]*([0-9]{1,2})(?:st|nd|rd|th)?[-/., ]+([0-9]{4})", re.IGNORECASE)
_MONTH = re.compile(r"([a-z]+)[-/., ]*([0-9]{4})", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]00?)?")
_MONTH_YEAR = re.compile(r"(?:00?[-/.])?([0-9]{1,2})[-/.]([0-9]{4})")
_YEAR = re.compile(r"(?:(?:circa|approximately|approx\.?|about|ca?\.?)\s*)?([0-9]{4})(?:\.0)?", re.IGNORECASE)


def parse_day(text: str, *, day_first: bool | None = None) -> date | None:
    """A calendar day, or None.

    Read are ISO dates with or without time, `20180614`, `14 Jun 2018`, `14-JUN-18`, `June 14, 2018`, `14.06.2018`.
    Where day and month are both numbers up to 12 they are read only if `day_first` says in which order they stand.
    """
    return _parse_day(text, day_first) if len(text) <= MAX_LENGTH else None


@lru_cache(maxsize=16_384)
def _parse_day(text: str, day_first: bool | None) -> date | None:
    text = clean(text)
    if found := _ISO.fullmatch(text):
        # Without separators only eight digits are a date: "2018611" has two readings.
        whole = found[2] or len(found[3]) + len(found[4]) == 4
        return _day(found[1], found[3], found[4]) if whole else None
    if found := _NUMERIC.fullmatch(text):
        return _either(int(found[1]), int(found[3]), found[4], day_first)
    if found := _DAY_MONTH.fullmatch(text):
        return _day(_full_year(found[3]), _MONTHS.get(found[2].lower()), found[1])
    if found := _MONTH_DAY.fullmatch(text):
        return _day(found[3], _MONTHS.get(found[1].lower()), found[2])
    return None


def parse_partial(text: str, *, day_first: bool | None = None) -> str | None:
    """A date as far as it is known, `1954`, `1954-03` or `1954-03-17`, or None.

    Of "circa 1961" and of `00/00/1961` the year is read. `day_first` is that of `parse_day`.
    """
    return _parse_partial(text, day_first) if len(text) <= MAX_LENGTH else None


@lru_cache(maxsize=16_384)
def _parse_partial(text: str, day_first: bool | None) -> str | None:
    text = clean(text)
    if found := _YEAR.fullmatch(text):
        return _part(found[1])
    if found := _YEAR_MONTH.fullmatch(text):
        return _part(found[1], int(found[2]))
    if found := _MONTH_YEAR.fullmatch(text):
        return _part(found[2], int(found[1]))
    if found := _MONTH.fullmatch(text):
        return _part(found[2], _MONTHS.get(found[1].lower()))
    # A birth in '45 may be of either century: years of two digits are for the days of events.
    two_digits = (found := _DAY_MONTH.fullmatch(text)) and len(found[3]) == 2
    day = None if two_digits else parse_day(text, day_first=day_first)
    return day.isoformat() if day else None


def why(text: str) -> str:
    """One sentence on why a text is not read as a date, and what to write instead."""
    shown = text[:60]
    found = _NUMERIC.fullmatch(clean(text[:MAX_LENGTH]))
    if found and _either(int(found[1]), int(found[3]), found[4], True):
        return f"“{shown}” may have the day or the month first; write it as year-month-day."
    return f"“{shown}” is no date that can be read with certainty; write it as year-month-day, such as 2018-06-14."


def _either(first: int, second: int, year: str, day_first: bool | None) -> date | None:
    readings = {True: _day(year, second, first), False: _day(year, first, second)}
    if day_first is not None and readings[day_first]:
        return readings[day_first]
    possible = {day for day in readings.values() if day}
    return possible.pop() if len(possible) == 1 else None


def _full_year(year: str) -> int:
    number = int(year)
    return number if len(year) == 4 else number + (1900 if number >= PIVOT else 2000)


def _day(year: str | int, month: str | int | None, day: str | int) -> date | None:
    if month is None or not EARLIEST <= int(year) <= LATEST:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _part(year: str, month: int | None = 0) -> str | None:
    """A year, or a year and a month; month 0 is one that is not known (`1980-00-00`), None one that does not exist."""
    if month is None or month > 12 or not EARLIEST <= int(year) <= LATEST:
        return None
    return f"{year}-{month:02}" if month else year
