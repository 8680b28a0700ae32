from __future__ import annotations

from typing import TypedDict

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans.models import PlanDecision, PlanDecisionLine, PlanItem

from .costs import Costs, sum_of


class DecisionPage(TypedDict):
    decision: PlanDecision
    lines: list[tuple[PlanDecisionLine, Costs | None]]
    total: Costs | None


def decision_page(*, user: User, decision: PlanDecision) -> DecisionPage:
    """Return a decision with its lines on the procedures whose plans the person may see."""
    lines = decision.lines.filter(item__in=PlanItem.objects.visible_to(user)).select_related(
        "item__review__procedure_version", "item__plan__agency", "item__plan__round__round"
    )
    rows = [(line, _costs(line)) for line in lines.prefetch_related("granted")]
    return {
        "decision": decision,
        "lines": rows,
        "total": sum_of(costs for _, costs in rows if costs),
    }


def _costs(line: PlanDecisionLine) -> Costs | None:
    if line.cost_before is None or line.cost_after is None:
        return None
    return Costs(line.cost_before, line.cost_after)
