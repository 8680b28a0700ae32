"""Open work of agencies that have ended, and who takes it over."""

from __future__ import annotations

from datetime import date

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.models import Succession
from tinhgon.apps.assignments.models import Assignment
from tinhgon.domain.access import Permission

from .filters import OPEN_WORK


def may_transfer(user: User) -> bool:
    return bool(_paths(user))


def ended_holders(*, user: User, today: date) -> list[agencies.Ended]:
    """Return the ended agencies of the person's branch that still hold open work."""
    held = Assignment.objects.filter(OPEN_WORK)
    return agencies.ended_holders(paths=_paths(user), held=held, today=today)


def successions_of(*, user: User, pks: list[int]) -> list[Succession]:
    """Return the successions with these keys whose predecessor is of the person's branch."""
    return agencies.successions_within(paths=_paths(user), pks=pks)


def due_successions(*, today: date) -> list[Succession]:
    """Return the successions in effect whose predecessor still holds open work."""
    return agencies.due_successions(held=Assignment.objects.filter(OPEN_WORK), today=today)


def _paths(user: User) -> tuple[str, ...]:
    return user.access.paths(Permission.ISSUE)
