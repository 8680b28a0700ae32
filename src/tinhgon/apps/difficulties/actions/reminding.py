"""Reminding, once a day: who owes an answer to a difficulty, and one level up what stays late."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.difficulties.enums import Group
from tinhgon.apps.difficulties.models import Difficulty, DifficultyReminder
from tinhgon.apps.difficulties.queries.people import sitting_in
from tinhgon.apps.difficulties.queries.routing import way_from
from tinhgon.apps.notices import actions as notices
from tinhgon.common.rungs import told_steps
from tinhgon.domain.access import Permission
from tinhgon.domain.deadlines import (
    Ladder,
    Rung,
    describe,
    last_day_words,
    new_rungs,
    timeliness,
)
from tinhgon.domain.difficulties import WAITING
from tinhgon.domain.vntext import format_number
from tinhgon.domain.workdays import WorkCalendar

LINES_AN_AGENCY = 8
"""So many difficulties an agency is told of one by one in a day; the rest is summed up."""

_BATCH = 1_000
_WAITING = sorted(status.value for status in WAITING)


DueAnswer = Rung[Difficulty]


def due_answers(*, today: date, calendar: WorkCalendar, ladder: Ladder) -> list[DueAnswer]:
    """
    Return the difficulties whose rung is new to who has them in hand, the latest first; none on a
    day off.
    """
    told = told_steps(
        DifficultyReminder.objects.filter(
            due_on=F("difficulty__due_on"), holder=F("difficulty__holder")
        ),
        "difficulty",
    )
    rows = Difficulty.objects.filter(status__in=_WAITING).select_related("holder", "agency")
    return new_rungs(
        rows.order_by("due_on", "pk"),
        due_on=lambda row: row.due_on,
        told=lambda row: told.get(row.pk),
        today=today,
        calendar=calendar,
        ladder=ladder,
    )


@transaction.atomic
def remind_answers(*, at: datetime, calendar: WorkCalendar, ladder: Ladder) -> int:
    """
    Tell today's rungs, all or none, and note that they were told; return how many there were.

    A second run on the same day finds nothing new.
    """
    today = at.date()
    dues = due_answers(today=today, calendar=calendar, ladder=ladder)
    by_holder: dict[int, list[DueAnswer]] = defaultdict(list)
    for due in dues:
        by_holder[due.what.holder_id].append(due)
    for own in by_holder.values():
        holder = own[0].what.holder
        _tell_holder(holder, own, today, calendar, at)
        _tell_above(holder, [due for due in own if due.step.escalates], today, at)
    DifficultyReminder.objects.bulk_create(
        [
            DifficultyReminder(
                difficulty=due.what,
                holder=due.what.holder,
                step=due.step.working_days,
                due_on=due.due_on,
                sent_on=today,
            )
            for due in dues
        ],
        batch_size=_BATCH,
    )
    return len(dues)


def _tell_holder(
    holder: Agency, dues: list[DueAnswer], today: date, calendar: WorkCalendar, at: datetime
) -> None:
    users = sitting_in(holder, Permission.ANSWER_DIFFICULTY, on=today)
    for due in dues[:LINES_AN_AGENCY]:
        row = due.what
        standing = describe(timeliness(row.due_on, None, today, calendar))
        last = last_day_words(row.due_on, calendar)
        text = f"{standing}, hạn {last}: trả lời vướng mắc {row} của {row.agency.label}"
        _tell(users, "difficulties.due", text, row.get_absolute_url(), at)
    rest = len(dues) - LINES_AN_AGENCY
    if rest > 0:
        text = f"Còn {format_number(rest)} vướng mắc khác sắp đến hạn hoặc quá hạn trả lời."
        _tell(users, "difficulties.due", text, _list_url(Group.MINE), at)


def _tell_above(holder: Agency, dues: list[DueAnswer], today: date, at: datetime) -> None:
    """One level up hears of what stays late; above the Office, its own head."""
    if not dues:
        return
    above = way_from(holder, on=today).above
    users = (
        sitting_in(above, Permission.ANSWER_DIFFICULTY, on=today)
        if above
        else sitting_in(holder, Permission.SEND_DIFFICULTY, on=today)
    )
    text = (
        f"▲ {format_number(len(dues))} vướng mắc gửi {holder.label} quá hạn trả lời nhiều ngày, "
        "đã nhắc mà chưa trả lời."
    )
    _tell(users, "difficulties.late", text, _list_url(Group.LATE), at)


def _list_url(group: Group) -> str:
    return f"{reverse('difficulties:list')}?nhom={group.value}"


def _tell(users: list[User], kind: str, text: str, url: str, at: datetime) -> None:
    notices.notify(users=users, kind=kind, text=text, url=url, at=at)
