from __future__ import annotations

from datetime import date

from tinhgon.domain.vntext import format_date
from tinhgon.domain.workdays import WorkCalendar

_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def last_day_words(due_on: date | None, calendar: WorkCalendar) -> str:
    """
    Return the last day in time, with the last working day where that is another.

    "CN 30/6/2024 (ngày làm việc cuối: T6 28/6/2024)"; "T5 31/10/2024"; empty without a day.
    """
    if due_on is None:
        return ""
    working = calendar.last_working_day_on_or_before(due_on)
    words = with_weekday(due_on)
    return words if working == due_on else f"{words} (ngày làm việc cuối: {with_weekday(working)})"


def with_weekday(day: date) -> str:
    """Return "CN 30/6/2024"."""
    return f"{_WEEKDAYS[day.weekday()]} {format_date(day)}"
