"""The steps of a procedure as a graph: what waits for what, and which path decides the time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from ._enums import Unit
from ._record import START, Duration, Step
from ._words import UNIT_WORDS, figure_words

HOURS_A_WORKING_DAY = 8
"""Hours of work in a working day (QĐ 188/1999/QĐ-TTg, điều 1: 40 hours in five days)."""
_SHORTEST_MONTH = 28
_LONGEST_MONTH = 31
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Total:
    """
    Time along a path of steps, by kind of time, since days do not add up with working days.

    `hours` are working hours, a working day being eight of them; `days` are days of the calendar.
    """

    hours: Decimal = _NOTHING
    days: Decimal = _NOTHING
    months: Decimal = _NOTHING
    path: tuple[int, ...] = ()  # numbers of its steps: the critical path

    def plus(self, step: Step) -> Total:
        add = _of(step.duration)
        return Total(
            self.hours + add.hours,
            self.days + add.days,
            self.months + add.months,
            (*self.path, step.number),
        )

    def at_least(self, unit: Unit) -> Decimal:
        """
        Return how much of a unit passes at the least; exactly, if all of the time is of that kind.

        Work takes as many days of the calendar or more. How much working time a day or a month
        has depends on the calendar: nothing can be said before the day is known.
        """
        working_days = self.hours / HOURS_A_WORKING_DAY
        match unit:
            case Unit.HOUR:
                return self.hours
            case Unit.WORKING_DAY:
                return working_days
            case Unit.DAY:
                return working_days + self.days + self.months * _SHORTEST_MONTH
            case Unit.MONTH:
                return self.months + (working_days + self.days) / _LONGEST_MONTH

    @property
    def weight(self) -> Decimal:
        """A rough measure in hours for finding the longest path; never shown."""
        return self.hours + self.days * 8 * 5 / 7 + self.months * 22 * 8

    @property
    def words(self) -> str:
        """Return "02 tháng 05 ngày 03 ngày làm việc 04 giờ làm việc", "" for no time at all."""
        working_days, hours = divmod(self.hours, HOURS_A_WORKING_DAY)
        parts = [
            (self.months, Unit.MONTH),
            (self.days, Unit.DAY),
            (working_days, Unit.WORKING_DAY),
            (hours, Unit.HOUR),
        ]
        return " ".join(f"{figure_words(n)} {UNIT_WORDS[unit]}" for n, unit in parts if n)


def waits_for(steps: Sequence[Step]) -> dict[int, tuple[int, ...]]:
    """
    Return for each step the steps that must be over before it: named, or else the one before.

    A number that no step has is left out (`check` reports it).
    """
    numbers = [step.number for step in steps]
    return {
        step.number: tuple(n for n in dict.fromkeys(step.after or (before,)) if n in numbers)
        for before, step in zip([START, *numbers], steps, strict=False)
    }


def total_time(steps: Sequence[Step]) -> Total | None:
    """
    Return the time of the longest path through the steps; None where they wait in a circle.

    Steps without a time count nothing, but belong to the path up to its last step.
    """
    return _longest(steps, lambda total: total.weight)


def critical_path(steps: Sequence[Step]) -> tuple[int, ...]:
    """
    Return the steps that decide the time of the whole.

    Empty where there is nothing to tell apart: no time is known, the steps wait in a circle, or
    all of them run one after another.
    """
    total = total_time(steps)
    return total.path if total and total.weight and len(total.path) < len(steps) else ()


def least_time(steps: Sequence[Step], unit: Unit) -> Total | None:
    """Return the time of the path that takes the most of a unit; None as in `total_time`."""
    return _longest(steps, lambda total: total.at_least(unit))


def adds_up_with(one: Duration, other: Duration) -> bool:
    """Return whether two times are of one kind: working time, days or months of the calendar."""
    working = (Unit.HOUR, Unit.WORKING_DAY)
    return one.unit is other.unit or (one.unit in working and other.unit in working)


def _longest(steps: Sequence[Step], measure: Callable[[Total], Decimal]) -> Total | None:
    by_number = {step.number: step for step in steps}
    waits = waits_for(steps)
    order = list(by_number)
    if any(step.after for step in steps):
        try:
            order = list(TopologicalSorter(waits).static_order())
        except CycleError:
            return None

    def rank(total: Total) -> tuple[Decimal, int]:
        return measure(total), len(total.path)

    totals: dict[int, Total] = {}
    for number in order:
        before = max((totals[n] for n in waits[number]), key=rank, default=Total())
        totals[number] = before.plus(by_number[number])
    return max(totals.values(), key=rank, default=Total())


def _of(duration: Duration | None) -> Total:
    if duration is None:
        return Total()
    match duration.unit:
        case Unit.HOUR:
            return Total(hours=duration.amount)
        case Unit.WORKING_DAY:
            return Total(hours=duration.amount * HOURS_A_WORKING_DAY)
        case Unit.DAY:
            return Total(days=duration.amount)
        case Unit.MONTH:
            return Total(months=duration.amount)
