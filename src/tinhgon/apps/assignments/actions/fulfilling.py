"""What closes an assignment without a report of its own: a paper of the software that was taken."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.enums import STATUS_LABELS, AnswerKind, ExtensionStatus, Status
from tinhgon.apps.assignments.models import Answer, Assignment
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Change
from tinhgon.common.refusal import Refused
from tinhgon.domain.assigning import Move, transition_for
from tinhgon.domain.deadlines import day_done

from ._shared import changed
from .answering import WHOLE


@transaction.atomic
def fulfil(
    *,
    assignment: Assignment,
    kind: AnswerKind,
    text: str,
    proof_on: date,
    report_due_on: date | None,
    answered_at: datetime,
    answered_by: User,
    by: User,
    at: datetime,
) -> Assignment:
    """
    Close the assignment, as the paper named in `text` shows that it is done.

    `by` took that paper in the name of who gave the work; the caller asked whether he may. It is
    of `proof_on`, and was in time until `report_due_on`, if that is later than the work was due.

    :raises IllegalMove: if the work is over already.
    :raises Refused: while the agency's request for a later day waits.
    :raises StaleObject: if somebody else changed the assignment meanwhile.
    """
    if assignment.extensions.filter(status=ExtensionStatus.ASKED).exists():
        raise Refused(
            f"{assignment.agency.label} đang xin gia hạn nhiệm vụ “{assignment.duty.summary}”. "
            "Quyết định đề nghị gia hạn trước rồi mới nhận."
        )
    was, percent = Status(assignment.status), assignment.percent
    done_on = day_done(proof_on, due_on=assignment.due_on, report_due_on=report_due_on)
    now = transition_for(was, Move.FULFIL).to
    assignment.change(
        seen_version=assignment.version,
        status=now.value,
        done_on=assignment.done_on or done_on,
        acknowledged_at=assignment.acknowledged_at or at,
        decided_at=at,
        percent=WHOLE,
    )
    taken = {"accepted": True, "decided_at": at, "decided_by": by}
    assignment.answers.filter(accepted=None).update(**taken)
    Answer.objects.create(
        assignment=assignment, kind=kind, text=text, at=answered_at, by=answered_by, **taken
    )
    changes = [
        *changed("Trạng thái", STATUS_LABELS[was], STATUS_LABELS[now]),
        *changed("Tiến độ", f"{percent}%", f"{WHOLE}%"),
        Change("Kết quả", "", text),
    ]
    audit.record("assignments.fulfilled", assignment, by=by, at=at, changes=changes)
    return assignment
