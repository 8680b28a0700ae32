"""Whether the version under review is still the one in force."""

from __future__ import annotations

from datetime import date

from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews.models import Review


def current_version(review: Review, *, on: date) -> ProcedureVersion | None:
    """Return the version of the procedure that is in force on a day; None for none."""
    rows = ProcedureVersion.objects.in_force_on(on).filter(procedure=review.procedure_id)
    return rows.order_by("-number").first()
