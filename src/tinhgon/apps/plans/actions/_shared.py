"""What every move of a plan does: ask the policy, write guarded, compute the record to be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import STATUS_LABELS, PlanMove, PlanStatus
from tinhgon.apps.plans.models import Plan, PlanItem
from tinhgon.common.models import StaleObject
from tinhgon.domain.procedures import to_json
from tinhgon.domain.simplification import EDITABLE_PLAN, PLAN

from ._costs import follow_costs, to_be_of

_EDITABLE = sorted(status.value for status in EDITABLE_PLAN)


def make_move(
    plan: Plan, move: PlanMove, *, by: User, at: datetime, seen: int, **values: Any
) -> tuple[audit.Change, ...]:
    """
    Move the plan along the table of states; return the change of state in words.

    :raises IllegalMove: if nobody may, because of its state.
    :raises PermissionDenied: if somebody may, but not `by`.
    :raises StaleObject: if the plan or anything in it changed since `seen` was seen.
    """
    policies.check(by, move, plan)
    old = PlanStatus(plan.status)
    new = PLAN.transition_for(old, move).to
    plan.change(seen_version=seen, status=new.value, changed_at=at, **values)
    return audit.state_changes(STATUS_LABELS, old, new)


def open_for_edit(plan: Plan, *, by: User, at: datetime) -> None:
    """
    Count a change of something in the plan, so that nobody confirms what he has not seen.

    Two people may work on two procedures of one plan at the same time; a plan that was confirmed
    meanwhile takes no change any more.

    :raises IllegalMove: if the plan may not be changed in its state.
    :raises PermissionDenied: if somebody may, but not `by`.
    :raises StaleObject: if it was confirmed or withdrawn at this very moment.
    """
    policies.check(by, PlanMove.EDIT, plan)
    rows = Plan.objects.filter(pk=plan.pk, status__in=_EDITABLE)
    if not rows.update(version=F("version") + 1, changed_at=at):
        raise StaleObject
    plan.refresh_from_db(fields=["version", "changed_at", "status"])


def recompute(item: PlanItem, *, by: User, at: datetime, seen: int) -> list[audit.Entry]:
    """
    Compute what the measures make of the procedure and of its cost, and store it; return what the
    trail is to say of the cost.

    :raises StaleObject: if the item changed since `seen` was seen.
    """
    measures = list(item.measures.order_by("order", "pk"))
    result = to_be_of(item, measures)
    to_be = result.record if measures else None
    item.change(
        seen_version=seen,
        to_be=None if to_be is None else to_json(to_be),
        ending=result.ending.value if result.ending else "",
        conflicts=[
            {
                "measure": measures[conflict.measure].pk,
                "other": None if conflict.other is None else measures[conflict.other].pk,
                "text": conflict.text,
            }
            for conflict in result.conflicts
        ],
        notes=list(result.notes),
    )
    return follow_costs([(item, result)], by=by, at=at)


def tell(
    users: Iterable[User], *, kind: str, text: str, plan: Plan, by: User, at: datetime
) -> None:
    """Tell the people of the plan, except the one who did it."""
    others = [user for user in users if user.pk != by.pk]
    notices.notify(users=others, kind=kind, text=text, url=plan.get_absolute_url(), at=at)
