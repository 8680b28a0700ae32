"""Who is told of a difficulty."""

from __future__ import annotations

from datetime import date

from tinhgon.apps.accounts.models import Position, User
from tinhgon.apps.accounts.queries import holding_nearest
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Permission


def sitting_in(agency: Agency, permission: Permission, *, on: date) -> list[User]:
    """
    Return those who hold a permission and sit in the agency itself, however far they reach; where
    nobody does, those of the branch next above it.
    """
    rows = Position.objects.held_on(on).filter(agency=agency, user__is_active=True)
    found = [
        position.user
        for position in rows.select_related("user", "role")
        if permission in position.role.permissions
    ]
    return found or holding_nearest(agency, permission, on=on)
