from __future__ import annotations

import itertools
from datetime import date

from tinhgon.apps.accounts.models import Position, Role, User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import seed_roles
from tinhgon.domain.vntext import fold

_numbers = itertools.count(1)
PASSWORD = "mat-khau-thu-nghiem"


def make_role(code: str) -> Role:
    """Return the shipped role with this code, as a row."""
    role = seed_roles()[code]
    row, _ = Role.objects.get_or_create(
        code=code,
        defaults={
            "name": role.name,
            "description": role.description,
            "permissions": sorted(role.permissions),
        },
    )
    return row


def make_user(
    agency: Agency,
    role: str = "officer",
    *,
    scope: Agency | None = None,
    name: str = "",
    started_on: date = date(2020, 1, 1),
    ended_on: date | None = None,
) -> User:
    """Make a person who holds `role` at `agency` (reaching `scope`, where it is wider)."""
    number = next(_numbers)
    name = name or f"Người dùng {number}"
    user = User(
        username=f"nguoi{number}",
        email=f"nguoi{number}@langson.example",
        full_name=name,
        folded_name=fold(name),
    )
    user.set_password(PASSWORD)
    user.save()
    Position.objects.create(
        user=user,
        agency=agency,
        scope=scope,
        role=make_role(role),
        started_on=started_on,
        ended_on=ended_on,
    )
    return user
