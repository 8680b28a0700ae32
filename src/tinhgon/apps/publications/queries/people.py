"""Who is told of a decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from tinhgon.apps.accounts.models import Position, User
from tinhgon.apps.agencies.models import Agency, paths_above
from tinhgon.common.batches import batches
from tinhgon.domain.access import Permission


def recording_for(agency: Agency, *, on: date) -> list[User]:
    """Return the people who may record, on that day, what the agency drafted and got signed."""
    path = agency.path or "/"
    reach = [*paths_above(path), path]
    held = Position.objects.held_on(on).filter(
        Q(scope__path__in=reach) | Q(scope=None, agency__path__in=reach), user__is_active=True
    )
    return _holding(held.select_related("user", "role"), Permission.RECORD_DECISION)


def keeping_procedures_of(agencies: Collection[int], *, on: date) -> list[User]:
    """Return the people who, on that day, inventory the procedures of any of the agencies."""
    found: dict[int, User] = {}
    for batch in batches(sorted(agencies)):
        held = Position.objects.held_on(on).filter(
            Q(agency__in=batch, scope=None) | Q(scope__in=batch), user__is_active=True
        )
        kept = _holding(held.select_related("user", "role"), Permission.PROPOSE_PROCEDURE)
        found |= {user.pk: user for user in kept}
    return list(found.values())


def _holding(positions: Iterable[Position], wanted: Permission) -> list[User]:
    found = {p.user.pk: p.user for p in positions if wanted in p.role.permissions}
    return list(found.values())
