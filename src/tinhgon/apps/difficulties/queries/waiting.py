"""What waits for a person: for the page of the day."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from tinhgon.apps.accounts.models import User
from tinhgon.apps.difficulties import policies
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.common.shortlist import Columns, first

from .listing import waits_for

TO_HANDLE = "difficulties"
_COLUMNS = Columns("title", "agency", F("changed_at"), F("due_on"))


def short_lists(user: User) -> list[Any]:
    """Return what waits for the agency where the person sits, the next due first."""
    if not any(user.access.paths(right) for right in (policies.RAISE, policies.ANSWER)):
        return []
    rows = Difficulty.objects.visible_to(user).filter(waits_for(user))
    return [first(rows, TO_HANDLE, _COLUMNS, order=["due_on"])]
