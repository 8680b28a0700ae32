"""Who reviews where: the people of an agency that may, without those of the branch above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from tinhgon.apps.accounts.models import Position, User
from tinhgon.domain.access import Permission


def reviewers_of(agencies: Iterable[int], *, on: date) -> dict[int, list[User]]:
    """Return agency → the people who sit there and review its procedures; one query."""
    keys = set(agencies)
    found: dict[int, list[User]] = defaultdict(list)
    if not keys:
        return found
    held = Position.objects.held_on(on).filter(user__is_active=True)
    for position in held.select_related("user", "role").order_by("user__folded_name", "pk"):
        if position.agency_id in keys and _reviews(position):
            found[position.agency_id].append(position.user)
    return found


def _reviews(position: Position) -> bool:
    return Permission.REVIEW_PROCEDURES in position.role.permissions
