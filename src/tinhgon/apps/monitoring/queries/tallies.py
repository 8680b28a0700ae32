"""The figures of each agency in each part of the work, on several days at once, in one query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, Q, QuerySet, When

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.monitoring.enums import Group
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.monitoring import Area, Tally

from .sources import Moment, Source, sources

Figures = dict[int, dict[Area, Tally]]
"""Agency → part of the work → figures."""


class _Arm(NamedTuple):
    """The rows of a source on one of the days, and their sums."""

    rows: str
    sums: str
    parameters: Sequence[Any]


def tallies(
    programme: Programme, agencies: QuerySet[Agency], moments: Sequence[Moment]
) -> list[Figures]:
    """Return the figures of each of the moments; one query, whatever their number."""
    asked = [
        (number, source)
        for number, moment in enumerate(moments)
        for source in sources(programme, agencies, moment)
    ]
    arms = [arm for name, each in enumerate(asked) if (arm := _arm(name, *each))]
    found: list[Figures] = [{} for _ in moments]
    if not arms:
        return found
    rows = ",\n".join(arm.rows for arm in arms)
    sums = "\nUNION ALL\n".join(arm.sums for arm in arms)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {rows}\n{sums}", [value for arm in arms for value in arm.parameters])
        for number, area, agency, *figures in cursor:
            tally = Tally(*(int(each or 0) for each in figures))
            found[number].setdefault(agency, {})[Area(area)] = tally
    return found


def _arm(name: int, number: int, source: Source) -> _Arm | None:
    """Return what sums a source up by agency; None where it cannot have rows."""
    rows = flagged(source).order_by().values(*_FLAGS, m_agency=F(source.agency))
    try:
        inner, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return _Arm(
        _ROWS.format(name=name, items=inner),
        _SUMS.format(name=name, number=number, area=source.area.value),
        parameters,
    )


def flagged(source: Source) -> Any:
    """Return the rows of a source, each with what it counts as."""
    rows = source.rows.annotate(m_due=source.due, m_done_on=source.done_on)
    untold = source.untold if source.untold is not None else Q(pk__in=[])
    return rows.annotate(
        m_untold=_flag(untold),
        m_done=_flag(source.done),
        m_after=_flag(Q(m_done_on__gt=F("m_due"))),
        m_over=_flag(Q(m_due__lt=source.on)),
        m_dated=_flag(_DATED),
    )


_DATED = Q(m_due__isnull=False) & (Q(m_done=0) | Q(m_done_on__isnull=False))
"""It has a last day, and the day is known on which it was done."""


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=1), default=0)


GROUPS = {
    Group.ASKED: Q(),
    Group.DONE: Q(m_untold=0, m_done=1),
    Group.IN_TIME: Q(m_untold=0, m_done=1, m_dated=1, m_after=0),
    Group.DONE_LATE: Q(m_untold=0, m_done=1, m_after=1),
    Group.OVERDUE: Q(m_untold=0, m_done=0, m_over=1),
    Group.UNDATED: Q(m_untold=0, m_dated=0),
    Group.UNTOLD: Q(m_untold=1),
}
"""The same as the statement sums up, of single rows; a test holds the two to each other."""
_FLAGS = ("m_untold", "m_done", "m_after", "m_over", "m_dated")
# Materialized: SQLite would reckon each flag anew in each of the sums.
_ROWS = "item_{name} AS MATERIALIZED ({items})"
_SUMS = """
SELECT {number}, '{area}', m_agency, COUNT(*),
    SUM(CASE WHEN m_untold = 0 AND m_done = 1 THEN 1 ELSE 0 END),
    SUM(CASE WHEN m_untold = 0 AND m_done = 1 AND m_dated = 1 AND m_after = 0 THEN 1 ELSE 0 END),
    SUM(CASE WHEN m_untold = 0 AND m_done = 1 AND m_after = 1 THEN 1 ELSE 0 END),
    SUM(CASE WHEN m_untold = 0 AND m_done = 0 AND m_over = 1 THEN 1 ELSE 0 END),
    SUM(CASE WHEN m_untold = 0 AND m_dated = 0 THEN 1 ELSE 0 END),
    SUM(m_untold)
FROM item_{name}
GROUP BY m_agency
"""
