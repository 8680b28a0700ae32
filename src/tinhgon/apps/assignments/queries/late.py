"""Who is late, by how much: overdue work by agency, and what an urging letter says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TypedDict
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Min, Q, QuerySet
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.enums import View
from tinhgon.apps.assignments.models import Assignment, UrgedLine, Urging
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.access import Permission
from tinhgon.domain.workdays import WorkCalendar

from . import filters
from .letters import issued_letters
from .lines import RELATED, Line, lines
from .listing import Filters, matching

PAGE_SIZE = 100
_NAMES = ("chuong-trinh", "van-ban", "nhiem-vu", "cap", "co-quan", "giao-boi", "q")


class Group(TypedDict):
    """One agency with those of its late shares that stand on the page."""

    agency: Agency
    number: int
    url: str
    lines: list[Line]


class LatePage(TypedDict):
    filters: Filters
    level_word: str
    query: str
    page: Page[Assignment]
    groups: list[Group]
    agency_count: int
    oldest: date | None
    list_url: str
    programmes: list[Programme]
    letters: list[Directive]
    levels: list[tuple[str, str]]
    urges: bool
    agency: Agency | None
    urgings: list[Urging]


def read_filters(query: Mapping[str, str]) -> Filters:
    """Return the filters of the address, always narrowed to what is overdue."""
    return replace(Filters.read(query), view=View.OVERDUE)


def late_page(
    *, user: User, query: Mapping[str, str], number: str | int, today: date, calendar: WorkCalendar
) -> LatePage:
    """Return one page of the overdue work that the person may see, agency by agency."""
    asked = read_filters(query)
    found = overdue(user=user, asked=asked, today=today, calendar=calendar)
    counts = found.order_by().aggregate(
        all=Count("pk"), agencies=Count("agency", distinct=True), oldest=Min("due_on")
    )
    paginator = Paginator(found, PAGE_SIZE)
    paginator.count = counts["all"]  # counted already
    page = paginator.get_page(number)
    kept = {name: query[name] for name in _NAMES if query.get(name)}
    rows = lines(page.object_list, user=user, today=today, calendar=calendar)
    return {
        "filters": asked,
        "level_word": query.get("cap", "") if asked.level else "",
        "query": urlencode(kept),
        "page": page,
        "groups": _groups(found, rows, kept),
        "agency_count": counts["agencies"],
        "oldest": counts["oldest"],
        "list_url": list_url(kept),
        "programmes": list(Programme.objects.visible_to(user)),
        "letters": issued_letters(user),
        "levels": [(word, level.label) for word, level in filters.LEVELS.items()],
        "urges": bool(policies.urging_agencies(user)),
        "agency": _named(user, asked),
        "urgings": _urgings(user),
    }


def _named(user: User, asked: Filters) -> Agency | None:
    """Return the agency that the list is narrowed to, if the person may know of it."""
    if (agency := agencies.understood(asked.agency) if asked.agency else None) is None:
        return None
    return Agency.objects.visible_to(user).filter(pk=agency.pk).first()


def overdue(
    *, user: User, asked: Filters, today: date, calendar: WorkCalendar
) -> QuerySet[Assignment]:
    """Return what the list shows under the same filters, in the order of the tree."""
    found = matching(user=user, asked=asked, today=today, calendar=calendar)
    return found.order_by(
        "-agency__level", "agency__order", "agency__name", "agency_id", "due_on", "pk"
    )


def list_url(query: Mapping[str, object]) -> str:
    return f"{reverse('assignments:list')}?{urlencode({**query, 'trang-thai': View.OVERDUE.value})}"


def _groups(found: QuerySet[Assignment], rows: list[Line], kept: Mapping[str, str]) -> list[Group]:
    keys = {line.assignment.agency_id for line in rows}
    counted = dict(
        found.filter(agency__in=keys).order_by().values_list("agency").annotate(number=Count("pk"))
    )
    return [
        Group(
            agency=agency,
            number=counted[agency.pk],
            url=list_url({**kept, "co-quan": agency.pk, "rieng": 1}),
            lines=list(group),
        )
        for agency, group in groupby(rows, key=lambda line: line.assignment.agency)
    ]


def _urgings(user: User) -> list[Urging]:
    return list(Urging.objects.visible_to(user).select_related("issuer", "by")[:5])


def urgeable(*, user: User) -> QuerySet[Assignment]:
    """Return the shares that the person may urge: held, or given, on a branch he urges for."""
    condition = Q(pk__in=[])
    for path in user.access.paths(Permission.URGE):
        condition |= Q(agency__path__startswith=path) | Q(duty__issuer__path__startswith=path)
    return Assignment.objects.filter(condition)


def chosen(
    *,
    user: User,
    pks: Iterable[int],
    query: Mapping[str, str] | None,
    today: date,
    calendar: WorkCalendar,
) -> list[Assignment]:
    """
    Return the overdue work that was ticked, or with `query` all that the list shows under it.

    What is not overdue any more, or may not be urged by the person, is left out.
    """
    if query is not None:
        found = overdue(user=user, asked=read_filters(query), today=today, calendar=calendar)
    else:
        late = overdue(user=user, asked=read_filters({}), today=today, calendar=calendar)
        found = late.filter(pk__in=list(pks))
    return list(found.filter(pk__in=urgeable(user=user).values("pk")))


def get_visible_urging(*, user: User, pk: int) -> Urging:
    """
    Return the urging letter, if the person may see it.

    :raises Urging.DoesNotExist: also when it exists but is hidden from the person.
    """
    return (
        Urging.objects.visible_to(user).select_related("issuer__parent", "drafter", "by").get(pk=pk)
    )


@dataclass(frozen=True, slots=True)
class UrgedAgency:
    agency: Agency
    lines: list[UrgedLine]


def urged(urging: Urging) -> list[UrgedAgency]:
    """Return what the letter names, agency by agency in the order of the tree."""
    found = urging.lines.select_related(*(f"assignment__{name}" for name in RELATED)).order_by(
        F("assignment__agency__level").desc(),
        "assignment__agency__order",
        "assignment__agency__name",
        "assignment__agency_id",
        "due_on",
        "pk",
    )
    return [
        UrgedAgency(agency, list(group))
        for agency, group in groupby(found, key=lambda line: line.assignment.agency)
    ]
