from __future__ import annotations

from tinhgon.domain.workdays import WorkCalendar

from .models import CalendarDay


def calendar() -> WorkCalendar:
    """Return the calendar as the administrators keep it, in one query."""
    days = list(CalendarDay.objects.values_list("day", "is_working"))
    return WorkCalendar(
        days_off=frozenset(day for day, is_working in days if not is_working),
        extra_days=frozenset(day for day, is_working in days if is_working),
    )
