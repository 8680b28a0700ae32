"""What an agency says of its figures, beside the figures themselves."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.actions import ENTERED
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.models import FigureRemark, Report
from tinhgon.common.models import StaleObject

_TOLD = 500


@transaction.atomic
def remark_figure(
    *,
    report: Report,
    figure: str,
    words: str,
    text: str,
    by: User,
    at: datetime,
    seen: int,
    receiver: Agency | None = None,
) -> None:
    """
    Keep what the agency says of a figure, called `words`; the figure stays as it was frozen.

    :raises IllegalMove, PermissionDenied: as `policies.check_entering`.
    :raises StaleObject: if somebody else wrote of this figure since `seen` (0: nothing yet).
    """
    policies.check_entering(by, report, receiver)
    found = FigureRemark.objects.filter(report=report, figure=figure).first()
    if (found.version if found else 0) != seen:
        raise StaleObject
    old = found.text if found else ""
    if found is None:
        _begin_remark(report, figure, text, by=by, at=at)
    else:
        found.change(seen_version=seen, text=text, written_at=at, written_by=by)
    change = audit.Change(words, old[:_TOLD], text[:_TOLD])
    reason = ENTERED if receiver else ""
    audit.record("reports.figure_remarked", report, by=by, at=at, changes=[change], reason=reason)


def _begin_remark(report: Report, figure: str, text: str, *, by: User, at: datetime) -> None:
    try:
        with transaction.atomic():
            FigureRemark.objects.create(
                report=report, figure=figure, text=text, written_at=at, written_by=by
            )
    except IntegrityError:
        raise StaleObject from None
