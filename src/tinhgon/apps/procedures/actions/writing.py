"""Entering and correcting the content of procedures."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures import policies
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion, Tenure
from tinhgon.domain.procedures import EDITABLE, Move, Record, difference

from ._shared import Refused
from ._writing import cite, columns, field_named

MOST_CHANGED_ROWS = 40  # rows of one edit that the trail shows in full


@transaction.atomic
def propose_procedure(
    *, record: Record, agency: Agency, by: User, at: datetime
) -> ProcedureVersion:
    """
    Enter a procedure that was not in the inventory, as a proposal of its agency.

    :raises PermissionDenied: if `by` may not inventory procedures of the agency.
    """
    policies.check_propose(by, agency)
    procedure = Procedure.objects.create(agency=agency, created_at=at, created_by=by)
    Tenure.objects.create(procedure=procedure, agency=agency)
    version = _add_version(procedure, record, Action.NEW, by=by, at=at)
    audit.record("procedures.proposed", version, by=by, at=at)
    return version


@transaction.atomic
def draft_change(
    *, procedure: Procedure, action: Action, by: User, at: datetime
) -> ProcedureVersion:
    """
    Start a draft beside the newest version of a procedure, with the same content.

    :raises PermissionDenied: if `by` may not.
    :raises Refused: if there is a draft already, or nothing was published yet.
    """
    policies.check_propose(by, procedure.agency)
    newest = procedure.versions.order_by("-number").first()
    if newest is None or newest.valid_from is None:
        raise Refused("Thủ tục này chưa công bố hoặc đang có bản dự thảo.")
    try:
        with transaction.atomic():
            version = _add_version(procedure, newest.record, action, by=by, at=at)
    except IntegrityError:
        raise Refused("Thủ tục này đang có bản dự thảo. Mở bản đó để sửa tiếp.") from None
    audit.record("procedures.drafted", version, by=by, at=at)
    return version


@transaction.atomic
def edit_version(
    *, version: ProcedureVersion, record: Record, by: User, at: datetime, seen: int
) -> None:
    """
    Write new content of a draft.

    :raises IllegalMove: if the version is no draft that may be edited.
    :raises PermissionDenied: if `by` may not edit it.
    :raises StaleObject: if it changed since `seen` was seen.
    """
    policies.check(by, Move.EDIT, version)
    changed = difference(version.record, record)
    if not changed:
        return
    values = columns(
        record,
        procedure=version.procedure,
        agency=version.procedure.agency,
        at=at,
        field=field_named(record.field),
    )
    version.change(seen_version=seen, **values)
    version.__dict__.pop("record", None)
    cite(version, record)
    changes = [
        audit.Change(part.label, row.old, row.new)
        for part in changed
        for row in part.rows
        if row.old != row.new
    ]
    audit.record("procedures.edited", version, by=by, at=at, changes=changes[:MOST_CHANGED_ROWS])


@transaction.atomic
def drop_draft(*, version: ProcedureVersion, by: User, at: datetime, seen: int) -> None:
    """
    Take back a draft of change; the version in force stays. A first proposal is set aside instead.

    :raises IllegalMove, PermissionDenied, StaleObject: as `edit_version`.
    :raises Refused: if the procedure has no other version.
    """
    policies.check(by, Move.EDIT, version)
    if not version.procedure.versions.exclude(pk=version.pk).exists():
        raise Refused("Đây là bản đầu tiên của thủ tục, không bỏ được.")
    version.change(seen_version=seen, changed_at=at)  # so that of two people only one goes on
    audit.record("procedures.dropped", version, by=by, at=at)
    version.delete()


def _add_version(
    procedure: Procedure, record: Record, action: Action, *, by: User, at: datetime
) -> ProcedureVersion:
    last = procedure.versions.aggregate(last=Max("number"))["last"] or 0
    agency = procedure.agency
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=last + 1,
        status=Status.PROPOSED.value,
        action=action.value,
        created_at=at,
        created_by=by,
        **columns(
            record, procedure=procedure, agency=agency, at=at, field=field_named(record.field)
        ),
    )
    cite(version, record)
    return version


def may_edit(user: User, version: ProcedureVersion) -> bool:
    return Status(version.status) in EDITABLE and policies.can(user, Move.EDIT, version)
