from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import NamedTuple

from tinhgon.domain.vntext import format_number
from tinhgon.domain.workdays import WorkCalendar

SOON_WORKING_DAYS = 5


class Timeliness(StrEnum):
    """Where work stands against its deadline."""

    NO_DEADLINE = auto()
    """Open, and no date to be late for."""
    ON_TIME = auto()
    """Open, and the deadline is far."""
    DUE_SOON = auto()
    OVERDUE = auto()
    DONE = auto()
    """Done, and there was no date to be late for."""
    DONE_ON_TIME = auto()
    DONE_LATE = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How work stands, and by how much.

    `days` and `working_days` are never negative: what is left for open work (today not counted),
    what it is late by, or what was left when it was done. Both are 0 without a deadline.
    """

    kind: Timeliness
    days: int = 0
    working_days: int = 0


class Words(NamedTuple):
    """A sign and words that tell the state without colour."""

    sign: str
    words: str

    def __str__(self) -> str:
        return f"{self.sign} {self.words}"


def timeliness(
    due_on: date | None,
    done_on: date | None,
    today: date,
    calendar: WorkCalendar,
    soon_working_days: int = SOON_WORKING_DAYS,
) -> Standing:
    """
    Return how work stands on `today`.

    :param due_on: the last day on time, inclusive.
    :param done_on: the day the result was signed or sent; None while the work is open.
    :param soon_working_days: with at most so many working days after today, it is due soon.
    """
    if due_on is None:
        return Standing(Timeliness.NO_DEADLINE if done_on is None else Timeliness.DONE)
    day = today if done_on is None else done_on
    days = (due_on - day).days
    working_days = calendar.working_days_between(day, due_on)
    if done_on is not None:
        kind = Timeliness.DONE_LATE if days < 0 else Timeliness.DONE_ON_TIME
    elif days < 0:
        kind = Timeliness.OVERDUE
    else:
        far = working_days > soon_working_days
        kind = Timeliness.ON_TIME if far else Timeliness.DUE_SOON
    return Standing(kind, abs(days), abs(working_days))


def day_done(proof_on: date, *, due_on: date | None, report_due_on: date | None) -> date:
    """
    Return the day on which work counts as done that a paper of `proof_on` reports.

    A letter may want the work by one day and the report on it by a later one ("xong trước ngày
    01/7/2024; báo cáo trước ngày 05/7/2024"). A report in time then says that the work was, too:
    it counts as done on its last day, unless the paper is older still.
    """
    if due_on and report_due_on and due_on < proof_on <= report_due_on:
        return due_on
    return proof_on


def describe(standing: Standing) -> Words:
    """Return the state in Vietnamese, as every list, page and letter writes it."""
    match standing.kind:
        case Timeliness.NO_DEADLINE:
            return Words("○", "không có hạn")
        case Timeliness.ON_TIME:
            return Words("●", "đúng hạn")
        case Timeliness.DUE_SOON:
            return Words("◐", f"sắp đến hạn ({_left(standing)})")
        case Timeliness.OVERDUE:
            working = format_number(standing.working_days)
            return Words("▲", f"quá hạn {_days(standing)} ({working} ngày làm việc)")
        case Timeliness.DONE:
            return Words("✓", "đã xong")
        case Timeliness.DONE_ON_TIME:
            return Words("✓", "xong đúng hạn")
        case Timeliness.DONE_LATE:
            return Words("✓", f"xong trễ {_days(standing)}")


def _left(standing: Standing) -> str:
    if standing.days == 0:
        return "hạn là hôm nay"
    if standing.working_days == 0:
        return f"còn {_days(standing)}, đều là ngày nghỉ"
    return f"còn {format_number(standing.working_days)} ngày làm việc"


def _days(standing: Standing) -> str:
    return f"{format_number(standing.days)} ngày"
