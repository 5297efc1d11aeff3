from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.records.codes import dates
from nkscreen.records.codes._text import key, table


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
        "14 июня 2018",
        "14 июня 2018 г.",
        "14 июня 2018 года",
        "14 июн. 2018",
        "14 червня 2018 р.",
        "14 de junio de 2018",
        "14 de junio del 2018",
        "14 juin 2018",
        "14. Juni 2018",
        "14 de junho de 2018",
        "14 giugno 2018",
        "2018年6月14日",
        "2018. 6. 14.",
        "2018年06月14日",
        "2018년 6월 14일",
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


def test_with_dots_the_day_comes_first_unless_told_otherwise() -> None:
    assert dates.parse_day("05.07.2018") == date(2018, 7, 5)
    assert dates.parse_day("05.07.2018", day_first=False) == date(2018, 5, 7)
    assert dates.parse_day("05.31.2018") == date(2018, 5, 31)
    assert dates.parse_partial("05.07.1961") == "1961-07-05"


def test_no_word_means_two_months() -> None:
    meanings = {(key(word), row[0]) for row in table("months.tsv") for word in row[1].split("|")}
    assert len({word for word, _ in meanings}) == len(meanings)


def test_the_first_of_a_month_in_french() -> None:
    assert dates.parse_day("1er août 2018") == date(2018, 8, 1)


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
        ("март 1954 г.", "1954-03"),
        ("marzo de 1954", "1954-03"),
        ("1954年3月", "1954-03"),
        ("1954年3月17日", "1954-03-17"),
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
