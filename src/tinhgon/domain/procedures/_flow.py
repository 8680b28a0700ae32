"""The steps of a procedure as a graph: what waits for what, and which path decides the time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from tinhgon.domain.vntext import format_number

from ._enums import Unit
from ._record import Duration, Step

HOURS_A_WORKING_DAY = 8
"""Hours of work in a working day (QĐ 188/1999/QĐ-TTg, điều 1: 40 hours in five days)."""
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

    @property
    def weight(self) -> Decimal:
        """A rough measure in hours for finding the longest path; never shown."""
        return self.hours + self.days * 8 * 5 / 7 + self.months * 22 * 8

    @property
    def words(self) -> str:
        """Return "02 tháng 05 ngày làm việc 04 giờ làm việc"."""
        working_days, hours = divmod(self.hours, HOURS_A_WORKING_DAY)
        parts = [
            (self.months, "tháng"),
            (self.days, "ngày"),
            (working_days, "ngày làm việc"),
            (hours, "giờ làm việc"),
        ]
        return " ".join(f"{_figure(n)} {unit}" for n, unit in parts if n) or "00 giờ làm việc"


def waits_for(steps: Sequence[Step]) -> dict[int, tuple[int, ...]]:
    """Return for each step the steps that must be over before it: named, or the one before."""
    found: dict[int, tuple[int, ...]] = {}
    before: int | None = None
    for step in steps:
        found[step.number] = step.after or (() if before is None else (before,))
        before = step.number
    return found


def total_time(steps: Sequence[Step]) -> Total | None:
    """Return the time of the longest path through the steps; None where they wait in a circle."""
    by_number = {step.number: step for step in steps}
    waits = {n: [m for m in after if m in by_number] for n, after in waits_for(steps).items()}
    try:
        order = list(TopologicalSorter(waits).static_order())
    except CycleError:
        return None
    totals: dict[int, Total] = {}
    for number in order:
        before = max((totals[n] for n in waits[number]), key=lambda t: t.weight, default=Total())
        totals[number] = before.plus(by_number[number])
    return max(totals.values(), key=lambda t: t.weight, default=Total())


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


def _figure(value: Decimal) -> str:
    if value == value.to_integral_value():
        return f"{int(value):02}"
    return format_number(value.normalize())
