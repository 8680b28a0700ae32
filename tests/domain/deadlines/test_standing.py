from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.deadlines import Standing, Timeliness, day_done, describe, timeliness
from tinhgon.domain.workdays import official_calendar

CALENDAR = official_calendar(range(2024, 2027))
SUNDAY = date(2024, 6, 30)  # the last day of "trước ngày 01/7/2024"
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("due_on", "done_on", "today", "shown"),
    [
        (None, None, date(2024, 6, 1), "○ không có hạn"),
        (None, date(2024, 6, 1), date(2024, 6, 1), "✓ đã xong"),
        (SUNDAY, None, date(2024, 6, 20), "● đúng hạn"),
        (SUNDAY, None, date(2024, 6, 21), "◐ sắp đến hạn (còn 5 ngày làm việc)"),
        (SUNDAY, None, date(2024, 6, 25), "◐ sắp đến hạn (còn 3 ngày làm việc)"),
        (SUNDAY, None, date(2024, 6, 28), "◐ sắp đến hạn (còn 2 ngày, đều là ngày nghỉ)"),
        (SUNDAY, None, SUNDAY, "◐ sắp đến hạn (hạn là hôm nay)"),
        (SUNDAY, None, date(2024, 7, 1), "▲ quá hạn 1 ngày (1 ngày làm việc)"),
        (date(2024, 7, 4), None, date(2024, 7, 9), "▲ quá hạn 5 ngày (3 ngày làm việc)"),
        (date(2024, 7, 5), None, date(2024, 7, 7), "▲ quá hạn 2 ngày (0 ngày làm việc)"),
        (SUNDAY, SUNDAY, date(2024, 8, 1), "✓ xong đúng hạn"),
        (SUNDAY, date(2024, 7, 2), date(2024, 8, 1), "✓ xong trễ 2 ngày"),
        (date(2021, 6, 1), None, date(2025, 6, 2), "▲ quá hạn 1.462 ngày (1.024 ngày làm việc)"),
    ],
)
def test_how_work_stands(
    due_on: date | None, done_on: date | None, today: date, shown: str
) -> None:
    assert str(describe(timeliness(due_on, done_on, today, CALENDAR))) == shown


def test_sign_and_words_stand_apart() -> None:
    words = describe(Standing(Timeliness.OVERDUE, 5, 3))
    assert (words.sign, words.words) == ("▲", "quá hạn 5 ngày (3 ngày làm việc)")


def test_every_state_reads_differently_in_black_and_white() -> None:
    assert len({str(describe(Standing(kind, 1, 1))) for kind in Timeliness}) == len(Timeliness)


def test_what_is_soon_is_a_choice() -> None:
    monday = date(2024, 6, 17)
    assert timeliness(SUNDAY, None, monday, CALENDAR).kind is Timeliness.ON_TIME
    assert timeliness(SUNDAY, None, monday, CALENDAR, 9).kind is Timeliness.DUE_SOON


@given(days, st.none() | days, days)
def test_late_is_after_the_last_day(due_on: date, done_on: date | None, today: date) -> None:
    standing = timeliness(due_on, done_on, today, CALENDAR)
    late = (done_on or today) > due_on
    assert (standing.kind in {Timeliness.OVERDUE, Timeliness.DONE_LATE}) is late
    assert (standing.kind in {Timeliness.DONE_ON_TIME, Timeliness.DONE_LATE}) is (
        done_on is not None
    )
    assert 0 <= standing.working_days <= standing.days


@pytest.mark.parametrize(
    ("proof_on", "due_on", "report_due_on", "done_on"),
    [
        (date(2024, 7, 4), SUNDAY, date(2024, 7, 4), SUNDAY),
        (date(2024, 7, 5), SUNDAY, date(2024, 7, 4), date(2024, 7, 5)),
        (date(2024, 6, 28), SUNDAY, date(2024, 7, 4), date(2024, 6, 28)),
        (date(2024, 7, 4), SUNDAY, None, date(2024, 7, 4)),
        (date(2024, 7, 4), None, date(2024, 7, 4), date(2024, 7, 4)),
        (date(2024, 7, 4), SUNDAY, date(2024, 6, 15), date(2024, 7, 4)),
    ],
)
def test_a_report_in_time_tells_of_work_in_time(
    proof_on: date, due_on: date | None, report_due_on: date | None, done_on: date
) -> None:
    assert day_done(proof_on, due_on=due_on, report_due_on=report_due_on) == done_on
