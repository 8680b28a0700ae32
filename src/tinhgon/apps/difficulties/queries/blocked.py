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
from tinhgon.apps.plans.enums import Verdict
from tinhgon.apps.plans.models import PlanItem
from tinhgon.apps.plans.queries.costs import Costs, costs_of_items, sum_of
from tinhgon.domain.assigning import OPEN

from .names import Named, named

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

    procedures: Sequence[Named]
    waiting: Sequence[Waiting]
    assignment: Assignment | None
    saved: Decimal | None

    @property
    def count(self) -> int:
        return len(self.procedures) + (1 if self.assignment else 0)


def blocked_by(*, user: User, difficulty: Difficulty, today: date) -> Blocked:
    """Return what the difficulty holds up, as far as the person may see it; five queries."""
    links = DifficultyProcedure.objects.filter(difficulty=difficulty)
    keys = list(links.values_list("procedure", flat=True))
    names = named(keys, user=user) if keys else {}
    wanted = Q(review__procedure__in=keys) | Q(pk=difficulty.plan_item_id)
    items: list[PlanItem] = []
    if keys or difficulty.plan_item_id:
        rows = PlanItem.objects.visible_to(user).filter(wanted)
        rows = rows.exclude(verdict=Verdict.REFUSED.value)
        rows = rows.exclude(pk__in=PlanItem.objects.carried_out_on(today).values("pk"))
        rows = rows.select_related("plan", "review__procedure_version")
        items = list(rows.defer("to_be", "review__procedure_version__content").order_by("pk"))
    costs = costs_of_items(items) if items else {}
    total = sum_of(costs.values())
    work = difficulty.assignment
    return Blocked(
        procedures=sorted(names.values(), key=lambda each: each.name),
        waiting=[Waiting(item, costs.get(item.pk)) for item in items],
        assignment=work if work and work.status in _OPEN else None,
        saved=total.saved if total else None,
    )
