"""Procedures of agencies that have ended, and who takes them over."""

from __future__ import annotations

from datetime import date

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.models import Succession
from tinhgon.apps.procedures.models import Procedure
from tinhgon.domain.access import Permission


def may_hand_over(user: User) -> bool:
    return bool(_paths(user))


def ended_holders(*, user: User, today: date) -> list[agencies.Ended]:
    """Return the ended agencies of the person's branch that still hold procedures."""
    return agencies.ended_holders(paths=_paths(user), held=Procedure.objects.all(), today=today)


def successions_of(*, user: User, pks: list[int]) -> list[Succession]:
    """Return the successions with these keys whose predecessor is of the person's branch."""
    return agencies.successions_within(paths=_paths(user), pks=pks)


def due_successions(*, today: date) -> list[Succession]:
    """Return the successions in effect whose predecessor still holds procedures."""
    return agencies.due_successions(held=Procedure.objects.all(), today=today)


def _paths(user: User) -> tuple[str, ...]:
    return user.access.paths(Permission.CHECK_PROCEDURE)
