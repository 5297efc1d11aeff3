"""Dates as files and lists write them, whole or in part. A date whose day and month may be swapped is never guessed."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from nkscreen.records.codes._text import MAX_LENGTH, clean, key, table

EARLIEST, LATEST = 1800, 2200
"""Years outside are typing errors or numbers that are no dates."""

PIVOT = 69
"""Two-digit years from 69 are of the 1900s, as in POSIX `strptime`. Only whole days have them: `14-JUN-18`."""

_ISO = re.compile(r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})(?:[T ][0-9:.,+Z -]*|Z|[+-][0-9]{2}:[0-9]{2})?")
_NUMERIC = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})(?:[T ][0-9:]+(?: ?[AP]M)?)?", re.IGNORECASE)
_WORD = r"(?:de |of )?([^\W\d_]+)[-/., ]*(?:de |del |of )?"
_YEAR_WORD = r"(?: ?(?:г|год|года|р|року)\.?)?"
_DAY_MONTH = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th|er|o)?[-/. ]*{_WORD}([0-9]{{4}}|[0-9]{{2}}){_YEAR_WORD}", re.IGNORECASE
)
_MONTH_DAY = re.compile(r"([^\W\d_]+)[-/. ]*([0-9]{1,2})(?:st|nd|rd|th)?[-/., ]+([0-9]{4})", re.IGNORECASE)
_MONTH = re.compile(rf"{_WORD}([0-9]{{4}}){_YEAR_WORD}", re.IGNORECASE)
_SIGNS = re.compile(r"([0-9]{4})\s*[年년.]\s*([0-9]{1,2})\s*[月월.]\s*(?:([0-9]{1,2})\s*[日일号號.]?)?")
_YEAR_MONTH = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]00?)?")
_MONTH_YEAR = re.compile(r"(?:00?[-/.])?([0-9]{1,2})[-/.]([0-9]{4})")
_YEAR = re.compile(r"(?:(?:circa|approximately|approx\.?|about|ca?\.?)\s*)?([0-9]{4})(?:\.0)?", re.IGNORECASE)


def parse_day(text: str, *, day_first: bool | None = None) -> date | None:
    """A calendar day, or None.

    Read are ISO dates with or without time, `20180614`, `14 Jun 2018`, `14-JUN-18`, `June 14, 2018`, `14.06.2018`,
    `14 июня 2018 г.`, `14 de junio de 2018`, `2018年6月14日`, `2018. 6. 14.`; months in the languages of
    `data/months.tsv`.
    Where day and month are both numbers up to 12 they are read only if `day_first` says in which order they stand, or
    if they are parted by dots: those who write dots (Russia, Germany and most of Europe) write the day first.
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
        order = True if day_first is None and found[2] == "." else day_first
        return _either(int(found[1]), int(found[3]), found[4], order)
    if found := _SIGNS.fullmatch(text):
        return _day(found[1], found[2], found[3] or 0)
    if found := _DAY_MONTH.fullmatch(text):
        return _day(_full_year(found[3]), _month(found[2]), found[1])
    if found := _MONTH_DAY.fullmatch(text):
        return _day(found[3], _month(found[1]), found[2])
    return None


def parse_partial(text: str, *, day_first: bool | None = None) -> str | None:
    """A date as far as it is known, `1954`, `1954-03` or `1954-03-17`, or None.

    Of "circa 1961" and of `00/00/1961` the year is read. `day_first` is that of `parse_day`.
    """
    return _parse_partial(text, day_first) if len(text) <= MAX_LENGTH else None


def is_partial(text: str) -> bool:
    """Whether a text is a date in the form that `parse_partial` returns, and so can be compared."""
    return parse_partial(text) == text


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
        return _part(found[2], _month(found[1]))
    if (found := _SIGNS.fullmatch(text)) and not found[3]:
        return _part(found[1], int(found[2]))
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


def _month(word: str) -> int | None:
    return _months().get(key(word))


@cache
def _months() -> dict[str, int]:
    return {key(word): int(row[0]) for row in table("months.tsv") for word in row[1].split("|")}


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
