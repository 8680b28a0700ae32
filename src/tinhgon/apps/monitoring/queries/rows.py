"""What a figure of the table counts, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.queries.lines import KIND_OF
from tinhgon.apps.audit.queries import Moment
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.monitoring.enums import Group
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.access import Permission
from tinhgon.domain.deadlines import describe, timeliness
from tinhgon.domain.monitoring import AREA_LABELS, WITHOUT_DAYS, Area
from tinhgon.domain.workdays import WorkCalendar

from .asked import Asked
from .sources import sources
from .tallies import STATES, State, told

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what is asked of whom, until when, and how it stood on the day."""

    name: str
    url: str
    agency: str
    due: date | None
    done_on: date | None
    sign: str
    words: str
    kind: str


class RowsPage(TypedDict):
    asked: Asked
    programme: Programme
    on: date
    title: str
    where: str
    page: Page[Any]
    lines: list[Line]
    has_days: bool


def rows_page(*, user: User, asked: Asked, today: date) -> RowsPage | None:
    """Return what the figure counts; None where the person sees no such programme or agency."""
    programme = Programme.objects.visible_to(user).filter(pk=asked.programme or 0).first()
    agencies = Agency.objects.within(user.access.paths(Permission.SEE))
    where = agencies.filter(pk=asked.agency).first() if asked.agency else None
    if programme is None or (asked.agency and where is None):
        return None
    moment = Moment(asked.on(today), today)
    wanted = _wanted(agencies, asked)
    source = next(e for e in sources(programme, wanted, moment) if e.area is asked.area)
    rows = told(source).filter(m_state__in=STATES[asked.group])
    order = (f"{source.agency}__order", f"{source.agency}__name", "m_due", "pk")
    named = rows.order_by(*order).annotate(
        m_name=F(source.name),
        m_agency=F(f"{source.agency}__name"),
        m_short=F(f"{source.agency}__short_name"),
    )
    page = Paginator(_light(named, asked.area), PAGE_SIZE).get_page(asked.page)
    calendar = calendars.calendar()
    return {
        "asked": asked,
        "programme": programme,
        "on": moment.on,
        "title": f"{AREA_LABELS[asked.area]}: {asked.group.label}",
        "where": _where(asked, where, agencies),
        "page": page,
        "lines": [_line(each, moment, calendar) for each in page.object_list],
        "has_days": asked.area not in WITHOUT_DAYS,
    }


def _wanted(agencies: Any, asked: Asked) -> Any:
    if asked.agency:
        return agencies.filter(pk=asked.agency)
    if asked.level:
        agencies = agencies.filter(level=asked.level)
    if asked.branch:
        agencies = agencies.filter(path__contains=f"/{asked.branch}/")
    return agencies


def _where(asked: Asked, agency: Agency | None, agencies: QuerySet[Agency]) -> str:
    """Return whose rows they are: of an agency, or of a level, in a branch that was opened."""
    if agency is not None:
        return agency.label
    branch = agencies.filter(pk=asked.branch).first() if asked.branch else None
    parts = [asked.level.label if asked.level else "", branch.label if branch else ""]
    return ", ".join(part for part in parts if part)


def _light(rows: Any, area: Area) -> Any:
    """Leave long columns aside: an address needs no more than keys."""
    needed = ("pk", "procedure", "number") if area is Area.PUBLISHED else ("pk",)
    return rows.only(*needed)


def _line(row: Any, moment: Moment, calendar: WorkCalendar) -> Line:
    is_done = row.m_state in STATES[Group.DONE]
    done_on = row.m_done_on if is_done else None
    if row.m_state == State.UNTOLD:
        sign, words, kind = "?", "không xác định được tại ngày này", "none"
    elif is_done and done_on is None:
        sign, words, kind = "✓", "đã làm", "done"
    else:
        standing = timeliness(row.m_due, done_on, moment.on, calendar)
        (sign, words), kind = describe(standing), KIND_OF[standing.kind]
    return Line(
        name=row.m_name,
        url=row.get_absolute_url(),
        agency=row.m_short or row.m_agency,
        due=row.m_due,
        done_on=done_on,
        sign=sign,
        words=words,
        kind=kind,
    )
