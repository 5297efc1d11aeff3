import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.formats.tables.numbers import decimal_comma, kilograms, parse, split


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", 1234.5),
        ("1.234,50", 1234.5),
        ("12 000", 12000.0),
        ("12\u202f000", 12000.0),
        ("1'234.5", 1234.5),
        ("1,234", 1234.0),
        ("1.234", 1.234),
        ("2,5", 2.5),
        ("1,23,456.7", 123456.7),
        (".5", 0.5),
        ("1e5", 100000.0),
        ("-3", -3.0),
        ("1.2.3", None),
        ("12 34", None),
        ("1e300e300", None),
        ("9e999", None),
        ("", None),
        (".", None),
    ],
)
def test_numbers_in_the_ways_tables_write_them(text, value):
    assert parse(text) == value


def test_column_that_writes_decimal_commas_settles_a_number_that_alone_is_undecided():
    assert decimal_comma(["1.234", "2,5"]) is True
    assert parse("1.234", comma=True) == 1234.0
    assert decimal_comma(["2,5", "2.5"]) is None


def test_unit_is_split_off():
    assert split("2,000 KGS") == ("2,000", "KGS")
    assert split("kg") == ("", "kg")


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("KGS", 1.0),
        ("Metric Tons", 1000.0),
        ("M.T.", 1000.0),
        ("lbs", 0.45359237),
        ("Short Tons", 907.18474),
        ("PKGS", None),
    ],
)
def test_units_of_weight(unit, factor):
    assert kilograms(unit) == factor


@given(st.floats(min_value=-1e12, max_value=1e12).map(lambda value: round(value, 4)))
def test_every_plainly_written_number_is_read_back(value):
    assert parse(f"{value:.4f}") == value
    assert parse(f"{value:,.4f}") == value


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text):
    number, _ = split(text)
    assert parse(number) is None or number
    parse(text)
