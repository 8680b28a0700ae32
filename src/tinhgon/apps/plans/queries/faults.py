"""What a plan lacks before its head can confirm it."""

from __future__ import annotations

from tinhgon.apps.plans.models import Plan, PlanItem

_TOLD = 5


def faults_of(plan: Plan) -> list[str]:
    """Return what stands in the way of confirming the plan, in words; the first few of it."""
    items = plan.items.select_related("review__procedure_version").prefetch_related("measures")
    if not items:
        return ["Phương án chưa có thủ tục nào."]
    found = [f"“{item}”: {text}" for item in items for text in item_faults(item)]
    more = [f"Và {len(found) - _TOLD} nội dung khác."] if len(found) > _TOLD else []
    return found[:_TOLD] + more


def item_faults(item: PlanItem) -> list[str]:
    """Return what one procedure of a plan lacks; its measures are prefetched."""
    measures = list(item.measures.all())
    if not measures:
        return ["chưa có nội dung đơn giản hóa."]
    faults = [conflict["text"] for conflict in item.conflicts]
    if any(not measure.reason for measure in measures):
        faults.append("có nội dung đơn giản hóa chưa ghi lý do.")
    return faults
