from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tinhgon.domain.costing import (
    COMPLEXITY_WORDS,
    Complexity,
    Confidence,
    Term,
    activities,
    hourly_of_gdp,
    hourly_value_on,
    hourly_values,
    limits,
    minutes_citation,
    spreads,
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gdp-2021", 40_767),
        ("gdp-2022", 45_265),
        ("gdp-2023", 48_248),
        ("gdp-2024", 53_977),
        ("gdp-2025", 59_422),
    ],
)
def test_hourly_values_by_year_of_gdp(name: str, value: int) -> None:
    (found,) = [each for each in hourly_values() if each.id == name]
    assert found.value == value
    assert found.is_standard
    assert found.source
    assert found.formula.endswith(" đồng/năm : 12 tháng : 22 ngày : 8 giờ")


def test_the_second_rate_is_never_taken_by_itself() -> None:
    others = [each for each in hourly_values() if not each.is_standard]
    assert others
    for each in others:
        taken = hourly_value_on(each.since)
        assert taken is not None
        assert taken.is_standard
        assert "giả định của phần mềm" in each.source


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2021, 1, 1), None),
        (date(2024, 4, 1), "gdp-2023"),
        (date(2025, 1, 5), "gdp-2023"),
        (date(2025, 1, 6), "gdp-2024"),
        (date(2026, 11, 26), "gdp-2025"),
    ],
)
def test_the_value_that_a_day_takes(day: date, name: str | None) -> None:
    found = hourly_value_on(day)
    assert (found and found.id) == name


def test_values_of_an_office_take_the_place_of_ours() -> None:
    (own, *_) = hourly_values()
    assert hourly_value_on(date(2026, 1, 1), of=(own,)) == own


def test_gdp_becomes_whole_dong() -> None:
    assert hourly_of_gdp(Decimal(101_900_000)) == 48_248


def test_starting_minutes_grow_with_complexity() -> None:
    for name, each in activities().items():
        simple, medium, complex_ = (each.minutes[c] for c in Complexity)
        assert 0 < simple <= medium <= complex_, name
    assert "không phải quy định" in minutes_citation()
    assert set(COMPLEXITY_WORDS) == set(Complexity)


def test_the_less_sure_the_wider() -> None:
    high, medium, low = (spreads()[each] for each in Confidence)
    assert high.below == high.above == 0
    assert 0 < medium.below < low.below < 1
    assert 0 < medium.above < low.above


def test_every_figure_has_its_bounds() -> None:
    assert set(limits()) == set(Term)
    assert all(0 < each.doubtful < each.most for each in limits().values())
