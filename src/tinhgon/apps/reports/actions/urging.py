from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.enums import ReportMove, ReportStatus
from tinhgon.apps.reports.models import Report, ReportReminder
from tinhgon.apps.reports.queries.people import acting_for
from tinhgon.domain.access import Permission
from tinhgon.domain.reporting import EDITABLE
from tinhgon.domain.vntext import format_date

from ._shared import tell


@transaction.atomic
def urge(*, reports: Sequence[Report], by: User, at: datetime) -> int:
    """
    Remind the agencies that have not sent their reports; return how many were.

    Who was urged today already, and what is sent by now, is left out.

    :raises PermissionDenied: if `by` does not receive one of the reports.
    """
    for report in reports:
        policies.check_part(by, ReportMove.RECEIVE, report)
    told_today = set(
        ReportReminder.objects.filter(
            report__in=reports, step=None, sent_at__date=at.date()
        ).values_list("report", flat=True)
    )
    due = [
        each
        for each in reports
        if ReportStatus(each.status) in EDITABLE
        and each.period.closed_on is None
        and each.pk not in told_today
    ]
    people = acting_for(
        [each.writer.pk for each in due],
        Permission.WRITE_REPORT,
        Permission.SEND_REPORT,
        on=at.date(),
    )
    for each in due:
        receiver = each.receiver.label if each.receiver else ""
        late = "đã quá hạn" if each.is_late_on(at.date()) else "hạn"
        text = f"{receiver} đôn đốc {each.period.name}: {late} {format_date(each.due_on)}."
        tell(people.get(each.writer.pk, ()), text, each, at=at)
    ReportReminder.objects.bulk_create(
        ReportReminder(report=each, due_on=each.due_on, sent_at=at, sent_by=by) for each in due
    )
    audit.record_all([audit.Entry("reports.urged", each) for each in due], by=by, at=at)
    return len(due)
