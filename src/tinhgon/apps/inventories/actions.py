from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tinhgon.apps.accounts import queries as people
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import actions as assignments
from tinhgon.apps.assignments.enums import AnswerKind
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.programmes.models import Programme, Round
from tinhgon.common.models import StaleObject as StaleObject
from tinhgon.common.refusal import Refused as Refused
from tinhgon.domain.access import Permission
from tinhgon.domain.assigning import OPEN
from tinhgon.domain.procedures import REPLY
from tinhgon.domain.vntext import format_date, format_number

from . import policies, queries
from .enums import STATUS_LABELS, ReplyMove, ReplyStatus
from .models import FoundProcedure, Inventory, InventoryReply


@dataclass(frozen=True, slots=True)
class Asked:
    """What an inventory asks: `due_on` is the last day in time."""

    name: str
    agency: Agency
    agencies: Sequence[Agency]
    due_on: date
    programme: Programme | None = None
    round: Round | None = None
    basis: str = ""
    duty: Duty | None = None


@transaction.atomic
def open_inventory(*, asked: Asked, by: User, at: datetime) -> Inventory:
    """
    Ask each of the agencies, once, what it missed; their people are told.

    :raises PermissionDenied: if `by` may not ask in the name of the agency, or ask one of them.
    :raises Refused: if nobody is asked, the last day lies in the past, or the duty was given by
        another agency or withdrawn.
    """
    for agency in (asked.agency, *asked.agencies):
        policies.check_ask(by, agency)
    if not asked.agencies:
        raise Refused("Chọn ít nhất một cơ quan.", "agencies")
    if asked.due_on < at.date():
        raise Refused("Thời hạn không thể trước hôm nay.", "due_on")
    if asked.duty is not None:
        _check_duty(asked.duty, asked.agency)
    inventory = Inventory.objects.create(
        name=asked.name.strip(),
        agency=asked.agency,
        programme=asked.programme,
        round=asked.round,
        duty=asked.duty,
        basis=asked.basis.strip(),
        opened_on=at.date(),
        due_on=asked.due_on,
        created_at=at,
        created_by=by,
    )
    unique = {agency.pk: agency for agency in asked.agencies}
    InventoryReply.objects.bulk_create(
        InventoryReply(inventory=inventory, agency=agency) for agency in unique.values()
    )
    for reply in inventory.replies.select_related("agency"):
        _tell_agency(
            reply, f"{asked.name}: trả lời chậm nhất ngày {format_date(asked.due_on)}.", at
        )
    change = audit.Change("Số cơ quan được hỏi", "", str(len(unique)))
    audit.record("inventories.opened", inventory, by=by, at=at, changes=[change])
    return inventory


def _check_duty(duty: Duty, agency: Agency) -> None:
    if duty.issuer_id != agency.pk:
        raise Refused("Đợt thống kê theo nhiệm vụ phải do cơ quan giao nhiệm vụ yêu cầu.", "agency")
    if duty.withdrawn_at is not None:
        raise Refused("Nhiệm vụ này đã thu hồi, không mở đợt thống kê theo nhiệm vụ được nữa.")


@transaction.atomic
def close_inventory(*, inventory: Inventory, by: User, at: datetime, seen: int) -> None:
    """
    End the inventory: nobody answers any more; what was answered stays to be decided on.

    :raises PermissionDenied: if `by` may not.
    :raises Refused: if it is over already.
    :raises StaleObject: if it changed since `seen` was seen.
    """
    policies.check_ask(by, inventory.agency)
    if inventory.closed_on is not None:
        raise Refused("Đợt thống kê này đã kết thúc.")
    inventory.change(seen_version=seen, closed_on=at.date())
    audit.record("inventories.closed", inventory, by=by, at=at)


