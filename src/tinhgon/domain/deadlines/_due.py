from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from tinhgon.domain.workdays import WorkCalendar

_MONTHS_OF_QUARTER = 3


class DueKind(StrEnum):
    """How a letter words a deadline."""

    BEFORE = auto()
    """trước ngày X, xong trước ngày X: X itself is too late."""
    BY = auto()
    """chậm nhất ngày X, đến ngày X, đến hết ngày X: X still counts."""
    WITHIN_WORKING_DAYS = auto()
    """trong thời hạn N ngày làm việc kể từ …"""
    WITHIN_DAYS = auto()
    """trong thời hạn N ngày kể từ …"""
    IN_MONTH = auto()
    """trong tháng 6"""
    IN_QUARTER = auto()
    """trong quý II"""
    IN_YEAR = auto()
    """trong năm 2024"""
    AT_REPORT = auto()
    """tại báo cáo định kỳ …: with the report; its date only if `named_day` gives it."""
    NONE = auto()
    """No date that could be computed: kịp thời, ngay sau khi, thường xuyên."""


_NAMES_A_DAY = {
    DueKind.BEFORE,
    DueKind.BY,
    DueKind.IN_MONTH,
    DueKind.IN_QUARTER,
    DueKind.IN_YEAR,
}
_COUNTS_DAYS = {DueKind.WITHIN_WORKING_DAYS, DueKind.WITHIN_DAYS}


@dataclass(frozen=True, slots=True)
class Due:
    """
    A deadline as worded.

    :param named_day: the day X of the wording; for a month, quarter or year any day in it; for
        AT_REPORT the day of the report, if known.
    :param count: the N of "trong thời hạn N ngày", at least 1.
    :param event_on: the day of the event N is counted from; None while it has not happened.
    :raises ValueError: if the kind needs a part that is missing, or has one it cannot use.
    """

    kind: DueKind
    named_day: date | None = None
    count: int | None = None
    event_on: date | None = None

    def __post_init__(self) -> None:
        if self.kind in _COUNTS_DAYS:
            if self.count is None or self.count < 1:
                raise ValueError(f"{self.kind} counts at least one day")
        elif self.count is not None or self.event_on is not None:
            raise ValueError(f"{self.kind} counts no days from an event")
        if self.kind in _NAMES_A_DAY and self.named_day is None:
            raise ValueError(f"{self.kind} names a day")
        if self.kind in _COUNTS_DAYS | {DueKind.NONE} and self.named_day is not None:
            raise ValueError(f"{self.kind} names no day")


def last_day(due: Due, calendar: WorkCalendar) -> date | None:
    """
    Return the last day on which the work is on time, until 24:00 (Civil Code 2015, Art. 148(6)).

    None if no date can be computed: no deadline, a report whose day is not known, an event that
    has not happened. A fixed day does not move when it is a day off; a term in days does
    (Art. 148(5)).
    """
    if due.named_day is not None:
        return _last_named_day(due.kind, due.named_day)
    if due.count is None or due.event_on is None:
        return None
    if due.kind is DueKind.WITHIN_WORKING_DAYS:
        return calendar.add_working_days(due.event_on, due.count)
    return calendar.add_days_rolled(due.event_on, due.count)


def last_working_day(due: Due, calendar: WorkCalendar) -> date | None:
    """Return the last working day that is on time: for Sunday 30/6/2024 it is Friday 28/6/2024."""
    day = last_day(due, calendar)
    return None if day is None else calendar.last_working_day_on_or_before(day)


def _last_named_day(kind: DueKind, day: date) -> date:
    match kind:
        case DueKind.BEFORE:
            return day - timedelta(days=1)
        case DueKind.IN_MONTH:
            return _end_of_month(day.year, day.month)
        case DueKind.IN_QUARTER:
            return _end_of_month(day.year, -(-day.month // _MONTHS_OF_QUARTER) * _MONTHS_OF_QUARTER)
        case DueKind.IN_YEAR:
            return date(day.year, 12, 31)
        case _:
            return day


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
