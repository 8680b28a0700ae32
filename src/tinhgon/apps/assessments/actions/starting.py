from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import policies, queries
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.reviews.models import Review
from tinhgon.common.refusal import Refused
from tinhgon.domain.costing import Row, Sheet, Sides, from_record, money

from ._saving import columns


@transaction.atomic
def start_sheet(*, review: Review, by: User, at: datetime) -> CostSheet:
    """
    Make the cost sheet of a review, filled with what is known: the sheet of the same procedure in
    a former round, else of the procedure that many share, else its papers and steps.

    After is as now until a plan says otherwise.

    :raises PermissionDenied, Refused: as `policies.check_write`; also if there is one already.
    """
    policies.check_write(by, review)
    if CostSheet.objects.filter(review=review).exists():
        raise Refused(_THERE)
    sheet, source = proposed(review)
    sides = Sides(sheet, sheet)
    try:
        with transaction.atomic():
            made = CostSheet.objects.create(
                review=review, created_at=at, changed_at=at, changed_by=by, **columns(sides)
            )
    except IntegrityError:  # somebody, or a second click, made it at this very moment
        raise Refused(_THERE) from None
    made.review = review
    changes = [
        audit.Change("Số dòng công việc", "", str(len(sheet.rows))),
        audit.Change("Chi phí hiện tại (đồng/năm)", "", money(made.cost_now)),
        audit.Change("Mức thu nhập bình quân", "", sheet.hourly.name),
    ]
    audit.record("assessments.started", made, by=by, at=at, changes=changes, reason=source)
    return made


_THERE = "Thủ tục này đã có bảng tính chi phí trong đợt."


def proposed(review: Review) -> tuple[Sheet, str]:
    """Return the sheet with which a review begins, and in words what it was filled from."""
    norm = queries.norm_of(review.round)
    found = list(queries.earlier_sheets(review).order_by("-review__round__opened_on", "-pk"))
    found.sort(key=lambda each: each.review.procedure_id != review.procedure_id)
    if found:
        earlier = found[0]
        old = earlier.sides.now
        same = earlier.review.procedure_version.content == review.procedure_version.content
        is_own = earlier.review.procedure_id == review.procedure_id
        source = (
            f"Theo bảng tính của {earlier.review.round}"
            if is_own
            else f"Theo bảng tính của thủ tục dùng chung ({earlier.review.round})"
        )
        rows = tuple(_taken(row, keeps_part=same) for row in old.rows)
        subjects = old.subjects if is_own else Decimal(0)
        return replace(old, rows=rows, hourly=norm, subjects=subjects), source
    rows = from_record(review.procedure_version.record)
    return Sheet(rows, norm), "Theo thành phần hồ sơ và trình tự của thủ tục"


def _taken(row: Row, *, keeps_part: bool) -> Row:
    return row if keeps_part else replace(row, part="")
