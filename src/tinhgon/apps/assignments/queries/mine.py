"""My work: what is for today or late, what comes next, what waits for others or for my check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, TypedDict

from django.db.models import Count, Q, QuerySet, Window

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.enums import ExtensionStatus, Status, View
from tinhgon.apps.assignments.models import Assignment, Extension
from tinhgon.domain.access import Permission
from tinhgon.domain.assigning import DONE, OPEN
from tinhgon.domain.deadlines import SOON_WORKING_DAYS
from tinhgon.domain.workdays import WorkCalendar

from . import filters
from .lines import LastDay, Line, briefly, last_day, lines, step_url

SHOWN = 5
_ASKED_TITLE = "Đề nghị gia hạn chờ tôi quyết định"


class Part(TypedDict):
    """One short list: its first lines, how many there are in all, and where the rest is."""

    key: str
    title: str
    lines: list[Line]
    count: int
    view: str
    empty: str


class Asked(TypedDict):
    line: Line
    asked: LastDay | None
    url: str


class MinePage(TypedDict):
    parts: list[Part]
    own_count: int
    agencies: list[Agency]
    several: bool
    answers: bool
    reviews: bool
    to_check: Part
    asked: list[Asked]
    asked_title: str
    asked_count: int


def my_work(*, user: User, today: date, calendar: WorkCalendar) -> MinePage:
    """
    Return the page of the day for one person, in a fixed number of queries.

    The keys of every list come first, then the few lines that are shown, all at once.
    """
    agencies = policies.own_agencies(user)
    own = _own_keys(agencies, today=today, calendar=calendar)
    waiting = _waiting(user)
    extensions = _extensions(user)
    check_rows = list(_first(waiting, "due_on").values_list("pk", "in_all")[:SHOWN])
    asked_rows = list(
        _first(extensions, "asked_at").values_list("assignment", "asked_due_on", "in_all")[:SHOWN]
    )
    checks = [pk for pk, _ in check_rows]
    asked_until = {pk: until for pk, until, _ in asked_rows}
    first = [pk for pks in own.values() for pk in pks[:SHOWN]]
    shown = _shown({*first, *checks, *asked_until}, user=user, today=today, calendar=calendar)
    return {
        "parts": _own_parts(own, shown),
        "own_count": sum(len(pks) for pks in own.values()),
        "agencies": agencies,
        "several": len(agencies) > 1,
        "answers": bool(agencies),
        "reviews": deciding_condition(user) is not None,
        "to_check": Part(
            key="check",
            title="Chờ tôi kiểm tra",
            lines=[shown[pk] for pk in checks],
            count=check_rows[0][1] if check_rows else 0,
            view=View.SUBMITTED.value,
            empty="Không có báo cáo nào chờ kiểm tra.",
        ),
        "asked": [
            Asked(
                line=shown[pk],
                asked=last_day(until, calendar),
                url=step_url(shown[pk].assignment, "quyet-dinh"),
            )
            for pk, until in asked_until.items()
        ],
        "asked_title": _ASKED_TITLE,
        "asked_count": asked_rows[0][2] if asked_rows else 0,
    }


def deciding_condition(user: User, prefix: str = "") -> Q | None:
    """
    Return which assignments the person checks, by branch and level; None where none.

    `prefix` is the way to the assignment, where the condition is for what belongs to one.
    """
    reviews = policies.roots(user, Permission.REVIEW)
    passes = [root for root in policies.roots(user, Permission.PASS_ON) if root not in reviews]
    passed_on = Q(**{f"{prefix}duty__parent__isnull": False})
    found = [_given_by(root, prefix) for root in reviews]
    found += [_given_by(root, prefix) & passed_on for root in passes]
    return reduce(or_, found) if found else None


def _given_by(root: Agency, prefix: str) -> Q:
    issuers = Agency.objects.filter(path__startswith=root.path or "-", level=root.level)
    return Q(**{f"{prefix}duty__issuer__in": issuers.order_by().values("pk")})


def _waiting(user: User) -> QuerySet[Assignment]:
    reviewing = deciding_condition(user)
    if reviewing is None:
        return Assignment.objects.none()
    return Assignment.objects.filter(reviewing, status=Status.SUBMITTED.value)


def _extensions(user: User) -> QuerySet[Extension]:
    reviewing = deciding_condition(user, "assignment__")
    if reviewing is None:
        return Extension.objects.none()
    return Extension.objects.filter(
        reviewing,
        status=ExtensionStatus.ASKED.value,
        assignment__status__in=[s.value for s in OPEN],
    )


def _first(found: QuerySet[Any], order: str) -> QuerySet[Any]:
    """Return the rows in their order, each with how many there are `in_all`."""
    counted: QuerySet[Any] = found.annotate(in_all=Window(Count("pk")))
    return counted.order_by(order, "pk")


def _own_keys(
    agencies: list[Agency], *, today: date, calendar: WorkCalendar
) -> dict[str, list[int]]:
    """Sort the keys of all open work of the agencies into the lists, by their last day."""
    own = Assignment.objects.filter(
        agency__in=[agency.pk for agency in agencies], status__in=[s.value for s in OPEN]
    )
    later_than_now = filters.first_day_not_soon(today, calendar, 0)
    later_than_soon = filters.first_day_not_soon(today, calendar, SOON_WORKING_DAYS)
    keys: dict[str, list[int]] = {key: [] for key, *_ in _PARTS}
    for pk, status, due_on in own.order_by("due_on", "pk").values_list("pk", "status", "due_on"):
        keys[_list_of(Status(status), due_on, later_than_now, later_than_soon)].append(pk)
    return keys


def _shown(pks: set[int], *, user: User, today: date, calendar: WorkCalendar) -> dict[int, Line]:
    found = briefly(pks)
    told = lines(found.values(), user=user, today=today, calendar=calendar)
    return {line.assignment.pk: line for line in told}


def _own_parts(keys: Mapping[str, list[int]], shown: Mapping[int, Line]) -> list[Part]:
    return [
        Part(
            key=key,
            title=title,
            lines=[shown[pk] for pk in keys[key][:SHOWN]],
            count=len(keys[key]),
            view=view.value,
            empty=empty,
        )
        for key, title, view, empty in _PARTS
    ]


_PARTS = [
    ("now", "Hôm nay và trễ", View.OPEN, "Không có việc nào đến hạn hôm nay hoặc quá hạn."),
    ("soon", "5 ngày làm việc tới", View.SOON, "Không có việc nào đến hạn trong 5 ngày làm việc."),
    ("new", "Mới giao, chưa nhận", View.NEW, ""),
    ("later", "Đang thực hiện, chưa đến hạn", View.OPEN, ""),
    ("waiting", "Chờ người khác", View.SUBMITTED, "Không có báo cáo nào đang chờ duyệt."),
]


def _list_of(
    status: Status, due_on: date | None, later_than_now: date, later_than_soon: date
) -> str:
    """
    Return in which list it stands.

    On the last working day before a deadline that falls on a day off it is for today already; so
    is what came back, whatever its deadline.
    """
    if status in DONE:
        return "waiting"
    if status is Status.RETURNED:
        return "now"
    if due_on is not None:
        if due_on < later_than_now:
            return "now"
        if due_on < later_than_soon:
            return "soon"
    return "new" if status is Status.ISSUED else "later"
