"""What a plan lacks before its head can confirm it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tinhgon.apps.plans.models import Plan, PlanItem
from tinhgon.apps.reviews.enums import Outcome, Status
from tinhgon.domain.reviewing import VOUCHED

_TOLD = 5


def items_to_judge(plan: Plan) -> list[PlanItem]:
    """Return the procedures of a plan with all that `item_faults` asks of them."""
    items = plan.items.select_related("review__procedure_version", "review__round__round", "as_is")
    return list(items.prefetch_related("measures"))


def faults_of(items: Sequence[PlanItem], *, on: date) -> list[str]:
    """Return what stands in the way of confirming a plan of these, in words; the first few."""
    if not items:
        return ["Phương án chưa có thủ tục nào."]
    found = [f"“{item}”: {text}" for item in items for text in item_faults(item, on=on)]
    more = [f"Và {len(found) - _TOLD} nội dung khác."] if len(found) > _TOLD else []
    return found[:_TOLD] + more


def item_faults(item: PlanItem, *, on: date) -> list[str]:
    """Return what one procedure of a plan lacks; its measures are prefetched."""
    if fault := _review_fault(item, on):
        return [fault]
    measures = list(item.measures.all())
    if not measures:
        return ["chưa có nội dung đơn giản hóa."]
    faults = [conflict["text"] for conflict in item.conflicts]
    if any(not measure.reason for measure in measures):
        faults.append("có nội dung đơn giản hóa chưa ghi lý do.")
    return faults


def _review_fault(item: PlanItem, on: date) -> str:
    """Return why the review does not bear the plan, or not this one any more."""
    review, status = item.review, Status(item.review.status)
    if status is Status.LAPSED:
        return "thủ tục không còn hiệu lực, bỏ khỏi phương án."
    if not item.as_is.holds_on(on) and review.procedure_version_id == item.as_is_id:
        return "bản đã rà soát không còn hiệu lực, xử lý phiếu rà soát trước."
    if status not in VOUCHED:
        return "thủ trưởng chưa xác nhận phiếu rà soát."
    if review.outcome == Outcome.KEEP.value:
        return "rà soát lại đã giữ nguyên, bỏ khỏi phương án."
    if review.procedure_version_id != item.as_is_id:
        return "đã rà soát tiếp theo bản mới, mở thủ tục trong phương án để chuyển sang bản mới."
    return ""
