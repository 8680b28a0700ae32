"""The cost after simplification follows what the measures make of the procedure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import actions as assessments
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.assessments.queries import cost_after
from tinhgon.apps.plans.models import Measure, PlanItem
from tinhgon.apps.plans.queries.costs import Costs
from tinhgon.domain.costing import Change
from tinhgon.domain.simplification import KIND_WORDS, ToBe, apply


def follow_costs(item: PlanItem, to_be: ToBe, *, by: User, at: datetime) -> None:
    """
    Compute the cost after anew from what the measures lead to, where there is a cost sheet.

    :raises PermissionDenied, StaleObject: as `assessments.actions.follow`.
    """
    sheets = CostSheet.objects.select_related("review__agency", "review__round")
    sheet = sheets.filter(review=item.review_id).first()
    if sheet is None:
        return
    change = _change(item, to_be)
    assessments.follow(sheet=sheet, change=change, by=by, at=at, seen=sheet.version)


def granted_costs(item: PlanItem, granted: Iterable[Measure]) -> Costs | None:
    """Return what only the granted measures make of the cost; None without a cost sheet."""
    sheet = CostSheet.objects.filter(review=item.review_id).first()
    if sheet is None:
        return None
    to_be = apply(item.as_is_record, [measure.as_value for measure in granted])
    return Costs(sheet.cost_now, cost_after(sheet, _change(item, to_be)))


def _change(item: PlanItem, to_be: ToBe) -> Change:
    change = Change(item.as_is_record, to_be.record, to_be.kept)
    return replace(change, why=KIND_WORDS[to_be.ending]) if to_be.ending else change
