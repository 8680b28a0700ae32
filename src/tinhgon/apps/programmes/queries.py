from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import F, Q, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.calendars import queries as calendars
from tinhgon.domain.access import Permission
from tinhgon.domain.deadlines import SOON_WORKING_DAYS
from tinhgon.domain.workdays import WorkCalendar

from . import policies
from .models import Milestone, Programme, Round, Target


def get_visible_programme(*, user: User, pk: int) -> Programme:
    """
    Return a programme of an agency at, above or below the person's own.

    :raises Programme.DoesNotExist: if there is none that he may see.
    """
    return Programme.objects.visible_to(user).select_related("agency").get(pk=pk)


def agencies_for_programmes(*, user: User, today: date) -> QuerySet[Agency]:
    """Return whose programmes a person may run, the top first: committees, and his own agency."""
    paths = user.access.paths(Permission.MANAGE_PROGRAMMES)
    committees = Q(kind=Kind.COMMITTEE) & ~Q(level=Level.COMMUNE)
    rows = Agency.objects.within(paths).existing_on(today)
    return rows.filter(committees | Q(path__in=paths)).order_by(
        F("parent").asc(nulls_first=True), "order", "name"
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A programme in the list, with the next day that counts."""

    programme: Programme
    next_on: date | None
    rounds: int


class ListPage(TypedDict):
    lines: list[Line]
    today: date
    can_add: bool


def list_page(*, user: User, today: date) -> ListPage:
    """Return the programmes that the person may see; three queries."""
    rows = Programme.objects.visible_to(user).select_related("agency")
    lines = []
    for row in rows.prefetch_related("milestones", "rounds"):
        ahead = [m.due_on for m in row.milestones.all() if m.due_on >= today]
        lines.append(Line(row, min(ahead, default=None), len(row.rounds.all())))
    return {"lines": lines, "today": today, "can_add": policies.can_add(user)}


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone with both days that people ask for: the last, and the last that is worked."""

    milestone: Milestone
    working_day: date
    words: str
    kind: str


class ProgrammePage(TypedDict):
    programme: Programme
    rounds: list[Round]
    milestones: list[MilestoneLine]
    targets: list[Target]
    can_change: bool


def programme_page(*, user: User, programme: Programme, today: date) -> ProgrammePage:
    """Return what the page of a programme shows; four queries."""
    calendar = calendars.calendar()
    milestones = programme.milestones.select_related("round")
    return {
        "programme": programme,
        "rounds": list(programme.rounds.all()),
        "milestones": [_line(row, calendar, today) for row in milestones],
        "targets": list(programme.targets.select_related("round")),
        "can_change": policies.can_change(user, programme),
    }


def _line(milestone: Milestone, calendar: WorkCalendar, today: date) -> MilestoneLine:
    due = milestone.due_on
    working_day = calendar.last_working_day_on_or_before(due)
    if due < today:
        return MilestoneLine(milestone, working_day, "đã qua", "none")
    if due == today:
        return MilestoneLine(milestone, working_day, "hôm nay", "soon")
    left = calendar.working_days_between(today, due)
    kind = "soon" if left <= SOON_WORKING_DAYS else "ontime"
    return MilestoneLine(milestone, working_day, f"còn {left} ngày làm việc", kind)
