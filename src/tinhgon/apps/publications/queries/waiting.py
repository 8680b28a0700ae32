"""What waits for one person among decisions: drafts to finish, signed papers to record."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.models import branch
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision
from tinhgon.common.shortlist import Columns, first
from tinhgon.domain.access import Permission

TO_RECORD, DRAFTS = "to_record", "decision_drafts"
_LISTS = (
    (TO_RECORD, Permission.RECORD_DECISION, DecisionStatus.SUBMITTED),
    (DRAFTS, Permission.DRAFT_DECISION, DecisionStatus.DRAFT),
)
_COLUMNS = Columns("document__subject", "drafter", Coalesce("submitted_at", F("created_at")))


def short_lists(user: User) -> list[Any]:
    """Return what waits for the person, the oldest first."""
    return [
        first(
            Decision.objects.filter(branch(user, "drafter", permission), status=status.value),
            key,
            _COLUMNS,
            order=["created_at"],
        )
        for key, permission, status in _LISTS
        if user.access.paths(permission)
    ]
