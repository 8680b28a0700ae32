"""
Who is told what: the people who answer for an agency, and those who decide for one that gives
work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from tinhgon.apps.accounts.models import Position, User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Permission


def answering_for(agencies: QuerySet[Agency] | Iterable[Agency], *, on: date) -> list[User]:
    """Return the people who hold, on that day, the right to answer for any of the agencies."""
    held = Position.objects.held_on(on).filter(user__is_active=True)
    positions = held.filter(Q(agency__in=agencies) | Q(scope__in=agencies))
    return _holding(positions.select_related("user", "role"), {Permission.ANSWER})


def unattended(agencies: Sequence[Agency], *, on: date) -> list[Agency]:
    """Return those of the agencies for which nobody holds, on that day, the right to answer."""
    held = Position.objects.held_on(on).filter(user__is_active=True)
    positions = held.filter(Q(agency__in=agencies) | Q(scope__in=agencies)).select_related("role")
    answering = [each for each in positions if Permission.ANSWER in each.role.permissions]
    attended = {pk for each in answering for pk in (each.agency_id, each.scope_id)}
    return [agency for agency in agencies if agency.pk not in attended]


def deciding_for(agency: Agency, permissions: Iterable[Permission], *, on: date) -> list[User]:
    """
    Return the people who decide on that day in the name of `agency`: of its branch and of
    its level.
    """
    steps = (agency.path or "/").strip("/").split("/")
    above = ["/" + "/".join(steps[:n]) + "/" for n in range(1, len(steps) + 1)]
    positions = (
        Position.objects.held_on(on)
        .filter(user__is_active=True)
        .filter(
            Q(scope__path__in=above, scope__level=agency.level)
            | Q(scope=None, agency__path__in=above, agency__level=agency.level)
        )
        .select_related("user", "role")
    )
    return _holding(positions, set(permissions))


def _holding(positions: Iterable[Position], wanted: set[Permission]) -> list[User]:
    found = {p.user.pk: p.user for p in positions if wanted & set(p.role.permissions)}
    return list(found.values())
