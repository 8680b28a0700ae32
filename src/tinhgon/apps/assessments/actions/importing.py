from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import policies
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit import actions as audit
from tinhgon.common.refusal import Refused
from tinhgon.domain.costing import Sides

from ._saving import keep


@transaction.atomic
def import_rows(*, sheet: CostSheet, sides: Sides, by: User, at: datetime, seen: int) -> None:
    """
    Take both sides as a file said them, after a person looked at the preview; the norm stays.

    :raises PermissionDenied, Refused: as `policies.check_write`; or if the file has no row.
    :raises StaleObject: if the sheet changed since `seen` was seen.
    """
    policies.check_write(by, sheet.review)
    sheet.check_seen(seen)
    if not sides.now.rows:
        raise Refused("Tệp không có dòng công việc nào ở mục I.")
    old = sheet.sides
    hourly = old.now.hourly
    both = Sides(replace(sides.now, hourly=hourly), replace(sides.after, hourly=hourly))
    changes = keep(sheet, both, by=by, at=at, seen=seen)
    rows = [str(len(side.now.rows)) for side in (old, both)]
    changes.insert(0, audit.Change("Số dòng công việc", *rows))
    audit.record("assessments.imported", sheet, by=by, at=at, changes=changes)
