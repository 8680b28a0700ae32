"""Entering and correcting the content of procedures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures import policies
from tinhgon.apps.procedures.entries import PROCEDURE
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion, Tenure
from tinhgon.apps.search import actions as search
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.procedures import PUBLISHED, Move, PartChange, Record, difference
from tinhgon.domain.procedures import Change as RowChanged

from ._shared import make_move
from ._writing import cite, columns, field_named
from .keeping import forget_typed

MOST_CHANGED_ROWS = 40  # rows of one edit that the trail shows in full
LONGEST_NAME = 1_000


@transaction.atomic
def propose_procedure(
    *, record: Record, agency: Agency, by: User, at: datetime, finished: bool = True
) -> ProcedureVersion:
    """
    Enter a procedure that was not in the inventory, as a proposal of its agency; as a draft, where
    its officer has not `finished` writing it.

    :raises PermissionDenied: if `by` may not inventory procedures of the agency.
    :raises Refused: if it has no name, or one that is too long.
    """
    policies.check_propose(by, agency)
    check_name(record)
    procedure = Procedure.objects.create(agency=agency, created_at=at, created_by=by)
    Tenure.objects.create(procedure=procedure, agency=agency)
    status = Status.PROPOSED if finished else Status.DRAFT
    version = _add_version(procedure, record, Action.NEW, status, by=by, at=at)
    audit.record("procedures.proposed", version, by=by, at=at)
    return version


@transaction.atomic
def draft_change(
    *, procedure: Procedure, action: Action, by: User, at: datetime
) -> ProcedureVersion:
    """
    Start a draft beside the newest published version of a procedure, with the same content.

    :raises PermissionDenied: if `by` may not.
    :raises Refused: if there is a draft already, or nothing was published yet.
    """
    policies.check_propose(by, procedure.agency)
    newest = procedure.versions.filter(status__in=PUBLISHED).order_by("-number").first()
    if newest is None:
        raise Refused("Thủ tục này chưa công bố. Sửa trực tiếp bản đang thống kê.")
    try:
        with transaction.atomic():
            version = _add_version(procedure, newest.record, action, Status.DRAFT, by=by, at=at)
    except IntegrityError:
        raise Refused("Thủ tục này đang có bản dự thảo. Mở bản đó để sửa tiếp.") from None
    audit.record("procedures.drafted", version, by=by, at=at)
    return version


@transaction.atomic
def edit_version(
    *,
    version: ProcedureVersion,
    record: Record,
    by: User,
    at: datetime,
    seen: int,
    send: bool = False,
) -> None:
    """
    Write new content of a draft, and with `send` hand it to the head; what `by` had typed is saved.

    :raises IllegalMove: if the version is no draft that may be edited, or sent.
    :raises PermissionDenied: if `by` may not edit it.
    :raises StaleObject: if it changed since `seen` was seen.
    :raises Refused: if it has no name, or one that is too long.
    """
    policies.check(by, Move.EDIT, version)
    check_name(record)
    if changed := difference(version.record, record):
        _write(version, record, changed, by=by, at=at, seen=seen)
    elif version.version != seen:
        raise StaleObject
    forget_typed(version=version, by=by)
    if send:
        make_move(version, Move.SEND, by=by, at=at, seen=version.version)


def _write(
    version: ProcedureVersion,
    record: Record,
    changed: Iterable[PartChange],
    *,
    by: User,
    at: datetime,
    seen: int,
) -> None:
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
    search.index(PROCEDURE, [version.procedure_id])
    audit.record("procedures.edited", version, by=by, at=at, changes=in_words(changed))


@transaction.atomic
def drop_draft(*, version: ProcedureVersion, by: User, at: datetime, seen: int) -> None:
    """
    Take back a draft of change, and the version in force stays; or a first draft, that was never
    sent to anybody, with its procedure. A first proposal that was sent is set aside instead.

    :raises IllegalMove, PermissionDenied, StaleObject: as `edit_version`.
    :raises Refused: if it must stay.
    """
    policies.check(by, Move.EDIT, version)
    procedure = version.procedure
    is_first = not procedure.versions.exclude(pk=version.pk).exists()
    if is_first and version.status != Status.DRAFT:
        raise Refused("Thủ tục đã gửi thủ trưởng nên không bỏ được. Đề nghị Văn phòng xử lý.")
    version.change(seen_version=seen, changed_at=at)  # so that of two people only one goes on
    audit.record("procedures.dropped", version, by=by, at=at)
    holder = procedure.pk
    try:
        with transaction.atomic():
            version.delete()
            if is_first:
                procedure.delete()
    except ProtectedError:
        raise Refused(
            "Bản này đang nằm trong một dự thảo quyết định. Đưa ra khỏi dự thảo đó trước."
        ) from None
    search.index(PROCEDURE, [holder])


def check_name(record: Record) -> None:
    """
    :raises Refused: if the record has no name, or one that is too long.
    """
    if not record.name.strip():
        raise Refused("Ghi tên thủ tục.", "name")
    if len(record.name) > LONGEST_NAME:
        raise Refused("Tên thủ tục dài quá 1.000 ký tự. Rút gọn tên.", "name")


def in_words(changed: Iterable[PartChange]) -> list[audit.Change]:
    """Return the changes for the trail: the rows of the first parts in full, the rest counted."""
    changes = [
        audit.Change(part.label, row.old, row.new)
        for part in changed
        for row in part.rows
        if row.change is not RowChanged.SAME
    ]
    more = len(changes) - MOST_CHANGED_ROWS
    if more > 0:
        changes[MOST_CHANGED_ROWS:] = [audit.Change("Thay đổi khác", "", f"{more} dòng")]
    return changes


def _add_version(
    procedure: Procedure,
    record: Record,
    action: Action,
    status: Status,
    *,
    by: User,
    at: datetime,
) -> ProcedureVersion:
    last = procedure.versions.aggregate(last=Max("number"))["last"] or 0
    agency = procedure.agency
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=last + 1,
        status=status.value,
        action=action.value,
        created_at=at,
        created_by=by,
        **columns(
            record, procedure=procedure, agency=agency, at=at, field=field_named(record.field)
        ),
    )
    cite(version, record)
    search.index(PROCEDURE, [procedure.pk])
    return version
