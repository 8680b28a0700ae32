"""Biểu 5: who had to send until when, who sent, who was reminded how often."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.reports.models import Report, ReportPeriod
from tinhgon.domain.deadlines import last_day_words
from tinhgon.domain.workdays import WorkCalendar

from .inbox import PAGE_SIZE, Asked, rows_asked_for
from .standing import Timely, timely


class ProgressRow(TypedDict):
    """A row of Biểu 5: deadline, sent, how often it was reminded and when last."""

    report: Report
    due: str
    sent_on: date | None
    timely: Timely
    reminded: int
    urged: int
    last_reminded_at: datetime | None


class ProgressPage(TypedDict):
    period: ReportPeriod
    filters: Asked
    rows: list[ProgressRow]
    page: Page[Any]


def progress_rows(
    reports: QuerySet[Report], *, today: date, calendar: WorkCalendar
) -> list[ProgressRow]:
    """Return rows of Biểu 5 for these reports; one query."""
    told: QuerySet[Any] = reports.select_related("agency", "receiver", "successor").annotate(
        reminded=Count("reminders", filter=Q(reminders__step__isnull=False)),
        urged=Count("reminders", filter=Q(reminders__step=None) & Q(reminders__isnull=False)),
        last_reminded_at=Max("reminders__sent_at"),
    )
    return [
        {
            "report": each,
            "due": last_day_words(each.due_on, calendar),
            "sent_on": each.sent_on,
            "timely": timely(each, today=today, calendar=calendar),
            "reminded": each.reminded,
            "urged": each.urged,
            "last_reminded_at": each.last_reminded_at,
        }
        for each in told
    ]


def progress_page(
    *, user: User, period: ReportPeriod, asked: Asked, number: str, today: date
) -> ProgressPage:
    """Return Biểu 5 of the period: every agency that the person sees, unless filters say less."""
    rows = rows_asked_for(user, period, asked, today, is_folded=False)
    page = Paginator(rows.values_list("pk", flat=True), PAGE_SIZE).get_page(number)
    shown = Report.objects.filter(pk__in=list(page.object_list)).order_by(*rows.query.order_by)
    return {
        "period": period,
        "filters": asked,
        "rows": progress_rows(shown, today=today, calendar=calendars.calendar()),
        "page": page,
    }
