"""The way of a version from proposal to the public, apart from what a decision does to it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures import policies, queries
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.domain.procedures import Move, blocks

from ._shared import Refused, make_move

_PLAIN = frozenset({Move.RESUBMIT, Move.CONFIRM, Move.RESTORE})
_WITH_REASON = frozenset({Move.SEND_BACK, Move.RETURN, Move.MARK_OUT_OF_SCOPE})


@transaction.atomic
def move_version(
    *,
    version: ProcedureVersion,
    move: Move,
    by: User,
    at: datetime,
    seen: int,
    reason: str = "",
) -> None:
    """
    Make a move that needs nothing but, for some, a reason.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if a reason is wanted and none was given.
    """
    if move in _WITH_REASON and not reason.strip():
        raise Refused("Ghi rõ lý do để cơ quan biết cần sửa gì.", "reason")
    if move not in _PLAIN | _WITH_REASON:
        raise ValueError(f"{move} has an action of its own")
    make_move(version, move, by=by, at=at, seen=seen, reason=reason.strip())


@transaction.atomic
def check_version(*, version: ProcedureVersion, by: User, at: datetime, seen: int) -> None:
    """
    Say that the Office found nothing to correct.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if the quality check says that something must be corrected.
    """
    findings = queries.findings(version, on=at.date())
    make_move(version, Move.CHECK, by=by, at=at, seen=seen)
    if blocks(findings):
        raise Refused("Còn nội dung phải sửa trước khi công bố. Xem phần kiểm tra chất lượng.")


@transaction.atomic
def set_aside(
    *,
    version: ProcedureVersion,
    move: Move,
    into: Procedure,
    by: User,
    at: datetime,
    seen: int,
    reason: str = "",
) -> None:
    """
    Say that a proposal is a duplicate of, or was merged into, another procedure.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if the other is the same one, or was itself set aside.
    """
    if move not in (Move.MARK_DUPLICATE, Move.MERGE):
        raise ValueError(f"{move} sets nothing aside for another")
    if into.pk == version.procedure_id or into.merged_into_id is not None:
        raise Refused("Chọn một thủ tục khác, chưa bị gộp vào thủ tục nào.", "into")
    make_move(version, move, by=by, at=at, seen=seen, reason=reason.strip())
    procedure = version.procedure
    procedure.change(seen_version=procedure.version, merged_into=into)


@transaction.atomic
def disclose_version(
    *, version: ProcedureVersion, on: date, url: str, by: User, at: datetime, seen: int
) -> None:
    """
    Note that a published version was made public, when and where (NĐ 63/2010 điều 24).

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if the day lies before the decision or after today.
    """
    if on > at.date():
        raise Refused("Ngày công khai không thể sau hôm nay.", "on")
    make_move(
        version, Move.DISCLOSE, by=by, at=at, seen=seen, disclosed_on=on, disclosed_at_url=url
    )


@transaction.atomic
def set_national_code(
    *, procedure: Procedure, code: str, by: User, at: datetime, seen: int
) -> None:
    """
    Write the code that the national database gave; the system never makes one up.

    :raises PermissionDenied: if `by` does not control procedures.
    :raises StaleObject: if the procedure changed since `seen` was seen.
    :raises Refused: if another procedure bears the code.
    """
    policies.check_check(by, procedure.agency)
    wanted = code.strip() or None
    if wanted and Procedure.objects.filter(national_code=wanted).exclude(pk=procedure.pk).exists():
        raise Refused("Mã số này đã gắn với thủ tục khác.", "code")
    change = audit.Change("Mã số quốc gia", procedure.national_code or "", wanted or "")
    procedure.change(seen_version=seen, national_code=wanted)
    audit.record("procedures.recoded", procedure, by=by, at=at, changes=[change])
