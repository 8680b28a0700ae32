"""What the procedures of the demo cost: starting values, and how often and by how many."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import actions
from tinhgon.apps.reviews.models import Review

_SOURCE = "Sổ theo dõi hồ sơ năm 2023 của cơ quan."


def estimate(review: Review, item: Mapping[str, Any] | None, officer: User, at: datetime) -> None:
    """Make the cost sheet of a review, with the cases that the agency counted."""
    sheet = actions.start_sheet(review=review, by=officer, at=at)
    counted = item or {"times": 1, "subjects": 10 + len(review.procedure_version.name) % 30}
    actions.write_cells(
        sheet=sheet,
        cells={f"now..{name}": str(counted[name]) for name in ("times", "subjects")},
        by=officer,
        at=at,
        seen=sheet.version,
        reason=_SOURCE,
    )
