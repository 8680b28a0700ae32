"""The way of a version from proposal to the public, apart from what a decision does to it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures import policies, queries
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.common.refusal import Refused
from tinhgon.domain.procedures import PUBLISHED, UNPUBLISHED, Move, blocks
from tinhgon.domain.vntext import format_date

from ._shared import make_move

_PLAIN = frozenset({Move.SEND, Move.CONFIRM})
_WITH_REASON = frozenset({Move.SEND_BACK, Move.RETURN})


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
    if move not in _PLAIN | _WITH_REASON:
        raise ValueError(f"{move} has an action of its own")
    policies.check(by, move, version)
    if move in _WITH_REASON:
        reason = _wanted(reason, "Ghi rõ lý do để người soạn biết cần sửa gì.")
    make_move(version, move, by=by, at=at, seen=seen, reason=reason)


@transaction.atomic
def check_version(*, version: ProcedureVersion, by: User, at: datetime, seen: int) -> None:
    """
    Say that the Office found nothing to correct.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if the quality check says that something must be corrected.
    """
    policies.check(by, Move.CHECK, version)
    if blocks(queries.findings(version, on=at.date())):
        raise Refused(
            "Còn nội dung bắt buộc chưa đạt, xem phần Kiểm tra chất lượng. "
            "Trả lại để cơ quan sửa trước khi kiểm soát."
        )
    make_move(version, Move.CHECK, by=by, at=at, seen=seen)


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
    :raises Refused: if the procedure was published, or the other is the same one, or was itself
        set aside.
    """
    if move not in (Move.MARK_DUPLICATE, Move.MERGE):
        raise ValueError(f"{move} sets nothing aside for another")
    policies.check(by, move, version)
    _never_published(version)
    if into.pk == version.procedure_id or not is_counted(into):
        raise Refused("Chọn một thủ tục khác, đang được thống kê hoặc đã công bố.", "into")
    make_move(version, move, by=by, at=at, seen=seen, reason=reason.strip())
    procedure = version.procedure
    procedure.change(seen_version=procedure.version, merged_into=into)


@transaction.atomic
def mark_out_of_scope(
    *, version: ProcedureVersion, reason: str, by: User, at: datetime, seen: int
) -> None:
    """
    Say that a proposal is no internal procedure.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: without a reason, or if the procedure was published.
    """
    policies.check(by, Move.MARK_OUT_OF_SCOPE, version)
    _never_published(version)
    reason = _wanted(reason, "Ghi rõ vì sao đây không phải thủ tục hành chính nội bộ.")
    make_move(version, Move.MARK_OUT_OF_SCOPE, by=by, at=at, seen=seen, reason=reason)


@transaction.atomic
def restore_version(*, version: ProcedureVersion, by: User, at: datetime, seen: int) -> None:
    """
    Take up again what was set aside.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    make_move(version, Move.RESTORE, by=by, at=at, seen=seen)
    procedure = version.procedure
    if procedure.merged_into_id is not None:
        procedure.change(seen_version=procedure.version, merged_into=None)


@transaction.atomic
def disclose_version(
    *, version: ProcedureVersion, on: date, url: str, by: User, at: datetime, seen: int
) -> None:
    """
    Note that a published version was made public, when and where (NĐ 63/2010 điều 24).

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if the day lies before the decision or after today.
    """
    policies.check(by, Move.DISCLOSE, version)
    _check_disclosed(version, on, at=at)
    make_move(
        version, Move.DISCLOSE, by=by, at=at, seen=seen, disclosed_on=on, disclosed_at_url=url
    )


@transaction.atomic
def correct_disclosure(
    *,
    version: ProcedureVersion,
    on: date,
    url: str,
    reason: str,
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    Correct when and where a version was made public, as it was noted wrongly.

    :raises IllegalMove, PermissionDenied: as `policies.check`.
    :raises StaleObject: if it changed since `seen` was seen.
    :raises Refused: without a reason, if nothing changes, or as `disclose_version`.
    """
    policies.check(by, Move.CORRECT_DISCLOSURE, version)
    reason = _wanted(reason, "Ghi rõ vì sao sửa nơi, ngày công khai.")
    _check_disclosed(version, on, at=at)
    changes = [
        *_changed("Ngày công khai", _day(version.disclosed_on), _day(on)),
        *_changed("Nơi công khai", version.disclosed_at_url, url),
    ]
    if not changes:
        raise Refused("Ngày và nơi công khai vẫn như đã ghi, không có gì để sửa.", "on")
    version.change(seen_version=seen, disclosed_on=on, disclosed_at_url=url, changed_at=at)
    audit.record(
        "procedures.disclosure_corrected", version, by=by, at=at, changes=changes, reason=reason
    )


def _check_disclosed(version: ProcedureVersion, on: date, *, at: datetime) -> None:
    if on > at.date():
        raise Refused("Ngày công khai không thể sau hôm nay.", "on")
    decided_on = queries.decided_on(version)
    if decided_on and on < decided_on:
        day = format_date(decided_on)
        raise Refused(f"Ngày công khai không thể trước ngày ký quyết định công bố ({day}).", "on")


def _changed(field: str, old: str, new: str) -> list[audit.Change]:
    return [] if old == new else [audit.Change(field, old, new)]


def _day(value: date | None) -> str:
    return format_date(value) if value else ""


def _wanted(reason: str, otherwise: str) -> str:
    if not reason.strip():
        raise Refused(otherwise, "reason")
    return reason.strip()


def _never_published(version: ProcedureVersion) -> None:
    if version.procedure.versions.filter(status__in=PUBLISHED).exists():
        raise Refused(
            "Thủ tục này đã được công bố, chỉ quyết định công bố mới bãi bỏ được. "
            "Nếu không sửa đổi nữa, trả lại để cơ quan bỏ bản dự thảo."
        )


def is_counted(procedure: Procedure) -> bool:
    """Return whether the procedure is one of the inventory, and was not itself set aside."""
    living = procedure.versions.filter(status__in=UNPUBLISHED | PUBLISHED)
    return procedure.merged_into_id is None and living.exists()
