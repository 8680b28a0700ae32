"""The cost after simplification follows what the measures make of the procedure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import actions as assessments
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.plans.models import PlanItem
from tinhgon.domain.costing import Change
from tinhgon.domain.simplification import KIND_WORDS, ToBe


def follow_costs(item: PlanItem, to_be: ToBe, *, by: User, at: datetime) -> None:
    """
    Compute the cost after anew from what the measures lead to, where there is a cost sheet.

    :raises PermissionDenied, StaleObject: as `assessments.actions.follow`.
    """
    sheets = CostSheet.objects.select_related("review__agency", "review__round")
    sheet = sheets.filter(review=item.review_id).first()
    if sheet is None:
        return
    as_is = item.as_is_record
    change = Change(as_is, to_be.record, to_be.kept)
    if to_be.ending:
        change = replace(change, why=KIND_WORDS[to_be.ending])
    assessments.follow(sheet=sheet, change=change, by=by, at=at, seen=sheet.version)
