"""What an open difficulty holds up: procedures, planned cuts that wait, assigned work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.difficulties.models import Difficulty, DifficultyProcedure
from tinhgon.apps.plans.models import LegalChange, PlanItem
from tinhgon.apps.plans.queries.costs import Costs, costs_of_items, sum_of
from tinhgon.domain.assigning import OPEN

from .names import Concerned, concerned, seen_by

_OPEN = {status.value for status in OPEN}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A planned procedure whose cut waits; `costs` None where it was not assessed."""

    item: PlanItem
    costs: Costs | None


@dataclass(frozen=True, slots=True)
class Blocked:
    """
    What goes on once the difficulty is solved. `saved` is the yearly cost, in đồng, that the plans
    on its procedures cut and that is not carried out yet; None where no such cost is known.
    """

    procedures: Concerned
    waiting: Sequence[Waiting]
    assignment: Assignment | None
    legal_change: LegalChange | None
    saved: Decimal | None

    @property
    def count(self) -> int:
        return self.procedures.count + (1 if self.assignment else 0)


def blocked_by(*, user: User, difficulty: Difficulty, today: date) -> Blocked:
    """Return what the difficulty holds up, as far as the person may see it; eight queries."""
    links = DifficultyProcedure.objects.filter(difficulty=difficulty)
    keys = list(links.values_list("procedure", flat=True))
    wanted = Q(review__procedure__in=keys) | Q(pk=difficulty.plan_item_id)
    items: list[PlanItem] = []
    if keys or difficulty.plan_item_id:
        rows = PlanItem.objects.visible_to(user).live().filter(wanted)
        rows = rows.exclude(pk__in=PlanItem.objects.carried_out_on(today).values("pk"))
        rows = rows.select_related("plan", "review__procedure_version")
        items = list(rows.defer("to_be", "review__procedure_version__content").order_by("pk"))
    costs = costs_of_items(items) if items else {}
    total = sum_of(costs.values())
    return Blocked(
        procedures=concerned(difficulty.pk, among=seen_by(user)) if keys else Concerned(),
        waiting=[Waiting(item, costs.get(item.pk)) for item in items],
        assignment=_assignment(user, difficulty),
        legal_change=_legal_change(user, difficulty),
        saved=total.saved if total else None,
    )


def _assignment(user: User, difficulty: Difficulty) -> Assignment | None:
    if difficulty.assignment_id is None:
        return None
    rows = Assignment.objects.visible_to(user).filter(status__in=_OPEN)
    return rows.select_related("duty", "agency").filter(pk=difficulty.assignment_id).first()


def _legal_change(user: User, difficulty: Difficulty) -> LegalChange | None:
    if difficulty.legal_change_id is None:
        return None
    rows = LegalChange.objects.visible_to(user).select_related("agency")
    return rows.filter(pk=difficulty.legal_change_id).first()