@transaction.atomic
def answer(
    *,
    reply: InventoryReply,
    procedures: Collection[int],
    note: str,
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    Name the procedures that the agency had missed; none at all is a nil return.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises StaleObject: if the reply changed since `seen` was seen.
    :raises Refused: if one of them is no unpublished procedure of the agency.
    """
    move = ReplyMove.ANSWER if procedures else ReplyMove.SAY_NIL
    policies.check(by, move, reply)
    known = {each.procedure_id: each.name for each in queries.open_proposals(reply)}
    kept = set(reply.found.values_list("procedure", flat=True))
    if not set(procedures) <= set(known) | kept:
        raise Refused("Có thủ tục không thuộc cơ quan này hoặc đã công bố. Chọn lại.", "procedures")
    status = REPLY.transition_for(ReplyStatus(reply.status), move).to
    old = STATUS_LABELS[ReplyStatus(reply.status)]
    reply.change(
        seen_version=seen,
        status=status.value,
        note=note.strip()[:500],
        reason="",
        answered_at=at,
        answered_by=by,
    )
    reply.found.exclude(procedure__in=procedures).delete()
    FoundProcedure.objects.bulk_create(
        FoundProcedure(reply=reply, procedure_id=pk) for pk in sorted(set(procedures) - kept)
    )
    changes = [
        audit.Change("Trạng thái", old, STATUS_LABELS[status]),
        audit.Change("Số thủ tục", str(len(kept)), str(len(set(procedures)))),
    ]
    kind = "inventories.nil" if status is ReplyStatus.NIL else "inventories.answered"
    _tell(
        people.holding(reply.inventory.agency, Permission.CHECK_PROCEDURE, on=at.date()),
        f"{reply.agency.label} trả lời {reply.inventory.name}: {STATUS_LABELS[status].lower()}.",
        reply,
        at,
    )
    audit.record(kind, reply, by=by, at=at, changes=changes, reason=note.strip())


@transaction.atomic
def decide(
    *,
    reply: InventoryReply,
    accepted: bool,
    reason: str,
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    Take the answer, or return it with a reason.

    What is taken closes the agency's share of the duty that asked for it, if it is still open.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises StaleObject: if the reply changed since `seen` was seen.
    :raises Refused: if it is returned without a reason, or if the agency asks for a later day.
    """
    move = ReplyMove.ACCEPT if accepted else ReplyMove.RETURN
    policies.check(by, move, reply)
    if not accepted and not reason.strip():
        raise Refused("Ghi rõ lý do để cơ quan biết cần làm rõ gì.", "reason")
    old = ReplyStatus(reply.status)
    status = REPLY.transition_for(old, move).to
    reply.change(seen_version=seen, status=status.value, reason=reason.strip()[:500])
    change = audit.Change("Trạng thái", STATUS_LABELS[old], STATUS_LABELS[status])
    words = "đã nhận" if accepted else f"trả lại: {reason.strip()}"
    _tell_agency(reply, f"{reply.inventory.name}: {words}", at)
    if accepted:
        _close_share(reply, was=old, by=by, at=at)
    kind = "inventories.accepted" if accepted else "inventories.returned"
    audit.record(kind, reply, by=by, at=at, changes=[change], reason=reason.strip())


def _close_share(reply: InventoryReply, *, was: ReplyStatus, by: User, at: datetime) -> None:
    """Close what the duty of the inventory gave the agency: it has answered here already."""
    found = Assignment.objects.filter(
        duty=reply.inventory.duty_id, agency=reply.agency, status__in=[s.value for s in OPEN]
    ).select_related("duty__issuer", "agency")
    assignment = found.first() if reply.inventory.duty_id is not None else None
    if assignment is None or reply.answered_at is None or reply.answered_by is None:
        return
    assignments.fulfil(
        assignment=assignment,
        kind=AnswerKind.NIL if was is ReplyStatus.NIL else AnswerKind.RECORD,
        text=f"{reply.inventory.name}: {_said(reply, was)}"[:500],
        proof_on=timezone.localtime(reply.answered_at).date(),
        report_due_on=assignment.duty.report_due_on,
        answered_at=reply.answered_at,
        answered_by=reply.answered_by,
        by=by,
        at=at,
    )


def _said(reply: InventoryReply, status: ReplyStatus) -> str:
    if status is ReplyStatus.NIL:
        return "không còn thủ tục bỏ sót"
    return f"thống kê thêm {format_number(reply.found.count())} thủ tục"


def _tell_agency(reply: InventoryReply, text: str, at: datetime) -> None:
    users = people.holding_nearest(reply.agency, Permission.PROPOSE_PROCEDURE, on=at.date())
    _tell(users, text, reply, at)


def _tell(users: Iterable[User], text: str, reply: InventoryReply, at: datetime) -> None:
    url = reply.get_absolute_url()
    notices.notify(users=users, kind="inventories.reply", text=text, url=url, at=at)
