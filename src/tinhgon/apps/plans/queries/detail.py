from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import Prefetch

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import PlanMove, Verdict
from tinhgon.apps.plans.models import (
    LegalChange,
    Measure,
    Plan,
    PlanAssessment,
    PlanDecision,
    PlanItem,
)

from .costs import Costs, Stated, costs_of_items, planned, stated_of, sum_of, sum_of_stated
from .faults import item_faults
from .suggested import accepted_words


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One procedure of a plan, as the block of a plan shows it."""

    item: PlanItem
    measures: list[tuple[str, Measure]]
    """Each under its letter: a), b), c)."""
    legal_changes: list[LegalChange]
    costs: Costs | None
    stated: Stated | None
    """The costs as the decision states them, where the plan was entered from one."""
    faults: list[str]


_UNREAD = [
    f"{version}__{column}"
    for version in ("review__procedure_version", "as_is", "amendment")
    for column in ("content", "folded")
] + ["review__answers", "review__asides"]
"""What stands in the rows of a plan, and the page of the plan does not show."""

_LETTERS = [*"abcdđeghiklmnopqrstuvxy", *(f"a{n}" for n in range(1, 100))]
"""Letters of points in the order of NĐ 30/2020; then what nobody needs."""


class PlanPage(TypedDict):
    plan: Plan
    lines: list[ItemLine]
    total: Costs | None
    total_stated: Stated | None
    procedures: int  # but for those refused
    refused: int
    cut: int
    can: dict[str, bool]
    assessments: list[PlanAssessment]
    decisions: list[PlanDecision]
    history: list[Event]


def plan_page(*, user: User, plan: Plan, today: date) -> PlanPage:
    """Return a plan with the block of each of its procedures, and what the person may do."""
    items = list(
        plan.items.with_endings()
        .select_related("review__procedure_version", "as_is", "amendment", "recommendation")
        .defer(*_UNREAD)
        .prefetch_related(
            "measures", Prefetch("legal_changes", LegalChange.objects.select_related("agency"))
        )
    )
    # A plan that was entered from its decision has the figures stated there, and none of its own.
    costs = {} if plan.is_imported else costs_of_items(items)
    stated = stated_of([item.pk for item in items]) if plan.is_imported else {}
    editable = policies.can(user, PlanMove.EDIT, plan)
    waiting = accepted_words(items) if editable else {}
    for item in items:
        item.plan = plan
    refused = sum(map(_is_refused, items))
    return {
        "plan": plan,
        "lines": [
            ItemLine(
                item,
                list(zip(_LETTERS, item.measures.all(), strict=False)),
                list(item.legal_changes.all()),
                costs.get(item.pk),
                stated.get(item.pk),
                _faults(item, waiting, today) if editable else [],
            )
            for item in items
        ],
        "total": sum_of(planned(items, costs)),
        "total_stated": sum_of_stated(
            stated[item.pk] for item in items if item.pk in stated and not _is_refused(item)
        ),
        "procedures": len(items) - refused,
        "refused": refused,
        "cut": sum(bool(item.ending) and not _is_refused(item) for item in items),
        "can": {move.value: policies.can(user, move, plan) for move in PlanMove},
        "assessments": list(plan.assessments.select_related("agency", "made_by", "document")),
        "decisions": list(
            PlanDecision.objects.filter(lines__item__plan=plan)
            .distinct()
            .select_related("document")
        ),
        "history": audit.history_of(plan),
    }


def _is_refused(item: PlanItem) -> bool:
    return item.verdict == Verdict.REFUSED.value


def _faults(item: PlanItem, waiting: Mapping[int, str], today: date) -> list[str]:
    told = [waiting[item.review_id]] if item.review_id in waiting else []
    return [*item_faults(item, on=today), *told]
