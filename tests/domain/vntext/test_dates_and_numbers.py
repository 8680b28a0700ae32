from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.vntext import (
    DateError,
    NoSuchDate,
    NotADate,
    format_date,
    format_number,
    format_percent,
    format_share,
    parse_date,
)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2024, 7, 1), "01/7/2024"),
        (date(2024, 3, 25), "25/3/2024"),
        (date(2022, 12, 2), "02/12/2022"),
        (date(2025, 1, 9), "09/01/2025"),
        (date(2025, 2, 10), "10/02/2025"),
        (date(2024, 10, 31), "31/10/2024"),
    ],
)
def test_a_date_as_written(day: date, written: str) -> None:
    assert format_date(day) == written


@pytest.mark.parametrize(
    "text",
    [
        "1/7/2024",
        "01/07/2024",
        " 01-07-2024",
        "1.7.2024",
        "01 / 7 / 2024",
        "ngày 01/7/2024",
        "Ngày 01 tháng 7 năm 2024",
        "01 tháng 07 năm 2024",
    ],
)
def test_a_date_is_read(text: str) -> None:
    assert parse_date(text) == date(2024, 7, 1)


@pytest.mark.parametrize("text", ["", "hôm nay", "2024-07-01", "1/7-2024", "1/7/24", "1/7/2024x"])
def test_what_is_not_a_date(text: str) -> None:
    with pytest.raises(NotADate, match=r"Hãy nhập theo dạng 01/7/2024"):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/6/2024", "Không có ngày 31/6/2024: tháng 6 năm 2024 có 30 ngày."),
        ("29-02-2023", "Không có ngày 29/2/2023: tháng 2 năm 2023 có 28 ngày."),
        ("1/13/2024", "Không có ngày 01/13/2024: một năm có 12 tháng."),
        ("1/0/2024", "Không có ngày 01/0/2024: một năm có 12 tháng."),
        ("00/5/2024", "Không có ngày 00/5/2024: tháng 5 năm 2024 có 31 ngày."),
        ("1/1/0000", "Không có ngày 01/1/0: năm phải từ 1 trở lên."),
    ],
)
def test_a_date_that_does_not_exist(text: str, message: str) -> None:
    with pytest.raises(NoSuchDate) as caught:
        parse_date(text)
    assert str(caught.value) == message
    assert isinstance(caught.value, DateError)


@given(st.dates())
def test_a_written_date_reads_back(day: date) -> None:
    assert parse_date(format_date(day)) == day


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (Decimal("1234567.5"), None, "1.234.567,5"),
        (Decimal("1234567.50"), None, "1.234.567,5"),
        (1_300_000, None, "1.300.000"),
        (999, None, "999"),
        (0, None, "0"),
        (-1234, None, "-1.234"),
        (Decimal("-0.5"), None, "-0,5"),
        (Decimal("-0.0"), None, "0"),
        (Decimal("1E+3"), None, "1.000"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-0.4"), 0, "0"),
        (Decimal("0.125"), 2, "0,13"),
        (7, 2, "7,00"),
        (Decimal("1234567890123456789012345678.345"), 1, "1.234.567.890.123.456.789.012.345.678,3"),
        (10**30, None, "1.000.000.000.000.000.000.000.000.000.000"),
    ],
)
def test_a_number_as_written(value: Decimal | int, places: int | None, written: str) -> None:
    assert format_number(value, places) == written


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        format_number(Decimal(value))


def test_percent() -> None:
    assert format_percent(20) == "20%"
    assert format_percent(Decimal("12.50")) == "12,5%"
    assert format_percent(Decimal(200) / 3, 1) == "66,7%"


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("0.5384", "53,84%"),
        ("0.71639", "71,64%"),
        ("0.88286", "88,29%"),
        ("0.538450", "53,85%"),
        ("0.1996", "19,96%"),
        ("0.19995", "19,99%"),  # never up to a whole per cent that it falls short of
        ("0.1999999999999999999999999999999999999999", "19,99%"),
        ("0.99999", "99,99%"),
        ("0.2", "20,00%"),
        ("0.20004", "20,00%"),
        ("1", "100,00%"),
        ("0", "0,00%"),
        ("-0.05005", "-5,01%"),
        ("-0.00001", "0,00%"),
    ],
)
def test_share(share: str, shown: str) -> None:
    assert format_share(Decimal(share)) == shown


def test_a_share_of_nothing_is_said_in_words() -> None:
    assert format_share(None) == "không xác định"
    with pytest.raises(ValueError, match="not a finite number"):
        format_share(Decimal("NaN"))


@given(st.integers(0, 10**12))
def test_a_share_shows_a_whole_per_cent_only_where_it_is_reached(share: int) -> None:
    exact = Decimal(share).scaleb(-12)
    shown = Decimal(format_share(exact).removesuffix("%").replace(",", "."))
    assert abs(shown - exact * 100) < Decimal("0.01")
    if shown == shown.to_integral_value():
        assert exact * 100 >= shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_a_written_number_reads_back(value: Decimal) -> None:
    assert Decimal(format_number(value).replace(".", "").replace(",", ".")) == value
