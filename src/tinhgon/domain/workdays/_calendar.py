from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

SATURDAY = 5
_WEEK = 7
_ONE_DAY = timedelta(days=1)


class Day(Protocol):
    """A day that departs from the week, as a row of an office's calendar has it."""

    @property
    def date(self) -> date: ...
    @property
    def is_working(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """
    Monday to Friday, less public holidays (`days_off`), with swapped days (`extra_days`, làm bù).

    A day that is in both is worked. Years for which neither set has anything count as plain weeks.
    """

    days_off: frozenset[date] = frozenset()
    extra_days: frozenset[date] = frozenset()
    # The days that change the count of plain weeks, as sorted ordinals.
    _fewer: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _more: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        fewer = sorted(
            d.toordinal()
            for d in self.days_off
            if d.weekday() < SATURDAY and d not in self.extra_days
        )
        more = sorted(d.toordinal() for d in self.extra_days if d.weekday() >= SATURDAY)
        object.__setattr__(self, "_fewer", tuple(fewer))
        object.__setattr__(self, "_more", tuple(more))

    @classmethod
    def from_days(cls, days: Iterable[Day]) -> WorkCalendar:
        """
        Make a calendar of the days that depart from the week.

        :raises ValueError: if a day is given both as worked and as off.
        """
        days_off: set[date] = set()
        extra_days: set[date] = set()
        for day in days:
            (extra_days if day.is_working else days_off).add(day.date)
        if both := days_off & extra_days:
            raise ValueError(f"both worked and off: {min(both).isoformat()}")
        return cls(frozenset(days_off), frozenset(extra_days))

    def is_working_day(self, day: date) -> bool:
        if day in self.extra_days:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def add_working_days(self, start: date, count: int) -> date:
        """
        Return the day on which the `count`-th working day after `start` falls.

        The day of the event itself is not counted; with 0 it is returned as it is.

        :raises ValueError: if `count` is negative.
        """
        _check_count(count)
        day = start
        while count:
            day += _ONE_DAY
            count -= self.is_working_day(day)
        return day

    def add_days_rolled(self, start: date, count: int) -> date:
        """
        Return the last day of a term of `count` calendar days that an event on `start` begins.

        The day of the event is not counted (Civil Code 2015, Art. 147); a term whose last day is
        no working day ends with the next working day (Art. 148(5)).

        :raises ValueError: if `count` is negative.
        """
        _check_count(count)
        return self.first_working_day_on_or_after(start + timedelta(days=count))

    def working_days_between(self, start: date, end: date) -> int:
        """
        Return how many working days come after `start` up to and including `end`.

        So Friday to the next Monday is 1, and a day to itself 0. Backwards the count is negative:
        the working days after `end` up to and including `start`.
        """
        return self._worked_until(end) - self._worked_until(start)

    def last_working_day_on_or_before(self, day: date) -> date:
        while not self.is_working_day(day):
            day -= _ONE_DAY
        return day

    def first_working_day_on_or_after(self, day: date) -> date:
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def _worked_until(self, day: date) -> int:
        """Return the working days from the year 1 up to and including `day`."""
        ordinal = day.toordinal()  # 1 is a Monday
        weeks, rest = divmod(ordinal, _WEEK)
        weekdays = weeks * SATURDAY + min(rest, SATURDAY)
        return weekdays - bisect_right(self._fewer, ordinal) + bisect_right(self._more, ordinal)


def _check_count(count: int) -> None:
    if count < 0:
        raise ValueError("count must not be negative")
