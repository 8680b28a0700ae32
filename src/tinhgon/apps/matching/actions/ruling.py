"""Ruling on procedures that are alike: different for good, duplicates, or copies of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.matching import policies
from tinhgon.apps.matching.enums import Ruling
from tinhgon.apps.matching.models import PairVerdict
from tinhgon.apps.matching.queries.pairs import Seen
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.models import Procedure
from tinhgon.common.refusal import Refused
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.procedures import PUBLISHED, Move

_KINDS = {
    Ruling.DIFFERENT: "matching.told_apart",
    Ruling.SAME: "matching.duplicate",
    Ruling.COPY: "matching.shared",
}


@transaction.atomic
def rule_different(
    *, one: Procedure, others: Sequence[Procedure], reason: str, by: User, at: datetime
) -> None:
    """
    Say for good that procedures differ from one, however alike they look.

    :raises PermissionDenied: if `by` does not control all of them.
    :raises Refused: without a reason, or if somebody has ruled on one of the pairs already.
    """
    policies.check_rule(by, [one, *others])
    if not reason.strip():
        raise Refused("Ghi rõ hai thủ tục khác nhau ở điểm nào.", "reason")
    _write(Ruling.DIFFERENT, one, others, None, reason, by=by, at=at)


@transaction.atomic
def rule_duplicates(
    *, keep: Procedure, others: Sequence[Seen], reason: str, by: User, at: datetime
) -> None:
    """
    Set proposals aside as duplicates of the procedure that is kept.

    :raises PermissionDenied: if `by` does not control all of them.
    :raises StaleObject: if one changed since it was seen.
    :raises Refused: if one was published, or somebody has ruled on one of the pairs already.
    """
    policies.check_rule(by, [keep, *(each.procedure for each in others)])
    for each in others:
        code = each.procedure.local_code
        if each.version.status in PUBLISHED:
            raise Refused(
                f"{code} đã công bố nên không bỏ ngay được: đưa vào dự thảo quyết định công bố, "
                "dòng bãi bỏ hoặc bị thay thế."
            )
        try:
            procedures.set_aside(
                version=each.version,
                move=Move.MARK_DUPLICATE,
                into=keep,
                by=by,
                at=at,
                seen=each.version_seen,
                reason=reason,
            )
        except IllegalMove:
            status = each.version.get_status_display().lower()
            raise Refused(f"{code} đang ở bước “{status}”, chưa đánh dấu trùng lặp được.") from None
    named = [each.procedure for each in others]
    _write(Ruling.SAME, keep, named, keep, reason, by=by, at=at)


@transaction.atomic
def rule_copies(
    *, canonical: Procedure, others: Sequence[Seen], reason: str, by: User, at: datetime
) -> None:
    """
    Link procedures to the one that all share, as its local copies.

    :raises PermissionDenied: if `by` does not control all of them.
    :raises StaleObject: if one changed since it was seen.
    :raises Refused: if it would make a chain, or somebody has ruled on one of the pairs already.
    """
    named = [each.procedure for each in others]
    policies.check_rule(by, [canonical, *named])
    procedures.link_to_canonical(
        canonical=canonical,
        copies=[(each.procedure, each.seen) for each in others],
        by=by,
        at=at,
        reason=reason,
    )
    _write(Ruling.COPY, canonical, named, canonical, reason, by=by, at=at)


@transaction.atomic
def withdraw_verdict(*, verdict: PairVerdict, by: User, at: datetime) -> None:
    """
    Take a verdict back: the two are asked about again, and a copy is no copy any more.

    :raises PermissionDenied: if `by` does not control both procedures.
    :raises Refused: if a duplicate was set aside by it: that is restored on its own page.
    :raises StaleObject: if somebody took it back meanwhile, or changed the copy.
    """
    policies.check_rule(by, [verdict.one, verdict.other])
    ruling = Ruling(verdict.ruling)
    copy = verdict.other if verdict.kept_id == verdict.one_id else verdict.one
    if ruling is Ruling.SAME and copy.merged_into_id is not None:
        raise Refused(f"Mở trang của {copy.local_code} và khôi phục thủ tục đó trước.")
    if ruling is Ruling.COPY and copy.canonical_id == verdict.kept_id:
        procedures.unlink_from_canonical(procedure=copy, by=by, at=at, seen=copy.version)
    change = audit.Change("Kết luận", ruling.label, "")
    entry = audit.Entry("matching.withdrawn", verdict.one, (change, _with(verdict.other)))
    if not PairVerdict.objects.filter(pk=verdict.pk).delete()[0]:
        raise procedures.StaleObject
    audit.record_all([entry], by=by, at=at)


def _write(
    ruling: Ruling,
    one: Procedure,
    others: Sequence[Procedure],
    kept: Procedure | None,
    reason: str,
    *,
    by: User,
    at: datetime,
) -> None:
    if not others:
        raise Refused("Chọn ít nhất một thủ tục.")
    verdicts = []
    for other in others:
        if other.pk == one.pk:
            raise Refused("Chọn hai thủ tục khác nhau.")
        low, high = sorted((one, other), key=lambda procedure: procedure.pk)
        verdicts.append(
            PairVerdict(
                one=low,
                other=high,
                ruling=ruling.value,
                kept=kept,
                reason=reason.strip(),
                at=at,
                by=by,
            )
        )
    try:
        with transaction.atomic():
            PairVerdict.objects.bulk_create(verdicts)
    except IntegrityError:
        raise Refused("Đã có người kết luận về thủ tục vừa chọn. Xem phần Đã kết luận.") from None
    audit.record_all(
        [audit.Entry(_KINDS[ruling], other, (_with(one),), reason.strip()) for other in others],
        by=by,
        at=at,
    )


def _with(procedure: Procedure) -> audit.Change:
    return audit.Change("Đối chiếu với", "", procedure.local_code)
