from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.records.codes import dates


@pytest.mark.parametrize(
    "text",
    [
        "2018-06-14",
        "20180614",
        "2018/06/14",
        "2018-06-14T12:00:00Z",
        "2018-06-14 00:00:00",
        "2018-06-14-04:00",
        "14 Jun 2018",
        "14-JUN-18",
        "14JUN2018",
        "14th June 2018",
        "June 14, 2018",
        "Jun 14 2018",
        "14.06.2018",
        "06/14/2018",
        " 14/06/2018 ",
    ],
)
def test_a_day_is_read_from_its_usual_forms(text: str) -> None:
    assert dates.parse_day(text) == date(2018, 6, 14)


def test_a_day_whose_month_is_not_certain_is_read_only_when_the_order_is_given() -> None:
    assert dates.parse_day("03/04/2018") is None
    assert dates.parse_day("03/04/2018", day_first=True) == date(2018, 4, 3)
    assert dates.parse_day("03/04/2018", day_first=False) == date(2018, 3, 4)
    assert dates.parse_day("04/04/2018") == date(2018, 4, 4)
    assert dates.parse_day("13/04/2018", day_first=False) == date(2018, 4, 13)
    assert dates.why("03/04/2018") == "“03/04/2018” may have the day or the month first; write it as year-month-day."


@pytest.mark.parametrize(
    "text", ["43265", "2018-13-01", "31/04/2018", "99990101", "1066-10-14", "14/06/18", "2018614", "soon", ""]
)
def test_what_is_no_certain_day_is_refused(text: str) -> None:
    assert dates.parse_day(text) is None


def test_two_digit_years_pivot_as_in_posix() -> None:
    assert dates.parse_day("14-JUN-69") == date(1969, 6, 14)
    assert dates.parse_day("14-JUN-68") == date(2068, 6, 14)


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("1954", "1954"),
        ("1954.0", "1954"),
        ("circa 1961", "1961"),
        ("Approximately 1961", "1961"),
        ("c. 1961", "1961"),
        ("Mar 1954", "1954-03"),
        ("March 1954", "1954-03"),
        ("1954-03", "1954-03"),
        ("03/1954", "1954-03"),
        ("1954-00-00", "1954"),
        ("1954-03-00", "1954-03"),
        ("00/00/1980", "1980"),
        ("00/03/1980", "1980-03"),
        ("10 May 1945", "1945-05-10"),
        ("1945-05-10", "1945-05-10"),
    ],
)
def test_a_partial_date_keeps_what_is_known(text: str, partial: str) -> None:
    assert dates.parse_partial(text) == partial


@pytest.mark.parametrize("text", ["1700", "1954-13", "03/04/1954", "1980-1985", "10 May 45", "Foo 1954", "54", ""])
def test_what_is_no_certain_partial_date_is_refused(text: str) -> None:
    assert dates.parse_partial(text) is None


def test_a_partial_date_takes_the_order_of_its_source() -> None:
    assert dates.parse_partial("01/02/1948", day_first=True) == "1948-02-01"


@given(day=st.dates(date(1800, 1, 1), date(2200, 12, 31)))
def test_every_day_is_read_back_from_every_certain_form(day: date) -> None:
    forms = [
        day.isoformat(),
        f"{day:%Y%m%d}".zfill(8),
        f"{day:%d %b %Y}",
        f"{day:%B %d, %Y}",
        f"{day.isoformat()}T10:00",
    ]
    assert {dates.parse_day(form) for form in forms} == {day}
    assert dates.parse_day(f"{day:%d/%m/%Y}", day_first=True) == day
    assert dates.parse_partial(day.isoformat()) == day.isoformat()
