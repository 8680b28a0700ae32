"""A decision on plans that was entered, taken back as a whole while nothing followed it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError, Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.plans.enums import ImportMove, LegalChangeStatus
from tinhgon.apps.plans.models import (
    LegalChange,
    Measure,
    Plan,
    PlanDecision,
    PlanImport,
    PlanImportRow,
    PlanItem,
    Recommendation,
)
from tinhgon.apps.plans.queries.imports import has_reviews
from tinhgon.apps.reviews import actions as reviews
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused

from .import_writing import entered
from .importing import move_import

_TOLD = 5
_UNTOUCHED = Q(status=LegalChangeStatus.PLANNED.value, version=1)
"""A text on which nobody has worked."""


@transaction.atomic
def undo_import(*, plan_import: PlanImport, by: User, at: datetime, seen: int) -> int:
    """
    Take back the decision with all that it brought, while nothing followed; return how many
    procedures that were.

    :raises IllegalMove, PermissionDenied: as `move_import`.
    :raises StaleObject: if it changed since `seen` was seen, or something that it brought at this
        very moment.
    :raises Refused: if a text was worked on, a version or a cost sheet was made, or anything else
        hangs on it.
    """
    decision = plan_import.decision
    moved = move_import(plan_import, ImportMove.UNDO, by=by, seen=seen)
    if decision is None:
        raise Refused("Quyết định của lần nhập này không còn trong hệ thống.")
    rows = list(
        plan_import.rows.exclude(item=None).select_related(
            "item__plan__agency", "item__plan__round__round", "item__review__procedure_version"
        )
    )
    items = [row.item for row in rows if row.item]
    _refuse_followed(items)
    plans = {item.plan.pk: item.plan for item in items}
    change = audit.Change("Số thủ tục đã rút", "", str(len(items)))
    entries = [audit.Entry("plans.import_taken_back", plan) for plan in plans.values()]
    first = audit.Entry("plans.import_undone", plan_import, (*moved, change))
    audit.record_all([first, *entries], by=by, at=at)
    try:
        _delete(items, decision, list(plans))
        _take_back_reviews(rows, by=by, at=at)
        _discard_round(plan_import)
    except ProtectedError:
        raise Refused(
            "Không hoàn tác được: quyết định hoặc phiếu rà soát này đã được dùng ở nơi khác."
        ) from None
    return len(items)


def _refuse_followed(items: Sequence[PlanItem]) -> None:
    keys = [item.pk for item in items]
    changed = {item.pk for item in items if item.version != 1 or item.amendment_id}
    moved = LegalChange.objects.filter(~_UNTOUCHED, item__in=keys)
    changed |= set(moved.values_list("item", flat=True))
    written = Recommendation.objects.filter(item__in=keys).exclude(version=1)
    changed |= set(written.values_list("item", flat=True))
    sheets = CostSheet.objects.filter(review__in=[item.review_id for item in items])
    costed = set(sheets.values_list("review", flat=True))
    followed = [i for i in items if i.pk in changed or i.review_id in costed or i.plan.version != 1]
    if followed:
        names = "; ".join(f"“{str(item)[:100]}”" for item in followed[:_TOLD])
        more = f" và {len(followed) - _TOLD} thủ tục khác" if len(followed) > _TOLD else ""
        raise Refused(
            f"Không hoàn tác được vì đã có việc tiếp theo đối với {names}{more}: văn bản đang sửa, "
            "kiến nghị cấp trên, phiên bản sửa đổi hoặc bảng tính chi phí."
        )


def _delete(items: Sequence[PlanItem], decision: PlanDecision, plans: Sequence[int]) -> None:
    """
    Delete what was written, as long as nobody works on it.

    :raises StaleObject: if somebody began to at this very moment.
    """
    keys = [item.pk for item in items]
    document = decision.document
    texts = LegalChange.objects.filter(item__in=keys)
    texts.filter(_UNTOUCHED).delete()
    if texts.exists():
        raise StaleObject
    Measure.objects.filter(item__in=keys).delete()  # they name the lines that granted them
    decision.delete()
    rows = PlanItem.objects.filter(pk__in=keys)
    rows.filter(version=1, amendment=None).delete()
    if rows.exists():
        raise StaleObject
    Plan.objects.filter(pk__in=plans).delete()
    document.delete()


def _take_back_reviews(rows: Sequence[PlanImportRow], *, by: User, at: datetime) -> None:
    """Undo what the decision told of reviews: what another one told of them before holds again."""
    told = {row.item.review.pk: (row.item.review, row.made_review) for row in rows if row.item}
    others = PlanItem.objects.filter(review__in=told).order_by("pk")
    last = {
        item.review_id: item
        for item in others.select_related("review__round", "review__agency", "as_is")
    }
    gone = [each for key, each in told.items() if key not in last]
    reviews.take_out_reviews(reviews=gone, by=by, at=at)
    for item in last.values():
        line = item.decision_lines.select_related("decision__document").latest("pk")
        again = entered(item.as_is, item.review.agency, item.ending, line.decision)
        reviews.enter_reviews(review_round=item.review.round, rows=[again], by=by, at=at)


def _discard_round(plan_import: PlanImport) -> None:
    if not plan_import.entered_round or not has_reviews(plan_import.round):
        return
    if reviews.discard_round(review_round=plan_import.round.review_round):
        plan_import.change(seen_version=plan_import.version, entered_round=False)
