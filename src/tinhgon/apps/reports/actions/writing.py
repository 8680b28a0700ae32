"""The words of a report, saved section by section as they are typed."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.actions import ENTERED
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.enums import MOST_WORDS, ReportMove, ReportStatus
from tinhgon.apps.reports.models import PeriodSection, Report, ReportText
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.reporting import EDITABLE

_TOLD = 500


@transaction.atomic
def write_text(
    *,
    report: Report,
    section: PeriodSection,
    text: str,
    by: User,
    at: datetime,
    seen: int,
    receiver: Agency | None = None,
) -> ReportText | None:
    """
    Save what the agency tells under a section; return it, None where nothing is written still.

    The trail names each author's first saving since the report was last sent; what he goes on
    typing is on the row. Nothing typed comes into a report that was sent meanwhile; words end what
    was said of a nil report. `receiver`: the agency above, for which `by` enters what the agency
    sent it as a workbook.

    :raises IllegalMove, PermissionDenied: as `policies.check_entering`.
    :raises StaleObject: if somebody else wrote under this section since `seen` (0: nothing yet).
    """
    policies.check_entering(by, report, receiver)
    words = text.replace("\r\n", "\n").strip()[:MOST_WORDS]
    found = ReportText.objects.filter(report=report, section=section).first()
    if (found.version if found else 0) != seen:
        raise StaleObject
    old = found.text if found else ""
    if words == old:
        return found
    hold(report)
    if words:
        Report.objects.filter(pk=report.pk).update(nil_proposed=False)
    first = found is None or found.written_by_id != by.pk or _sent_since(report, found)
    if found is None:
        found = _begin(report, section, words, by=by, at=at)
    else:
        found.change(seen_version=seen, text=words, written_at=at, written_by=by)
    if first:
        change = audit.Change(section.title, old[:_TOLD], words[:_TOLD])
        reason = ENTERED if receiver else ""
        audit.record("reports.written", report, by=by, at=at, changes=[change], reason=reason)
    return found


def _sent_since(report: Report, text: ReportText) -> bool:
    return report.sent_at is not None and text.written_at < report.sent_at


def hold(report: Report) -> None:
    """Keep the report from being sent until this is written; both databases wait at its row."""
    open_still = Report.objects.filter(pk=report.pk, status__in=[each.value for each in EDITABLE])
    if not open_still.update(status=F("status")):
        raise IllegalMove(ReportStatus(report.status), ReportMove.EDIT)


def _begin(
    report: Report, section: PeriodSection, words: str, *, by: User, at: datetime
) -> ReportText:
    try:
        with transaction.atomic():
            return ReportText.objects.create(
                report=report, section=section, text=words, written_at=at, written_by=by
            )
    except IntegrityError:
        raise StaleObject from None
