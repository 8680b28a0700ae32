"""Which assignments: one condition for each question, so that lists, boards and reports agree."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.assignments.enums import AnswerKind, ExtensionStatus, Status, View
from tinhgon.apps.assignments.models import Answer, Duty
from tinhgon.common.http import whole_number
from tinhgon.domain.assigning import DONE, OPEN
from tinhgon.domain.deadlines import SOON_WORKING_DAYS
from tinhgon.domain.vntext import DateError, is_plausible, parse_date
from tinhgon.domain.workdays import WorkCalendar

AT_WORK = Q(status__in=[status.value for status in OPEN - DONE])
"""The agency has still to answer: a deadline runs."""
ANSWERED = Q(status__in=[status.value for status in DONE])
OPEN_WORK = Q(status__in=[status.value for status in OPEN])
GONE = Q(status__in=[Status.WITHDRAWN.value, Status.TRANSFERRED.value])
_NIL = Answer.objects.filter(assignment=OuterRef("pk"), kind=AnswerKind.NIL.value).exclude(
    accepted=False
)


LEVELS = {"tinh": Level.PROVINCE, "huyen": Level.DISTRICT, "xa": Level.COMMUNE}
"""Levels as an address says them."""


def number(text: str) -> int | None:
    """Return a key as an address says it; None for anything else."""
    return whole_number(text)


def numbers(text: str) -> tuple[int, ...]:
    """Return the keys of "3,7,12" in an address; what is none counts as not said."""
    return tuple(pk for part in text.split(",")[:100] if (pk := number(part)) is not None)


def day(text: str) -> date | None:
    """Return a day as an address says it, or a person types it; None for anything else."""
    try:
        found = date.fromisoformat(text) if "-" in text[4:5] else parse_date(text)
    except (ValueError, DateError):
        return None
    return found if is_plausible(found) else None


def of_duties(pks: Collection[int]) -> Q:
    """Return the shares of duties, with those that were passed on from them."""
    passed_on = Duty.objects.filter(parent__duty__in=pks)
    return Q(duty__in=pks) | Q(duty__in=passed_on.values("pk"))


def first_day_not_soon(today: date, calendar: WorkCalendar, working_days: int) -> date:
    """Return the first last day that leaves more than so many working days after today."""
    return calendar.add_working_days(today, working_days + 1)


def condition(view: View, *, today: date, calendar: WorkCalendar) -> Q:
    """Return which assignments a list shows under the name of `view`."""
    match view:
        case View.OVERDUE:
            return AT_WORK & Q(due_on__lt=today)
        case View.SOON:
            until = first_day_not_soon(today, calendar, SOON_WORKING_DAYS)
            return AT_WORK & Q(due_on__gte=today, due_on__lt=until)
        case View.ON_TIME:
            until = first_day_not_soon(today, calendar, SOON_WORKING_DAYS)
            return AT_WORK & Q(due_on__gte=until)
        case View.IN_TIME:
            late = AT_WORK & Q(due_on__lt=today) | ANSWERED & Q(done_on__gt=F("due_on"))
            return ~GONE & Q(due_on__isnull=False) & ~late
        case View.EXTENSION:
            return OPEN_WORK & Q(extensions__status=ExtensionStatus.ASKED.value)
        case View.DONE_LATE:
            return ANSWERED & Q(done_on__gt=F("due_on"))
        case _:
            return _BY_STATUS[view]


_BY_STATUS = {
    View.OPEN: OPEN_WORK,
    View.NEW: Q(status=Status.ISSUED.value),
    View.RETURNED: Q(status=Status.RETURNED.value),
    View.SUBMITTED: Q(status=Status.SUBMITTED.value),
    View.DONE: Q(status=Status.ACCEPTED.value),
    View.NO_DUE: AT_WORK & Q(due_on=None),
    View.DATED: ~GONE & Q(due_on__isnull=False),
    View.UNDATED: ~GONE & Q(due_on=None),
    View.NIL: ANSWERED & Q(Exists(_NIL)),
    View.ANSWERED: ANSWERED,
    View.LIVE: ~GONE,
    View.GONE: GONE,
}
