from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Generic, TypeVar

from tinhgon.domain.workdays import WorkCalendar

from ._ladder import Ladder, Step, step_for

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rung(Generic[T]):
    """Something with a last day, on a rung of the ladder that was not told yet."""

    what: T
    due_on: date
    step: Step


def new_rungs(
    rows: Iterable[T],
    *,
    due_on: Callable[[T], date | None],
    told: Callable[[T], int | None],
    today: date,
    calendar: WorkCalendar,
    ladder: Ladder,
) -> list[Rung[T]]:
    """
    Return what stands on a new rung today, in the order of the rows; none on a day off.

    `told` gives the working days of the last rung that was told of a row, None for none.
    """
    if not calendar.is_working_day(today):
        return []

    @cache
    def step_on(day: date) -> Step | None:
        return step_for(day, today, calendar, ladder)

    found = []
    for row in rows:
        day = due_on(row)
        step = step_on(day) if day else None
        if day and step and _is_new(step, told(row)):
            found.append(Rung(row, day, step))
    return found


def _is_new(step: Step, told: int | None) -> bool:
    return told is None or step.working_days > told
