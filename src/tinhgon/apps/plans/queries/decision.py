from __future__ import annotations

from datetime import date
from typing import TypedDict

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans.enums import Verdict
from tinhgon.apps.plans.models import PlanDecision, PlanDecisionLine, PlanItem
from tinhgon.domain.simplification import COUNTED
from tinhgon.domain.vntext import fold

from .costs import Costs, Stated, stated_of, sum_of, sum_of_stated


def code_key(issuer: Agency, number: str, symbol: str, issued_on: date) -> str:
    """Return what no two decisions on plans of one issuer share: number, symbol and day."""
    plain = number.strip().lstrip("0") or number.strip()
    code = f"{fold(plain)}/{fold(symbol)}:{issued_on.isoformat()}"
    return f"{issuer.pk}:{code}"[:200]


class DecisionPage(TypedDict):
    decision: PlanDecision
    lines: list[tuple[PlanDecisionLine, Costs | Stated | None]]
    total: Costs | None
    total_stated: Stated | None


def decision_page(*, user: User, decision: PlanDecision) -> DecisionPage:
    """Return a decision with its lines on the procedures whose plans the person may see."""
    lines = decision.lines.filter(item__in=PlanItem.objects.visible_to(user)).select_related(
        "item__review__procedure_version",
        "item__plan__agency",
        "item__plan__round__round",
        "item__recommendation",
    )
    shown = list(lines.prefetch_related("granted"))
    stated = stated_of([line.item_id for line in shown]) if decision.is_imported else {}
    computed = {line.pk: costs for line in shown if (costs := _costs(line))}
    counted = [line.pk for line in shown if Verdict(line.verdict) in COUNTED]
    return {
        "decision": decision,
        "lines": [(line, computed.get(line.pk) or stated.get(line.item_id)) for line in shown],
        "total": sum_of(computed[pk] for pk in counted if pk in computed),
        "total_stated": sum_of_stated(stated.values()),
    }


def _costs(line: PlanDecisionLine) -> Costs | None:
    if line.cost_before is None or line.cost_after is None:
        return None
    return Costs(line.cost_before, line.cost_after)
