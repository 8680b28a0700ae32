"""The cost after simplification follows what the measures make of the procedure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import actions as assessments
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.assessments.queries import cost_after
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.plans.models import Measure, Plan, PlanItem
from tinhgon.domain.costing import Change
from tinhgon.domain.simplification import KIND_WORDS, ToBe, apply


def to_be_of(item: PlanItem, measures: Iterable[Measure]) -> ToBe:
    """Return what these measures, in their order, make of the procedure."""
    return apply(item.as_is_record, [measure.as_value for measure in measures])


def follow_costs(
    items: Sequence[tuple[PlanItem, ToBe]], *, by: User, at: datetime
) -> list[audit.Entry]:
    """
    Compute the cost after anew from what the measures lead to, where there is a cost sheet; return
    what the trail is to say.

    :raises PermissionDenied, StaleObject: as `assessments.actions.follow`.
    """
    to_be = {item.review_id: (item, result) for item, result in items}
    sheets = CostSheet.objects.filter(review__in=to_be).select_related(
        "review__agency", "review__round__round", "review__procedure_version"
    )
    entries = []
    for sheet in sheets:
        change = _change(*to_be[sheet.review_id])
        entries += assessments.follow(sheet=sheet, change=change, by=by, at=at, seen=sheet.version)
    return entries


def keep_costs(items: Sequence[PlanItem]) -> None:
    """Keep with each procedure the costs that its sheet has now, and the norm that they are by."""
    sheets = {
        sheet.review_id: sheet
        for sheet in CostSheet.objects.filter(review__in=[item.review_id for item in items]).only(
            "review_id", "cost_now", "cost_after", "norm"
        )
    }
    for item in items:
        sheet = sheets.get(item.review_id)
        item.cost_before = sheet.cost_now if sheet else None
        item.cost_after = sheet.cost_after if sheet else None
        item.norm = sheet.norm if sheet else None
    PlanItem.objects.bulk_update(items, ["cost_before", "cost_after", "norm"], batch_size=500)


def forget_costs(plan: Plan) -> None:
    """Let the plan, which comes back to be changed, show its cost sheets again."""
    plan.items.update(cost_before=None, cost_after=None, norm=None)


def after_of(item: PlanItem, measures: Iterable[Measure]) -> Decimal | None:
    """
    Return what the procedure of a confirmed plan would cost, in đồng a year, with these measures
    alone; by the norm with which it was confirmed. None where nothing was assessed.
    """
    if item.norm is None:
        return None
    sheet = CostSheet.objects.get(review=item.review_id)
    return cost_after(sheet, _change(item, to_be_of(item, measures)), item.norm)


def _change(item: PlanItem, to_be: ToBe) -> Change:
    change = Change(item.as_is_record, to_be.record, to_be.kept)
    return replace(change, why=KIND_WORDS[to_be.ending]) if to_be.ending else change
