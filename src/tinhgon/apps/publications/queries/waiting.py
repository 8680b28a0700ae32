"""What waits for one person among decisions: drafts to finish, signed papers to record."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TypedDict

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.models import branch
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision
from tinhgon.domain.access import Permission

SHOWN = 5


class Waiting(TypedDict):
    """One short list: its first rows, and how many there are in all."""

    key: str
    title: str
    rows: list[Decision]
    count: int


_PARTS = (
    (
        "to_record",
        "Quyết định trình ký, chờ ghi số và ngày",
        Permission.RECORD_DECISION,
        DecisionStatus.SUBMITTED,
    ),
    (
        "decision_drafts",
        "Dự thảo quyết định đang soạn",
        Permission.DRAFT_DECISION,
        DecisionStatus.DRAFT,
    ),
)


def waiting(user: User) -> list[Waiting]:
    """Return what waits for the person, the oldest first, in one query."""
    wanted = [part for part in _PARTS if user.access.paths(part[2])]
    if not wanted:
        return []
    rows = _first(
        reduce(
            or_,
            (
                branch(user, "drafter", permission) & Q(status=status.value)
                for _, _, permission, status in wanted
            ),
        )
    )
    parts: list[Waiting] = []
    for key, title, _, status in wanted:
        own = [(row, in_all) for row, in_all in rows if row.status == status]
        count = own[0][1] if own else 0
        parts.append({"key": key, "title": title, "rows": [row for row, _ in own], "count": count})
    return parts


def _first(condition: Q) -> list[tuple[Decision, int]]:
    """Return the first rows of each status, each with how many there are in all."""
    rows = (
        Decision.objects.filter(condition)
        .annotate(
            place=Window(RowNumber(), partition_by="status", order_by=["created_at", "pk"]),
            in_all=Window(Count("pk"), partition_by="status"),
        )
        .filter(place__lte=SHOWN)
        .select_related("document", "drafter")
        .defer("document__text", "document__folded", "bases")
        .order_by(F("place"))
    )
    return [(row, vars(row)["in_all"]) for row in rows]
