"""The agency above has a report in hand: takes it, or sends it back with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import actions as assignments
from tinhgon.apps.assignments.enums import AnswerKind
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.reports.enums import ReportMove
from tinhgon.apps.reports.models import Report
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.assigning import OPEN
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.vntext import format_date

from ._shared import make_move, tell_writers


@transaction.atomic
def receive(*, report: Report, by: User, at: datetime, seen: int) -> None:
    """
    Take the report; the agency's open shares of the duties that the period answers end with it.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises Refused: if the agency asks for a later day of such a duty.
    :raises StaleObject: if the report changed since `seen` was seen.
    """
    changes = make_move(
        report, ReportMove.RECEIVE, by=by, seen=seen, received_at=at, received_by=by
    )
    _fulfil(report, by=by, at=at)
    receiver = report.receiver.label if report.receiver else ""
    tell_writers(report, f"{receiver} đã nhận {report.period.name}.", at=at)
    audit.record("reports.received", report, by=by, at=at, changes=changes)


def _fulfil(report: Report, *, by: User, at: datetime) -> None:
    """End what letters gave the agency and this report answers: on the day it was first sent."""
    duties = list(report.period.duties.values_list("duty", flat=True))
    if not duties or report.first_sent_at is None or report.sent_by is None:
        return
    shares = Assignment.objects.filter(
        Q(duty__in=duties) | Q(duty__parent__duty__in=duties),
        agency__in=[report.agency_id, report.successor_id or report.agency_id],
        status__in=[status.value for status in OPEN],
    ).select_related("duty__issuer", "agency")
    on = timezone.localtime(report.first_sent_at).date()
    said = "không phát sinh" if report.is_nil else f"gửi ngày {format_date(on)}"
    for share in shares:
        assignments.fulfil(
            assignment=share,
            kind=AnswerKind.NIL if report.is_nil else AnswerKind.RECORD,
            text=f"{report.period.name}: {said}",
            proof_on=on,
            report_due_on=report.due_on,
            answered_at=report.first_sent_at,
            answered_by=report.sent_by,
            by=by,
            at=at,
        )


@transaction.atomic
def return_report(*, report: Report, reason: str, by: User, at: datetime, seen: int) -> None:
    """
    Send the report back with what is to be put right; its people are told.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises Refused: if no reason is given.
    :raises StaleObject: if the report changed since `seen` was seen.
    """
    words = reason.strip()[:2_000]
    if not words:
        raise Refused("Ghi rõ lý do để cơ quan biết cần sửa gì.", "reason")
    changes = make_move(
        report,
        ReportMove.RETURN,
        by=by,
        seen=seen,
        reason=words,
        is_nil=False,
        received_at=None,
        received_by=None,
    )
    receiver = report.receiver.label if report.receiver else ""
    tell_writers(report, f"{receiver} trả lại {report.period.name}: {words}", at=at)
    audit.record("reports.returned", report, by=by, at=at, changes=changes, reason=words)


@dataclass(slots=True)
class Received:
    """What became of many reports: how many were taken, and why others were not."""

    count: int = 0
    refused: list[tuple[Report, str]] = field(default_factory=list)


def receive_many(
    *, reports: Sequence[Report], seen: dict[int, int], by: User, at: datetime
) -> Received:
    """Take each of the reports that can be taken, as `receive`; `seen`: versions by key."""
    found = Received()
    for report in reports:
        try:
            receive(report=report, by=by, at=at, seen=seen.get(report.pk, report.version))
        except Refused as e:
            found.refused.append((report, str(e)))
        except StaleObject:
            found.refused.append((report, "vừa có người khác thay đổi."))
        except (IllegalMove, PermissionDenied):
            found.refused.append((report, "chưa gửi hoặc đã nhận rồi."))
        else:
            found.count += 1
    return found
