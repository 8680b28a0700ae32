from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Actor, Change
from tinhgon.common.models import StaleObject as StaleObject
from tinhgon.common.people import Person
from tinhgon.domain.vntext import format_date
from tinhgon.domain.workdays import seed_days

from . import policies
from .models import CalendarDay

FIRST_YEAR = 2022
_YEARS_AHEAD = 2


class DayExists(Exception):
    """The calendar has an entry for that day already."""


@dataclass(frozen=True, slots=True)
class DayValues:
    day: date
    is_working: bool
    reason: str
    source: str = ""


@transaction.atomic
def load_calendar(*, by: Actor, at: datetime) -> int:
    """
    Enter the official days for the years that the calendar knows nothing of; return how many.

    A year in which an office has entered or corrected anything is left alone.
    """
    known = {day.year for day in CalendarDay.objects.dates("day", "year")}
    last = max(at.year + _YEARS_AHEAD, FIRST_YEAR)
    years = [year for year in range(FIRST_YEAR, last + 1) if year not in known]
    rows = [
        CalendarDay(day=d.date, is_working=d.is_working, reason=d.reason, source=d.source)
        for year in years
        for d in seed_days(year, year)
    ]
    CalendarDay.objects.bulk_create(rows)
    if rows:
        years_words = ", ".join(str(year) for year in years)
        first = CalendarDay.objects.get(day=rows[0].day)
        changes = [
            Change("Lịch của các năm", "", years_words),
            Change("Số ngày", "", str(len(rows))),
        ]
        audit.record("calendars.loaded", first, by=by, at=at, changes=changes)
    return len(rows)


@transaction.atomic
def add_day(*, values: DayValues, by: Person, at: datetime) -> CalendarDay:
    """
    Enter a day off or a day worked instead.

    :raises PermissionDenied: if `by` does not manage the calendar of the province.
    :raises DayExists: if the day is entered already.
    """
    _check(by)
    if CalendarDay.objects.filter(day=values.day).exists():
        raise DayExists(f"Ngày {format_date(values.day)} đã có trong lịch.")
    day = CalendarDay.objects.create(
        day=values.day,
        is_working=values.is_working,
        reason=values.reason,
        source=values.source,
    )
    audit.record("calendars.added", day, by=by, at=at, changes=_changes(None, day))
    return day


@transaction.atomic
def change_day(
    *, day: CalendarDay, values: DayValues, by: Person, at: datetime, version: int
) -> CalendarDay:
    """
    Correct an entry.

    :raises PermissionDenied: if `by` does not manage the calendar of the province.
    :raises DayExists: if another entry has that day.
    :raises StaleObject: if it changed since the user saw `version` of it.
    """
    _check(by)
    if CalendarDay.objects.filter(day=values.day).exclude(pk=day.pk).exists():
        raise DayExists(f"Ngày {format_date(values.day)} đã có trong lịch.")
    old = _words(day)
    day.change(
        seen_version=version,
        day=values.day,
        is_working=values.is_working,
        reason=values.reason,
        source=values.source,
    )
    audit.record("calendars.changed", day, by=by, at=at, changes=_changes(old, day))
    return day


@transaction.atomic
def remove_day(*, day: CalendarDay, by: Person, at: datetime, version: int) -> None:
    """
    Take an entry out: the day is an ordinary day of the week again.

    :raises PermissionDenied: if `by` does not manage the calendar of the province.
    :raises StaleObject: if it changed since the user saw `version` of it.
    """
    _check(by)
    day.change(seen_version=version)
    changes = [Change(field, words, "") for field, words in _words(day).items()]
    audit.record("calendars.removed", day, by=by, at=at, changes=changes)
    day.delete()


def _check(by: Person) -> None:
    if not policies.can_manage(by):
        raise PermissionDenied


def _words(day: CalendarDay) -> dict[str, str]:
    return {
        "Ngày": format_date(day.day),
        "Loại": "Ngày làm việc" if day.is_working else "Ngày nghỉ",
        "Lý do": day.reason,
        "Căn cứ": day.source,
    }


def _changes(old: dict[str, str] | None, day: CalendarDay) -> list[Change]:
    before = old or {}
    return [
        Change(field, before.get(field, ""), words)
        for field, words in _words(day).items()
        if before.get(field, "") != words
    ]
