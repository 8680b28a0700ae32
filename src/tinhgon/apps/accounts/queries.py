from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet

from tinhgon.apps.agencies.models import Agency, AgencyQuerySet, paths_above
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.common.http import whole_number
from tinhgon.domain.access import Permission
from tinhgon.domain.vntext import fold

from . import policies
from .models import Position, Role, User

_PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the list of people is narrowed by, as it stands in the address."""

    words: str = ""
    role: str = ""
    agency: str = ""
    state: str = ""  # "", "inactive", "without": no position today


class PeoplePage(TypedDict):
    page: Page[Any]  # of users with their `held_positions`
    filter: PeopleFilter
    roles: list[Role]
    agency: Agency | None


class PersonPage(TypedDict):
    person_shown: User
    positions: list[Position]
    may_change: bool
    ends: set[int]
    has_second_factor: bool
    history: list[Event]


class SessionRow(TypedDict):
    pk: int
    started_at: datetime
    ip: str
    browser: str
    is_current: bool


class OwnPage(TypedDict):
    positions: list[Position]
    sessions: list[SessionRow]
    authenticators: dict[str, int]


def get_visible_person(*, user: User, pk: int) -> User:
    """
    Return a person whom `user` looks after.

    :raises User.DoesNotExist: if there is none, or he is somebody else's.
    """
    person: User = User.objects.visible_to(user).get(pk=pk)
    return person


def get_visible_position(*, user: User, person: User, pk: int) -> Position:
    """
    Return a position of `person`; `person` comes from `get_visible_person`.

    :raises Position.DoesNotExist: if he has none such, or it reaches beyond what `user` looks
        after.
    """
    position = person.positions.select_related("agency", "scope", "role", "user").get(pk=pk)
    if not policies.may_manage(user, position.reach):
        raise Position.DoesNotExist
    return position


def people_page(*, user: User, page: str, wanted: PeopleFilter, on: date) -> PeoplePage:
    """Return one page of the people whom `user` looks after."""
    held = Position.objects.held_on(on)
    agency = None
    if (key := whole_number(wanted.agency)) is not None:
        agency = managed_agencies(user=user).filter(pk=key).first()
    people = _matching(User.objects.visible_to(user), held, wanted, agency)
    people = people.order_by("folded_name", "pk").prefetch_related(
        Prefetch("positions", held.select_related("agency", "role"), to_attr="held_positions")
    )
    return PeoplePage(
        page=Paginator(people, _PAGE_SIZE).get_page(page),
        filter=wanted,
        roles=list(Role.objects.all()),
        agency=agency,
    )


def _matching(
    people: QuerySet[User], held: QuerySet[Position], wanted: PeopleFilter, agency: Agency | None
) -> QuerySet[User]:
    for word in fold(wanted.words).split():
        people = people.filter(folded_name__contains=word)
    if wanted.role:
        people = people.filter(pk__in=held.filter(role__code=wanted.role).values("user"))
    if agency:
        people = people.filter(
            pk__in=held.filter(agency__path__startswith=agency.path or "-").values("user")
        )
    if wanted.state == "without":
        people = people.exclude(pk__in=held.values("user"))
    return people.filter(is_active=wanted.state != "inactive")


def person_page(*, user: User, person: User) -> PersonPage:
    """Return what the page of one person shows."""
    positions = list(
        person.positions.select_related("agency", "scope", "role").order_by("-started_on", "-pk")
    )
    return PersonPage(
        person_shown=person,
        positions=positions,
        may_change=policies.may_manage_person(user, person),
        ends={p.pk for p in positions if p.ended_on is None and policies.may_manage(user, p.reach)},
        has_second_factor=Authenticator.objects.filter(user=person).exists(),
        history=audit.history_of(person),
    )


def own_page(*, user: User, session_key: str | None) -> OwnPage:
    """Return what a person sees of his own account."""
    counts: dict[str, int] = {}
    for kind in Authenticator.objects.filter(user=user).values_list("type", flat=True):
        counts[kind] = counts.get(kind, 0) + 1
    return OwnPage(
        positions=list(
            user.positions.select_related("agency", "scope", "role").order_by("-started_on", "-pk")
        ),
        sessions=[
            SessionRow(
                pk=row.pk,
                started_at=row.created_at + settings.CLOCK_OFFSET,
                ip=row.ip,
                browser=_browser(row.user_agent),
                is_current=row.session_key == session_key,
            )
            for row in live_sessions(user=user).order_by("-created_at")
        ],
        authenticators=counts,
    )


def live_sessions(*, user: User) -> QuerySet[UserSession]:
    """Return the places where the person is signed in, without those that ended by themselves."""
    sessions: QuerySet[UserSession] = UserSession.objects.filter(
        user=user, session_key__in=Session.objects.values("session_key")
    )
    return sessions


def managed_agencies(*, user: User) -> QuerySet[Agency]:
    """Return the agencies whose people `user` looks after."""
    return AgencyQuerySet(Agency).within(user.access.paths(Permission.MANAGE_PEOPLE))


def workplaces(*, user: User, on: date) -> QuerySet[Agency]:
    """Return the agencies that have not ended, to which `user` may give people."""
    rows = managed_agencies(user=user).exclude(ended_on__lte=on)
    return rows.select_related("parent").order_by("path")


def holding(agency: Agency, permission: Permission, *, on: date) -> list[User]:
    """Return the people who hold a permission on an agency that day, wherever they sit."""
    return [position.user for position in _positions_over(agency, permission, on=on)]


def holding_nearest(agency: Agency, permission: Permission, *, on: date) -> list[User]:
    """
    Return those who hold a permission for an agency itself; where nobody does, for the branch next
    above it: the head of a department, and not also the chairman over all departments.
    """
    positions = _positions_over(agency, permission, on=on)
    nearest = max((len(position.reach) for position in positions), default=0)
    return [position.user for position in positions if len(position.reach) == nearest]


def _positions_over(agency: Agency, permission: Permission, *, on: date) -> list[Position]:
    path = agency.path or "/"
    branches = [*paths_above(path), path]
    positions = (
        Position.objects.held_on(on)
        .filter(
            Q(scope__path__in=branches) | Q(scope=None, agency__path__in=branches),
            user__is_active=True,
        )
        .select_related("user", "role", "agency", "scope")
    )
    return [position for position in positions if permission in position.role.permissions]


def roles() -> list[Role]:
    return list(Role.objects.all())


_BROWSERS = [
    ("Edg/", "Edge"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
_SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
]


def _browser(user_agent: str) -> str:
    """Return "Chrome, Windows" for what a browser says of itself."""
    found = [
        next((name for mark, name in marks if mark in user_agent), "")
        for marks in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(part for part in found if part) or "Trình duyệt khác"
