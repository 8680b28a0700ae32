from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict

from tinhgon.common.people import Person
from tinhgon.domain.workdays import WorkCalendar

from . import policies
from .models import CalendarDay

_WEEK = 7


def calendar() -> WorkCalendar:
    """Return the calendar as the administrators keep it, in one query; ask once and hand it on."""
    days = list(CalendarDay.objects.values_list("day", "is_working"))
    return WorkCalendar(
        days_off=frozenset(day for day, is_working in days if not is_working),
        extra_days=frozenset(day for day, is_working in days if is_working),
    )


def get_day(*, pk: int) -> CalendarDay:
    """
    Return an entry of the calendar, which everybody may see.

    :raises CalendarDay.DoesNotExist: if there is none.
    """
    return CalendarDay.objects.get(pk=pk)


@dataclass(frozen=True, slots=True)
class Cell:
    """One day in a month's table."""

    day: date
    is_working: bool
    entry: CalendarDay | None
    is_today: bool


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    weeks: list[list[Cell | None]]
    working_days: int


class YearPage(TypedDict):
    year: int
    years: list[int]
    months: list[Month]
    entries: list[CalendarDay]
    working_days: int
    known: bool
    can_manage: bool


def year_page(*, user: Person, year: int, today: date) -> YearPage:
    """Return what the page of a year shows."""
    entries = list(CalendarDay.objects.filter(day__year=year))
    found = [_month(year, number, entries, today) for number in range(1, 13)]
    years = {day.year for day in CalendarDay.objects.dates("day", "year")}
    return {
        "year": year,
        "years": sorted(years | {year, today.year, today.year + 1}),
        "months": found,
        "entries": entries,
        "working_days": sum(month.working_days for month in found),
        "known": bool(entries),
        "can_manage": policies.can_manage(user),
    }


def _month(year: int, number: int, entries: list[CalendarDay], today: date) -> Month:
    by_day = {entry.day: entry for entry in entries}
    first = date(year, number, 1)
    length = months.monthrange(year, number)[1]
    cells: list[Cell | None] = [None] * first.weekday()
    for n in range(length):
        day = first + timedelta(days=n)
        entry = by_day.get(day)
        is_working = entry.is_working if entry else day.weekday() < months.SATURDAY
        cells.append(Cell(day, is_working, entry, day == today))
    cells += [None] * (-len(cells) % _WEEK)
    weeks = [cells[n : n + _WEEK] for n in range(0, len(cells), _WEEK)]
    return Month(f"Tháng {number}", weeks, sum(c.is_working for c in cells if c))
