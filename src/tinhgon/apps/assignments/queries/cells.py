"""What a cell of the board says: sign, a few words and look, from the bare columns of a row."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tinhgon.apps.assignments.enums import Status
from tinhgon.domain.assigning import DONE
from tinhgon.domain.deadlines import Standing, Timeliness, describe, timeliness
from tinhgon.domain.vntext import format_date
from tinhgon.domain.workdays import WorkCalendar

from .lines import KIND_OF


class Facts(NamedTuple):
    """
    The columns of an assignment that its cell is made of; `untold`: on a day that is over, of which
    the records do not say any more how it stood.
    """

    status: str
    due_on: date | None
    done_on: date | None
    percent: int
    nil: bool
    untold: bool = False


class Look(NamedTuple):
    """`words` are for the cell, `full` for whoever rests on it or has it read aloud."""

    sign: str
    words: str
    full: str
    kind: str


class Teller:
    """Tells the look of cells on one day; alike cells are told once."""

    def __init__(self, *, today: date, calendar: WorkCalendar) -> None:
        self._today, self._calendar = today, calendar
        self.look = lru_cache(maxsize=None)(self._look)

    def _look(self, facts: Facts) -> Look:
        status = Status(facts.status)
        if status is Status.WITHDRAWN:
            return Look("✕", "thu hồi", "đã thu hồi", "none")
        if status is Status.TRANSFERRED:
            return Look("→", "đã chuyển", "đã chuyển cơ quan kế thừa", "none")
        if facts.untold:
            return Look("?", "không rõ", "không xác định được tại ngày này", "none")
        standing = timeliness(facts.due_on, facts.done_on, self._today, self._calendar)
        sign, full = describe(standing)
        kind = KIND_OF[standing.kind]
        if status in DONE:
            return _answered(status, facts, standing, sign, full, kind)
        words = _running(standing, facts.percent)
        if status is Status.RETURNED:
            full = f"bị trả lại, {full}"
            if kind == "late":
                return Look(sign, f"{words}, trả lại", full, kind)
            return Look("↩", "trả lại", full, "returned")
        return Look(sign, words, full, kind)


def _answered(
    status: Status, facts: Facts, standing: Standing, sign: str, full: str, kind: str
) -> Look:
    late = f"trễ {standing.days} ngày" if standing.kind is Timeliness.DONE_LATE else ""
    if status is Status.SUBMITTED:
        words = f"chờ duyệt, {late}" if late else "chờ duyệt"
        return Look("◌", words, f"đã báo cáo, chờ duyệt; {full}", "waiting")
    done = "không phát sinh" if facts.nil else _day(facts.done_on)
    words = f"{done}, {late}" if late else done
    full = f"{full}; không phát sinh" if facts.nil else full
    return Look(sign, words, f"{full}, ngày {_day(facts.done_on)}", kind)


def _day(day: date | None) -> str:
    return format_date(day) if day else "đã xong"


def _running(standing: Standing, percent: int) -> str:
    match standing.kind:
        case Timeliness.OVERDUE:
            words = f"quá {standing.days} ngày"
        case Timeliness.DUE_SOON if standing.days == 0:
            words = "hạn hôm nay"
        case Timeliness.DUE_SOON:
            words = f"còn {standing.days} ngày"
        case Timeliness.ON_TIME:
            return f"{percent}%" if percent else "đúng hạn"
        case _:
            return f"{percent}%" if percent else "không có hạn"
    return f"{words}, {percent}%" if percent else words
