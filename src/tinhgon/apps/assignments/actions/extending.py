"""A later day: asked by the agency that holds the work, decided by the one that gave it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.models import Assignment, Extension
from tinhgon.apps.assignments.queries.detail import most_extensions
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Change
from tinhgon.common.refusal import Refused
from tinhgon.domain.assigning import ExtensionStatus, Move, may_extend
from tinhgon.domain.vntext import format_date

from ._shared import changed, day, make_move, tell_deciders, tell_holders


@transaction.atomic
def ask_extension(
    *, assignment: Assignment, asked_due_on: date, reason: str, by: User, at: datetime, version: int
) -> Extension:
    """
    Ask for a later day.

    :raises IllegalMove, PermissionDenied, StaleObject: as `policies.check`.
    :raises Refused: if there is no day to move, the new one is not later, one is asked already, or
        no more are granted.
    """
    policies.check(by, Move.ASK_EXTENSION, assignment)
    due_on = _due_on(assignment)
    _check_room(assignment)
    _check_later(asked_due_on, due_on, at=at, field="asked_due_on")
    _check_parent(assignment, asked_due_on, field="asked_due_on")
    changes = make_move(assignment, Move.ASK_EXTENSION, by=by, version=version)
    extension = Extension.objects.create(
        assignment=assignment,
        old_due_on=due_on,
        asked_due_on=asked_due_on,
        reason=reason,
        asked_at=at,
        asked_by=by,
    )
    changes.append(Change("Thời hạn đề nghị", day(due_on), day(asked_due_on)))
    audit.record(
        "assignments.extension_asked", assignment, by=by, at=at, changes=changes, reason=reason
    )
    tell_deciders(
        assignment.duty,
        kind="assignments.extension_asked",
        text=f"{assignment.agency.label} đề nghị gia hạn đến {day(asked_due_on)}: "
        f"{assignment.duty.summary}",
        about=assignment,
        by=by,
        at=at,
    )
    return extension


@transaction.atomic
def decide_extension(
    *,
    assignment: Assignment,
    granted_due_on: date | None,
    reason: str,
    by: User,
    at: datetime,
    version: int,
) -> Extension:
    """
    Grant the day, or perhaps another one, or refuse (`granted_due_on` None) with a reason.

    :raises IllegalMove, PermissionDenied, StaleObject: as `policies.check`.
    :raises Refused: if nothing is asked, no more are granted, a refusal gives no reason, or the day
        is not later.
    """
    policies.check(by, Move.DECIDE_EXTENSION, assignment)
    old, extension = assignment.due_on, _asked(assignment)
    if granted_due_on is None:
        status, what = ExtensionStatus.REFUSED, f"Không gia hạn ({reason})"
        kind, values = "assignments.extension_refused", {}
        if not reason:
            raise Refused("Nêu lý do không gia hạn.", "reason")
    else:
        status, what = ExtensionStatus.GRANTED, f"Gia hạn đến {day(granted_due_on)}"
        kind, values = "assignments.extension_granted", _granting(assignment, granted_due_on)
    changes = make_move(assignment, Move.DECIDE_EXTENSION, by=by, version=version, **values)
    extension.status, extension.granted_due_on = status, granted_due_on
    extension.decision_reason = reason
    extension.decided_at, extension.decided_by = at, by
    extension.save()
    changes += changed("Thời hạn", day(old), day(assignment.due_on))
    changes += changed("Đề nghị gia hạn", "Chờ quyết định", extension.get_status_display())
    audit.record(kind, assignment, by=by, at=at, changes=changes, reason=reason)
    tell_holders(
        [assignment.agency],
        kind=kind,
        text=f"{what}: {assignment.duty.summary}",
        about=assignment,
        by=by,
        at=at,
    )
    return extension


def _granting(assignment: Assignment, granted: date) -> dict[str, Any]:
    _check_later(granted, _due_on(assignment), at=None, field="granted_due_on")
    _check_parent(assignment, granted, field="granted_due_on")
    if not may_extend(assignment.extensions_granted, most_extensions(assignment.duty)):
        raise Refused(_no_more(assignment))
    return {"due_on": granted, "extensions_granted": assignment.extensions_granted + 1}


def _due_on(assignment: Assignment) -> date:
    if assignment.due_on is None:
        raise Refused("Nhiệm vụ này không nêu thời hạn nên không cần gia hạn.")
    return assignment.due_on


def _asked(assignment: Assignment) -> Extension:
    extension = assignment.extensions.filter(status=ExtensionStatus.ASKED).first()
    if extension is None:
        raise Refused("Không có đề nghị gia hạn nào đang chờ.")
    return extension


def _check_room(assignment: Assignment) -> None:
    if assignment.extensions.filter(status=ExtensionStatus.ASKED).exists():
        raise Refused("Đã có một đề nghị gia hạn đang chờ quyết định.")
    if not may_extend(assignment.extensions_granted, most_extensions(assignment.duty)):
        raise Refused(_no_more(assignment))


def _no_more(assignment: Assignment) -> str:
    most, granted = most_extensions(assignment.duty), assignment.extensions_granted
    if not most:
        return "Chương trình này không cho gia hạn."
    return f"Chương trình chỉ cho gia hạn {most} lần; việc này đã gia hạn {granted} lần."


def _check_later(new: date, old: date, *, at: datetime | None, field: str) -> None:
    if new <= old:
        raise Refused(f"Ngày mới phải sau thời hạn hiện nay ({format_date(old)}).", field)
    if at is not None and new <= at.date():
        raise Refused(f"Ngày mới phải sau hôm nay ({format_date(at.date())}).", field)


def _check_parent(assignment: Assignment, new: date, *, field: str) -> None:
    parent = assignment.duty.parent
    if parent is not None and parent.due_on is not None and new > parent.due_on:
        raise Refused(
            f"Cấp trên giao việc này đến {format_date(parent.due_on)}; "
            "không gia hạn quá ngày đó được.",
            field,
        )
