from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.workdays import DayEntry, WorkCalendar, official_calendar

TET_2026 = frozenset(date(2026, 2, d) for d in range(16, 21))

days = st.dates(date(2023, 12, 1), date(2028, 2, 1))
calendars = st.builds(
    WorkCalendar, st.frozensets(days, max_size=30), st.frozensets(days, max_size=30)
)
year_2024 = official_calendar([2024])


def test_the_day_of_receipt_is_not_counted() -> None:
    friday = date(2026, 1, 9)
    assert WorkCalendar().add_working_days(friday, 1) == date(2026, 1, 12)
    assert WorkCalendar().add_working_days(friday, 0) == friday


def test_holidays_are_skipped_and_swapped_days_are_worked() -> None:
    calendar = WorkCalendar(days_off=TET_2026, extra_days=frozenset({date(2026, 2, 21)}))
    assert calendar.add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 21)
    assert calendar.add_working_days(date(2026, 2, 13), 2) == date(2026, 2, 23)


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2024, 4, 1), 10, date(2024, 4, 11)),
        (date(2024, 4, 17), 1, date(2024, 4, 19)),  # 18/4 is off
        (date(2024, 4, 19), 1, date(2024, 4, 22)),  # a Saturday rolls to Monday
        (date(2024, 4, 20), 7, date(2024, 5, 2)),  # 27/4 to 1/5 are off
        (date(2024, 4, 24), 10, date(2024, 5, 4)),  # a Saturday that is worked
        (date(2024, 4, 28), 0, date(2024, 5, 2)),
    ],
)
def test_a_term_in_calendar_days(start: date, count: int, last: date) -> None:
    assert year_2024.add_days_rolled(start, count) == last


def test_counts_backwards_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        WorkCalendar().add_working_days(date(2024, 1, 1), -1)
    with pytest.raises(ValueError, match="negative"):
        WorkCalendar().add_days_rolled(date(2024, 1, 1), -1)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2024, 6, 28), date(2024, 7, 1), 1),
        (date(2024, 6, 28), date(2024, 6, 30), 0),
        (date(2024, 6, 28), date(2024, 6, 28), 0),
        (date(2024, 7, 1), date(2024, 6, 28), -1),
        (date(2024, 4, 26), date(2024, 5, 4), 3),  # Thursday, Friday and the swapped Saturday
    ],
)
def test_working_days_between(start: date, end: date, count: int) -> None:
    assert year_2024.working_days_between(start, end) == count


def test_the_weekend_before_a_fixed_date() -> None:
    assert year_2024.last_working_day_on_or_before(date(2024, 6, 30)) == date(2024, 6, 28)
    assert year_2024.last_working_day_on_or_before(date(2024, 5, 5)) == date(2024, 5, 4)
    assert year_2024.first_working_day_on_or_after(date(2024, 4, 27)) == date(2024, 5, 2)


def test_from_days() -> None:
    off = DayEntry(date(2024, 4, 29), is_working=False, reason="", source="")
    worked = DayEntry(date(2024, 5, 4), is_working=True, reason="", source="")
    assert WorkCalendar.from_days([off, worked]) == WorkCalendar(
        frozenset({off.date}), frozenset({worked.date})
    )
    with pytest.raises(ValueError, match="2024-04-29"):
        WorkCalendar.from_days([off, DayEntry(off.date, is_working=True, reason="", source="")])


@given(calendars, days, st.integers(1, 60))
def test_a_deadline_falls_on_a_working_day(cal: WorkCalendar, start: date, count: int) -> None:
    due = cal.add_working_days(start, count)
    assert cal.is_working_day(due)
    assert due > start
    assert cal.working_days_between(start, due) == count
    assert cal.working_days_between(due, start) == -count


@given(calendars, days, days)
def test_the_count_is_the_count_of_each_day(cal: WorkCalendar, start: date, end: date) -> None:
    start, end = sorted((start, end))
    each = [start + timedelta(days=i) for i in range(1, (end - start).days + 1)]
    assert cal.working_days_between(start, end) == sum(map(cal.is_working_day, each))
