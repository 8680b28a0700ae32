from __future__ import annotations

from datetime import date, timedelta

import pytest

from tinhgon.domain.workdays import official_calendar, read_days, seed_days


def _weekdays_off(year: int) -> set[str]:
    calendar = official_calendar([year])
    every = (date(year, 1, 1) + timedelta(days=i) for i in range(366))
    return {
        f"{d.day}/{d.month}"
        for d in every
        if d.year == year and d.weekday() < 5 and not calendar.is_working_day(d)
    }


@pytest.mark.parametrize(
    ("year", "off"),
    [
        (2024, "1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9"),
        (2025, "1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9"),
        (2026, "1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11"),
        (2027, "1/1 4/2 5/2 8/2 9/2 10/2 16/4 30/4 3/5 2/9 3/9 24/11"),
    ],
)
def test_the_weekdays_off(year: int, off: str) -> None:
    assert _weekdays_off(year) == set(off.split())


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_the_swaps(off: date, worked: date) -> None:
    calendar = official_calendar([off.year])
    assert not calendar.is_working_day(off)
    assert calendar.is_working_day(worked)
    assert worked.weekday() == 5


def test_from_the_letter_to_the_end_of_june() -> None:
    calendar = official_calendar([2024])
    start, end = date(2024, 3, 25), date(2024, 6, 30)
    counted = {
        day
        for i in range(1, (end - start).days + 1)
        if calendar.is_working_day(day := start + timedelta(days=i))
    }
    assert not counted & {date(2024, 4, 18), date(2024, 4, 29), date(2024, 4, 30), date(2024, 5, 1)}
    assert date(2024, 5, 4) in counted
    # 14 weeks less a day are 69 weekdays; four are off and one Saturday is worked.
    assert calendar.working_days_between(start, end) == len(counted) == 69 - 4 + 1


def test_the_culture_day_is_a_choice() -> None:
    day = date(2026, 11, 24)
    assert not official_calendar([2026]).is_working_day(day)
    assert official_calendar([2026], culture_day=False).is_working_day(day)
    assert official_calendar([2025]).is_working_day(date(2025, 11, 24))


def test_every_day_says_why_and_whence() -> None:
    days = seed_days(2024, 2030)
    assert [d.date for d in days] == sorted({d.date for d in days})
    assert all(d.reason and d.source for d in days)
    assert {d.date.year for d in days} == set(range(2024, 2031))
    swapped = next(d for d in days if d.date == date(2026, 1, 10))
    assert swapped.is_working
    assert swapped.reason == "Làm bù ngày 02/01/2026"


def test_years_in_the_wrong_order() -> None:
    with pytest.raises(ValueError, match="after"):
        seed_days(2025, 2024)


DAY = '[[day]]\ndate = 2024-04-29\nworking = false\nreason = "r"\nsource = "s"\n'


def test_days_are_read() -> None:
    (day,) = read_days(DAY.encode())
    assert (day.date, day.is_working, day.reason, day.source) == (
        date(2024, 4, 29),
        False,
        "r",
        "s",
    )


@pytest.mark.parametrize(
    "text",
    [
        DAY * 2,
        DAY.replace('reason = "r"', ""),
        DAY.replace("false", '"no"'),
        DAY.replace("2024-04-29", '"29/4/2024"'),
        DAY.replace("2024-04-29", "2024-04-29T00:00:00"),
    ],
)
def test_a_faulty_file_of_days(text: str) -> None:
    with pytest.raises(ValueError, match="not a day"):
        read_days(text.encode())
