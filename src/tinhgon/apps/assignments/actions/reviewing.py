"""What the agency that gave the work does with an answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.enums import ExtensionStatus
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.audit import actions as audit
from tinhgon.common.refusal import Refused
from tinhgon.domain.assigning import Move

from ._shared import changed, make_move, tell_holders
from .answering import WHOLE


@transaction.atomic
def accept_answer(*, assignment: Assignment, by: User, at: datetime, version: int) -> Assignment:
    """
    Accept the answer that waits; the day it was done stays.

    :raises IllegalMove, PermissionDenied, StaleObject: as `policies.check`.
    :raises Refused: while the agency's request for a later day waits: whether it was late depends
        on it.
    """
    policies.check(by, Move.ACCEPT, assignment)
    if assignment.extensions.filter(status=ExtensionStatus.ASKED).exists():
        raise Refused(
            "Cơ quan đang xin gia hạn việc này. "
            "Quyết định đề nghị gia hạn trước rồi mới duyệt kết quả."
        )
    old = assignment.percent
    changes = make_move(
        assignment, Move.ACCEPT, by=by, version=version, decided_at=at, percent=WHOLE
    )
    _decide(assignment, accepted=True, reason="", by=by, at=at)
    changes += changed("Tiến độ", f"{old}%", f"{WHOLE}%")
    audit.record("assignments.accepted", assignment, by=by, at=at, changes=changes)
    _tell(assignment, "Đã duyệt kết quả", by=by, at=at, kind="assignments.accepted")
    return assignment


@transaction.atomic
def return_answer(
    *, assignment: Assignment, reason: str, by: User, at: datetime, version: int
) -> Assignment:
    """
    Send the answer back with the reason; the work is open again.

    :raises IllegalMove, PermissionDenied, StaleObject: as `policies.check`.
    """
    changes = make_move(
        assignment, Move.RETURN, by=by, version=version, decided_at=at, done_on=None
    )
    _decide(assignment, accepted=False, reason=reason, by=by, at=at)
    audit.record("assignments.returned", assignment, by=by, at=at, changes=changes, reason=reason)
    _tell(assignment, f"Trả lại kết quả ({reason})", by=by, at=at, kind="assignments.returned")
    return assignment


def _decide(assignment: Assignment, *, by: User, at: datetime, **values: Any) -> None:
    values["decision_reason"] = values.pop("reason")
    assignment.answers.filter(accepted=None).update(decided_at=at, decided_by=by, **values)


def _tell(assignment: Assignment, what: str, *, kind: str, by: User, at: datetime) -> None:
    tell_holders(
        [assignment.agency],
        kind=kind,
        text=f"{what}: {assignment.duty.summary}",
        about=assignment,
        by=by,
        at=at,
    )
