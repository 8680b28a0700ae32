"""Reminding, once a day: who must send a report, and those who receive of what stays late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from tinhgon.apps.accounts import queries as people
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.reports.enums import Standing
from tinhgon.apps.reports.models import Report, ReportReminder
from tinhgon.apps.reports.queries.people import acting_for
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
from tinhgon.domain.vntext import format_number
from tinhgon.domain.workdays import WorkCalendar

from ._shared import tell

_BATCH = 1_000


DueReport = Rung[Report]


def due_reports(*, today: date, calendar: WorkCalendar, ladder: Ladder) -> list[DueReport]:
    """
    Return the reports still to be sent whose rung is new, the most urgent first; none on a day off.

    What was taken back or returned is among them: it goes by its last day like any other.
    """
    reminders = ReportReminder.objects.filter(step__isnull=False, due_on=F("report__due_on"))
    told = told_steps(reminders, "report")
    rows = (
        Report.objects.open_on(today)
        .select_related("agency", "successor", "receiver", "period__agency")
        .order_by("due_on", "pk")
    )
    return new_rungs(
        rows,
        due_on=lambda report: report.due_on,
        told=lambda report: told.get(report.pk),
        today=today,
        calendar=calendar,
        ladder=ladder,
    )


@transaction.atomic
def remind_reports(*, at: datetime, calendar: WorkCalendar, ladder: Ladder) -> int:
    """
    Tell today's rungs, all or none, and note that they were told; return how many there were.

    A second run on the same day finds nothing new.
    """
    today = at.date()
    dues = due_reports(today=today, calendar=calendar, ladder=ladder)
    _tell_writers(dues, calendar, at)
    _tell_receivers([due for due in dues if due.step.escalates], at)
    ReportReminder.objects.bulk_create(
        [
            ReportReminder(
                report=due.what,
                step=due.step.working_days,
                due_on=due.due_on,
                sent_at=at,
            )
            for due in dues
        ],
        batch_size=_BATCH,
    )
    return len(dues)


def _tell_writers(dues: Sequence[DueReport], calendar: WorkCalendar, at: datetime) -> None:
    own = acting_for(
        {due.what.writer.pk for due in dues},
        Permission.WRITE_REPORT,
        Permission.SEND_REPORT,
        on=at.date(),
    )
    for due in dues:
        report = due.what
        standing = describe(timeliness(report.due_on, None, at.date(), calendar))
        last = last_day_words(report.due_on, calendar)
        again = "gửi lại" if report.first_sent_at else "gửi"
        text = f"{standing}, hạn {last}: {again} {report.period.name}"
        tell(own.get(report.writer.pk, ()), text, report, at=at)


def _tell_receivers(dues: Iterable[DueReport], at: datetime) -> None:
    """One line for each receiver and period: how many stay late, with the list of them."""
    late: dict[tuple[int, int], list[Report]] = defaultdict(list)
    for due in dues:
        if due.what.receiver_id is not None:
            late[due.what.receiver_id, due.what.period_id].append(due.what)
    for reports in late.values():
        first = reports[0]
        assert first.receiver is not None  # noqa: S101 — only such are counted
        users = people.holding_nearest(first.receiver, Permission.RECEIVE_REPORTS, on=at.date())
        text = (
            f"▲ {format_number(len(reports))} cơ quan quá hạn nhiều ngày, đã nhắc mà chưa gửi "
            f"{first.period.name}."
        )
        query = urlencode({"tinh-trang": Standing.OVERDUE.value})
        url = f"{reverse('reports:progress', args=[first.period_id])}?{query}"
        notices.notify(users=users, kind="reports.late", text=text, url=url, at=at)
