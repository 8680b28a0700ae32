"""Procedures of agencies that have ended, and who takes them over."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.db.models import Count

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.procedures.models import Procedure
from tinhgon.domain.access import Permission


class EndedHolder(TypedDict):
    agency: Agency
    count: int
    heirs: list[Succession]


def may_hand_over(user: User) -> bool:
    return bool(_paths(user))


def ended_holders(*, user: User, today: date) -> list[EndedHolder]:
    """Return the ended agencies of the person's branch that still hold procedures."""
    ended = Agency.objects.within(_paths(user)).filter(ended_on__lte=today)
    held = Procedure.objects.filter(agency__in=ended.values("pk"))
    counts = dict(held.values_list("agency").annotate(n=Count("pk")).order_by())
    agencies = (
        ended.filter(pk__in=list(counts))
        .prefetch_related("successions__successor")
        .order_by("ended_on", "order", "name")
    )
    return [
        EndedHolder(agency=each, count=counts[each.pk], heirs=list(each.successions.all()))
        for each in agencies
    ]


def successions_of(*, user: User, pks: list[int]) -> list[Succession]:
    """Return the successions with these keys whose predecessor is of the person's branch."""
    branch = Agency.objects.within(_paths(user))
    return list(
        Succession.objects.filter(pk__in=pks, predecessor__in=branch).select_related(
            "predecessor", "successor"
        )
    )


def due_successions(*, today: date) -> list[Succession]:
    """Return the successions in effect whose predecessor still holds procedures."""
    holding = Procedure.objects.filter(agency__ended_on__lte=today)
    return list(
        Succession.objects.filter(on__lte=today, predecessor__in=holding.values("agency"))
        .select_related("predecessor", "successor")
        .order_by("on", "pk")
    )


def _paths(user: User) -> tuple[str, ...]:
    return user.access.paths(Permission.CHECK_PROCEDURE)
