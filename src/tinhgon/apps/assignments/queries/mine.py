"""My work: what is for today or late, what comes next, what waits for others or for my check."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import TypedDict

from django.db.models import Q, QuerySet

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
from .lines import (
    LastDay,
    Line,
    State,
    in_order,
    last_day,
    lines,
    state_of,
    step_url,
)

SHOWN = 5


class Part(TypedDict):
    """One short list: its first lines, how many there are in all, and where the rest is."""

    key: str
    title: str
    lines: list[Line]
    count: int
    view: str
    empty: str


class Asked(TypedDict):
    extension: Extension
    state: State
    due: LastDay | None
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
    asked_count: int


def my_work(*, user: User, today: date, calendar: WorkCalendar) -> MinePage:
    """Return the page of the day for one person, in a fixed number of queries."""
    agencies = policies.own_agencies(user)
    parts = _own_parts(user, agencies, today=today, calendar=calendar)
    reviewing = deciding_condition(user)
    reviews = reviewing is not None
    return {
        "parts": parts,
        "own_count": sum(part["count"] for part in parts),
        "agencies": agencies,
        "several": len(agencies) > 1,
        "answers": bool(agencies),
        "reviews": reviews,
        "to_check": _to_check(user, reviewing, today=today, calendar=calendar),
        **_asked(user, today=today, calendar=calendar),  # type: ignore[typeddict-item]
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


def _own_parts(
    user: User, agencies: list[Agency], *, today: date, calendar: WorkCalendar
) -> list[Part]:
    """Sort the keys of all open work first, then load only the lines that are shown."""
    own = Assignment.objects.filter(
        agency__in=[agency.pk for agency in agencies], status__in=[s.value for s in OPEN]
    )
    keys: dict[str, list[int]] = {key: [] for key, *_ in _PARTS}
    ordered = own.order_by("due_on", "pk").values_list("pk", "status", "due_on")
    for pk, status, due_on in ordered:
        keys[_list_of(Status(status), due_on, today=today, calendar=calendar)].append(pk)
    shown = [pk for pks in keys.values() for pk in pks[:SHOWN]]
    found = in_order(shown, with_letter=False)
    by_pk = {
        line.assignment.pk: line for line in lines(found, user=user, today=today, calendar=calendar)
    }
    return [
        Part(
            key=key,
            title=title,
            lines=[by_pk[pk] for pk in keys[key][:SHOWN]],
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


def _list_of(status: Status, due_on: date | None, *, today: date, calendar: WorkCalendar) -> str:
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
        if due_on < filters.first_day_not_soon(today, calendar, 0):
            return "now"
        if due_on < filters.first_day_not_soon(today, calendar, SOON_WORKING_DAYS):
            return "soon"
    return "new" if status is Status.ISSUED else "later"


def _to_check(user: User, reviewing: Q | None, *, today: date, calendar: WorkCalendar) -> Part:
    part = Part(
        key="check",
        title="Chờ tôi kiểm tra",
        lines=[],
        count=0,
        view=View.SUBMITTED.value,
        empty="Không có báo cáo nào chờ kiểm tra.",
    )
    if reviewing is None:
        return part
    waiting = Assignment.objects.filter(reviewing, status=Status.SUBMITTED.value)
    pks = list(waiting.order_by("due_on", "pk").values_list("pk", flat=True)[:SHOWN])
    first = in_order(pks, with_letter=False)
    part["lines"] = lines(first, user=user, today=today, calendar=calendar)
    part["count"] = _count(waiting, part["lines"])
    return part


def _count(found: QuerySet[Assignment], shown: list[Line]) -> int:
    """Count only where there can be more than is shown."""
    return len(shown) if len(shown) < SHOWN else found.count()


def _asked(user: User, *, today: date, calendar: WorkCalendar) -> dict[str, list[Asked] | int]:
    reviewing = deciding_condition(user, "assignment__")
    if reviewing is None:
        return {"asked": [], "asked_count": 0}
    waiting = Extension.objects.filter(
        reviewing,
        status=ExtensionStatus.ASKED.value,
        assignment__status__in=[s.value for s in OPEN],
    )
    keys = waiting.order_by("asked_at", "pk").values_list("pk", "assignment")[:SHOWN]
    pks = dict(keys)
    extensions = Extension.objects.in_bulk(pks)
    first = []
    for pk, assignment in zip(pks, in_order(list(pks.values()), with_letter=False), strict=True):
        extensions[pk].assignment = assignment
        first.append(extensions[pk])
    asked = [
        Asked(
            extension=each,
            state=state_of(each.assignment, today=today, calendar=calendar),
            due=last_day(each.assignment.due_on, calendar),
            asked=last_day(each.asked_due_on, calendar),
            url=step_url(each.assignment, "quyet-dinh"),
        )
        for each in first
    ]
    count = len(first) if len(first) < SHOWN else waiting.count()
    return {"asked": asked, "asked_count": count}
