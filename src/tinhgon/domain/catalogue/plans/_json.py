"""A plan as plain data, with the fields of the labels of the corpus and more."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tinhgon.domain.catalogue._json import (
    article_json,
    count_json,
    decision_json,
    effect_json,
    unread_json,
)

from ._checks import ratio_agreement
from ._model import ApprovedPlan, NotApproved, PlannedProcedure, PrintedCosts


def plan_json(plan: ApprovedPlan) -> dict[str, Any]:
    """Return everything that was read, ready for JSON; money in đồng a year, ratios in percent."""
    return {
        "decision": decision_json(plan.decision),
        "stated_counts": [count_json(count) for count in plan.stated_counts],
        "procedures": [procedure_json(each) for each in plan.procedures],
        "totals": costs_json(plan.totals),
        "articles": [article_json(article) for article in plan.articles],
        "effects": [effect_json(effect) for effect in plan.effects],
        "problems": [
            {"kind": problem.kind.value, "position": problem.position, "text": problem.text}
            for problem in plan.problems
        ],
        "unread": [unread_json(piece) for piece in plan.unread],
    }


def procedure_json(each: PlannedProcedure) -> dict[str, Any]:
    agreement = ratio_agreement(each.costs)
    return {
        "position": each.position,
        "section": each.section,
        "group": each.group,
        "name": each.name,
        "list_name": each.list_name,
        "code": each.code,
        "agency": each.agency,
        "field": each.field,
        "measures": [
            {"content": measure.content, "reason": measure.reason} for measure in each.measures
        ],
        "implementation": each.implementation,
        "benefit": each.benefit,
        **costs_json(each.costs),
        "ratio_check": agreement.value if agreement else None,
        "not_approved": _not_approved(each.not_approved),
        "other": [{"label": label, "text": text} for label, text in each.other],
        "lines": [each.source.line, each.source.end_line],
        "page": each.source.page,
    }


def _not_approved(said: NotApproved | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {"heading": said.heading, "reason": said.reason, "returned": said.returned}


def costs_json(costs: PrintedCosts) -> dict[str, Any]:
    return {
        "cost_before": _number(costs.before),
        "cost_after": _number(costs.after),
        "saved": _number(costs.saved),
        "ratio_percent": _number(costs.ratio),
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
