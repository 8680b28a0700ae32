from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tinhgon.apps.accounts import queries as people
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.enums import STATUS_LABELS, ReportMove, ReportStatus
from tinhgon.apps.reports.models import Report
from tinhgon.apps.reports.queries.people import acting_for
from tinhgon.domain.access import Permission
from tinhgon.domain.reporting import REPORT


def make_move(
    report: Report, move: ReportMove, *, by: User, seen: int, **values: Any
) -> tuple[audit.Change, ...]:
    """
    Bring the report to where the move leads, with `values`; return what the trail says of it.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises StaleObject: if the report changed since `seen` was seen.
    """
    policies.check(by, move, report)
    old = ReportStatus(report.status)
    new = REPORT.transition_for(old, move).to
    report.change(seen_version=seen, status=new.value, **values)
    return audit.state_changes(STATUS_LABELS, old, new)


def tell_writers(report: Report, text: str, *, at: datetime) -> None:
    """Tell the officers and the head of the agency that writes the report."""
    writer = report.writer.pk
    found = acting_for([writer], Permission.WRITE_REPORT, Permission.SEND_REPORT, on=at.date())
    tell(found.get(writer, ()), text, report, at=at)


def tell_receiver(report: Report, text: str, *, at: datetime) -> None:
    """Tell those who receive the report; where nobody sits there, the nearest above."""
    if report.receiver is not None:
        users = people.holding_nearest(report.receiver, Permission.RECEIVE_REPORTS, on=at.date())
        tell(users, text, report, at=at)


def tell(users: Iterable[User], text: str, report: Report, *, at: datetime) -> None:
    url = report.get_absolute_url()
    notices.notify(users=users, kind="reports.report", text=text, url=url, at=at)
