"""Which assignments: one condition for each question, so that lists, boards and reports agree."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from tinhgon.apps.assignments.enums import ExtensionStatus, Status, View
from tinhgon.domain.assigning import DONE, OPEN
from tinhgon.domain.deadlines import SOON_WORKING_DAYS
from tinhgon.domain.workdays import WorkCalendar

AT_WORK = Q(status__in=[status.value for status in OPEN - DONE])
"""The agency has still to answer: a deadline runs."""
ANSWERED = Q(status__in=[status.value for status in DONE])
OPEN_WORK = Q(status__in=[status.value for status in OPEN])


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
    View.GONE: Q(status__in=[Status.WITHDRAWN.value, Status.TRANSFERRED.value]),
}
