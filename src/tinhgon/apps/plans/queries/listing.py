from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Self, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import STATUS_LABELS, PlanStatus, Verdict
from tinhgon.apps.plans.models import Plan, PlanItem
from tinhgon.apps.reviews.models import ReviewRound
from tinhgon.common.http import whole_number
from tinhgon.domain.vntext import fold

from .carrying import Progress, progress_of
from .costs import Costs, Stated, costs_of_items, planned, sum_of, sum_of_stated

PAGE_SIZE = 50
_COLUMNS = ("plan_id", "review_id", "ending", "verdict", "cost_before", "cost_after")
_STATED = tuple(f"stated_costs__{name}" for name in ("before", "after", "saved", "ratio"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed by, as it stands in the address."""

    round: int | None = None
    status: str = ""
    words: str = ""
    page: str = "1"

    @classmethod
    def read(cls, query: dict[str, Any]) -> Self:
        status = query.get("trang-thai", "")
        return cls(
            round=whole_number(query.get("dot", "")),
            status=status if status in set(PlanStatus) else "",
            words=query.get("q", "").strip()[:200],
            page=query.get("page", "1"),
        )


@dataclass(frozen=True, slots=True)
class PlanLine:
    """
    A plan with what it is about, but for what was refused in it; `costs` None where no procedure of
    it has a cost sheet. `stated` are those of its decision, where it was entered from one.
    """

    plan: Plan
    procedures: int
    cut: int
    costs: Costs | None
    stated: Stated | None
    progress: Progress | None  # None where nothing of it is approved


class ListPage(TypedDict):
    page: Page[Any]
    lines: list[PlanLine]
    asked: Asked
    rounds: list[tuple[str, str, bool]]
    statuses: list[tuple[str, str, bool]]
    may_draft: bool
    may_import: bool
    may_decide: bool
    planned_round: str


def list_page(*, user: User, asked: Asked, today: date) -> ListPage:
    """Return the plans that the person may see, newest first, with what they are about."""
    visible: QuerySet[Plan] = Plan.objects.visible_to(user)
    counts = dict(visible.order_by().values_list("status").annotate(n=Count("pk")))
    rows = visible.filter(_narrowed(asked)).select_related("agency", "round__round")
    records = policies.may_import_anywhere(user)
    page = Paginator(rows, PAGE_SIZE).get_page(asked.page)
    rounds = _rounds(user, asked)
    return {
        "page": page,
        "lines": _lines(list(page.object_list), today),
        "asked": asked,
        "rounds": rounds,
        "planned_round": next((row[0] for row in sorted(rounds, key=lambda row: not row[2])), ""),
        "statuses": [
            (status.value, f"{STATUS_LABELS[status]} ({counts[status]})", status == asked.status)
            for status in PlanStatus
            if counts.get(status)
        ],
        "may_draft": policies.may_draft_anywhere(user),
        "may_import": records,
        "may_decide": records and PlanStatus.SUBMITTED.value in counts,
    }


def _lines(plans: list[Plan], today: date) -> list[PlanLine]:
    items: dict[int, list[PlanItem]] = {}
    by_pk = {plan.pk: plan for plan in plans}
    rows = PlanItem.objects.filter(plan__in=plans).select_related("stated_costs")
    for item in rows.only(*_COLUMNS, *_STATED):
        item.plan = by_pk[item.plan_id]
        items.setdefault(item.plan_id, []).append(item)
    costs = costs_of_items(item for rows in items.values() for item in rows)
    progress = progress_of(plans, today=today)
    return [
        PlanLine(
            plan,
            len(own := [i for i in items.get(plan.pk, []) if i.verdict != Verdict.REFUSED.value]),
            sum(bool(item.ending) for item in own),
            sum_of(planned(own, costs)),
            sum_of_stated(stated for item in own if (stated := Stated.beside(item))),
            progress.get(plan.pk),
        )
        for plan in plans
    ]


def _rounds(user: User, asked: Asked) -> list[tuple[str, str, bool]]:
    rounds = ReviewRound.objects.visible_to(user).select_related("round")
    return [(str(row.pk), str(row), row.pk == asked.round) for row in rounds]


def _narrowed(asked: Asked) -> Q:
    condition = Q()
    if asked.round is not None:
        condition &= Q(round=asked.round)
    if asked.status:
        condition &= Q(status=asked.status)
    for word in fold(asked.words).split():
        condition &= Q(agency__folded_name__contains=word)
    return condition
