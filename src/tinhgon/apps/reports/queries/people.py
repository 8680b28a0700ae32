from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from tinhgon.apps.accounts.models import Position, User
from tinhgon.domain.access import Permission


def acting_for(agencies: Iterable[int], *permissions: Permission, on: date) -> dict[int, set[User]]:
    """
    Return who acts in the name of each agency with one of the permissions; one query.

    As `policies.acts_for`: who sits in it, or whose position reaches exactly it.
    """
    wanted = set(agencies)
    rows = (
        Position.objects.held_on(on)
        .filter(Q(agency__in=wanted) | Q(scope__in=wanted), user__is_active=True)
        .select_related("user", "role")
    )
    found: dict[int, set[User]] = defaultdict(set)
    for row in rows:
        if set(permissions) & set(row.role.permissions):
            for agency in {row.agency_id, row.scope_id} & wanted:
                found[agency or 0].add(row.user)
    return found
