from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import Q

from tinhgon.apps.agencies import policies
from tinhgon.apps.agencies.models import Agency, AgencyState, Succession
from tinhgon.common.people import Person
from tinhgon.domain.access import Permission

from ._tree import states_on


@dataclass(frozen=True, slots=True)
class Tie:
    """A succession seen from one side, with whether the person may open the other's page."""

    succession: Succession
    agency: Agency
    is_open: bool


class AgencyPage(TypedDict):
    agency: Agency
    day: date
    exists: bool
    above: list[Agency]
    states: list[AgencyState]
    predecessors: list[Tie]
    successors: list[Tie]
    children: list[AgencyState]
    people: int
    can_manage: bool


def agency_page(*, user: Person, agency: Agency, day: date) -> AgencyPage:
    """Return what the page of an agency shows; five queries."""
    ties = Succession.objects.filter(Q(predecessor=agency) | Q(successor=agency))
    rows = list(ties.select_related("predecessor", "successor").order_by("on", "-kind", "pk"))
    heads = [int(step) for step in (agency.path or "").strip("/").split("/")[:-1]]
    above = {row.pk: row for row in Agency.objects.filter(pk__in=heads)}
    return {
        "agency": agency,
        "day": day,
        "exists": agency.exists_on(day),
        "above": [above[pk] for pk in heads if pk in above],
        "states": list(agency.states.select_related("parent")),
        "predecessors": [
            _tie(user, row, row.predecessor) for row in rows if row.successor_id == agency.pk
        ],
        "successors": [
            _tie(user, row, row.successor) for row in rows if row.predecessor_id == agency.pk
        ],
        "children": list(states_on(day).filter(parent=agency)),
        "people": _people(agency, day),
        "can_manage": policies.can_manage(user, agency),
    }


def _tie(user: Person, row: Succession, other: Agency) -> Tie:
    return Tie(row, other, is_open=user.access.allows(Permission.SEE, other.path or "/"))


def _people(agency: Agency, day: date) -> int:
    """Return how many people work at the agency itself on `day`."""
    held = Q(positions__started_on__lte=day) & (
        Q(positions__ended_on=None) | Q(positions__ended_on__gt=day)
    )
    rows = Agency.objects.filter(held, pk=agency.pk)
    return rows.values("positions__user").distinct().count()
