"""An agency passes its assignment on to agencies below it, and answers for the whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.entries import DUTY
from tinhgon.apps.assignments.enums import STATUS_LABELS
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.assignments.queries.issuing import named
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Change, Entry
from tinhgon.apps.directives.entries import DIRECTIVE as LETTER
from tinhgon.apps.directives.enums import DueKind, Part
from tinhgon.apps.directives.models import Recipient
from tinhgon.apps.search import actions as search
from tinhgon.common.refusal import Refused
from tinhgon.domain.assigning import LaterThanParent, Move, Status, inherit_due, transition_for
from tinhgon.domain.vntext import format_date

from ._shared import changed, day, tell_holders

BATCH = 1_000


@transaction.atomic
def pass_on(
    *,
    assignment: Assignment,
    parts: Mapping[Agency, Part],
    note: str,
    due_on: date | None,
    by: User,
    at: datetime,
    version: int,
) -> Duty:
    """
    Give the work of an assignment to agencies below its agency; `due_on` None takes over its day.

    :raises IllegalMove, PermissionDenied, StaleObject: as `policies.check`.
    :raises Refused: if nobody leads, an agency is not below or has it already, or the day is later
        than its own.
    """
    policies.check(by, Move.PASS_ON, assignment)
    _check_agencies(assignment, parts, on=at.date())
    due = _due(assignment, due_on, on=at.date())
    old = Status(assignment.status)
    # Who passes work on has taken note of it.
    new = transition_for(old, Move.ACKNOWLEDGE).to if old is Status.ISSUED else old
    assignment.change(
        seen_version=version, status=new.value, acknowledged_at=assignment.acknowledged_at or at
    )
    duty = _duty(assignment, note=note, due=due, own=due_on is not None, by=by, at=at)
    Assignment.objects.bulk_create(
        [Assignment(duty=duty, agency=a, part=part, due_on=due) for a, part in parts.items()],
        batch_size=BATCH,
    )
    Recipient.objects.bulk_create(
        [Recipient(directive=duty.directive, agency=agency) for agency in parts],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    search.index(LETTER, [duty.directive_id])
    search.index(DUTY, [duty.pk])
    whom = Change("Giao tiếp cho", "", named(list(parts)))
    status = changed("Trạng thái", STATUS_LABELS[old], STATUS_LABELS[new])
    entries = [
        Entry("assignments.passed_on", assignment, (*status, whom)),
        Entry("assignments.duty_issued", duty, (whom, Change("Thời hạn", "", day(due))), note),
    ]
    audit.record_all(entries, by=by, at=at)
    tell_holders(
        parts,
        kind="assignments.issued",
        text=f"{assignment.agency.label} giao nhiệm vụ, hạn {day(due)}: {duty.summary}",
        about=duty,
        by=by,
        at=at,
    )
    return duty


def _check_agencies(assignment: Assignment, parts: Mapping[Agency, Part], *, on: date) -> None:
    if Part.LEAD not in parts.values():
        raise Refused("Chọn ít nhất một cơ quan chủ trì.", "lead")
    own = assignment.agency
    for agency in parts:
        below = (agency.path or "").startswith(own.path or "-") and agency.pk != own.pk
        if not below or not agency.exists_on(on):
            raise Refused(f"{agency.name} không phải đơn vị trực thuộc {own.name}.", "lead")
    have = Agency.objects.filter(
        assignments__duty__parent=assignment, assignments__duty__withdrawn_at=None
    )
    if twice := have.filter(pk__in=[agency.pk for agency in parts]):
        raise Refused(f"Đã giao việc này cho {named(list(twice))}.", "lead")


def _due(assignment: Assignment, due_on: date | None, *, on: date) -> date | None:
    if due_on is not None and due_on < on:
        raise Refused(f"Ngày {format_date(due_on)} đã qua.", "due_on")
    try:
        return inherit_due(assignment.due_on, due_on)
    except LaterThanParent as e:
        raise Refused(str(e), "due_on") from e


def _duty(
    assignment: Assignment, *, note: str, due: date | None, own: bool, by: User, at: datetime
) -> Duty:
    given = assignment.duty
    kind, text, named_on = given.due_kind, given.due_text, given.named_on
    if own and due is not None:
        kind, text, named_on = DueKind.BY.value, f"chậm nhất ngày {format_date(due)}", due
    return Duty.objects.create(
        directive=given.directive,
        programme=given.programme,
        parent=assignment,
        issuer=assignment.agency,
        order=given.order,
        item=given.item,
        block=given.block,
        summary=given.summary,
        text=given.text,
        note=note,
        folded=given.folded,
        due_kind=kind,
        due_text=text,
        named_on=named_on,
        due_on=due,
        targets=given.targets,
        cited=given.cited,
        issued_at=at,
        issued_by=by,
    )
