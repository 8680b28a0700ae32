"""The after side, from what a plan makes of the procedure."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import policies
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit import actions as audit
from tinhgon.domain.costing import Change, Sides, derive_again

from ._saving import keep


@transaction.atomic
def follow(
    *,
    sheet: CostSheet,
    change: Change,
    by: User,
    at: datetime,
    seen: int,
) -> list[audit.Entry]:
    """
    Compute the after side from what the procedure becomes, with what people stated of it kept;
    whoever drafts the plan asks for it, and writes the trail: what is to be recorded is returned.

    :raises PermissionDenied: if `by` does not review at the agency.
    :raises StaleObject: if the sheet changed since `seen` was seen.
    """
    policies.check_part(by, sheet.review)
    now = sheet.sides.now
    after = derive_again(sheet.sides, change)
    if after == sheet.sides.after:
        return []
    changes = keep(sheet, Sides(now, after), by=by, at=at, seen=seen)
    return [audit.Entry("assessments.followed", sheet, tuple(changes))]
