"""What waits for a person: for the page of the day."""

from __future__ import annotations

from typing import TypedDict

from django.db.models import Count, Window

from tinhgon.apps.accounts.models import User
from tinhgon.apps.difficulties import policies
from tinhgon.apps.difficulties.models import Difficulty

from .listing import waits_for

SHOWN = 5


class Waiting(TypedDict):
    """One short list: its first rows, and how many there are in all."""

    rows: list[Difficulty]
    count: int


def waiting(user: User) -> Waiting:
    """Return what waits for the agency where the person sits, the next due first; one query."""
    if not any(user.access.paths(right) for right in (policies.RAISE, policies.ANSWER)):
        return {"rows": [], "count": 0}
    rows = list(
        Difficulty.objects.filter(waits_for(user))
        .select_related("agency", "holder")
        .annotate(in_all=Window(Count("pk")))
        .order_by("due_on", "pk")[:SHOWN]
    )
    return {"rows": rows, "count": vars(rows[0])["in_all"] if rows else 0}
