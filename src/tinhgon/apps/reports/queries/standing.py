"""How a report stands against its last day, for lists, pages and exports alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from tinhgon.apps.assignments.queries.lines import KIND_OF
from tinhgon.apps.reports.enums import ReportStatus, Standing
from tinhgon.apps.reports.models import Report
from tinhgon.domain.deadlines import describe, timeliness
from tinhgon.domain.reporting import EDITABLE, SENT
from tinhgon.domain.workdays import WorkCalendar

_OPEN = [status.value for status in EDITABLE]
_SENT = [status.value for status in SENT]


@dataclass(frozen=True, slots=True)
class Timely:
    """The sign, words and look of how it stands against its day."""

    sign: str
    words: str
    kind: str


def timely(report: Report, *, today: date, calendar: WorkCalendar) -> Timely:
    """Return how the report stands: it counts as done on the day on which it was first sent."""
    standing = timeliness(report.due_on, report.sent_on, today, calendar)
    sign, words = describe(standing)
    if report.sent_on is not None:
        words = words.replace("xong", "gửi", 1)
    return Timely(sign, words, KIND_OF[standing.kind])


def condition(standing: Standing, today: date) -> Q:
    """Return which reports stand so on the day; every report is exactly one of the first four."""
    match standing:
        case Standing.ON_TIME:
            return Q(status__in=_SENT, first_sent_at__date__lte=F("due_on"))
        case Standing.SENT_LATE:
            return Q(status__in=_SENT, first_sent_at__date__gt=F("due_on"))
        case Standing.OVERDUE:
            return Q(status__in=_OPEN, due_on__lt=today)
        case Standing.NOT_YET:
            return Q(status__in=_OPEN, due_on__gte=today)
        case Standing.NIL:
            return Q(is_nil=True, status__in=_SENT)
        case Standing.TO_RECEIVE:
            return Q(status__in=[ReportStatus.SENT.value, ReportStatus.NIL.value])
        case Standing.RETURNED:
            return Q(status=ReportStatus.RETURNED.value)
        case Standing.RECEIVED:
            return Q(status=ReportStatus.RECEIVED.value)
        case Standing.TO_SEND:
            return Q(status__in=_OPEN)
