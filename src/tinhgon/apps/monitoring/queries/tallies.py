"""The figures of each agency in each part of the work, on several days at once, in one query."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, When

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.queries import Moment
from tinhgon.apps.monitoring.enums import Group
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.monitoring import NONE, Area, Tally

from .sources import Source, sources

Figures = dict[int, dict[Area, Tally]]
"""Agency → part of the work → figures."""


class State(IntEnum):
    """How a row stands on the day; each is counted once."""

    RUNNING = 0
    OVERDUE = 1
    OPEN_UNDATED = 2
    IN_TIME = 3
    DONE_LATE = 4
    DONE_UNDATED = 5
    UNTOLD = 6


_DONE = (State.IN_TIME, State.DONE_LATE, State.DONE_UNDATED)
STATES = {
    Group.ASKED: tuple(State),
    Group.DONE: _DONE,
    Group.IN_TIME: (State.IN_TIME,),
    Group.DONE_LATE: (State.DONE_LATE,),
    Group.OVERDUE: (State.OVERDUE,),
    Group.UNDATED: (State.OPEN_UNDATED, State.DONE_UNDATED),
    Group.UNTOLD: (State.UNTOLD,),
}
"""Which rows each figure of a tally counts, for the sums and for the page of single rows."""
_FIELDS = {group: group.name.lower() for group in Group}


def tallies(
    programme: Programme, agencies: QuerySet[Agency], moments: Sequence[Moment]
) -> list[Figures]:
    """Return the figures of each of the moments; one query, whatever their number."""
    arms, values = list[str](), list[Any]()
    for number, moment in enumerate(moments):
        for source in sources(programme, agencies, moment):
            rows = told(source).order_by().values(m_agency=F(source.agency), m_is=F("m_state"))
            try:
                inner, parameters = rows.annotate(n=Count("pk")).query.sql_with_params()
            except EmptyResultSet:  # it cannot have rows
                continue
            area = source.area.value
            arms.append(f"SELECT {number}, '{area}', arm.* FROM ({inner}) AS arm")  # noqa: S608
            values += parameters
    found: list[Figures] = [{} for _ in moments]
    if arms:
        with connection.cursor() as cursor:
            cursor.execute("\nUNION ALL\n".join(arms), values)
            for number, area, agency, state, count in cursor:
                own = found[number].setdefault(agency, {})
                own[Area(area)] = own.get(Area(area), NONE) + _tally(State(state), count)
    return found


def _tally(state: State, count: int) -> Tally:
    return Tally(**{_FIELDS[group]: count for group, states in STATES.items() if state in states})


def told(source: Source) -> Any:
    """Return the rows of a source, each with how it stands."""
    untold = source.untold if source.untold is not None else Q(pk__in=[])
    done = Case(
        When(m_done_on__gt=F("m_due"), then=State.DONE_LATE),
        When(m_done_on__lte=F("m_due"), then=State.IN_TIME),
        default=State.DONE_UNDATED,
    )
    still_open = Case(
        When(m_due__lt=source.on, then=State.OVERDUE),
        When(m_due=None, then=State.OPEN_UNDATED),
        default=State.RUNNING,
    )
    # One within the other: each condition is asked once of a row.
    state = Case(
        When(untold, then=State.UNTOLD),
        When(source.done, then=done),
        default=still_open,
        output_field=IntegerField(),
    )
    return source.rows.annotate(m_due=source.due, m_done_on=source.done_on).annotate(m_state=state)
